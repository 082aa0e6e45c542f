/**
 * What synthesised drivers use: `concurrently(f, g, …)` (threads for plain functions, tasks that
 * arrive in any order for coroutines), `opaque(name)` and `functionAt(line, column)`; and classes
 * that inherit from classes whose code is not here.
 */
import { BoundMethod, Closure, Opaque, type Value } from '../../values.ts';
import { builtins } from '../builtins.ts';
import { native } from '../library.ts';
import { opaque, opaquePart } from '../opaque.ts';
import { callPrelude } from '../runtime.ts';
import { raise } from '../errors.ts';

function isCoroutineFunction(v: Value): boolean {
  if (v instanceof BoundMethod) return isCoroutineFunction(v.fn);
  return v instanceof Closure && v.code.isAsync;
}

builtins.set(
  'opaque',
  native(
    'opaque',
    (m, [name]) => {
      const made = opaque(m, typeof name === 'string' ? name : 'unknown');
      made.definite = true;
      made.root = true;
      return made;
    },
    { pure: true },
  ),
);
builtins.set(
  'concurrently',
  native(
    'concurrently',
    (m, functions) => callPrelude(m, functions.some(isCoroutineFunction) ? '__rr_concurrent_tasks' : '__rr_concurrent_threads', functions),
    { pure: true },
  ),
);
builtins.set(
  'functionAt',
  native(
    'functionAt',
    (m, [line, column]) =>
      m.functionAt(Number(line), Number(column)) ??
      raise(m, 'NameError', `no function begins at line ${String(line)}, column ${String(column)}`),
    { pure: true },
  ),
);
builtins.set(
  '__rr_is_coroutine_function',
  native('__rr_is_coroutine_function', (_m, [f]) => isCoroutineFunction(f), { pure: true }),
);
builtins.set(
  '__rr_gave',
  native(
    '__rr_gave',
    (m, [v]) => {
      m.gave(v);
      return null;
    },
    { pure: true },
  ),
);
builtins.set(
  '__rr_arrival',
  native('__rr_arrival', (m) => opaque(m, 'request'), { pure: true }),
);
builtins.set(
  '__rr_request_failed',
  native(
    '__rr_request_failed',
    (m, [e]) => {
      m.fail(e, 'exception');
      return null;
    },
    { pure: true },
  ),
);
builtins.set(
  '__rr_part',
  native(
    '__rr_part',
    (m, [holder, name]) => (holder instanceof Opaque ? opaquePart(m, holder, String(name), `self.${String(name)}`) : null),
    { pure: true },
  ),
);

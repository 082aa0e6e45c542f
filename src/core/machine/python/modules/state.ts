/** What library code in Python keeps once per program or fiber: loggers, weak references, contexts; and texts of tracebacks. */
import { type Native, Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Closure, type Value } from '../../values.ts';
import { placeholder } from '../../unknown-text.ts';
import { firstAnnotation } from '../annotations.ts';
import { builtins } from '../builtins.ts';
import { copiedContext } from '../contexts.ts';
import { attributesDict } from '../introspection.ts';
import { PyObject } from '../objects.ts';
import { defineModule, native } from '../library.ts';
import { newList } from '../lists.ts';
import { readJson } from '../json.ts';
import { preludeName, state } from '../runtime.ts';
import { noneClass } from '../types.ts';
import { readText } from '../unknown-text.ts';

const helper = (name: string, fn: Native['fn']): void => {
  builtins.set(name, native(name, fn, { pure: true }));
};

for (const name of ['contextvars', 'heapq', 'json', 'logging', 'traceback', 'weakref']) defineModule(name, {}, name);
// Python in CPython too: its generator goes on between steps of others.
defineModule('heapq', {
  merge: native(
    'merge',
    (m, args, keywords) => {
      const merge = preludeName(m, 'heapq merge', 'merge');
      return merge instanceof Closure ? m.enter(merge, args, keywords, undefined) : null;
    },
    { pure: true },
  ),
});

/** The object kept under a name; null when there is none. */
helper('__rr_kept', (m, [name]) => {
  m.peeked = true;
  return state(m).singletons.get(String(name)) ?? null;
});
helper('__rr_keep', (m, [name, made]) => {
  m.peeked = true;
  const known = state(m).singletons.get(String(name));
  if (known !== undefined) return known;
  m.share(made);
  m.trail.mapSet(state(m).singletons, String(name), made);
  return made;
});
/** What `print` writes to instead of the standard output, by redirect_stdout. */
helper('__rr_stdout', (m) => state(m).singletons.get('stdout') ?? null);
helper('__rr_set_stdout', (m, [target]) => {
  m.share(target);
  m.trail.mapSet(state(m).singletons, 'stdout', target);
  return null;
});
/** What an instance has, by name, also where its class has `__slots__`. */
helper('__rr_attributes', (m, [o]) => (o instanceof PyObject ? attributesDict(m, o) : m.ops.makeDict(m)));
helper('__rr_context', (m) => m.fiber?.context ?? null);
helper('__rr_copied_context', (m) => copiedContext(m));
helper('__rr_not_simulated', (_m, [what]) => {
  throw new Unsupported(String(what));
});
helper('__rr_set_context', (m, [context]) => {
  if (m.fiber) m.trail.set(m.fiber, 'context', context);
  return null;
});
builtins.set('__rr_NoneType', noneClass);
helper('__rr_first_annotation', (m, [f]) => firstAnnotation(m, f));
helper('__rr_json_parse', (m, [text, isPlain]) => readJson(m, String(text), isPlain === true));

const heading = 'Traceback (most recent call last):\n';
const stack = placeholder('frames of the traceback');

function lastLine(m: Machine, exception: Value): string {
  return `${m.ops.show(exception)}\n`;
}
helper('__rr_traceback_text', (m, [e]) => readText(m, `${heading}${stack}\n${lastLine(m, e)}`));
helper('__rr_traceback_lines', (m, [e]) => newList(m, [heading, readText(m, `${stack}\n`), lastLine(m, e)]));

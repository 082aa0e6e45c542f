/** console. */
import type { Machine } from '../../machine.ts';
import type { Value } from '../../values.ts';
import { isTruthy } from '../convert.ts';
import { formatLog, inspect } from '../inspect.ts';
import { newObject } from '../objects.ts';
import { state } from '../state.ts';
import type { NativeFunction } from '../values.ts';
import { global, methods } from './define.ts';

export function installConsole(m: Machine): void {
  const s = state(m);
  const console = newObject(m);
  const print = (n: Machine, text: string): void => {
    const pad = ' '.repeat(s.indent);
    n.print(
      s.indent > 0
        ? text
            .split('\n')
            .map((line) => pad + line)
            .join('\n')
        : text,
    );
  };
  const log: NativeFunction = (n, _t, args) => {
    print(n, formatLog(n, args));
    return undefined;
  };
  const group: NativeFunction = (n, _t, args) => {
    if (args.length > 0) log(n, undefined, args, undefined);
    n.trail.set(s, 'indent', s.indent + 2);
    return undefined;
  };
  const nothing: NativeFunction = () => undefined;
  methods(m, console, {
    log: [0, log],
    info: [0, log],
    debug: [0, log],
    error: [0, log],
    warn: [0, log],
    trace: [0, log],
    dir: [
      0,
      (n, _t, [v]) => {
        print(n, inspect(n, v));
        return undefined;
      },
    ],
    table: [1, log],
    group: [0, group],
    groupCollapsed: [0, group],
    groupEnd: [
      0,
      (n) => {
        n.trail.set(s, 'indent', Math.max(0, s.indent - 2));
        return undefined;
      },
    ],
    assert: [
      0,
      (n, _t, [condition, ...rest]: readonly Value[]) => {
        if (!isTruthy(condition))
          print(
            n,
            rest.length === 0
              ? 'Assertion failed'
              : typeof rest[0] === 'string'
                ? formatLog(n, [`Assertion failed: ${rest[0]}`, ...rest.slice(1)])
                : formatLog(n, ['Assertion failed', ...rest]),
          );
        return undefined;
      },
    ],
    time: [0, nothing],
    timeEnd: [0, nothing],
    timeLog: [0, nothing],
    count: [
      0,
      (n, _t, [label]) => {
        const key = `count ${label === undefined ? 'default' : String(label)}`;
        const k = (s.callNumbers.get(key) ?? 0) + 1;
        n.trail.mapSet(s.callNumbers, key, k);
        print(n, `${label === undefined ? 'default' : String(label)}: ${k}`);
        return undefined;
      },
    ],
  });
  global(m, 'console', console);
}

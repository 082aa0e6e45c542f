/**
 * Which interpreter preempts where. Measured on real builds (see the table in the design): the
 * language's rule allows a switch at any bytecode boundary; CPython 3.10 and later with the GIL only
 * looks at its eval breaker at calls and backward jumps, and whenever the GIL is released.
 */

export type RuntimeName =
  | 'cpython'
  | 'cpython-3.9'
  | 'cpython-3.10'
  | 'cpython-3.11'
  | 'cpython-3.12'
  | 'cpython-3.13'
  | 'cpython-3.13t'
  | 'node';

/** What ran since the last visible operation, as bits of `Machine.breaker`. */
export const enum Breaker {
  /** A Python-level call (function, lambda, property). */
  Call = 1,
  /** A taken backward jump. */
  BackwardJump = 2,
  /** A call of a built-in that always reaches the eval breaker. */
  NativeCall = 4,
  /** A call of a built-in specialised when hot (`len`, `isinstance`, `list.append`, `type`). */
  HotNativeCall = 8,
  /** The GIL was released: sleep, I/O, blocking acquire, thread start. */
  Released = 16,
}

export interface RuntimePolicy {
  /** A thread can be preempted before every visible operation. */
  everywhere: boolean;
  name: RuntimeName;
  mayPreempt(breaker: number): boolean;
}

export function runtimePolicy(name: RuntimeName): RuntimePolicy {
  const mask = breakerMask(name);
  return { name, everywhere: mask === null, mayPreempt: mask === null ? () => true : (breaker) => (breaker & mask) !== 0 };
}

/** Bits that let a thread be preempted; null when it can be preempted anywhere. */
export function breakerMask(name: RuntimeName): number | null {
  switch (name) {
    case 'cpython':
    case 'cpython-3.9':
    case 'cpython-3.13t':
      return null;
    case 'cpython-3.10':
      return Breaker.Call | Breaker.BackwardJump | Breaker.NativeCall | Breaker.HotNativeCall | Breaker.Released;
    case 'cpython-3.11':
    case 'cpython-3.12':
    case 'cpython-3.13':
      return Breaker.Call | Breaker.BackwardJump | Breaker.NativeCall | Breaker.Released;
    case 'node':
      return 0;
    default:
      return name satisfies never;
  }
}

export const pythonRuntimes: readonly RuntimeName[] = [
  'cpython-3.9',
  'cpython-3.10',
  'cpython-3.11',
  'cpython-3.12',
  'cpython-3.13',
  'cpython-3.13t',
];

export function isRuntime(name: string): name is RuntimeName {
  return name === 'cpython' || name === 'node' || (pythonRuntimes as readonly string[]).includes(name);
}

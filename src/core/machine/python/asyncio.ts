/** Awaiting and the event loop. */
import { Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../process.ts';
import type { RunResult } from '../run.ts';
import { Generator, type Value } from '../values.ts';
import { typeError } from './errors.ts';
import { resumeGenerator } from './generators.ts';
import { typeName } from './types.ts';

export function awaitValue(m: Machine, v: Value): Value {
  if (v instanceof Generator && v.type === 'coroutine') return resumeGenerator(m, v, null, 'call');
  return typeError(m, `object ${typeName(v)} can't be used in 'await' expression`);
}

export function runTurn(_m: Machine, _p: Process): RunResult {
  throw new Unsupported('turns');
}

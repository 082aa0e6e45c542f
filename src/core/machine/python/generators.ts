/** Generators, coroutines and async generators: frames that leave the stack and come back. */
import { Op } from '../code.ts';
import { type Frame, FrameMode } from '../frame.ts';
import { PUSHED, Raise, STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { deliver } from '../run.ts';
import { DONE, Generator, STATE, type Value } from '../values.ts';
import { method } from './dicts.ts';
import { exceptionClass, isExceptionClass, matchesName, newException, raise, typeError } from './errors.ts';
import { PyException } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { asyncGeneratorClass, coroutineClass, generatorClass } from './types.ts';

export function startGenerator(m: Machine, frame: Frame): Value {
  const { isAsync, isGenerator } = frame.code;
  const g = m.adopt(new Generator(isAsync ? (isGenerator ? 'async_generator' : 'coroutine') : 'generator', frame));
  frame.generator = g;
  return g;
}

/** Puts a generator's frame on the running fiber, to go on with `sent`. */
export function resumeGenerator(m: Machine, g: Generator, sent: Value, how: 'iterate' | 'call'): Value {
  if (m.stopBefore(g)) return STOP;
  if (g.shared) m.write(g, STATE, undefined, undefined);
  if (g.state === 'running') return raise(m, 'ValueError', `${word(g)} already executing`);
  if (g.state === 'finished') {
    if (g.type === 'coroutine') return raise(m, 'RuntimeError', 'cannot reuse already awaited coroutine');
    return how === 'iterate' ? DONE : raise(m, g.type === 'async_generator' ? 'StopAsyncIteration' : 'StopIteration');
  }
  if (g.state === 'created' && sent !== null) return typeError(m, `can't send non-None value to a just-started ${word(g)}`);
  enter(m, g, sent);
  return PUSHED;
}

function word(g: Generator): string {
  return g.type === 'async_generator' ? 'async generator' : g.type;
}

function enter(m: Machine, g: Generator, sent: Value): void {
  const frame = g.frame;
  m.touch(frame);
  if (g.state === 'suspended') {
    const i = frame.code.instructions[frame.pc - 1];
    if (i && i.d >= 0) frame.registers[i.d] = sent;
  }
  frame.returnRegister = -1;
  frame.mode = FrameMode.Call;
  frame.after = null;
  frame.afterData = null;
  m.trail.set(g, 'state', 'running');
  m.push(frame);
  if (frame.code.atomic) m.atomicDepth++;
}

/** Raises an exception where the generator is suspended. */
export function throwInto(m: Machine, g: Generator, exception: Value): Value {
  if (m.stopBefore(g)) return STOP;
  if (g.shared) m.write(g, STATE, undefined, undefined);
  if (g.state === 'running') return raise(m, 'ValueError', `${word(g)} already executing`);
  if (g.state !== 'suspended') {
    m.trail.set(g, 'state', 'finished');
    throw new Raise(exception);
  }
  const caller = m.fiber?.top;
  enter(m, g, null);
  const i = caller?.code.instructions[caller.pc - 1];
  if (i) g.frame.returnRegister = i.d;
  throw new Raise(exception);
}

/** `yield v`: the frame leaves the stack and v goes to whoever resumed it. */
export function yielded(m: Machine, frame: Frame, v: Value): Value {
  const g = frame.generator;
  const fiber = m.fiber;
  if (!g || !fiber) throw new Error('yield outside a generator');
  m.trail.set(g, 'state', 'suspended');
  m.touch(frame);
  deliver(m, fiber, frame, v);
  return PUSHED;
}

/** A frame of a generator or coroutine returned or threw: true when the caller was seen to. */
export function ended(m: Machine, frame: Frame, v: Value, failed: boolean): boolean {
  const g = frame.generator;
  if (!g) return false;
  m.trail.set(g, 'state', 'finished');
  // One that `yield from` goes through ends as an iterator does.
  if (failed || (g.type === 'coroutine' && frame.mode !== FrameMode.Iterate)) return false;
  if (g.type === 'async_generator') return raise(m, 'StopAsyncIteration');
  const caller = frame.caller;
  if (frame.mode === FrameMode.Iterate && caller) {
    const i = caller.code.instructions[caller.pc - 1];
    if (i?.op === Op.IterNext) {
      m.touch(caller);
      if (i.c >= 0) caller.registers[i.c] = v;
      caller.pc = i.x as number;
      return true;
    }
  }
  return v === null || v === undefined ? raise(m, 'StopIteration') : raise(m, 'StopIteration', v);
}

/** PEP 479: StopIteration does not leave a generator as itself. */
export function leavesGenerator(m: Machine, g: Generator, exception: Value): Value {
  const isStop = matchesName(exception, 'StopIteration');
  const isAsyncStop = g.type === 'async_generator' && matchesName(exception, 'StopAsyncIteration');
  if (!isStop && !isAsyncStop) return exception;
  const e = newException(m, exceptionClass('RuntimeError'), [`${word(g)} raised ${isStop ? 'StopIteration' : 'StopAsyncIteration'}`]);
  m.trail.set(e, 'cause', exception);
  return e;
}

export function stateOfGenerator(g: Generator, name: string): Value {
  if (name === 'gi_running' || name === 'cr_running' || name === 'ag_running') return g.state === 'running';
  if (name === 'gi_frame' || name === 'cr_frame') return g.state === 'finished' ? null : 'frame';
  return undefined;
}

function generator(m: Machine, v: Value): Generator {
  if (!(v instanceof Generator)) return typeError(m, 'a generator is needed');
  return v;
}

/** What throw() is given: an instance, or a class and its argument. */
export function exceptionArgument(m: Machine, v: Value, argument: Value): PyException {
  if (v instanceof PyException) return v;
  if (isExceptionClass(v)) {
    if (argument instanceof PyException) return argument;
    return newException(m, v, argument === undefined || argument === null ? [] : [argument]);
  }
  return typeError(m, 'exceptions must be classes or instances deriving from BaseException');
}

method(generatorClass, '__iter__', (_m, args) => args[0], { pure: true });
method(generatorClass, '__next__', (m, args) => resumeGenerator(m, generator(m, args[0]), null, 'call'), { pure: true });
for (const cls of [generatorClass, coroutineClass]) {
  method(cls, 'send', (m, args) => resumeGenerator(m, generator(m, args[0]), args[1] ?? null, 'call'), { pure: true });
  method(cls, 'throw', (m, args) => throwInto(m, generator(m, args[0]), exceptionArgument(m, args[1], args[2])), { pure: true });
  method(
    cls,
    'close',
    (m, args) => {
      const g = generator(m, args[0]);
      if (g.state === 'created' || g.state === 'finished') {
        m.trail.set(g, 'state', 'finished');
        return null;
      }
      return callPrelude(m, '__rr_close', [g]);
    },
    { pure: true },
  );
}
method(asyncGeneratorClass, '__aiter__', (_m, args) => args[0], { pure: true });

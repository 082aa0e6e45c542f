/**
 * Frames and fibers: the explicit stacks of the machine. A fiber is one stack of frames (a thread, a
 * task, an async call); a frame belongs to one fiber at a time, a generator's frame to whichever
 * fiber resumes it.
 */
import type { Code } from './code.ts';
import type { Machine } from './machine.ts';
import type { Closure, Value, Generator } from './values.ts';

/** What happens to the frame below when this frame ends. */
export const enum FrameMode {
  /** The returned value goes to the caller's `returnRegister`. */
  Call = 0,
  /** The caller is at an ITER_NEXT: a value continues there, the end jumps to its exit. */
  Iterate = 1,
  /** The value is dropped (setter, __exit__ …). */
  Discard = 2,
}

/**
 * Turns what a frame returned into what its caller gets (e.g. `__init__`: the instance). May push
 * another frame (then it returns PUSHED and that frame delivers) or throw Raise.
 */
export type AfterReturn = (m: Machine, value: Value, data: Value) => Value;

export class Frame {
  readonly code: Code;
  readonly closure: Closure | null;
  pc = 0;
  registers: Value[];
  caller: Frame | null = null;
  returnRegister = -1;
  mode: FrameMode = FrameMode.Call;
  after: AfterReturn | null = null;
  afterData: Value = null;
  thisValue: Value = undefined;
  newTarget: Value = undefined;
  /** The generator this frame is the body of. */
  generator: Generator | null = null;
  /** Step during which it was last saved on the trail or created. */
  epoch: number;
  /** Iterations of each bounded loop, by loop number; grown on demand. */
  loopCounts: number[] | null = null;
  constructor(code: Code, closure: Closure | null, epoch: number) {
    this.code = code;
    code.entered = true;
    this.closure = closure;
    this.epoch = epoch;
    this.registers = new Array<Value>(code.registerCount).fill(undefined);
  }
}

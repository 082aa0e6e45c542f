/**
 * The instruction loop: runs a fiber until its step ends. Explicit frames, no host recursion: a call
 * pushes a frame, and operations that need the program's own code (an `__eq__`, a getter) do too.
 */
import type { ConstValue } from '../program/program.ts';
import { Op, type CallShape, type Code, type Instruction, type LoopInfo } from './code.ts';
import type { ClassShape, MemberShape } from './compile-classes.ts';
import type { ImportRequest } from './compile-imports.ts';
import { type Frame, FrameMode } from './frame.ts';
import { PUSHED, Raise, STOP, SUSPEND, Unsupported, type Keywords } from './language.ts';
import type { Machine } from './machine.ts';
import type { Fiber } from './process.ts';
import { Breaker } from './runtimes.ts';
import { behind, Cell, Closure, DONE, Immutable, UNBOUND, type Value } from './values.ts';

/** Why the loop came back. */
export const enum RunResult {
  /** The step ends here; the fiber goes on in a later one. */
  Stopped = 0,
  /** The fiber waits (await). */
  Suspended = 1,
  /** The outermost frame returned or threw. */
  Ended = 2,
  /** A loop bound, the fuel, or an unsupported construct ended the process. */
  Parked = 3,
}

const unboundConst = Symbol.for('race-replay.unbound');

/** Runs `fiber` (which becomes m.fiber) until the step ends. */
export function run(m: Machine, fiber: Fiber): RunResult {
  m.fiber = fiber;
  if (m.stepLane < 0) m.stepLane = fiber.lane.id;
  m.touchFiber(fiber);
  const base = fiber.top;
  if (!base) return RunResult.Ended;
  m.touch(base);
  for (;;) {
    // An async call may have moved on to a fiber of its own, or back to its caller's.
    const current = m.fiber ?? fiber;
    const frame = current.top;
    if (!frame) return RunResult.Ended;
    try {
      const result = runFrame(m, current, frame);
      if (result >= 0) return result as RunResult;
    } catch (e) {
      if (e instanceof Raise) {
        const r = unwind(m, m.fiber ?? fiber, e.value);
        if (r !== null) return r;
      } else if (e instanceof Unsupported) {
        const at = m.where();
        const top = current.top ?? frame;
        m.trail.set(m, 'unsupported', { what: e.what, module: at?.module ?? top.code.module, span: at?.span ?? top.code.fn.nameSpan });
        return RunResult.Parked;
      } else throw e;
    }
  }
}

/** Gives a value to the frame below, as its current instruction expects it. True: fiber ended. */
export function deliver(m: Machine, fiber: Fiber, from: Frame, value: Value): boolean {
  const caller = from.caller;
  const after = from.after;
  fiber.top = caller;
  if (from.code.atomic && m.atomicDepth > 0) m.atomicDepth--;
  if (after) {
    const changed = after(m, value, from.afterData);
    if (changed === PUSHED) {
      // The frame that was pushed delivers instead.
      const next = m.fiber?.top;
      if (next && next !== caller) {
        if (next.returnRegister < 0) next.returnRegister = from.returnRegister;
        if (next.mode === FrameMode.Call) next.mode = from.mode;
      }
      return false;
    }
    value = changed;
  }
  if (!caller) {
    fiber.onEnd?.(value, false);
    return true;
  }
  m.touch(caller);
  if (from.mode === FrameMode.Discard) return false;
  if (from.mode === FrameMode.Iterate) {
    const i = caller.code.instructions[caller.pc - 1];
    if (i && i.op === Op.IterNext) {
      if (value === DONE) {
        if (i.c >= 0) caller.registers[i.c] = from.afterData;
        caller.pc = i.x as number;
      } else caller.registers[i.d] = value;
    }
    return false;
  }
  if (from.returnRegister >= 0) caller.registers[from.returnRegister] = value;
  return false;
}

/** Finds the handler of an exception, popping frames. Null: go on running; else the fiber is done. */
export function unwind(m: Machine, fiber: Fiber, exception: Value): RunResult | null {
  m.tracer?.exception(exception);
  if (!m.thrownAt.has(exception)) {
    const at = m.where();
    if (at) m.thrownAt.set(exception, at);
  }
  for (;;) {
    const frame = fiber.top;
    if (!frame) {
      fiber.onEnd?.(exception, true);
      return RunResult.Ended;
    }
    m.touch(frame);
    const at = frame.pc - 1;
    const watched = frame.code.instructions[at]?.watch;
    if (watched) m.fell(watched, frame);
    for (const r of frame.code.protectedRanges) {
      if (at >= r.start && at < r.end) {
        frame.registers[r.register] = exception;
        frame.pc = r.target;
        return null;
      }
    }
    if (frame.code.atomic && m.atomicDepth > 0) m.atomicDepth--;
    fiber.top = frame.caller;
    if (frame.generator || frame.code.isAsync) {
      if (frame.generator && frame.code.language === 'python')
        exception = m.ops.intrinsic(m, 'exception.leavesGenerator', [exception], frame, null);
      if (m.ops.ended(m, frame, exception, true)) return fiber.top ? null : RunResult.Ended;
    }
    const caller = frame.caller;
    if (!caller) {
      fiber.onEnd?.(exception, true);
      return RunResult.Ended;
    }
    m.touch(caller);
    if (frame.mode === FrameMode.Iterate && m.ops.exceptionMatches(m, exception, 'StopIteration') === true) {
      const i = caller.code.instructions[caller.pc - 1];
      if (i && i.op === Op.IterNext) {
        if (i.c >= 0) caller.registers[i.c] = m.ops.intrinsic(m, 'exception.stopValue', [exception], caller, null);
        caller.pc = i.x as number;
        return null;
      }
    }
  }
}

function collectArguments(m: Machine, registers: Value[], shape: CallShape): Value[] {
  const args: Value[] = [];
  for (let i = 0; i < shape.count; i++) {
    const v = registers[shape.first + i];
    if (shape.spread?.[i]) for (const item of m.ops.listItems(v)) args.push(item);
    else args.push(v);
  }
  return args;
}

function collectKeywords(m: Machine, registers: Value[], shape: CallShape): Keywords {
  if (shape.keywords.length === 0) return null;
  const keywords = new Map<string, Value>();
  for (const k of shape.keywords) {
    if (k.name !== null) keywords.set(k.name, registers[k.register]);
    else m.ops.intrinsic(m, 'py.keywordSpread', [registers[k.register]], m.fiber?.top as Frame, keywords);
  }
  return keywords;
}

interface FunctionOperand {
  code: Code;
  defaults: number[];
}

/**
 * Runs one frame until another becomes the top (-1) or the step ends (a RunResult). The current
 * instruction is at pc - 1 while it executes.
 */
function runFrame(m: Machine, fiber: Fiber, frame: Frame): number {
  const ops = m.ops;
  const registers = frame.registers;
  const instructions = frame.code.instructions;
  const tracer = m.tracer;
  for (;;) {
    const i = instructions[frame.pc] as Instruction;
    frame.pc++;
    m.serial++;
    if (--m.fuel < 0) {
      m.noteBound('steps', 'a step ran for very long without touching shared state and was cut');
      return RunResult.Parked;
    }
    if (i.watch) m.reached(i.watch, frame);
    if (tracer) tracer.instruction(fiber, frame);
    let r: Value;
    switch (i.op) {
      case Op.Const: {
        const x = i.x;
        if (typeof x === 'object' && x !== null && 'type' in x && !(x instanceof Immutable)) i.x = ops.constant(x as ConstValue);
        else if (x === unboundConst) i.x = UNBOUND;
        registers[i.d] = i.x as Value;
        i.op = Op.Const;
        continue;
      }
      case Op.Move:
        registers[i.d] = registers[i.a];
        continue;
      case Op.Jump:
        if ((i.x as number) < frame.pc) m.breaker |= Breaker.BackwardJump;
        frame.pc = i.x as number;
        continue;
      case Op.JumpIf:
        if (registers[i.a] === true) frame.pc = i.x as number;
        continue;
      case Op.JumpIfNot:
        if (registers[i.a] === false) frame.pc = i.x as number;
        continue;
      case Op.JumpIfNullish: {
        const v = registers[i.a];
        if (v === null || v === undefined) frame.pc = i.x as number;
        continue;
      }
      case Op.JumpIfUndefined:
        if (registers[i.a] === undefined) frame.pc = i.x as number;
        continue;
      case Op.JumpIfUnbound:
        if (registers[i.a] === UNBOUND) frame.pc = i.x as number;
        continue;
      case Op.JumpTable:
        frame.pc = (i.x as number[])[registers[i.a] as number] ?? frame.pc;
        continue;
      case Op.NewCell: {
        const info = i.x as { name: string; reassigned: boolean; hasDeadZone: boolean };
        const value = i.a >= 0 ? registers[i.a] : frame.code.language === 'python' || info.hasDeadZone ? UNBOUND : undefined;
        registers[i.d] = m.adopt(new Cell(info.name, value, !info.reassigned));
        continue;
      }
      case Op.FreshCell: {
        const old = registers[i.d] as Cell;
        registers[i.d] = m.adopt(new Cell(old.name, old.value, old.constant));
        continue;
      }
      case Op.LoadCell:
        r = loadCell(m, registers[i.a] as Cell);
        break;
      case Op.LoadFree:
        r = loadCell(m, frame.closure?.free[i.a] as Cell);
        break;
      case Op.StoreCell:
        r = storeCell(m, registers[i.a] as Cell, registers[i.b], i.c === 1);
        break;
      case Op.StoreFree:
        r = storeCell(m, frame.closure?.free[i.a] as Cell, registers[i.b], i.c === 1);
        break;
      case Op.CheckBound:
        if (registers[i.a] === UNBOUND) ops.intrinsic(m, 'unbound', [i.x as string], frame, null);
        continue;
      case Op.LoadGlobal:
        r = loadGlobal(m, frame, i);
        break;
      case Op.StoreGlobal:
        r = storeCell(m, globalCell(m, frame, i), registers[i.a], i.b === 1);
        break;
      case Op.DeleteGlobal: {
        const cell = globalCell(m, frame, i);
        if (cell.value === UNBOUND) ops.intrinsic(m, 'unbound', [cell.name], frame, null);
        r = storeCell(m, cell, UNBOUND, true);
        break;
      }
      case Op.LoadClassLocal:
        r = ops.classLocal(m, frame, i.x as string);
        break;
      case Op.StoreClassLocal:
        ops.setClassLocal(m, frame, i.x as string, registers[i.a]);
        continue;
      case Op.DeleteClassLocal:
        ops.deleteClassLocal(m, frame, i.x as string);
        continue;
      case Op.Binary:
        r = ops.binary(m, i.x as '+', registers[i.a], registers[i.b]);
        break;
      case Op.InPlace:
        r = ops.inPlace(m, i.x as '+', registers[i.a], registers[i.b]);
        break;
      case Op.Unary:
        r = ops.unary(m, i.x as '-', registers[i.a]);
        break;
      case Op.Compare:
        r = ops.compare(m, i.x as '==', registers[i.a], registers[i.b]);
        break;
      case Op.Test: {
        const v = registers[i.a];
        r = typeof v === 'boolean' ? v : ops.truth(m, v);
        break;
      }
      case Op.Not:
        registers[i.d] = registers[i.a] !== true;
        continue;
      case Op.GetAttr:
        r = ops.getAttr(m, registers[i.a], i.x as string);
        break;
      case Op.SetAttr:
        r = ops.setAttr(m, registers[i.a], i.x as string, registers[i.b]);
        break;
      case Op.DelAttr:
        r = ops.delAttr(m, registers[i.a], i.x as string);
        break;
      case Op.GetIndex:
        r = ops.getIndex(m, registers[i.a], registers[i.b]);
        break;
      case Op.SetIndex:
        r = ops.setIndex(m, registers[i.a], registers[i.b], registers[i.c]);
        break;
      case Op.DelIndex:
        r = ops.delIndex(m, registers[i.a], registers[i.b]);
        break;
      case Op.MakeSlice:
        registers[i.d] = ops.slice(registers[i.a], registers[i.b], registers[i.c]);
        continue;
      case Op.Call: {
        const shape = i.x as CallShape;
        const callee = registers[i.a];
        if (shape.optional && (callee === null || callee === undefined)) {
          registers[i.d] = undefined;
          continue;
        }
        const thisValue = i.b >= 0 ? registers[i.b] : undefined;
        r = ops.call(m, callee, thisValue, collectArguments(m, registers, shape), collectKeywords(m, registers, shape));
        break;
      }
      case Op.CallMethod: {
        const shape = i.x as CallShape;
        r = ops.callMethod(
          m,
          registers[i.a],
          shape.method,
          collectArguments(m, registers, shape),
          collectKeywords(m, registers, shape),
          shape.special === true,
          shape.super === true,
        );
        break;
      }
      case Op.New:
        r = ops.construct(m, registers[i.a], collectArguments(m, registers, i.x as CallShape));
        break;
      case Op.SuperCall:
        r = ops.superCall(m, frame, collectArguments(m, registers, i.x as CallShape));
        break;
      case Op.MakeFunction:
        registers[i.d] = makeFunction(m, frame, i.x as FunctionOperand);
        continue;
      case Op.MakeClass: {
        const shape = i.x as ClassShape;
        const bases: Value[] = [];
        for (let k = 0; k < i.b; k++) bases.push(registers[i.a + k]);
        const keywords = new Map<string, Value>();
        for (const k of shape.keywords) keywords.set(k.name, registers[k.register]);
        r = ops.makeClass(m, shape, bases, keywords, registers[i.c]);
        break;
      }
      case Op.MakeObject:
        registers[i.d] = ops.makeObject(m);
        continue;
      case Op.MakeList:
        registers[i.d] = ops.makeList(m, registers.slice(i.a, i.a + i.b));
        continue;
      case Op.MakeTuple:
        registers[i.d] = ops.makeTuple(m, i.b < 0 ? ops.listItems(registers[i.a]) : registers.slice(i.a, i.a + i.b));
        continue;
      case Op.MakeSet:
        registers[i.d] = ops.makeSet(m);
        continue;
      case Op.MakeDict:
        registers[i.d] = ops.makeDict(m);
        continue;
      case Op.ListAppend:
        r = ops.listAppend(m, registers[i.d], registers[i.a]);
        if (r === PUSHED || r === STOP) break;
        continue;
      case Op.ListExtend:
        r = ops.listExtend(m, registers[i.d], registers[i.a]);
        if (r === PUSHED) {
          m.discardResult();
          return -1;
        }
        if (r === STOP) break;
        continue;
      case Op.SetAdd:
        r = ops.setAdd(m, registers[i.d], registers[i.a]);
        if (r === PUSHED) {
          m.discardResult();
          return -1;
        }
        if (r === STOP) break;
        continue;
      case Op.DictSet:
        r = ops.dictSet(m, registers[i.d], registers[i.a], registers[i.b]);
        if (r === PUSHED) {
          m.discardResult();
          return -1;
        }
        if (r === STOP) break;
        continue;
      case Op.DictMerge:
        r = ops.dictMerge(m, registers[i.d], registers[i.a]);
        if (r === PUSHED) {
          m.discardResult();
          return -1;
        }
        if (r === STOP) break;
        continue;
      case Op.DefineProperty:
        r = ops.defineProperty(m, registers[i.a], registers[i.b], registers[i.c], i.x as MemberShape | string);
        if (r === PUSHED) {
          m.discardResult();
          return -1;
        }
        if (r === STOP) break;
        continue;
      case Op.CopyProperties:
        r = ops.copyProperties(m, registers[i.d], registers[i.a], []);
        if (r === PUSHED) {
          m.discardResult();
          return -1;
        }
        if (r === STOP) break;
        continue;
      case Op.ObjectRest: {
        const object = ops.makeObject(m);
        r = ops.copyProperties(
          m,
          object,
          registers[i.a],
          (i.x as number[]).map((k) => registers[k]),
        );
        if (r === STOP) break;
        registers[i.d] = object;
        if (r === PUSHED) {
          m.discardResult();
          return -1;
        }
        continue;
      }
      case Op.Template: {
        const parts = (i.x as (string | { register: number; conversion: string; format: number })[]).map((p) =>
          typeof p === 'string'
            ? p
            : { value: registers[p.register], conversion: p.conversion, format: p.format >= 0 ? registers[p.format] : null },
        );
        r = ops.template(m, parts);
        break;
      }
      case Op.RegExp: {
        const x = i.x as { source: string; flags: string };
        registers[i.d] = ops.regexp(m, x.source, x.flags);
        continue;
      }
      case Op.GetIter:
        r = ops.iterate(m, registers[i.a], i.x === true);
        break;
      case Op.IterNext:
        r = ops.next(m, registers[i.a], i.b >= 0 ? registers[i.b] : null);
        if (r === DONE) {
          if (i.c >= 0) registers[i.c] = frame.code.language === 'python' ? null : undefined;
          frame.pc = i.x as number;
          continue;
        }
        if (r === PUSHED) {
          const top = m.fiber?.top;
          if (top) top.mode = FrameMode.Iterate;
          return -1;
        }
        break;
      case Op.IterClose:
        r = ops.iterClose(m, registers[i.a], i.x as string | null);
        if (r === PUSHED) {
          m.discardResult();
          return -1;
        }
        continue;
      case Op.Unpack: {
        const values = ops.unpack(m, registers[i.a], i.b, i.c);
        if (values === 'stop') {
          r = STOP;
          break;
        }
        if (values === 'pushed') {
          // The iterable was collected into a list by the program's own iterator: unpack that.
          frame.pc--;
          const top = m.fiber?.top;
          if (top) {
            top.mode = FrameMode.Call;
            top.returnRegister = i.a;
          }
          return -1;
        }
        for (let k = 0; k < values.length; k++) registers[i.d + k] = values[k];
        continue;
      }
      case Op.UnpackRest:
        continue;
      case Op.Return: {
        const value = registers[i.a];
        if (frame.generator || frame.code.isAsync) {
          fiber.top = frame.caller;
          if (frame.code.atomic && m.atomicDepth > 0) m.atomicDepth--;
          if (ops.ended(m, frame, value, false)) return fiber.top ? -1 : RunResult.Ended;
          fiber.top = frame;
        }
        return deliver(m, fiber, frame, value) ? RunResult.Ended : -1;
      }
      case Op.Raise: {
        r = ops.raised(m, registers[i.a], i.b >= 0 ? registers[i.b] : undefined);
        if (r === PUSHED) {
          m.afterCall(throwResult, null);
          return -1;
        }
        throw new Raise(r);
      }
      case Op.Reraise:
        throw new Raise(registers[i.a]);
      case Op.ExceptionMatches:
        r = ops.exceptionMatches(m, registers[i.a], i.b >= 0 ? registers[i.b] : (i.x as string));
        break;
      case Op.Yield: {
        r = ops.yielded(m, frame, registers[i.a]);
        if (r === SUSPEND) return RunResult.Suspended;
        return fiber.top ? -1 : RunResult.Ended;
      }
      case Op.YieldFrom:
        continue;
      case Op.Await:
        r = ops.await(m, registers[i.a]);
        break;
      case Op.Import:
        r = ops.importName(m, i.x as ImportRequest, i.a >= 0 ? registers[i.a] : null);
        break;
      case Op.This:
        registers[i.d] = frame.code.isArrow ? frame.closure?.boundThis : frame.thisValue;
        if (registers[i.d] === UNBOUND) ops.intrinsic(m, 'js.thisUnbound', [UNBOUND], frame, null);
        continue;
      case Op.Super:
        registers[i.d] = ops.superReference(m, frame);
        continue;
      case Op.NewTarget:
        registers[i.d] = frame.newTarget;
        continue;
      case Op.LoopHead:
        if (!loopHead(m, frame, i.x as LoopInfo)) return RunResult.Parked;
        continue;
      case Op.OperationBoundary:
      case Op.Nop:
        continue;
      case Op.Intrinsic: {
        const args: Value[] = [];
        for (let k = 0; k < i.b; k++) args.push(registers[i.a + k]);
        const x = i.x;
        const name = typeof x === 'string' ? x : (x as { name: string }).name;
        r = ops.intrinsic(m, name, args, frame, x);
        break;
      }
      case Op.Unsupported:
        throw new Unsupported(i.x as string);
      default:
        throw new Unsupported('an instruction of the machine');
    }
    if (r === PUSHED) {
      const top = m.fiber?.top;
      if (top && top !== frame) {
        if (top.mode === FrameMode.Call && top.returnRegister < 0) top.returnRegister = i.d;
        return -1;
      }
      return -1;
    }
    if (r === STOP) {
      frame.pc--;
      while (m.marks.length > 0 && m.marks[m.marks.length - 1]?.serial === m.serial) m.marks.pop();
      return RunResult.Stopped;
    }
    // A detached async call leaves its caller to go on with the promise.
    if (r === SUSPEND) return m.fiber?.top && m.fiber.top !== frame ? -1 : RunResult.Suspended;
    if (i.d >= 0) registers[i.d] = r;
    if (m.yieldAfter !== null) {
      m.tracer?.suspended(m.yieldAfter);
      m.yieldAfter = null;
      m.breaker |= Breaker.Released;
      if (m.process.kind === 'thread') return RunResult.Stopped;
    }
    if (fiber.top !== frame) return -1;
  }
}

function throwResult(_m: Machine, value: Value): Value {
  throw new Raise(value);
}

function makeFunction(m: Machine, frame: Frame, operand: FunctionOperand): Value {
  const { code, defaults } = operand;
  const free = code.freeSources.map((s) =>
    s.kind === 'cell' ? (frame.registers[s.index] as Cell) : (frame.closure?.free[s.index] as Cell),
  );
  const values = defaults.map((d) => (d >= 0 ? frame.registers[d] : UNBOUND));
  const thisValue = frame.code.isArrow ? frame.closure?.boundThis : frame.thisValue;
  const closure = new Closure(code, free, values, code.isArrow ? thisValue : undefined);
  if (code.isArrow && frame.closure) closure.home = frame.closure.home;
  const value = m.ops.makeClosure(m, m.adopt(closure));
  if (!code.internal) m.trail.mapSet(m.closures, code.fn, { module: code.module, value });
  return value;
}

function loadCell(m: Machine, cell: Cell): Value {
  const value = cell.value;
  if (!cell.constant && cell.shared) {
    if (m.mustStop()) return STOP;
    m.read(cell, 'value', value);
    if (m.accesses.length === 1) m.decided(null);
  }
  if (value === UNBOUND) m.ops.intrinsic(m, 'unbound', [cell.name], m.fiber?.top as Frame, null);
  return value;
}

function storeCell(m: Machine, cell: Cell, value: Value, declares: boolean): Value {
  if (!cell.constant && cell.shared) {
    if (m.mustStop()) return STOP;
    m.write(cell, 'value', value, cell.value);
  } else if (
    !declares &&
    cell.value === UNBOUND &&
    m.ops.intrinsic !== undefined &&
    cell.constant === false &&
    m.fiber?.top?.code.language !== 'python'
  ) {
    m.ops.intrinsic(m, 'unbound', [cell.name], m.fiber?.top as Frame, null);
  }
  m.escape(cell, value);
  m.trail.set(cell, 'value', value);
  return undefined;
}

function globalCell(m: Machine, frame: Frame, i: Instruction): Cell {
  const known = i.x;
  if (known instanceof Cell) return known;
  const name = known as string;
  const ns = m.namespaceOf(frame.code);
  const binding = frame.code.module.globals.find((g) => g.name === name);
  const cell = m.cellOf(ns, name, binding?.constant ?? false, UNBOUND);
  if (cell.linked) i.x = cell;
  return cell;
}

function loadGlobal(m: Machine, frame: Frame, i: Instruction): Value {
  const cell = behind(globalCell(m, frame, i));
  if (cell.value === UNBOUND) {
    if (!cell.constant && cell.shared) {
      if (m.mustStop()) return STOP;
      m.read(cell, 'value', UNBOUND);
      if (m.accesses.length === 1) m.decided(null);
    }
    return m.ops.global(m, cell.name);
  }
  return loadCell(m, cell);
}

/** Counts a turn of a loop; false when a bound is met and the process is to be parked. */
function loopHead(m: Machine, frame: Frame, info: LoopInfo): boolean {
  let counts = frame.loopCounts;
  if (!counts) {
    counts = [];
    frame.loopCounts = counts;
  }
  const n = (counts[info.id] ?? 0) + 1;
  counts[info.id] = n;
  // A turn of the outer loop of a thread's body is an operation of its own.
  if (info.outer && (!frame.caller || frame.caller.code.internal) && !frame.code.internal && !m.process.boundary)
    m.trail.set(m.process, 'boundary', true);
  if (frame.code.internal) return true;
  if (info.endless ? n > m.options.loopBound : info.polls && n > m.options.loopBound + 2 && m.isDriven()) {
    m.noteBound('loop iterations', `each endless loop ran at most ${m.options.loopBound} times`);
    return false;
  }
  return true;
}

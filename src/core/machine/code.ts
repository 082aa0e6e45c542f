/**
 * The machine's instructions: what the compiler makes of a core program. A register machine: `d` is
 * the destination register, `a`, `b`, `c` operand registers or small numbers, `x` whatever else the
 * operation needs. Every instruction knows the expression (`span`) and the statement (`statement`) it
 * came from, and touches shared state at most once.
 */
import type { Watch } from './machine.ts';
import type { FunctionDef, Language, Module, Span } from '../program/program.ts';

export const enum Op {
  Const,
  Move,
  Jump,
  JumpIf,
  JumpIfNot,
  JumpIfNullish,
  JumpIfUndefined,
  JumpIfUnbound,
  JumpTable,
  NewCell,
  FreshCell,
  LoadCell,
  StoreCell,
  LoadFree,
  StoreFree,
  CheckBound,
  LoadGlobal,
  StoreGlobal,
  DeleteGlobal,
  LoadClassLocal,
  StoreClassLocal,
  DeleteClassLocal,
  Binary,
  InPlace,
  Unary,
  Compare,
  Test,
  Not,
  GetAttr,
  SetAttr,
  DelAttr,
  GetIndex,
  SetIndex,
  DelIndex,
  MakeSlice,
  Call,
  CallMethod,
  New,
  SuperCall,
  MakeFunction,
  MakeClass,
  MakeObject,
  MakeList,
  MakeTuple,
  MakeSet,
  MakeDict,
  ListAppend,
  ListExtend,
  SetAdd,
  DictSet,
  DictMerge,
  DefineProperty,
  CopyProperties,
  Template,
  RegExp,
  GetIter,
  IterNext,
  IterClose,
  Unpack,
  UnpackRest,
  ObjectRest,
  Return,
  Raise,
  Reraise,
  ExceptionMatches,
  Yield,
  YieldFrom,
  Await,
  Import,
  This,
  Super,
  NewTarget,
  LoopHead,
  OperationBoundary,
  Intrinsic,
  Unsupported,
  Nop,
}

export interface Instruction {
  op: Op;
  d: number;
  a: number;
  b: number;
  c: number;
  x: unknown;
  /** Registers from this one on hold nothing that is still needed when the instruction begins. */
  live: number;
  /** Set by an oracle that wants to hear when it runs. */
  watch: readonly Watch[] | null;
  span: Span;
  statement: Span;
}

/** Instructions [start, end) are protected: an exception is put in `register` and goes on at `target`. */
export interface ProtectedRange {
  start: number;
  end: number;
  target: number;
  register: number;
}

/** How a call's arguments lie in registers. */
export interface CallShape {
  /** Positional arguments in registers first … first + count - 1; `spread[i]` true for `*arg`. */
  first: number;
  count: number;
  spread: readonly boolean[] | null;
  /** Keyword arguments: registers; a null name is `**arg`. */
  keywords: readonly { name: string | null; register: number }[];
  /** CallMethod: the method's name; the object is in `a`. */
  method: string;
  /** Skips the call and gives undefined when the callee is nullish (`f?.()`). */
  optional: boolean;
  /** CallMethod: look the method up on the type, as Python does for `with` (`__enter__` …). */
  special?: boolean;
  /** CallMethod: the object was `super`. */
  super?: boolean;
  /** Call: a static initialiser, whose home is the class in `b`. */
  home?: boolean;
}

export interface ParameterShape {
  name: string;
  kind: 'positional' | 'keywordOnly' | 'positionalOnly' | 'rest' | 'keywordRest';
  register: number;
  hasDefault: boolean;
}

/** Instructions that run while the exception in `register` is being handled. */
export interface HandlerRange {
  start: number;
  end: number;
  register: number;
  /** A finalizer handles one only while this register holds 1; -1 for a handler. */
  selector: number;
}

export interface Code {
  name: string;
  qualifiedName: string;
  language: Language;
  module: Module;
  fn: FunctionDef;
  instructions: Instruction[];
  /** Innermost first. */
  protectedRanges: ProtectedRange[];
  /** Where an exception is being handled, innermost first. */
  handlers: HandlerRange[];
  registerCount: number;
  parameters: ParameterShape[];
  /** For each free cell of a closure over this code: where the enclosing frame has it. */
  freeSources: { kind: 'cell' | 'free'; index: number; name: string }[];
  isAsync: boolean;
  isGenerator: boolean;
  /** Library code written in the language (a prelude): hidden in traces. */
  internal: boolean;
  /** Runs without being preempted, as C code does under the GIL. */
  atomic: boolean;
  isArrow: boolean;
  loops: LoopInfo[];
  /** Registers of named locals, for the trace. */
  locals: { name: string; register: number; isCell: boolean }[];
  /** Some execution has called it. */
  entered: boolean;
}

export interface LoopInfo {
  id: number;
  /** The test is a constant true, or absent. */
  endless: boolean;
  /** Waits in each turn (`while self.running: self.wakeup.wait(1)`): may go on for ever without getting anywhere. */
  polls: boolean;
  /** Directly in the function's body, not within another loop. */
  outer: boolean;
  span: Span;
}

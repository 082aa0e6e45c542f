/**
 * State of compiling one function: emitted instructions, temporaries, labels, the places its
 * variables live, and the stack of enclosing loops, handlers and finalizers that jumps must pass.
 */
import type { FunctionDef, Module, Span, Variable } from '../program/program.ts';
import type { Code, Instruction, LoopInfo } from './code.ts';
import { Op } from './code.ts';

export interface Label {
  position: number;
  uses: ((position: number) => void)[];
}

/** What a jump out of a region must do on its way. */
export type Scope =
  | { kind: 'loop'; label: string | null; breakLabel: Label; continueLabel: Label | null; breakable: boolean }
  /** `maker`: in Python, the generator function whose generator is dropped when the loop is left early. */
  | { kind: 'iterator'; register: number; isAsync: boolean; maker: string | null }
  | { kind: 'handler'; register: number }
  | { kind: 'finally'; selector: number; value: number; entry: Label; exits: { selector: number; resume: () => void }[] };

export interface ModuleContext {
  module: Module;
  owners: Map<Variable, FunctionDef>;
  codes: Map<FunctionDef, Code>;
  internal: boolean;
  atomic: boolean;
}

export interface Builder {
  readonly context: ModuleContext;
  readonly fn: FunctionDef;
  readonly code: Code;
  readonly parent: Builder | null;
  readonly places: Map<Variable, number>;
  scopes: Scope[];
  statement: Span;
  nextRegister: number;
  free: Map<Variable, number>;
  /** Register of the collection a comprehension builds, -1 when none. */
  collection: { register: number; form: 'list' | 'set' | 'dict' | 'generator' } | null;
  loopDepth: number;
  /** Where the short circuit of the innermost optional chain goes. */
  chain: Label | null;
}

export function emit(b: Builder, op: Op, span: Span, d = -1, a = -1, b2 = -1, c = -1, ...rest: [x?: unknown]): Instruction {
  // An operand that is given as undefined is that value (JavaScript's undefined), not a missing one.
  const instruction: Instruction = {
    op,
    d,
    a,
    b: b2,
    c,
    x: rest.length > 0 ? rest[0] : null,
    live: Math.max(b.nextRegister, a + 1, b2 + 1, c + 1),
    watch: null,
    span,
    statement: b.statement,
  };
  b.code.instructions.push(instruction);
  return instruction;
}

export function temporary(b: Builder): number {
  const r = b.nextRegister++;
  if (b.nextRegister > b.code.registerCount) b.code.registerCount = b.nextRegister;
  return r;
}

/** Runs `f` and gives back the temporaries it took. */
export function scoped<T>(b: Builder, f: () => T): T {
  const mark = b.nextRegister;
  const result = f();
  b.nextRegister = mark;
  return result;
}

export function label(): Label {
  return { position: -1, uses: [] };
}

export function place(b: Builder, l: Label): void {
  l.position = b.code.instructions.length;
  for (const use of l.uses) use(l.position);
  l.uses.length = 0;
}

/** Makes `set` receive the label's position, now or when it is placed. */
export function useLabel(l: Label, set: (position: number) => void): void {
  if (l.position >= 0) set(l.position);
  else l.uses.push(set);
}

export function jump(b: Builder, l: Label, span: Span): void {
  const i = emit(b, Op.Jump, span);
  useLabel(l, (p) => (i.x = p));
}

export function jumpOn(b: Builder, op: Op, register: number, l: Label, span: Span): void {
  const i = emit(b, op, span, -1, register);
  useLabel(l, (p) => (i.x = p));
}

export function here(b: Builder): number {
  return b.code.instructions.length;
}

const waits = /\b(wait|sleep|delay|poll|select|recv|accept|setTimeout)\(|\.get\([^()]*timeout/;

export function newLoop(b: Builder, endless: boolean, span: Span): LoopInfo {
  const text = b.code.module.text.slice(span.start, span.end);
  const info: LoopInfo = { id: b.code.loops.length, endless, polls: waits.test(text), outer: b.loopDepth === 0, span };
  b.code.loops.push(info);
  return info;
}

/** Where a variable is: a register of this function (perhaps holding a cell) or a free cell. */
export function locate(b: Builder, variable: Variable): { kind: 'register' | 'cell' | 'free'; index: number } {
  const own = b.places.get(variable);
  if (own !== undefined) return { kind: variable.captured ? 'cell' : 'register', index: own };
  return { kind: 'free', index: freeIndex(b, variable) };
}

function freeIndex(b: Builder, variable: Variable): number {
  const known = b.free.get(variable);
  if (known !== undefined) return known;
  const parent = b.parent;
  if (!parent) throw new Error(`variable ${variable.name} has no owner`);
  const inParent = locate(parent, variable);
  const index = b.code.freeSources.length;
  b.free.set(variable, index);
  b.code.freeSources.push({ kind: inParent.kind === 'free' ? 'free' : 'cell', index: inParent.index, name: variable.name });
  return index;
}

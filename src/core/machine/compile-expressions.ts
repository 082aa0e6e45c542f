/**
 * Expressions and assignment targets to instructions. `compile` returns the register that holds the
 * value: the variable's own register for a plain local, else a fresh temporary.
 */
import type { Arg, Expr, FunctionDef, Item, PropertyKey, Ref, Span, Target } from '../program/program.ts';
import type { CallShape } from './code.ts';
import { Op } from './code.ts';
import type { Builder, Label } from './builder.ts';
import { emit, jump, jumpOn, label, locate, place, scoped, temporary, useLabel } from './builder.ts';
import { compileFunction } from './compile.ts';
import { compileClass } from './compile-classes.ts';
import { returnFrom } from './compile-statements.ts';

export function constant(b: Builder, value: unknown, span: Span): number {
  const t = temporary(b);
  emit(b, Op.Const, span, t, -1, -1, -1, value);
  return t;
}

export function compileInto(b: Builder, e: Expr, target: number): void {
  scoped(b, () => {
    const r = compile(b, e);
    if (r !== target) emit(b, Op.Move, e.span, target, r);
  });
}

/** Compiles operands so that an assignment inside a later one cannot change an earlier one's value. */
function operands(b: Builder, expressions: readonly Expr[]): number[] {
  return expressions.map((e, i) => {
    const r = compile(b, e);
    if (e.kind !== 'name' || !expressions.slice(i + 1).some(assigns)) return r;
    const t = temporary(b);
    emit(b, Op.Move, e.span, t, r);
    return t;
  });
}

function assigns(e: Expr): boolean {
  switch (e.kind) {
    case 'const':
    case 'name':
    case 'this':
    case 'function':
      return false;
    case 'attr':
      return assigns(e.object);
    case 'index':
      return assigns(e.object) || assigns(e.index);
    case 'binary':
      return assigns(e.left) || assigns(e.right);
    case 'compare':
      return assigns(e.first) || e.rest.some((r) => assigns(r.right));
    case 'unary':
      return assigns(e.operand);
    case 'call':
      return assigns(e.callee) || e.args.some((a) => assigns(a.value));
    default:
      return true;
  }
}

export function loadVariable(b: Builder, ref: Ref, span: Span, checked: boolean): number {
  switch (ref.kind) {
    case 'global': {
      const t = temporary(b);
      emit(b, Op.LoadGlobal, span, t, -1, -1, -1, ref.name);
      return t;
    }
    case 'classLocal': {
      const t = temporary(b);
      emit(b, Op.LoadClassLocal, span, t, -1, -1, -1, ref.name);
      return t;
    }
    case 'variable': {
      const at = locate(b, ref.variable);
      if (at.kind === 'register') {
        const isParameter = b.code.parameters.some((p) => p.register === at.index);
        const mayBeUnbound = b.code.language === 'python' ? !isParameter || ref.variable.reassigned : ref.variable.hasDeadZone;
        if (checked && mayBeUnbound) emit(b, Op.CheckBound, span, -1, at.index, -1, -1, ref.variable.name);
        return at.index;
      }
      const t = temporary(b);
      emit(b, at.kind === 'cell' ? Op.LoadCell : Op.LoadFree, span, t, at.index, -1, -1, ref.variable.name);
      return t;
    }
    default:
      return ref satisfies never;
  }
}

/** Value in a register to a target. `declares`: a binding, which may initialise a const. */
export function assignTo(b: Builder, target: Target, value: number, declares: boolean): void {
  switch (target.kind) {
    case 'name':
      storeVariable(b, target.ref, value, target.span, declares);
      return;
    case 'attr':
      emit(b, Op.SetAttr, target.span, -1, compile(b, target.object), value, -1, target.name);
      return;
    case 'index': {
      const [object = 0, index = 0] = operands(b, [target.object, target.index]);
      emit(b, Op.SetIndex, target.span, -1, object, index, value);
      return;
    }
    case 'sequence':
      assignSequence(b, target, value, declares);
      return;
    case 'objectPattern':
      assignObject(b, target, value, declares);
      return;
    default:
      return target satisfies never;
  }
}

function storeVariable(b: Builder, ref: Ref, value: number, span: Span, declares: boolean): void {
  switch (ref.kind) {
    case 'global':
      emit(b, Op.StoreGlobal, span, -1, value, declares ? 1 : 0, -1, ref.name);
      return;
    case 'classLocal':
      emit(b, Op.StoreClassLocal, span, -1, value, -1, -1, ref.name);
      return;
    case 'variable': {
      const v = ref.variable;
      if (v.isConst && !declares) {
        emit(b, Op.Intrinsic, span, temporary(b), constant(b, v.name, span), 1, -1, 'js.assignConst');
        return;
      }
      const at = locate(b, v);
      if (at.kind === 'register') {
        if (v.hasDeadZone && !declares) emit(b, Op.CheckBound, span, -1, at.index, -1, -1, v.name);
        emit(b, Op.Move, span, at.index, value);
      } else emit(b, at.kind === 'cell' ? Op.StoreCell : Op.StoreFree, span, -1, at.index, value, declares ? 1 : 0, v.name);
      return;
    }
    default:
      return ref satisfies never;
  }
}

function assignSequence(b: Builder, target: Extract<Target, { kind: 'sequence' }>, value: number, declares: boolean): void {
  // Unpacking may replace the iterable by a list of its values: not in the variable's own register.
  const source = temporary(b);
  emit(b, Op.Move, target.span, source, value);
  const first = b.nextRegister;
  for (let i = 0; i < target.items.length; i++) temporary(b);
  const star = target.items.findIndex((i) => i?.rest === true);
  emit(b, Op.Unpack, target.span, first, source, target.items.length, star);
  target.items.forEach((item, i) => {
    if (!item) return;
    scoped(b, () => {
      if (item.default) defaultInto(b, first + i, item.default);
      assignTo(b, item.target, first + i, declares);
    });
  });
}

function defaultInto(b: Builder, register: number, value: Expr): void {
  const use = label();
  const go = label();
  jumpOn(b, Op.JumpIfUndefined, register, use, value.span);
  jump(b, go, value.span);
  place(b, use);
  compileInto(b, value, register);
  place(b, go);
}

function assignObject(b: Builder, target: Extract<Target, { kind: 'objectPattern' }>, value: number, declares: boolean): void {
  const keys: number[] = [];
  if (target.properties.length === 0) emit(b, Op.Intrinsic, target.span, temporary(b), value, 1, -1, 'js.requireObject');
  for (const p of target.properties) {
    const t = temporary(b);
    const key = propertyKey(b, p.key, target.span);
    keys.push(key);
    // V8 words a failure otherwise where there is a default, and by the whole pattern.
    emit(b, Op.GetIndex, p.target.span, t, value, key, -1, p.default ? null : target.span);
    scoped(b, () => {
      if (p.default) defaultInto(b, t, p.default);
      assignTo(b, p.target, t, declares);
    });
  }
  const rest = target.rest;
  if (rest) {
    const t = temporary(b);
    emit(b, Op.ObjectRest, target.span, t, value, -1, -1, keys);
    assignTo(b, rest, t, declares);
  }
}

function propertyKey(b: Builder, key: PropertyKey, span: Span): number {
  return 'name' in key ? constant(b, key.name, span) : compile(b, key.computed);
}

export function compileDelete(b: Builder, target: Target, result: number): void {
  scoped(b, () => {
    switch (target.kind) {
      case 'name':
        if (target.ref.kind === 'global') emit(b, Op.DeleteGlobal, target.span, -1, -1, -1, -1, target.ref.name);
        else if (target.ref.kind === 'classLocal') emit(b, Op.DeleteClassLocal, target.span, -1, -1, -1, -1, target.ref.name);
        else {
          loadVariable(b, target.ref, target.span, true);
          const at = locate(b, target.ref.variable);
          const empty = constant(b, Symbol.for('race-replay.unbound'), target.span);
          if (at.kind === 'register') emit(b, Op.Move, target.span, at.index, empty);
          else emit(b, at.kind === 'cell' ? Op.StoreCell : Op.StoreFree, target.span, -1, at.index, empty, 1, target.ref.variable.name);
        }
        return;
      case 'attr':
        emit(b, Op.DelAttr, target.span, result, compile(b, target.object), -1, -1, target.name);
        return;
      case 'index': {
        const [object = 0, index = 0] = operands(b, [target.object, target.index]);
        emit(b, Op.DelIndex, target.span, result, object, index);
        return;
      }
      case 'sequence':
        for (const i of target.items) if (i) compileDelete(b, i.target, -1);
        return;
      case 'objectPattern':
        return;
      default:
        return target satisfies never;
    }
  });
}

/** Jumps to `to` when the condition's truth equals `when`, else falls through. */
export function compileCondition(b: Builder, e: Expr, to: Label, when: boolean): void {
  if (e.kind === 'unary' && e.op === 'not') {
    compileCondition(b, e.operand, to, !when);
    return;
  }
  if (e.kind === 'logical' && e.op !== 'nullish') {
    const early = e.op === 'or';
    if (early === when) {
      compileCondition(b, e.left, to, when);
      compileCondition(b, e.right, to, when);
    } else {
      const skip = label();
      compileCondition(b, e.left, skip, early);
      compileCondition(b, e.right, to, when);
      place(b, skip);
    }
    return;
  }
  scoped(b, () => {
    const r = compile(b, e);
    const t = temporary(b);
    emit(b, Op.Test, e.span, t, r);
    jumpOn(b, when ? Op.JumpIf : Op.JumpIfNot, t, to, e.span);
  });
}

export function compile(b: Builder, e: Expr): number {
  switch (e.kind) {
    case 'const':
      return constant(b, e.value.type === 'string' ? e.value.value : e.value, e.span);
    case 'name':
      return loadVariable(b, e.ref, e.span, true);
    case 'this': {
      const t = temporary(b);
      emit(b, Op.This, e.span, t);
      return t;
    }
    case 'super': {
      const t = temporary(b);
      emit(b, Op.Super, e.span, t);
      return t;
    }
    case 'newTarget': {
      const t = temporary(b);
      emit(b, Op.NewTarget, e.span, t);
      return t;
    }
    case 'unsupported':
      emit(b, Op.Unsupported, e.span, -1, -1, -1, -1, e.what);
      return constant(b, null, e.span);
    case 'function':
      return makeFunction(b, e.fn, e.span);
    case 'class':
      return compileClass(b, e.cls, e.span);
    case 'delete': {
      const t = temporary(b);
      emit(b, Op.Const, e.span, t, -1, -1, -1, true);
      compileDelete(b, e.target, t);
      return t;
    }
    default:
      return intoFresh(b, e);
  }
}

type Rest = Exclude<Expr, { kind: 'const' | 'name' | 'this' | 'super' | 'newTarget' | 'unsupported' | 'function' | 'class' | 'delete' }>;

function intoFresh(b: Builder, e: Rest): number {
  const d = temporary(b);
  scoped(b, () => compileOperation(b, e, d));
  return d;
}

function compileOperation(b: Builder, e: Rest, d: number): void {
  switch (e.kind) {
    case 'attr': {
      const object = compile(b, e.object);
      if (e.optional) shortCircuit(b, object, e.span);
      emit(b, Op.GetAttr, e.span, d, object, -1, -1, e.name);
      return;
    }
    case 'index': {
      if (e.optional) {
        const object = compile(b, e.object);
        shortCircuit(b, object, e.span);
        emit(b, Op.GetIndex, e.span, d, object, compile(b, e.index));
        return;
      }
      const [object = 0, index = 0] = operands(b, [e.object, e.index]);
      emit(b, Op.GetIndex, e.span, d, object, index);
      return;
    }
    case 'slice': {
      const part = (p: Expr | null): number => (p ? compile(b, p) : constant(b, null, e.span));
      emit(b, Op.MakeSlice, e.span, d, part(e.lower), part(e.upper), part(e.step));
      return;
    }
    case 'optionalChain': {
      const outer = b.chain;
      const nothing = label();
      const end = label();
      b.chain = nothing;
      compileInto(b, e.value, d);
      b.chain = outer;
      jump(b, end, e.span);
      place(b, nothing);
      emit(b, Op.Const, e.span, d, -1, -1, -1, undefined);
      place(b, end);
      return;
    }
    case 'call':
      compileCall(b, e, d);
      return;
    case 'new': {
      const callee = compile(b, e.callee);
      emit(b, Op.New, e.span, d, callee, -1, -1, argumentShape(b, e.args, '', false));
      return;
    }
    case 'binary': {
      const [left = 0, right = 0] = operands(b, [e.left, e.right]);
      emit(b, Op.Binary, e.span, d, left, right, -1, e.op);
      return;
    }
    case 'unary':
      if (e.op === 'not') {
        const r = compile(b, e.operand);
        emit(b, Op.Test, e.span, d, r);
        emit(b, Op.Not, e.span, d, d);
      } else emit(b, Op.Unary, e.span, d, compile(b, e.operand), -1, -1, e.op);
      return;
    case 'compare':
      compileCompare(b, e, d);
      return;
    case 'logical': {
      const end = label();
      compileInto(b, e.left, d);
      logicalJump(b, e.op, d, end, e.span);
      compileInto(b, e.right, d);
      place(b, end);
      return;
    }
    case 'conditional': {
      const otherwise = label();
      const end = label();
      compileCondition(b, e.test, otherwise, false);
      compileInto(b, e.then, d);
      jump(b, end, e.span);
      place(b, otherwise);
      compileInto(b, e.else, d);
      place(b, end);
      return;
    }
    case 'assign': {
      const t = e.target;
      if (t.kind === 'attr' || t.kind === 'index') {
        const object = stable(b, t.object, e.value);
        const index = t.kind === 'index' ? stable(b, t.index, e.value) : -1;
        compileInto(b, e.value, d);
        if (t.kind === 'attr') emit(b, Op.SetAttr, e.span, -1, object, d, -1, t.name);
        else emit(b, Op.SetIndex, e.span, -1, object, index, d);
      } else {
        compileInto(b, e.value, d);
        assignTo(b, t, d, false);
      }
      return;
    }
    case 'logicalAssign':
      compileLogicalAssign(b, e, d);
      return;
    case 'update':
      compileUpdate(b, e, d);
      return;
    case 'sequence':
      e.items.forEach((item, i) => {
        if (i === e.items.length - 1) compileInto(b, item, d);
        else scoped(b, () => compile(b, item));
      });
      return;
    case 'await':
      emit(b, Op.Await, e.span, d, compile(b, e.value));
      return;
    case 'yield':
      compileYield(b, e, d);
      return;
    case 'list':
    case 'tuple':
    case 'set':
      compileItems(b, e, d);
      return;
    case 'dict':
      emit(b, Op.MakeDict, e.span, d);
      for (const entry of e.entries) {
        scoped(b, () => {
          if (entry.key) {
            const [key = 0, value = 0] = operands(b, [entry.key, entry.value]);
            emit(b, Op.DictSet, e.span, d, key, value);
          } else emit(b, Op.DictMerge, e.span, d, compile(b, entry.value));
        });
      }
      return;
    case 'object':
      compileObject(b, e, d);
      return;
    case 'template': {
      const parts: unknown[] = [];
      for (const p of e.parts) {
        if (typeof p === 'string') parts.push(p);
        else {
          const value = temporary(b);
          compileInto(b, p.value, value);
          const format = p.format ? compile(b, p.format) : -1;
          parts.push({ register: value, conversion: p.conversion, format });
        }
      }
      emit(b, Op.Template, e.span, d, -1, -1, -1, parts);
      return;
    }
    case 'taggedTemplate': {
      const registers = [compile(b, e.tag), ...e.values.map((v) => compile(b, v))];
      emit(b, Op.Intrinsic, e.span, d, contiguous(b, registers, e.span), registers.length, -1, {
        name: 'js.taggedTemplate',
        cooked: e.cooked,
        raw: e.raw,
      });
      return;
    }
    case 'regexp':
      emit(b, Op.RegExp, e.span, d, -1, -1, -1, { source: e.source, flags: e.flags });
      return;
    case 'importCall':
      emit(b, Op.Intrinsic, e.span, d, contiguous(b, [compile(b, e.specifier)], e.span), 1, -1, 'js.import');
      return;
    case 'comprehension':
      compileComprehension(b, e, d);
      return;
    case 'intrinsic': {
      const registers = e.args.map((a) => {
        const t = temporary(b);
        compileInto(b, a, t);
        return t;
      });
      emit(b, Op.Intrinsic, e.span, d, contiguous(b, registers, e.span), registers.length, -1, e.name);
      return;
    }
    default:
      return e satisfies never;
  }
}

function stable(b: Builder, e: Expr, later: Expr): number {
  return (
    operands(b, [e, later].slice(0, 1)).map((r) => {
      if (e.kind !== 'name' || !assigns(later)) return r;
      const t = temporary(b);
      emit(b, Op.Move, e.span, t, r);
      return t;
    })[0] ?? 0
  );
}

function contiguous(b: Builder, registers: readonly number[], span: Span): number {
  const first = b.nextRegister;
  for (const r of registers) {
    const t = temporary(b);
    emit(b, Op.Move, span, t, r);
  }
  return first;
}

function shortCircuit(b: Builder, object: number, span: Span): void {
  if (b.chain) jumpOn(b, Op.JumpIfNullish, object, b.chain, span);
}

function logicalJump(b: Builder, op: 'and' | 'or' | 'nullish', register: number, end: Label, span: Span): void {
  if (op === 'nullish') {
    const go = label();
    jumpOn(b, Op.JumpIfNullish, register, go, span);
    jump(b, end, span);
    place(b, go);
    return;
  }
  scoped(b, () => {
    const t = temporary(b);
    emit(b, Op.Test, span, t, register);
    jumpOn(b, op === 'or' ? Op.JumpIf : Op.JumpIfNot, t, end, span);
  });
}

function compileCall(b: Builder, e: Extract<Expr, { kind: 'call' }>, d: number): void {
  const callee = e.callee;
  if (callee.kind === 'super') {
    emit(b, Op.SuperCall, e.span, d, -1, -1, -1, argumentShape(b, e.args, '', false));
    return;
  }
  if (callee.kind === 'attr') {
    let object = compile(b, callee.object);
    if (callee.optional) shortCircuit(b, object, callee.span);
    if (callee.object.kind === 'name' && e.args.some((a) => assigns(a.value))) {
      const t = temporary(b);
      emit(b, Op.Move, callee.span, t, object);
      object = t;
    }
    if (e.optional) {
      const fn = temporary(b);
      emit(b, Op.GetAttr, callee.span, fn, object, -1, -1, callee.name);
      shortCircuit(b, fn, e.span);
    }
    emit(b, Op.CallMethod, e.span, d, object, -1, -1, {
      ...argumentShape(b, e.args, callee.name, false),
      super: callee.object.kind === 'super',
    });
    return;
  }
  if (callee.kind === 'index' && b.code.language !== 'python') {
    const object = temporary(b);
    compileInto(b, callee.object, object);
    if (callee.optional) shortCircuit(b, object, callee.span);
    const index = compile(b, callee.index);
    const fn = temporary(b);
    emit(b, Op.GetIndex, callee.span, fn, object, index);
    if (e.optional) shortCircuit(b, fn, e.span);
    emit(b, Op.Call, e.span, d, fn, object, -1, argumentShape(b, e.args, '', false));
    return;
  }
  let fn = compile(b, callee);
  if (e.optional) shortCircuit(b, fn, e.span);
  if (callee.kind === 'name' && e.args.some((a) => assigns(a.value))) {
    const t = temporary(b);
    emit(b, Op.Move, callee.span, t, fn);
    fn = t;
  }
  emit(b, Op.Call, e.span, d, fn, -1, -1, argumentShape(b, e.args, '', false));
}

export function argumentShape(b: Builder, args: readonly Arg[], method: string, optional: boolean): CallShape {
  const positional = args.filter((a) => a.kind === 'positional' || a.kind === 'spread');
  const first = b.nextRegister;
  for (let i = 0; i < positional.length; i++) temporary(b);
  const keywords: { name: string | null; register: number }[] = [];
  let at = 0;
  for (const a of args) {
    if (a.kind === 'spread') {
      // A list of the values, so that the program's own iterator can run.
      const list = first + at++;
      emit(b, Op.MakeList, a.value.span, list, 0, 0);
      scoped(b, () => emit(b, Op.ListExtend, a.value.span, list, compile(b, a.value)));
    } else if (a.kind === 'positional') compileInto(b, a.value, first + at++);
    else {
      const t = temporary(b);
      compileInto(b, a.value, t);
      keywords.push({ name: a.kind === 'keyword' ? a.name : null, register: t });
    }
  }
  const spread = positional.some((a) => a.kind === 'spread') ? positional.map((a) => a.kind === 'spread') : null;
  return { first, count: positional.length, spread, keywords, method, optional };
}

function compileCompare(b: Builder, e: Extract<Expr, { kind: 'compare' }>, d: number): void {
  const only = e.rest[0];
  if (e.rest.length === 1 && only) {
    const [left = 0, right = 0] = operands(b, [e.first, only.right]);
    emit(b, Op.Compare, e.span, d, left, right, -1, only.op);
    return;
  }
  const end = label();
  let left = temporary(b);
  compileInto(b, e.first, left);
  e.rest.forEach((r, i) => {
    const right = temporary(b);
    compileInto(b, r.right, right);
    emit(b, Op.Compare, e.span, d, left, right, -1, r.op);
    if (i < e.rest.length - 1) logicalJump(b, 'and', d, end, e.span);
    left = right;
  });
  place(b, end);
}

/** Reads a target once, keeping the object and index for the write. */
function readTarget(b: Builder, target: Target, into: number): (value: number) => void {
  switch (target.kind) {
    case 'attr': {
      const object = temporary(b);
      compileInto(b, target.object, object);
      emit(b, Op.GetAttr, target.span, into, object, -1, -1, target.name);
      return (value) => emit(b, Op.SetAttr, target.span, -1, object, value, -1, target.name);
    }
    case 'index': {
      const object = temporary(b);
      const index = temporary(b);
      compileInto(b, target.object, object);
      compileInto(b, target.index, index);
      emit(b, Op.GetIndex, target.span, into, object, index);
      return (value) => emit(b, Op.SetIndex, target.span, -1, object, index, value);
    }
    case 'name': {
      const r = loadVariable(b, target.ref, target.span, true);
      emit(b, Op.Move, target.span, into, r);
      return (value) => assignTo(b, target, value, false);
    }
    default:
      emit(b, Op.Unsupported, target.span, -1, -1, -1, -1, 'augmented assignment to a pattern');
      return () => undefined;
  }
}

function compileUpdate(b: Builder, e: Extract<Expr, { kind: 'update' }>, d: number): void {
  const old = temporary(b);
  const write = readTarget(b, e.target, old);
  if (e.returnsOld) emit(b, Op.Unary, e.span, old, old, -1, -1, 'toNumeric');
  const result = temporary(b);
  if (b.code.language !== 'python' && e.value.kind === 'const' && e.value.span === e.span) {
    // `x++` and `++x`: one more of its own kind, number or BigInt.
    emit(b, Op.Unary, e.span, result, old, -1, -1, e.op === '-' ? 'decrement' : 'increment');
  } else {
    const value = compile(b, e.value);
    emit(b, b.code.language === 'python' ? Op.InPlace : Op.Binary, e.span, result, old, value, -1, e.op);
  }
  write(result);
  emit(b, Op.Move, e.span, d, e.returnsOld ? old : result);
}

function compileLogicalAssign(b: Builder, e: Extract<Expr, { kind: 'logicalAssign' }>, d: number): void {
  const end = label();
  const write = readTarget(b, e.target, d);
  logicalJump(b, e.op, d, end, e.span);
  compileInto(b, e.value, d);
  write(d);
  place(b, end);
}

function compileYield(b: Builder, e: Extract<Expr, { kind: 'yield' }>, d: number): void {
  if (b.code.language !== 'python') {
    if (e.delegate && e.value) delegateYield(b, e.value, e.span, d);
    else {
      const value = temporary(b);
      if (e.value) compileInto(b, e.value, value);
      else emit(b, Op.Const, e.span, value, -1, -1, -1, undefined);
      if (b.code.isAsync) emit(b, Op.Await, e.span, value, value);
      emit(b, Op.Yield, e.span, d, value);
      returnHere(b, e.span, d);
    }
    return;
  }
  if (!e.delegate || !e.value) {
    emit(b, Op.Yield, e.span, d, e.value ? compile(b, e.value) : constant(b, null, e.span));
    return;
  }
  // `yield from`: pass values both ways until the inner iterator ends, then take its result.
  const iterator = temporary(b);
  emit(b, Op.GetIter, e.span, iterator, compile(b, e.value));
  const sent = constant(b, b.code.language === 'python' ? null : undefined, e.span);
  const value = temporary(b);
  const top = label();
  const end = label();
  place(b, top);
  const next = emit(b, Op.IterNext, e.span, value, iterator, sent, d);
  useLabel(end, (p) => (next.x = p));
  const again = label();
  place(b, again);
  const start = b.code.instructions.length;
  emit(b, Op.Yield, e.span, sent, value);
  const stop = b.code.instructions.length;
  jump(b, top, e.span);
  // What is thrown in goes to the inner iterator, which may answer with another value.
  const thrown = contiguous(b, [iterator, iterator], e.span);
  b.code.protectedRanges.push({ start, end: stop, target: b.code.instructions.length, register: thrown + 1 });
  emit(b, Op.Move, e.span, thrown, iterator);
  const from = b.code.instructions.length;
  emit(b, Op.Intrinsic, e.span, value, thrown, 2, -1, 'py.throwInto');
  const to = b.code.instructions.length;
  jump(b, again, e.span);
  const escaped = temporary(b);
  b.code.protectedRanges.push({ start: from, end: to, target: b.code.instructions.length, register: escaped });
  const stops = temporary(b);
  emit(b, Op.ExceptionMatches, e.span, stops, escaped, -1, -1, 'StopIteration');
  const returned = label();
  jumpOn(b, Op.JumpIf, stops, returned, e.span);
  emit(b, Op.Reraise, e.span, -1, escaped);
  place(b, returned);
  emit(b, Op.Intrinsic, e.span, d, escaped, 1, -1, 'exception.stopValue');
  place(b, end);
}

/** JavaScript: a generator resumed by `return(v)` returns at its yield, through its finalizers. */
function returnHere(b: Builder, span: Span, value: number): void {
  scoped(b, () => {
    const returning = temporary(b);
    emit(b, Op.Intrinsic, span, returning, -1, 0, -1, 'js.returning');
    const go = label();
    jumpOn(b, Op.JumpIfNot, returning, go, span);
    if (b.code.isAsync) emit(b, Op.Await, span, value, value);
    returnFrom(b, value, span);
    place(b, go);
  });
}

/** JavaScript `yield*`: next, throw and return are passed on to the inner iterator. */
function delegateYield(b: Builder, iterable: Expr, span: Span, d: number): void {
  const iterator = temporary(b);
  emit(
    b,
    Op.Intrinsic,
    span,
    iterator,
    contiguous(b, [compile(b, iterable)], span),
    1,
    -1,
    b.code.isAsync ? 'js.asyncIterator' : 'js.iterator',
  );
  const received = constant(b, undefined, span);
  const mode = constant(b, 'next', span);
  const result = temporary(b);
  const done = temporary(b);
  const top = label();
  const finished = label();
  const end = label();
  place(b, top);
  scoped(b, () => emit(b, Op.Intrinsic, span, result, contiguous(b, [iterator, received, mode], span), 3, -1, 'js.delegate'));
  if (b.code.isAsync) emit(b, Op.Await, span, result, result);
  emit(b, Op.GetAttr, span, done, result, -1, -1, 'done');
  emit(b, Op.Test, span, done, done);
  jumpOn(b, Op.JumpIf, done, finished, span);
  emit(b, Op.GetAttr, span, result, result, -1, -1, 'value');
  const start = b.code.instructions.length;
  emit(b, Op.Yield, span, received, result);
  emit(b, Op.Intrinsic, span, done, -1, 0, -1, 'js.returning');
  const stop = b.code.instructions.length;
  emit(b, Op.Const, span, mode, -1, -1, -1, 'next');
  jumpOn(b, Op.JumpIfNot, done, top, span);
  emit(b, Op.Const, span, mode, -1, -1, -1, 'return');
  // An async generator awaits the value it is asked to return.
  if (b.code.isAsync) emit(b, Op.Await, span, received, received);
  jump(b, top, span);
  b.code.protectedRanges.push({ start, end: stop, target: b.code.instructions.length, register: received });
  emit(b, Op.Const, span, mode, -1, -1, -1, 'throw');
  jump(b, top, span);
  place(b, finished);
  emit(b, Op.GetAttr, span, d, result, -1, -1, 'value');
  const word = constant(b, 'return', span);
  emit(b, Op.Compare, span, done, mode, word, -1, '===');
  jumpOn(b, Op.JumpIfNot, done, end, span);
  returnFrom(b, d, span);
  place(b, end);
}

function compileItems(b: Builder, e: { kind: 'list' | 'tuple' | 'set'; span: Span; items: (Item | null)[] }, d: number): void {
  const simple = e.items.every((i) => i?.kind === 'value');
  if (simple && e.kind !== 'set') {
    const first = b.nextRegister;
    for (let i = 0; i < e.items.length; i++) temporary(b);
    e.items.forEach((item, i) => {
      if (item) compileInto(b, item.value, first + i);
    });
    emit(b, e.kind === 'list' ? Op.MakeList : Op.MakeTuple, e.span, d, first, e.items.length);
    return;
  }
  const building = e.kind === 'set' ? Op.MakeSet : Op.MakeList;
  emit(b, building, e.span, d, 0, 0);
  for (const item of e.items) {
    scoped(b, () => {
      if (!item) {
        const hole = temporary(b);
        emit(b, Op.Intrinsic, e.span, hole, -1, 0, -1, 'js.hole');
        emit(b, Op.ListAppend, e.span, d, hole);
      } else if (item.kind === 'spread') emit(b, Op.ListExtend, e.span, d, compile(b, item.value), -1, -1, item.value.span);
      else emit(b, e.kind === 'set' ? Op.SetAdd : Op.ListAppend, e.span, d, compile(b, item.value));
    });
  }
  if (e.kind === 'tuple') emit(b, Op.MakeTuple, e.span, d, d, -1);
}

function compileObject(b: Builder, e: Extract<Expr, { kind: 'object' }>, d: number): void {
  emit(b, Op.MakeObject, e.span, d);
  for (const p of e.properties) {
    scoped(b, () => {
      if (p.kind === 'spread') {
        emit(b, Op.CopyProperties, e.span, d, compile(b, p.value));
        return;
      }
      const key = propertyKey(b, p.key, e.span);
      const value = p.kind === 'value' ? compile(b, p.value) : makeFunction(b, p.fn, e.span);
      emit(b, Op.DefineProperty, e.span, -1, d, key, value, p.kind);
    });
  }
}

function compileComprehension(b: Builder, e: Extract<Expr, { kind: 'comprehension' }>, d: number): void {
  const iterable = compile(b, e.iterable);
  const iterator = temporary(b);
  const first = e.fn.body[0];
  emit(b, Op.GetIter, e.iterable.span, iterator, iterable, -1, -1, first?.kind === 'forEach' && first.isAsync);
  const fn = makeFunction(b, e.fn, e.span, e.form);
  const argument = temporary(b);
  emit(b, Op.Move, e.span, argument, iterator);
  emit(b, Op.Call, e.span, d, fn, -1, -1, { first: argument, count: 1, spread: null, keywords: [], method: '', optional: false });
  // An asynchronous comprehension is a coroutine that runs at once.
  if (e.fn.isAsync && e.form !== 'generator') emit(b, Op.Await, e.span, d, d);
}

/** Applies the decorator in register t to what register d holds. */
export function decorate(b: Builder, span: Span, d: number, t: number): void {
  const first = temporary(b);
  emit(b, Op.Move, span, first, t);
  const second = temporary(b);
  emit(b, Op.Move, span, second, d);
  emit(b, Op.Intrinsic, span, d, first, 2, -1, 'py.decorate');
}

/** Python defaults are evaluated here, in order; decorators are applied innermost first. */
export function makeFunction(b: Builder, fn: FunctionDef, span: Span, form: 'list' | 'set' | 'dict' | 'generator' | null = null): number {
  const d = temporary(b);
  const code = compileFunction(b.context, fn, b, form);
  const decorators = fn.decorators.map((x) => {
    const t = temporary(b);
    compileInto(b, x, t);
    return t;
  });
  const defaults: number[] = [];
  const isPython = b.code.language === 'python';
  for (const p of fn.params) {
    if (!isPython || !p.default) defaults.push(-1);
    else {
      const t = temporary(b);
      compileInto(b, p.default, t);
      defaults.push(t);
    }
  }
  emit(b, Op.MakeFunction, span, d, -1, -1, -1, { code, defaults });
  if (isPython) {
    for (const t of decorators.reverse()) decorate(b, span, d, t);
  }
  return d;
}

/** Statements to instructions. */
import type { Expr, Span, Stmt, Target, Variable } from '../program/program.ts';
import { Op } from './code.ts';
import type { Builder, Label, Scope } from './builder.ts';
import { emit, here, jump, jumpOn, label, newLoop, place, scoped, temporary, useLabel } from './builder.ts';
import { compileClass } from './compile-classes.ts';
import { compileGroupHandlers } from './compile-groups.ts';
import { compileImport, expectMissing } from './compile-imports.ts';
import { assignTo, compile, compileCondition, compileDelete, compileInto, constant } from './compile-expressions.ts';

export function compileStatements(b: Builder, statements: readonly Stmt[]): void {
  for (const s of statements) {
    b.statement = headerSpan(s);
    scoped(b, () => compileStatement(b, s));
  }
}

/** The part of a compound statement that is its own step: `if v % 2 == 0`, not the whole block. */
function headerSpan(s: Stmt): Span {
  switch (s.kind) {
    case 'if':
    case 'while':
      return s.kind === 'while' && s.testAfter ? s.test.span : { start: s.span.start, end: Math.max(s.test.span.end, s.span.start) };
    case 'forEach':
      return { start: s.span.start, end: s.iterable.span.end };
    case 'for':
      return { start: s.span.start, end: (s.update ?? s.test)?.span.end ?? s.span.start + 3 };
    case 'switch':
      return { start: s.span.start, end: s.discriminant.span.end };
    case 'with':
      return { start: s.span.start, end: s.items.at(-1)?.context.span.end ?? s.span.end };
    case 'try':
    case 'block':
      return { start: s.span.start, end: Math.min(s.span.end, s.span.start + 3) };
    case 'assign':
      return s.value.kind === 'function' || s.value.kind === 'class'
        ? { start: s.span.start, end: s.value.kind === 'function' ? s.value.fn.nameSpan.end : s.value.cls.nameSpan.end }
        : s.span;
    default:
      return s.span;
  }
}

function compileStatement(b: Builder, s: Stmt): void {
  switch (s.kind) {
    case 'expr':
      compile(b, s.value);
      return;
    case 'assign': {
      const only = s.targets.length === 1 ? s.targets[0] : undefined;
      if (only && s.declares && s.value.kind === 'class' && b.code.language !== 'python') {
        compileClass(b, s.value.cls, s.value.span, (register) => assignTo(b, only, register, true));
        return;
      }
      const register = compile(b, s.value);
      if (only) assignTo(b, only, register, s.declares);
      else for (const t of s.targets) assignTo(b, t, register, s.declares);
      return;
    }
    case 'declare': {
      const t = constant(b, undefined, s.span);
      for (const ref of s.variables) assignTo(b, { kind: 'name', span: s.span, ref }, t, true);
      return;
    }
    case 'if': {
      const otherwise = label();
      const end = label();
      compileCondition(b, s.test, otherwise, false);
      compileStatements(b, s.then);
      if (s.else.length > 0) {
        jump(b, end, s.span);
        place(b, otherwise);
        compileStatements(b, s.else);
      } else place(b, otherwise);
      place(b, end);
      return;
    }
    case 'while':
      compileWhile(b, s);
      return;
    case 'for':
      compileFor(b, s);
      return;
    case 'forEach':
      compileForEach(b, s);
      return;
    case 'block': {
      freshCells(b, s.variables, s.span);
      if (s.label === null) {
        compileStatements(b, s.body);
        return;
      }
      const end = label();
      b.scopes.push({ kind: 'loop', label: s.label, breakLabel: end, continueLabel: null, breakable: false });
      compileStatements(b, s.body);
      b.scopes.pop();
      place(b, end);
      return;
    }
    case 'switch':
      compileSwitch(b, s);
      return;
    case 'break':
    case 'continue':
      exitTo(b, b.scopes.length, s.span, { kind: s.kind, label: s.label });
      return;
    case 'return': {
      let value = s.value ? compile(b, s.value) : constant(b, b.code.language === 'python' ? null : undefined, s.span);
      if (b.code.language !== 'python' && b.code.isAsync && b.code.isGenerator) {
        const awaited = temporary(b);
        emit(b, Op.Await, s.span, awaited, value);
        value = awaited;
      }
      exitTo(b, b.scopes.length, s.span, { kind: 'return', value });
      return;
    }
    case 'raise':
      compileRaise(b, s);
      return;
    case 'try':
      compileTry(b, s);
      return;
    case 'with':
      compileWith(b, s, 0);
      return;
    case 'delete':
      for (const t of s.targets) compileDelete(b, t, -1);
      return;
    case 'assert': {
      const ok = label();
      compileCondition(b, s.test, ok, true);
      const message = s.message ? compile(b, s.message) : -1;
      emit(b, Op.Intrinsic, s.span, temporary(b), message, message < 0 ? 0 : 1, -1, 'assert.fail');
      place(b, ok);
      return;
    }
    case 'import':
      compileImport(b, s);
      return;
    case 'collect':
      compileCollect(b, s);
      return;
    case 'pass':
      emit(b, Op.Nop, s.span);
      return;
    case 'unsupported':
      emit(b, Op.Unsupported, s.span, -1, -1, -1, -1, s.what);
      return;
    default:
      return s satisfies never;
  }
}

function compileCollect(b: Builder, s: Extract<Stmt, { kind: 'collect' }>): void {
  const collection = b.collection;
  if (!collection) return;
  if (collection.form === 'dict' && s.key) {
    const key = compile(b, s.key);
    const value = compile(b, s.value);
    emit(b, Op.DictSet, s.span, collection.register, key, value);
  } else {
    const value = compile(b, s.value);
    emit(b, collection.form === 'set' ? Op.SetAdd : Op.ListAppend, s.span, collection.register, value);
  }
}

function freshCells(b: Builder, variables: readonly Variable[], span: Span): void {
  for (const v of variables) {
    const register = b.places.get(v);
    if (register === undefined) continue;
    if (v.captured) emit(b, Op.NewCell, span, register, -1, -1, -1, v);
    else if (v.hasDeadZone) emit(b, Op.Const, span, register, -1, -1, -1, UNBOUND_MARK);
  }
}

/** Same symbol as compile.ts's UNBOUND_CONST; kept here to avoid a cycle at load time. */
const UNBOUND_MARK = Symbol.for('race-replay.unbound');

function isEndless(test: Expr | null): boolean {
  if (!test) return true;
  if (test.kind !== 'const') return false;
  const v = test.value;
  return (
    (v.type === 'boolean' && v.value) ||
    (v.type === 'integer' && v.value !== 0n) ||
    (v.type === 'number' && v.value !== 0) ||
    (v.type === 'string' && v.value !== '')
  );
}

function compileWhile(b: Builder, s: Extract<Stmt, { kind: 'while' }>): void {
  const top = label();
  const test = label();
  const exit = label();
  const end = label();
  const header = b.statement;
  const info = newLoop(b, isEndless(s.test), s.span);
  b.loopDepth++;
  if (s.testAfter) {
    place(b, top);
    emit(b, Op.LoopHead, s.span, -1, -1, -1, -1, info);
  } else {
    place(b, test);
    emit(b, Op.LoopHead, s.span, -1, -1, -1, -1, info);
    if (!info.endless) compileCondition(b, s.test, exit, false);
  }
  b.scopes.push({ kind: 'loop', label: s.label, breakLabel: end, continueLabel: test, breakable: true });
  compileStatements(b, s.body);
  b.scopes.pop();
  b.statement = header;
  if (s.testAfter) {
    place(b, test);
    compileCondition(b, s.test, top, true);
  } else jump(b, test, s.span);
  b.loopDepth--;
  place(b, exit);
  compileStatements(b, s.orElse);
  place(b, end);
}

function compileFor(b: Builder, s: Extract<Stmt, { kind: 'for' }>): void {
  const test = label();
  const next = label();
  const end = label();
  freshCells(b, s.perIteration, s.span);
  compileStatements(b, s.init);
  const header = { start: s.span.start, end: (s.update ?? s.test)?.span.end ?? s.span.start + 3 };
  b.statement = header;
  const info = newLoop(b, isEndless(s.test), s.span);
  b.loopDepth++;
  place(b, test);
  emit(b, Op.LoopHead, s.span, -1, -1, -1, -1, info);
  const condition = s.test;
  if (condition) scoped(b, () => compileCondition(b, condition, end, false));
  b.scopes.push({ kind: 'loop', label: s.label, breakLabel: end, continueLabel: next, breakable: true });
  compileStatements(b, s.body);
  b.scopes.pop();
  b.statement = header;
  place(b, next);
  for (const v of s.perIteration) {
    const register = b.places.get(v);
    if (v.captured && register !== undefined) emit(b, Op.FreshCell, s.span, register);
  }
  const update = s.update;
  if (update) scoped(b, () => compile(b, update));
  jump(b, test, s.span);
  b.loopDepth--;
  place(b, end);
}

function compileForEach(b: Builder, s: Extract<Stmt, { kind: 'forEach' }>): void {
  const header = b.statement;
  const iterable = compile(b, s.iterable);
  const iterator = temporary(b);
  const isPython = b.code.language === 'python';
  emit(b, Op.GetIter, s.iterable.span, iterator, iterable, -1, -1, s.isAsync);
  const top = label();
  const exhausted = label();
  const end = label();
  const info = newLoop(b, false, s.span);
  // Going through a collection is one operation; counting turns of work are each one of their own.
  info.outer = info.outer && isCounting(s.iterable);
  b.loopDepth++;
  place(b, top);
  b.statement = header;
  emit(b, Op.LoopHead, s.span, -1, -1, -1, -1, info);
  const value = temporary(b);
  if (s.isAsync) nextAsync(b, s.iterable.span, iterator, value, exhausted, isPython);
  else {
    const i = emit(b, Op.IterNext, s.iterable.span, value, iterator, -1, -1);
    useLabel(exhausted, (p) => (i.x = p));
  }
  freshCells(b, s.perIteration, s.span);
  const maker = isPython && !s.isAsync ? calledName(s.iterable) : null;
  const closes = !isPython || maker !== null;
  if (closes) b.scopes.push({ kind: 'iterator', register: iterator, isAsync: s.isAsync, maker });
  b.scopes.push({ kind: 'loop', label: s.label, breakLabel: end, continueLabel: top, breakable: true });
  const bodyStart = here(b);
  scoped(b, () => assignTo(b, s.target, value, true));
  compileStatements(b, s.body);
  const bodyEnd = here(b);
  b.scopes.pop();
  if (closes) {
    b.scopes.pop();
    b.statement = header;
    jump(b, top, s.span);
    closeOnThrow(b, s.span, { kind: 'iterator', register: iterator, isAsync: s.isAsync, maker }, bodyStart, bodyEnd);
  } else {
    b.statement = header;
    jump(b, top, s.span);
  }
  b.loopDepth--;
  place(b, exhausted);
  compileStatements(b, s.orElse);
  place(b, end);
}

/** The name of the function in `f(…)` or `o.f(…)`; null for anything else. */
function calledName(e: Expr): string | null {
  if (e.kind !== 'call') return null;
  const { callee } = e;
  if (callee.kind === 'attr') return callee.name;
  if (callee.kind !== 'name') return null;
  return callee.ref.kind === 'variable' ? callee.ref.variable.name : callee.ref.name;
}

/** An exception out of the body closes the iterator, whose own failure does not count. */
function closeOnThrow(b: Builder, span: Span, scope: Extract<Scope, { kind: 'iterator' }>, start: number, end: number): void {
  const exception = temporary(b);
  b.code.protectedRanges.push({ start, end, target: here(b), register: exception });
  const closeStart = here(b);
  closeIterator(b, scope, span);
  const closeEnd = here(b);
  b.code.protectedRanges.push({ start: closeStart, end: closeEnd, target: here(b), register: temporary(b) });
  emit(b, Op.Reraise, span, -1, exception);
}

function isCounting(iterable: Expr): boolean {
  return (
    iterable.kind === 'call' &&
    iterable.callee.kind === 'name' &&
    iterable.callee.ref.kind === 'global' &&
    iterable.callee.ref.name === 'range'
  );
}

/** `async for` and `for await`: ask, await, and leave at StopAsyncIteration or `done`. */
function nextAsync(b: Builder, span: Span, iterator: number, value: number, exhausted: Label, isPython: boolean): void {
  const asked = temporary(b);
  const shape = { first: 0, count: 0, spread: null, keywords: [], method: isPython ? '__anext__' : 'next', optional: false };
  const start = here(b);
  emit(b, Op.CallMethod, span, asked, iterator, -1, -1, shape);
  emit(b, Op.Await, span, value, asked);
  if (!isPython) {
    const done = temporary(b);
    emit(b, Op.GetAttr, span, done, value, -1, -1, 'done');
    jumpOn(b, Op.JumpIf, done, exhausted, span);
    emit(b, Op.GetAttr, span, value, value, -1, -1, 'value');
    return;
  }
  const stop = here(b);
  const go = label();
  jump(b, go, span);
  const exception = temporary(b);
  b.code.protectedRanges.push({ start, end: stop, target: here(b), register: exception });
  const matches = temporary(b);
  emit(b, Op.ExceptionMatches, span, matches, exception, -1, -1, 'StopAsyncIteration');
  jumpOn(b, Op.JumpIf, matches, exhausted, span);
  emit(b, Op.Reraise, span, -1, exception);
  place(b, go);
}

function compileSwitch(b: Builder, s: Extract<Stmt, { kind: 'switch' }>): void {
  freshCells(b, s.variables, s.span);
  const subject = compile(b, s.discriminant);
  const end = label();
  const starts = s.cases.map(() => label());
  s.cases.forEach((c, i) => {
    const test = c.test;
    const start = starts[i];
    if (!test || !start) return;
    scoped(b, () => {
      const t = temporary(b);
      emit(b, Op.Compare, test.span, t, subject, compile(b, test), -1, '===');
      jumpOn(b, Op.JumpIf, t, start, test.span);
    });
  });
  const fallback = s.cases.findIndex((c) => c.test === null);
  jump(b, starts[fallback] ?? end, s.span);
  b.scopes.push({ kind: 'loop', label: s.label, breakLabel: end, continueLabel: null, breakable: true });
  s.cases.forEach((c, i) => {
    const start = starts[i];
    if (start) place(b, start);
    compileStatements(b, c.body);
  });
  b.scopes.pop();
  place(b, end);
}

type Exit = { kind: 'break' | 'continue'; label: string | null } | { kind: 'return'; value: number };

/** Returns a value from where the builder is, through finalizers and open iterators. */
export function returnFrom(b: Builder, value: number, span: Span): void {
  exitTo(b, b.scopes.length, span, { kind: 'return', value });
}

/** Leaves scopes from the `depth`-th inward one outward until the exit's target. */
function exitTo(b: Builder, depth: number, span: Span, exit: Exit): void {
  for (let i = depth - 1; i >= 0; i--) {
    const scope = b.scopes[i];
    if (!scope) continue;
    if (scope.kind === 'loop' && exit.kind !== 'return') {
      const hit = exit.label !== null ? scope.label === exit.label : exit.kind === 'break' ? scope.breakable : scope.continueLabel !== null;
      if (hit) {
        const target = exit.kind === 'break' ? scope.breakLabel : scope.continueLabel;
        if (exit.kind === 'break') closeIteratorBelow(b, i, span);
        if (target) jump(b, target, span);
        return;
      }
    } else if (scope.kind === 'iterator') {
      closeIterator(b, scope, span);
    } else if (scope.kind === 'finally') {
      passFinally(b, scope, i, span, exit);
      return;
    }
  }
  if (exit.kind === 'return') emit(b, Op.Return, span, -1, exit.value);
}

function closeIteratorBelow(b: Builder, loopIndex: number, span: Span): void {
  const below = b.scopes[loopIndex - 1];
  if (below?.kind === 'iterator') closeIterator(b, below, span);
}

function closeIterator(b: Builder, scope: Extract<Scope, { kind: 'iterator' }>, span: Span): void {
  if (!scope.isAsync) {
    emit(b, Op.IterClose, span, -1, scope.register, -1, -1, scope.maker);
    return;
  }
  scoped(b, () => {
    const closed = temporary(b);
    const argument = temporary(b);
    emit(b, Op.Move, span, argument, scope.register);
    emit(b, Op.Intrinsic, span, closed, argument, 1, -1, 'js.asyncIterClose');
    emit(b, Op.Await, span, closed, closed);
  });
}

function passFinally(b: Builder, scope: Extract<Scope, { kind: 'finally' }>, index: number, span: Span, exit: Exit): void {
  const selector = 2 + scope.exits.length;
  if (exit.kind === 'return') emit(b, Op.Move, span, scope.value, exit.value);
  emit(b, Op.Const, span, scope.selector, -1, -1, -1, selector);
  jump(b, scope.entry, span);
  const onward: Exit = exit.kind === 'return' ? { kind: 'return', value: scope.value } : exit;
  scope.exits.push({ selector, resume: () => exitTo(b, index, span, onward) });
}

function compileRaise(b: Builder, s: Extract<Stmt, { kind: 'raise' }>): void {
  if (s.value) {
    const value = compile(b, s.value);
    const cause = s.cause ? compile(b, s.cause) : -1;
    emit(b, Op.Raise, s.span, -1, value, cause);
    return;
  }
  for (let i = b.scopes.length - 1; i >= 0; i--) {
    const scope = b.scopes[i];
    if (scope?.kind === 'handler') {
      emit(b, Op.Reraise, s.span, -1, scope.register);
      return;
    }
  }
  emit(b, Op.Intrinsic, s.span, temporary(b), -1, 0, -1, 'py.reraise');
}

/** Opens a finalizer around `body`; `finish` emits the finalizer itself. */
function withFinalizer(b: Builder, span: Span, body: () => void, finish: (selector: number, value: number) => void): void {
  const selector = temporary(b);
  const value = temporary(b);
  const entry = label();
  const scope: Extract<Scope, { kind: 'finally' }> = { kind: 'finally', selector, value, entry, exits: [] };
  const start = here(b);
  const header = b.statement;
  b.scopes.push(scope);
  body();
  b.scopes.pop();
  // Going to the finalizer is no part of the body's last statement, which may not have run.
  b.statement = header;
  emit(b, Op.Const, span, selector, -1, -1, -1, 0);
  jump(b, entry, span);
  const end = here(b);
  b.code.protectedRanges.push({ start, end, target: end, register: value });
  emit(b, Op.Const, span, selector, -1, -1, -1, 1);
  place(b, entry);
  const finalizer = here(b);
  finish(selector, value);
  b.code.handlers.push({ start: finalizer, end: here(b), register: value, selector });
  const done = label();
  const table: number[] = [];
  emit(b, Op.JumpTable, span, -1, selector, -1, -1, table);
  useLabel(done, (p) => (table[0] = p));
  table[1] = here(b);
  emit(b, Op.Reraise, span, -1, value);
  for (const exit of scope.exits) {
    table[exit.selector] = here(b);
    exit.resume();
  }
  place(b, done);
}

function compileTry(b: Builder, s: Extract<Stmt, { kind: 'try' }>): void {
  const finalizer = s.finalizer;
  if (!finalizer) {
    compileHandlers(b, s);
    return;
  }
  withFinalizer(
    b,
    s.span,
    () => compileHandlers(b, s),
    () => compileStatements(b, finalizer),
  );
}

function compileHandlers(b: Builder, s: Extract<Stmt, { kind: 'try' }>): void {
  if (s.handlers.length === 0) {
    compileStatements(b, s.body);
    compileStatements(b, s.orElse);
    return;
  }
  const end = label();
  const exception = temporary(b);
  const start = here(b);
  expectMissing(s);
  compileStatements(b, s.body);
  const stop = here(b);
  compileStatements(b, s.orElse);
  jump(b, end, s.span);
  const handling = here(b);
  b.code.protectedRanges.push({ start, end: stop, target: handling, register: exception });
  if (s.handlers[0]?.isGroup === true) {
    compileGroupHandlers(b, s, exception, end);
    return;
  }
  b.scopes.push({ kind: 'handler', register: exception });
  for (const h of s.handlers) {
    const next = label();
    b.statement = { start: h.span.start, end: h.type?.span.end ?? h.span.start + 6 };
    scoped(b, () => {
      const type = h.type;
      if (type) {
        const matches = temporary(b);
        emit(b, Op.ExceptionMatches, h.span, matches, exception, compile(b, type));
        jumpOn(b, Op.JumpIfNot, matches, next, h.span);
      }
      const bound: Target | null = h.target;
      if (bound) {
        const value = temporary(b);
        emit(b, Op.Intrinsic, h.span, value, exception, 1, -1, 'exception.value');
        assignTo(b, bound, value, true);
      }
    });
    compileStatements(b, h.body);
    b.statement = { start: h.span.start, end: h.span.start };
    jump(b, end, h.span);
    place(b, next);
  }
  b.scopes.pop();
  b.code.handlers.push({ start: handling, end: here(b), register: exception, selector: -1 });
  emit(b, Op.Reraise, s.span, -1, exception);
  place(b, end);
}

/** One context manager at a time: enter, the rest of the statement inside a finalizer, exit. */
function compileWith(b: Builder, s: Extract<Stmt, { kind: 'with' }>, index: number): void {
  const item = s.items[index];
  if (!item) {
    compileStatements(b, s.body);
    return;
  }
  const header = b.statement;
  const span = item.context.span;
  const context = temporary(b);
  compileInto(b, item.context, context);
  const isPython = b.code.language === 'python';
  if (isPython) {
    const entered = temporary(b);
    const method = s.isAsync ? '__aenter__' : '__enter__';
    emit(b, Op.CallMethod, span, entered, context, -1, -1, {
      first: 0,
      count: 0,
      spread: null,
      keywords: [],
      method,
      optional: false,
      special: true,
    });
    if (s.isAsync) emit(b, Op.Await, span, entered, entered);
    withFinalizer(
      b,
      span,
      () => {
        if (item.target) assignTo(b, item.target, entered, true);
        compileWith(b, s, index + 1);
      },
      (selector, value) => {
        b.statement = header;
        leavePython(b, span, context, selector, value, s.isAsync);
      },
    );
    return;
  }
  if (item.target) assignTo(b, item.target, context, true);
  withFinalizer(
    b,
    span,
    () => compileWith(b, s, index + 1),
    () => {
      b.statement = header;
      const t = temporary(b);
      emit(b, Op.Intrinsic, span, t, context, 1, -1, s.isAsync ? 'js.asyncDispose' : 'js.dispose');
      if (s.isAsync) emit(b, Op.Await, span, t, t);
    },
  );
}

function leavePython(b: Builder, span: Span, context: number, selector: number, value: number, isAsync: boolean): void {
  const method = isAsync ? '__aexit__' : '__exit__';
  const first = temporary(b);
  const second = temporary(b);
  const third = temporary(b);
  const result = temporary(b);
  const failed = temporary(b);
  const normal = label();
  const end = label();
  const one = constant(b, 1, span);
  emit(b, Op.Compare, span, failed, selector, one, -1, '==');
  jumpOn(b, Op.JumpIfNot, failed, normal, span);
  emit(b, Op.Intrinsic, span, first, value, 1, -1, 'py.exceptionType');
  emit(b, Op.Intrinsic, span, second, value, 1, -1, 'exception.value');
  emit(b, Op.Const, span, third, -1, -1, -1, null);
  const shape = { first, count: 3, spread: null, keywords: [], method, optional: false, special: true };
  emit(b, Op.CallMethod, span, result, context, -1, -1, shape);
  if (isAsync) emit(b, Op.Await, span, result, result);
  emit(b, Op.Test, span, result, result);
  jumpOn(b, Op.JumpIfNot, result, end, span);
  emit(b, Op.Const, span, selector, -1, -1, -1, 0);
  jump(b, end, span);
  place(b, normal);
  for (const r of [first, second, third]) emit(b, Op.Const, span, r, -1, -1, -1, null);
  emit(b, Op.CallMethod, span, result, context, -1, -1, shape);
  if (isAsync) emit(b, Op.Await, span, result, result);
  place(b, end);
}

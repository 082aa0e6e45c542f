/**
 * Class definitions. Python: the body runs as code with its own namespace, then the class is built.
 * JavaScript: the class is built, then its members are defined on it or its prototype; instance
 * fields become one synthetic function that the constructor runs.
 */
import type { ClassDef, ClassMember, Expr, Span } from '../program/program.ts';
import { Op } from './code.ts';
import type { Builder } from './builder.ts';
import { emit, jumpOn, label, place, scoped, temporary } from './builder.ts';
import { compileInto, constant, makeFunction, decorate } from './compile-expressions.ts';

/** What MakeClass needs beside its registers (bases in a … a + b - 1, body or constructor in c). */
export interface ClassShape {
  cls: ClassDef;
  keywords: { name: string; register: number }[];
}

/** What DefineProperty needs when it defines a class member. */
export interface MemberShape {
  kind: 'method' | 'getter' | 'setter' | 'field';
  isStatic: boolean;
  onInstance: boolean;
}

/** `bound` is called once the class exists, before its static members are evaluated. */
export function compileClass(b: Builder, cls: ClassDef, span: Span, bound: ((register: number) => void) | null = null): number {
  return b.code.language === 'python' ? pythonClass(b, cls, span) : javascriptClass(b, cls, span, bound);
}

function pythonClass(b: Builder, cls: ClassDef, span: Span): number {
  const d = temporary(b);
  scoped(b, () => {
    const decorators = cls.decorators.map((x) => {
      const t = temporary(b);
      compileInto(b, x, t);
      return t;
    });
    const first = bases(b, cls);
    const keywords = cls.keywords.map((k) => {
      const t = temporary(b);
      compileInto(b, k.value, t);
      return { name: k.name, register: t };
    });
    const body = cls.body ? makeFunction(b, cls.body, span) : constant(b, null, span);
    const shape: ClassShape = { cls, keywords };
    emit(b, Op.MakeClass, span, d, first, cls.bases.length, body, shape);
    for (const t of decorators.reverse()) decorate(b, span, d, t);
  });
  return d;
}

function bases(b: Builder, cls: ClassDef): number {
  const first = b.nextRegister;
  for (let i = 0; i < cls.bases.length; i++) temporary(b);
  cls.bases.forEach((x, i) => compileInto(b, x, first + i));
  return first;
}

function javascriptClass(b: Builder, cls: ClassDef, span: Span, bound: ((register: number) => void) | null): number {
  const d = temporary(b);
  scoped(b, () => {
    const first = bases(b, cls);
    const own = cls.members.find((m) => m.kind === 'constructor')?.fn;
    const constructor = own ? makeFunction(b, own, span) : constant(b, null, span);
    const shape: ClassShape = { cls, keywords: [] };
    emit(b, Op.MakeClass, span, d, first, cls.bases.length, constructor, shape);
    if (bound) scoped(b, () => bound(d));
    // Methods come first, then decorators; static fields and blocks run when all of them are there.
    const members = cls.members.filter((m) => m.kind !== 'constructor').map((m) => ({ m, key: memberKey(b, m) }));
    for (const { m, key } of members) if (!runsOnce(m)) scoped(b, () => member(b, m, key, d));
    decorateMembers(b, members, d, span);
    for (const { m, key } of members) if (runsOnce(m)) scoped(b, () => staticMember(b, m, key, d, span));
    if (cls.decorators.length === 0) return;
    decorateClass(b, cls, d);
    if (bound) scoped(b, () => bound(d));
  });
  return d;
}

/** A static field or block. */
function runsOnce(m: ClassMember): boolean {
  return m.isStatic && (m.kind === 'field' || m.kind === 'staticBlock');
}

function memberKey(b: Builder, m: ClassMember): number {
  const key = temporary(b);
  if (m.computed) compileInto(b, m.computed, key);
  else emit(b, Op.Const, m.span, key, -1, -1, -1, m.name ?? '');
  return key;
}

/** Decorators are evaluated member by member. Older ones apply at once, those of the standard when all are there. */
function decorateMembers(b: Builder, members: readonly { m: ClassMember; key: number }[], cls: number, span: Span): void {
  if (members.every(({ m }) => m.decorators.length === 0)) return;
  const waiting = temporary(b);
  emit(b, Op.MakeList, span, waiting, 0, 0);
  for (const { m, key } of members) {
    if (m.decorators.length === 0) continue;
    scoped(b, () => {
      const first = temporary(b);
      emit(b, Op.Move, m.span, first, cls);
      emit(b, Op.Move, m.span, temporary(b), waiting);
      emit(b, Op.Move, m.span, temporary(b), key);
      emit(b, Op.Const, m.span, temporary(b), -1, -1, -1, m.kind);
      emit(b, Op.Const, m.span, temporary(b), -1, -1, -1, m.isStatic);
      for (const x of m.decorators) compileDecorator(b, x, temporary(b));
      emit(b, Op.Intrinsic, m.span, temporary(b), first, 5 + m.decorators.length, -1, 'js.decorateMember');
    });
  }
  scoped(b, () => {
    const first = temporary(b);
    emit(b, Op.Move, span, first, cls);
    emit(b, Op.Move, span, temporary(b), waiting);
    emit(b, Op.Intrinsic, span, temporary(b), first, 2, -1, 'js.applyDecorators');
  });
}

function decorateClass(b: Builder, cls: ClassDef, d: number): void {
  scoped(b, () => {
    const given = cls.decorators.map((x) => {
      const t = temporary(b);
      compileDecorator(b, x, t);
      return t;
    });
    for (const t of given.reverse()) {
      const first = temporary(b);
      emit(b, Op.Move, cls.nameSpan, first, t);
      emit(b, Op.Move, cls.nameSpan, temporary(b), d);
      emit(b, Op.Intrinsic, cls.nameSpan, d, first, 2, -1, 'js.decorateClass');
    }
  });
}

/** The decorator; only what it is named by where nobody can see into that. */
function compileDecorator(b: Builder, x: Expr, d: number): void {
  const head = decoratorHead(x);
  if (!head) {
    compileInto(b, x, d);
    return;
  }
  const end = label();
  scoped(b, () => {
    compileInto(b, head, d);
    const argument = temporary(b);
    const known = temporary(b);
    emit(b, Op.Move, x.span, argument, d);
    emit(b, Op.Intrinsic, x.span, known, argument, 1, -1, 'js.isKnown');
    jumpOn(b, Op.JumpIfNot, known, end, x.span);
    compileInto(b, x, d);
  });
  place(b, end);
}

/** `a` of `@a`, `@a.b` and `@a.b(…)`. */
function decoratorHead(x: Expr): Expr | null {
  if (x.kind === 'call') return decoratorHead(x.callee);
  if (x.kind === 'attr') return decoratorHead(x.object);
  return x.kind === 'name' ? x : null;
}

function member(b: Builder, m: ClassMember, key: number, cls: number): void {
  const value = m.fn ? makeFunction(b, m.fn, m.span) : constant(b, null, m.span);
  if (m.kind !== 'field') {
    const shape: MemberShape = { kind: m.kind as 'method', isStatic: m.isStatic, onInstance: false };
    emit(b, Op.DefineProperty, m.span, -1, cls, key, value, shape);
    return;
  }
  // An instance field: remember key and initialiser; the constructor runs them in order.
  emit(b, Op.DefineProperty, m.span, -1, cls, key, value, { kind: 'field', isStatic: false, onInstance: true } satisfies MemberShape);
}

function staticMember(b: Builder, m: ClassMember, key: number, cls: number, span: Span): void {
  const value = m.fn ? makeFunction(b, m.fn, m.span) : constant(b, null, m.span);
  const result = temporary(b);
  emit(b, Op.Const, span, result, -1, -1, -1, undefined);
  if (m.fn)
    emit(b, Op.Call, m.span, result, value, cls, -1, {
      first: 0,
      count: 0,
      spread: null,
      keywords: [],
      method: '',
      optional: false,
      home: true,
    });
  if (m.kind === 'field')
    emit(b, Op.DefineProperty, m.span, -1, cls, key, result, { kind: 'field', isStatic: true, onInstance: false } satisfies MemberShape);
}

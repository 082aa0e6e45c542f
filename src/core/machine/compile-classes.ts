/**
 * Class definitions. Python: the body runs as code with its own namespace, then the class is built.
 * JavaScript: the class is built, then its members are defined on it or its prototype; instance
 * fields become one synthetic function that the constructor runs.
 */
import type { ClassDef, ClassMember, Span } from '../program/program.ts';
import { Op } from './code.ts';
import type { Builder } from './builder.ts';
import { emit, scoped, temporary } from './builder.ts';
import { compile, compileInto, constant, makeFunction, decorate } from './compile-expressions.ts';

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
    for (const m of cls.members) scoped(b, () => member(b, m, d, span));
  });
  return d;
}

function member(b: Builder, m: ClassMember, cls: number, span: Span): void {
  if (m.kind === 'constructor') return;
  const key = m.computed ? compile(b, m.computed) : constant(b, m.name ?? '', m.span);
  const method = m.kind === 'method' || m.kind === 'getter' || m.kind === 'setter';
  const value = m.fn ? makeFunction(b, m.fn, m.span) : constant(b, null, m.span);
  if (method) {
    const shape: MemberShape = { kind: m.kind as 'method', isStatic: m.isStatic, onInstance: false };
    emit(b, Op.DefineProperty, m.span, -1, cls, key, value, shape);
    return;
  }
  if (!m.isStatic) {
    // An instance field: remember key and initialiser; the constructor runs them in order.
    emit(b, Op.DefineProperty, m.span, -1, cls, key, value, { kind: 'field', isStatic: false, onInstance: true } satisfies MemberShape);
    return;
  }
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

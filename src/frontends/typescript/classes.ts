/** Classes: members, initialisers, parameter properties. */
import ts from 'typescript';
import type { ClassDef, ClassMember, Expr, FunctionDef, Span, Stmt, Variable } from '../../core/program/program.ts';
import type { Lowering, NameHint } from './context.ts';
import { SYNTAX_ERROR, addTopLevel, atTopLevel, nameExpr, nameTarget, newScope, newVariable, spanOf, textOf } from './context.ts';
import { lowerExpr } from './expressions.ts';
import { adoptVariable, anonymous, insideFunction, lowerFunction, newFunction, qualify } from './functions.ts';
import { declareLexical, declareVars, hasModifier } from './hoist.ts';
import { DEFAULT_LOCAL, defaultExport, recordExported } from './imports.ts';
import { propertyKey } from './objects.ts';
import { lowerStatements } from './statements.ts';
import { isBroken, isNearError } from './syntax-errors.ts';

export function lowerClassDeclaration(l: Lowering, node: ts.ClassDeclaration, out: Stmt[]): void {
  const span = spanOf(l, node);
  const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword) && atTopLevel(l);
  if (!node.name || node.name.text === '') {
    if (!isDefault) return;
    const hint: NameHint = {
      name: 'default',
      display: 'default',
      span: { start: span.start, end: Math.min(span.end, span.start + 'export default class'.length) },
      topLevel: DEFAULT_LOCAL,
    };
    out.push(defaultExport(l, node, { kind: 'class', span, cls: lowerClass(l, node, hint, null) }));
    return;
  }
  const name = node.name.text;
  const nameSpan = spanOf(l, node.name);
  recordExported(l, node, [name]);
  const target = nameTarget(l, name, nameSpan, true);
  const hint: NameHint = { name, display: name, span: nameSpan, topLevel: atTopLevel(l) ? name : undefined };
  if (target.kind === 'name') {
    const cls = lowerClass(l, node, hint, null);
    cls.self = target.ref;
    out.push({ kind: 'assign', span, targets: [target], value: { kind: 'class', span, cls }, declares: true });
  } else
    out.push({
      kind: 'assign',
      span,
      targets: [target],
      value: { kind: 'class', span, cls: lowerClass(l, node, hint, node.name) },
      declares: true,
    });
}

export function lowerClassExpression(l: Lowering, node: ts.ClassExpression, hint: NameHint | undefined): Expr {
  const span = spanOf(l, node);
  if (!node.name || node.name.text === '') return { kind: 'class', span, cls: lowerClass(l, node, hint ?? anonymous(l, node), null) };
  const own: NameHint = {
    name: node.name.text,
    display: node.name.text,
    span: spanOf(l, node.name),
    topLevel: hint?.topLevel,
    exported: hint?.exported,
  };
  return { kind: 'class', span, cls: lowerClass(l, node, own, node.name) };
}

/** `own` is the class's name when only its body sees it. */
function lowerClass(l: Lowering, node: ts.ClassLikeDeclaration, hint: NameHint, own: ts.Identifier | null): ClassDef {
  const cls: ClassDef = {
    id: l.module.classes.length,
    name: hint.name,
    qualifiedName: qualify(l, hint.display),
    bases: [],
    keywords: [],
    decorators: decorators(l, node),
    body: null,
    members: [],
    exported: hint.exported ?? false,
    span: spanOf(l, node),
    nameSpan: hint.span,
  };
  l.module.classes.push(cls);
  addTopLevel(l, hint.topLevel, cls);
  const self = own ? newVariable(own.text, spanOf(l, own)) : null;
  const outer = l.scope;
  l.scope = newScope(outer, l.fn, 'function');
  if (self)
    l.scope.names.set(self.name, {
      name: self.name,
      fn: l.fn,
      place: { kind: 'variable', variable: self },
      global: null,
      writes: 1,
      uses: 0,
      renewed: true,
      readyAt: 0,
    });
  const heritage = node.heritageClauses?.find((h) => h.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  if (heritage) cls.bases.push(lowerExpr(l, heritage.expression));
  lowerMembers(l, node, cls);
  l.scope = outer;
  if (self) adoptSelf(l, cls, self);
  return cls;
}

function adoptSelf(l: Lowering, cls: ClassDef, self: Variable): void {
  adoptVariable(l, self);
  cls.self = { kind: 'variable', variable: self };
}

export function decorators(l: Lowering, node: ts.Node): Expr[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map((d) => lowerExpr(l, d.expression));
}

function lowerMembers(l: Lowering, node: ts.ClassLikeDeclaration, cls: ClassDef): void {
  const constructor = node.members.find((m): m is ts.ConstructorDeclaration => ts.isConstructorDeclaration(m) && m.body !== undefined);
  const properties = constructor ? parameterProperties(constructor) : [];
  const late = initialisersAfterParameters(node, properties);
  for (const m of node.members) {
    const member = lowerMember(l, m, cls, { properties, late });
    if (member) cls.members.push(member);
  }
  addCompiled(l, node, cls);
}

/** Private members that a compiler put outside the class. */
function addCompiled(l: Lowering, node: ts.ClassLikeDeclaration, cls: ClassDef): void {
  const common = { isStatic: false, computed: null, decorators: [], span: cls.nameSpan };
  for (const name of l.compiled?.fieldsOf.get(node) ?? []) cls.members.push({ kind: 'field', ...common, name, fn: null });
  for (const { name, kind, fn: made } of l.compiled?.membersOf.get(node) ?? []) {
    const hint: NameHint = { name, display: `${cls.name}.${name}`, span: made.name ? spanOf(l, made.name) : spanOf(l, made) };
    const fn = lowerFunction(l, made, { kind, hint, owner: cls });
    l.privates.add(fn);
    cls.members.push({ kind, ...common, name, fn, span: fn.span });
  }
}

interface ConstructorPrologue {
  properties: ts.ParameterDeclaration[];
  /** Instance fields whose values need the parameter properties and so are assigned after them. */
  late: ts.PropertyDeclaration[];
}

function lowerMember(l: Lowering, m: ts.ClassElement, cls: ClassDef, prologue: ConstructorPrologue): ClassMember | null {
  if (hasModifier(m, ts.SyntaxKind.AbstractKeyword) || hasModifier(m, ts.SyntaxKind.DeclareKeyword)) return null;
  const isStatic = hasModifier(m, ts.SyntaxKind.StaticKeyword);
  const span = spanOf(l, m);
  if (ts.isClassStaticBlockDeclaration(m)) {
    const fn = initializer(
      l,
      cls,
      { name: '', display: `${cls.name}.static`, span: { start: span.start, end: Math.min(span.end, span.start + 6) } },
      span,
      true,
      () => {
        declareLexical(l, l.scope, m.body.statements);
        declareVars(l, l.scope, m.body.statements, () => false);
        return lowerStatements(l, m.body.statements);
      },
    );
    return { kind: 'staticBlock', isStatic: true, name: null, computed: null, fn, decorators: [], span };
  }
  if (ts.isConstructorDeclaration(m)) {
    if (!m.body) return null;
    const keyword = { start: span.start, end: Math.min(Math.max(m.parameters.pos - 1, span.start), span.end) };
    const hint = { name: 'constructor', display: `${cls.name}.constructor`, span: keyword };
    const hasPrologue = prologue.properties.length > 0 || prologue.late.length > 0;
    const fn = lowerFunction(l, m, {
      kind: 'constructor',
      hint,
      owner: cls,
      ...(hasPrologue ? { prologue: (inner: Lowering) => constructorPrologue(inner, prologue) } : {}),
    });
    return { kind: 'constructor', isStatic: false, name: 'constructor', computed: null, fn, decorators: [], span };
  }
  if (!m.name || !(ts.isPropertyDeclaration(m) || ts.isMethodDeclaration(m) || ts.isAccessor(m))) return null;
  if (!ts.isPropertyDeclaration(m) && !m.body) return null;
  const key = propertyKey(l, m.name);
  const name = 'name' in key ? key.name : null;
  const label = name ?? '[computed]';
  const hint: NameHint = { name: name ?? '', display: cls.name === '' ? label : `${cls.name}.${label}`, span: spanOf(l, m.name) };
  const common = { isStatic, name, computed: 'name' in key ? null : key.computed, decorators: decorators(l, m), span };
  if (ts.isPropertyDeclaration(m)) {
    const member: ClassMember = {
      kind: 'field',
      ...common,
      fn: prologue.late.includes(m) ? null : fieldInitializer(l, m, cls, hint, isStatic),
    };
    if (m.type) member.annotation = textOf(l, m.type);
    if (member.fn === null && name !== null && !prologue.late.includes(m) && isBrought(l, m, name)) member.isBrought = true;
    return member;
  }
  const kind = ts.isMethodDeclaration(m) ? 'method' : ts.isGetAccessorDeclaration(m) ? 'getter' : 'setter';
  const fn = lowerFunction(l, m, { kind, hint, owner: cls, isStatic });
  if (isPrivate(m)) l.privates.add(fn);
  return { kind, ...common, fn };
}

const injects = /^@(?:\w+\.)?\w*(?:inject|autowired|service|resource|repository|input|child|prop)\b/i;

/** `@inject(Logger) logger: Logger`, or a field of some type that nothing in the file assigns. */
function isBrought(l: Lowering, m: ts.PropertyDeclaration, name: string): boolean {
  if (m.questionToken || !m.type) return false;
  const given = ts.getDecorators(m) ?? [];
  if (given.length > 0) return given.some((d) => injects.test(textOf(l, d)));
  if (/\b(?:undefined|null|any|unknown)\b/.test(textOf(l, m.type))) return false;
  return !new RegExp(`[.\\]]${name.replace(/[#$]/g, '\\$&')}\\b\\s*(?:=(?!=|>)|\\?\\?=|\\|\\|=|[+*/%-]=|\\+\\+|--)`).test(l.text);
}

function isPrivate(m: ts.ClassElement): boolean {
  if (m.name && ts.isPrivateIdentifier(m.name)) return true;
  return hasModifier(m, ts.SyntaxKind.PrivateKeyword) || hasModifier(m, ts.SyntaxKind.ProtectedKeyword);
}

function initializer(l: Lowering, cls: ClassDef, hint: NameHint, span: Span, isStatic: boolean, body: () => Stmt[]): FunctionDef {
  const fn = newFunction(l, 'initializer', hint, span);
  fn.owner = cls;
  fn.isStatic = isStatic;
  insideFunction(l, fn, () => {
    fn.body = body();
  });
  return fn;
}

/** The function that computes a field's value; a function written there is a method in all but name. */
function fieldInitializer(l: Lowering, m: ts.PropertyDeclaration, cls: ClassDef, hint: NameHint, isStatic: boolean): FunctionDef | null {
  const value = m.initializer;
  if (!value) return null;
  return initializer(l, cls, hint, spanOf(l, value), isStatic, () => {
    if (isNearError(value, l.errorStarts) && isBroken(value)) return [{ kind: 'unsupported', span: spanOf(l, value), what: SYNTAX_ERROR }];
    const lowered = lowerExpr(l, value, { name: hint.name, display: '', span: hint.span });
    adoptAsMember(l, m, cls, hint, lowered, isStatic);
    return [{ kind: 'return', span: lowered.span, value: lowered }];
  });
}

function adoptAsMember(l: Lowering, m: ts.PropertyDeclaration, cls: ClassDef, hint: NameHint, value: Expr, isStatic: boolean): void {
  if (value.kind !== 'function') return;
  value.fn.owner = cls;
  value.fn.isStatic = isStatic;
  value.fn.qualifiedName = value.fn.parent?.kind === 'initializer' ? value.fn.parent.qualifiedName : `${cls.qualifiedName}.${hint.name}`;
  if (isPrivate(m)) l.privates.add(value.fn);
}

// Parameter properties: `constructor(private repo: Repo)`.

function parameterProperties(constructor: ts.ConstructorDeclaration): ts.ParameterDeclaration[] {
  return constructor.parameters.filter((p) => ts.isIdentifier(p.name) && ts.isParameterPropertyDeclaration(p, constructor));
}

/**
 * Fields are initialised before the constructor's body runs. Where a field's value reads a
 * parameter property, the code is compiled with TypeScript's older order (the newer one rejects
 * it): parameters first, then fields, all by assignment.
 */
function initialisersAfterParameters(node: ts.ClassLikeDeclaration, properties: ts.ParameterDeclaration[]): ts.PropertyDeclaration[] {
  if (properties.length === 0) return [];
  const names = new Set(properties.map((p) => (ts.isIdentifier(p.name) ? p.name.text : '')));
  const fields = node.members.filter(
    (m): m is ts.PropertyDeclaration =>
      ts.isPropertyDeclaration(m) && m.initializer !== undefined && !hasModifier(m, ts.SyntaxKind.StaticKeyword),
  );
  const simple = fields.filter((f) => !ts.isComputedPropertyName(f.name));
  return simple.some((f) => f.initializer && readsNow(f.initializer, names)) ? simple : [];
}

/** Whether evaluating the expression reads `this.name`; functions in it run later. */
function readsNow(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword && names.has(node.name.text)) return true;
  return ts.forEachChild(node, (child) => readsNow(child, names)) ?? false;
}

function constructorPrologue(l: Lowering, prologue: ConstructorPrologue): Stmt[] {
  const result: Stmt[] = [];
  for (const p of prologue.properties) {
    if (!ts.isIdentifier(p.name)) continue;
    const span = spanOf(l, p);
    const nameSpan = spanOf(l, p.name);
    result.push(setOnThis(span, p.name.text, nameSpan, nameExpr(l, p.name.text, nameSpan)));
  }
  for (const f of prologue.late) {
    if (!f.initializer || ts.isComputedPropertyName(f.name)) continue;
    // The value is written in the class, where the constructor's parameters are not visible.
    const scope = l.scope;
    let outside = scope;
    while (outside.fn === l.fn && outside.parent) outside = outside.parent;
    l.scope = newScope(outside, l.fn, 'function');
    const hint: NameHint = { name: f.name.text, display: f.name.text, span: spanOf(l, f.name) };
    const value = lowerExpr(l, f.initializer, hint);
    l.scope = scope;
    const owner = l.fn.def.owner;
    if (owner) adoptAsMember(l, f, owner, hint, value, false);
    result.push(setOnThis(spanOf(l, f), f.name.text, spanOf(l, f.name), value));
  }
  return result;
}

function setOnThis(span: Span, name: string, nameSpan: Span, value: Expr): Stmt {
  const object: Expr = { kind: 'this', span: nameSpan };
  return { kind: 'expr', span, value: { kind: 'assign', span, target: { kind: 'attr', span: nameSpan, object, name, nameSpan }, value } };
}

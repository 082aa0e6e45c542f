/**
 * Private members that a compiler put into weak maps, read as the `#name` they were: TypeScript's `__classPrivateFieldGet`
 * and esbuild's `__privateGet` with their like. The functions of private methods stand after the class, and are its members.
 */
import ts from 'typescript';
import { helperName } from './compiled.ts';

/** A private method or accessor of a class, whose function stands elsewhere. */
export interface PrivateMember {
  /** With its `#`. */
  name: string;
  kind: 'method' | 'getter' | 'setter';
  fn: ts.FunctionExpression;
}

export interface CompiledPrivates {
  /** Names of the private fields that a class keeps in weak maps. */
  fieldsOf: Map<ts.ClassLikeDeclaration, Set<string>>;
  membersOf: Map<ts.ClassLikeDeclaration, PrivateMember[]>;
  /** The functions of such members: where they stand they are nothing more. */
  functions: Set<ts.Node>;
  /** `#name` by the variable that stands for it. */
  names: Map<string, string>;
  /** Weak sets that say what is an instance of a class. */
  brands: Set<string>;
}

const mentions = /\b__(?:classPrivateField|private)(?:Get|Set|Add|Method)\b/;

/** What a use of a private member is: where the object, the member, and what is written stand among the helper's arguments. */
interface PrivateUse {
  kind: 'get' | 'set';
  object: ts.Expression;
  member: ts.Identifier;
  value: ts.Expression | null;
  role: 'field' | 'method' | 'accessor';
  /** The weak set that says whose a method or accessor is; a field's own name otherwise. */
  owner: ts.Identifier;
}

/** The use that a call of a helper is, null when it is none. */
export function privateUse(node: ts.CallExpression): PrivateUse | null {
  const [object, state, ...rest] = node.arguments;
  if (object === undefined || state === undefined || !ts.isIdentifier(state)) return null;
  const [third, fourth, fifth] = rest;
  const field = (kind: 'get' | 'set', value: ts.Expression | null): PrivateUse => ({
    kind,
    object,
    member: state,
    value,
    role: 'field',
    owner: state,
  });
  const other = (role: 'method' | 'accessor', member: ts.Expression | undefined, value: ts.Expression | null): PrivateUse | null =>
    member !== undefined && ts.isIdentifier(member)
      ? { kind: value === null ? 'get' : 'set', object, member, value, role, owner: state }
      : null;
  switch (helperName(node)) {
    case '__classPrivateFieldGet':
      if (third === undefined || isText(third, 'f')) return fourth === undefined ? field('get', null) : null;
      return other(isText(third, 'a') ? 'accessor' : 'method', fourth, null);
    case '__classPrivateFieldSet':
      if (third === undefined) return null;
      if (fourth === undefined || isText(fourth, 'f')) return fifth === undefined ? field('set', third) : null;
      return isText(fourth, 'a') ? other('accessor', fifth, third) : null;
    case '__privateGet':
      return third === undefined ? field('get', null) : other('accessor', third, null);
    case '__privateSet':
      if (third === undefined) return null;
      return fourth === undefined ? field('set', third) : other('accessor', fourth, third);
    case '__privateMethod':
      return other('method', third, null);
    default:
      return null;
  }
}

function isText(e: ts.Expression, text: string): boolean {
  return ts.isStringLiteral(e) && e.text === text;
}

/** `_field.set(this, value)` or `__privateAdd(this, _field, value)`, by which a constructor makes a field. */
export function privateField(
  node: ts.CallExpression,
): { object: ts.Expression; member: ts.Identifier; value: ts.Expression | null } | null {
  if (helperName(node) === '__privateAdd') {
    const [object, member, value] = node.arguments;
    return object !== undefined && member !== undefined && ts.isIdentifier(member) ? { object, member, value: value ?? null } : null;
  }
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return null;
  const [object, value] = node.arguments;
  if (object?.kind !== ts.SyntaxKind.ThisKeyword || !/^(?:set|add)$/.test(callee.name.text)) return null;
  return { object, member: callee.expression, value: value ?? null };
}

/** What the file's helpers stand for; null for a file without any. */
export function findPrivates(file: ts.SourceFile): CompiledPrivates | null {
  if (!mentions.test(file.text)) return null;
  const uses: PrivateUse[] = [];
  const functions = new Map<string, ts.FunctionExpression>();
  const classOf = new Map<string, ts.ClassLikeDeclaration>();
  const visit = (node: ts.Node, cls: ts.ClassLikeDeclaration | null): void => {
    if (ts.isCallExpression(node)) {
      const use = privateUse(node);
      if (use !== null) uses.push(use);
      const made = cls === null ? null : privateField(node);
      if (made !== null && cls !== null) classOf.set(made.member.text, cls);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      if (ts.isIdentifier(node.left) && ts.isFunctionExpression(node.right)) functions.set(node.left.text, node.right);
    const inside = ts.isConstructorDeclaration(node) || !ts.isFunctionLike(node) ? cls : null;
    ts.forEachChild(node, (child) => visit(child, ts.isClassLike(node) ? node : inside));
  };
  visit(file, null);
  return privatesOf(uses, functions, classOf);
}

function privatesOf(
  uses: readonly PrivateUse[],
  functions: ReadonlyMap<string, ts.FunctionExpression>,
  classOf: ReadonlyMap<string, ts.ClassLikeDeclaration>,
): CompiledPrivates {
  const found: CompiledPrivates = { fieldsOf: new Map(), membersOf: new Map(), functions: new Set(), names: new Map(), brands: new Set() };
  for (const { member, owner, kind, role } of uses) {
    const cls = classOf.get(owner.text);
    if (cls === undefined || found.names.has(member.text)) continue;
    if (role === 'field') {
      const name = `#${baseName(cls, member.text)}`;
      found.names.set(member.text, name);
      put(found.fieldsOf, cls, new Set<string>()).add(name);
      continue;
    }
    const fn = functions.get(member.text);
    if (fn === undefined) continue;
    // `_C_x_get` and `_C_x_set` are the accessors of one `x`; esbuild calls a method's function `x_fn`.
    const name = `#${baseName(cls, member.text).replace(role === 'accessor' ? /_[gs]et$/ : /_fn$/, '')}`;
    found.names.set(member.text, name);
    found.brands.add(owner.text);
    found.functions.add(fn);
    put(found.membersOf, cls, []).push({ name, kind: role === 'method' ? 'method' : kind === 'set' ? 'setter' : 'getter', fn });
  }
  return found;
}

function put<K, V>(map: Map<K, V>, key: K, empty: V): V {
  const known = map.get(key) ?? empty;
  map.set(key, known);
  return known;
}

/** `_Client_socket` of class Client is `socket`. */
function baseName(cls: ts.ClassLikeDeclaration, variable: string): string {
  const own = cls.name === undefined ? '' : `_${cls.name.text}_`;
  return own !== '' && variable.startsWith(own) ? variable.slice(own.length) : variable.replace(/^_+/, '');
}

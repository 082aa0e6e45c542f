/**
 * What a name means, decided as CPython's symbol table does. A Python name is resolved by looking at
 * the whole of its function, so the lowering only notes bindings and uses while it builds the tree,
 * and `resolveScopes` fills the references in at the end.
 */
import type { ClassDef, Expr, FunctionDef, GlobalBinding, Problem, Ref, Span, Target, Variable } from '../../core/program/program.ts';

export type ScopeKind = 'module' | 'function' | 'class' | 'comprehension';

/** How often a binding can run within one life of its variable. */
export const enum Times {
  Once = 1,
  /** In a loop, a deletion, an update, or from another function. */
  Many = 2,
}

export interface Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | null;
  readonly fn: FunctionDef;
  /** The class whose body this is. */
  readonly cls: ClassDef | null;
  /** Name used to mangle `__x`; null outside classes. */
  readonly className: string | null;
  /** Names this scope binds, with the span of the first binding. */
  readonly bound: Map<string, Span>;
  readonly globals: Map<string, Span>;
  readonly nonlocals: Map<string, Span>;
  readonly variables: Map<string, Variable>;
  /** What `resolve` found. */
  readonly resolved: Map<string, Variable | 'global' | 'class'>;
  /** Loops around the code being lowered, within this scope. */
  loopDepth: number;
}

type GlobalKind = GlobalBinding['kind'];

interface Binding {
  scope: Scope;
  name: string;
  span: Span;
  times: Times;
  kind: GlobalKind;
}

type NameNode = Extract<Expr, { kind: 'name' }> | Extract<Target, { kind: 'name' }>;

/** Collects scopes, bindings and uses of one module. */
export interface SymbolTable {
  scopes: Scope[];
  bindings: Binding[];
  uses: { scope: Scope; name: string; node: NameNode }[];
  /** `super()` calls: turned back into ordinary calls where `super` is not the built-in. */
  supers: { scope: Scope; node: Expr; plain: Expr }[];
}

export function createSymbolTable(): SymbolTable {
  return { scopes: [], bindings: [], uses: [], supers: [] };
}

/** Opens a scope; `cls` is given for a class body, whose name then mangles the names inside. */
export function openScope(table: SymbolTable, kind: ScopeKind, parent: Scope | null, fn: FunctionDef, cls: ClassDef | null = null): Scope {
  const scope: Scope = {
    kind,
    parent,
    fn,
    cls,
    className: cls === null ? (parent?.className ?? null) : cls.name,
    bound: new Map(),
    globals: new Map(),
    nonlocals: new Map(),
    variables: new Map(),
    resolved: new Map(),
    loopDepth: 0,
  };
  table.scopes.push(scope);
  return scope;
}

/**
 * The name as the compiler sees it: normalised (NFKC, as Python does with identifiers) and, in a
 * class, `__x` mangled to `_Class__x` ("Private name mangling" in the language reference).
 */
export function mangle(name: string, className: string | null): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII, control characters included.
  const plain = /^[\x00-\x7f]*$/.test(name) ? name : name.normalize('NFKC');
  if (className === null || !plain.startsWith('__') || plain.endsWith('__') || plain.includes('.')) return plain;
  const owner = className.replace(/^_+/, '');
  return owner === '' ? plain : `_${owner}${plain}`;
}

/** A use of a name; `mangled` is its name after `mangle`. The reference is filled in later. */
export function useName(table: SymbolTable, scope: Scope, mangled: string, span: Span): Extract<Expr, { kind: 'name' }> {
  const node: Extract<Expr, { kind: 'name' }> = { kind: 'name', span, ref: { kind: 'global', name: mangled } };
  table.uses.push({ scope, name: mangled, node });
  return node;
}

/** A target that binds the name in the scope. */
export function bindName(
  table: SymbolTable,
  scope: Scope,
  mangled: string,
  span: Span,
  kind: GlobalKind = 'python',
  times: Times = Times.Once,
): Extract<Target, { kind: 'name' }> {
  const node: Extract<Target, { kind: 'name' }> = { kind: 'name', span, ref: { kind: 'global', name: mangled } };
  noteBinding(table, scope, mangled, span, kind, times);
  table.uses.push({ scope, name: mangled, node });
  return node;
}

export function noteBinding(table: SymbolTable, scope: Scope, mangled: string, span: Span, kind: GlobalKind, times: Times): void {
  if (!scope.bound.has(mangled)) scope.bound.set(mangled, span);
  table.bindings.push({ scope, name: mangled, span, times: scope.loopDepth > 0 ? Times.Many : times, kind });
}

/** Makes a variable the language has no name for, seen only through the reference returned. */
export function hiddenVariable(scope: Scope, name: string, span: Span): { variable: Variable; ref: Ref } {
  const variable = newVariable(name, span);
  scope.fn.variables.push(variable);
  return { variable, ref: { kind: 'variable', variable } };
}

function newVariable(name: string, span: Span): Variable {
  return { name, span, hasDeadZone: false, isConst: false, captured: false, reassigned: false };
}

/** Names every class body has without binding them. */
const implicitClassNames = new Set(['__module__', '__qualname__']);

/** Declared variables, the reference of every use, and the module's names. */
export function resolveScopes(table: SymbolTable, problems: Problem[]): GlobalBinding[] {
  for (const scope of table.scopes) declareVariables(scope);
  for (const scope of table.scopes) checkDeclarations(scope, problems);
  for (const { scope, name, node } of table.uses) node.ref = resolve(scope, name);
  for (const { scope, node, plain } of table.supers) {
    if (resolve(scope, 'super').kind === 'variable') Object.assign(node, plain);
  }
  return countBindings(table);
}

function declareVariables(scope: Scope): void {
  if (scope.kind === 'module' || scope.kind === 'class') return;
  for (const [name, span] of scope.bound) {
    if (scope.globals.has(name) || scope.nonlocals.has(name)) continue;
    const variable = newVariable(name, span);
    scope.variables.set(name, variable);
    scope.fn.variables.push(variable);
  }
  for (const param of scope.fn.params) {
    const variable = scope.variables.get(param.name);
    if (variable !== undefined && param.target.kind === 'name') param.target.ref = { kind: 'variable', variable };
  }
}

function checkDeclarations(scope: Scope, problems: Problem[]): void {
  const isParameter = (name: string): boolean => scope.fn.params.some((p) => p.name === name);
  for (const [name, span] of scope.nonlocals) {
    if (scope.kind === 'module') problems.push({ message: 'nonlocal declaration not allowed at module level', span });
    else if (scope.globals.has(name)) problems.push({ message: `name '${name}' is nonlocal and global`, span });
    else if (isParameter(name)) problems.push({ message: `name '${name}' is parameter and nonlocal`, span });
    else if (lookUpEnclosing(scope, name) === null) problems.push({ message: `no binding for nonlocal '${name}' found`, span });
  }
  for (const [name, span] of scope.globals) {
    if (isParameter(name)) problems.push({ message: `name '${name}' is parameter and global`, span });
  }
}

/** A new reference each time: the tree shares none. */
function resolve(scope: Scope, name: string): Ref {
  let found = scope.resolved.get(name);
  if (found === undefined) {
    found = lookUp(scope, name);
    scope.resolved.set(name, found);
  }
  if (found === 'global') return { kind: 'global', name };
  return found === 'class' ? { kind: 'classLocal', name } : { kind: 'variable', variable: found };
}

function lookUp(scope: Scope, name: string): Variable | 'global' | 'class' {
  if (scope.kind === 'module' || scope.globals.has(name)) return 'global';
  if (!scope.nonlocals.has(name)) {
    const own = scope.variables.get(name);
    if (own !== undefined && scope.kind !== 'class') return own;
    if (scope.kind === 'class' && (scope.bound.has(name) || implicitClassNames.has(name))) return 'class';
  }
  const variable = lookUpEnclosing(scope, name);
  if (variable === null) return 'global';
  variable.captured = true;
  return variable;
}

/**
 * The variable an enclosing function gives the name. Class bodies are skipped, but for the implicit
 * `__class__` they give to the functions inside them.
 */
function lookUpEnclosing(scope: Scope, name: string): Variable | null {
  for (let outer = scope.parent; outer !== null; outer = outer.parent) {
    if (outer.kind === 'module') return null;
    if (outer.kind === 'class') {
      if (name === '__class__') return classCell(outer);
      continue;
    }
    if (outer.globals.has(name)) return null;
    const variable = outer.variables.get(name);
    if (variable !== undefined) return variable;
  }
  return null;
}

function classCell(scope: Scope): Variable {
  const known = scope.variables.get('__class__');
  if (known !== undefined) return known;
  const variable = newVariable('__class__', scope.fn.nameSpan);
  scope.variables.set('__class__', variable);
  scope.fn.variables.push(variable);
  return variable;
}

function countBindings(table: SymbolTable): GlobalBinding[] {
  const variables = new Map<Variable, number>();
  const globals = new Map<string, { binding: GlobalBinding; times: number }>();
  for (const { scope, name, span, times, kind } of table.bindings) {
    const ref = resolve(scope, name);
    if (ref.kind === 'variable') {
      const foreign = scope.variables.get(name) !== ref.variable;
      variables.set(ref.variable, (variables.get(ref.variable) ?? 0) + (foreign ? Times.Many : times));
    } else if (ref.kind === 'global') {
      const counted = scope.kind === 'module' ? times : Times.Many;
      const known = globals.get(name);
      if (known === undefined) globals.set(name, { binding: { name, kind, span, constant: false }, times: counted });
      else known.times += counted;
    }
  }
  for (const [variable, times] of variables) variable.reassigned = times > 1;
  return [...globals.values()].map(({ binding, times }) => ({ ...binding, constant: times === 1 }));
}

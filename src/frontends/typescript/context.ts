/**
 * What every part of the lowering shares: the file, the module being built, the scope and function
 * it is in, and name resolution as ECMAScript defines it. Scopes exist only while lowering; what
 * remains of them are Variables (with their flags) and the `block` statements that renew them.
 */
import type ts from 'typescript';
import type {
  ClassDef,
  Expr,
  FunctionDef,
  GlobalBinding,
  Module,
  Problem,
  Ref,
  Span,
  Stmt,
  Target,
  Variable,
} from '../../core/program/program.ts';
import type { CompiledPrivates } from './compiled-privates.ts';

/**
 * Deepest nesting of the produced tree. Later stages walk the tree recursively, so the bound keeps
 * them from overflowing the host's stack; code written by people stays far below it.
 */
export const MAX_DEPTH = 500;

/** One declared name while its scope is open. */
export interface Binding {
  readonly name: string;
  /** The function whose code declares it. */
  readonly fn: FunctionContext;
  /** A variable, a module-level name, or (inside a namespace or enum) a property of its object. */
  readonly place: Ref | { kind: 'member'; object: Binding };
  readonly global: GlobalBinding | null;
  /** How often it is bound; anything in a loop or from another function counts as many. */
  writes: number;
  /** Uses as a value, exports included: an import without any is a type and is erased. */
  uses: number;
  /** Block-scoped: running its declaration again makes a new variable, it does not rebind the old one. */
  readonly renewed: boolean;
  /** Where its dead zone ends in the text, for uses in the same function. */
  readonly readyAt: number;
}

export interface Scope {
  readonly parent: Scope | null;
  readonly fn: FunctionContext;
  readonly names: Map<string, Binding>;
  /** Variables declared by this block; those of a function's own scope belong to the function. */
  readonly variables: Variable[];
  readonly kind: 'module' | 'function' | 'block';
  /** A variable of this block is captured or used ahead of its declaration: each entry needs fresh ones. */
  needsFresh: boolean;
}

export interface FunctionContext {
  readonly def: FunctionDef;
  /** How many loops of this function enclose the point being lowered. */
  loopDepth: number;
  /** Several labels on one statement mean the innermost. */
  labels: Map<string, string>;
  /** A compiler made a generator of an asynchronous function: `yield` is `await`. */
  awaits: boolean;
}

/** A name for an anonymous function or class, as NamedEvaluation gives it, and for people. */
export interface NameHint {
  /** The `name` property; empty where the language gives none. */
  name: string;
  /** How a person calls it: `api.get`. */
  display: string;
  span: Span;
  /** Top-level name it belongs to, by which an export list finds it. */
  topLevel?: string | undefined;
  exported?: boolean | undefined;
}

export interface Lowering {
  readonly file: ts.SourceFile;
  readonly text: string;
  readonly module: Module;
  readonly problems: Problem[];
  /** Type-only imports exist, so an import that is never used as a value is erased. */
  readonly erasesImports: boolean;
  /** Where the parser reported errors, ascending. */
  readonly errorStarts: readonly number[];
  scope: Scope;
  fn: FunctionContext;
  depth: number;
  /** `A.B.` inside namespace A.B: what names of its functions start with. */
  namespace: string;
  /** The module's own code awaits, so it runs as an async function. */
  topLevelAwait: boolean;
  /** Import statements, hoisted, with the bindings that decide whether they are erased. */
  readonly imports: { stmt: Extract<Stmt, { kind: 'import' }>; bindings: Map<string, Binding>; bare: boolean }[];
  /** Functions and classes that make up the value of a top-level name. */
  readonly topLevel: Map<string, (FunctionDef | ClassDef)[]>;
  /** Members that no other code can call: `private`, `protected`, `#name`. */
  readonly privates: Set<FunctionDef>;
  /** Private members that a compiler put elsewhere; null where there are none. */
  readonly compiled: CompiledPrivates | null;
  /** What compiled code stands for, as text to search by patterns: each as long as what it replaces. */
  readonly readings: { start: number; text: string }[];
}

export function spanOf(l: Lowering, node: ts.Node): Span {
  const start = node.getStart(l.file);
  return { start: Math.min(start, node.end), end: node.end };
}

/** Source text of a node, for annotations and labels. */
export function textOf(l: Lowering, node: ts.Node): string {
  const span = spanOf(l, node);
  return l.text.slice(span.start, span.end);
}

/** Notes what a part of the text stands for; it ends where that part ends, so that what follows it still does. */
export function noteReading(l: Lowering, span: Span, text: string): void {
  const room = span.end - span.start;
  if (text.length <= room) l.readings.push({ start: span.start, text: text.padStart(room) });
}

/** The text with what is noted in the place of what it stands for. */
export function readText(l: Lowering): string {
  const parts: string[] = [];
  let end = 0;
  for (const { start, text } of [...l.readings].sort((a, b) => a.start - b.start)) {
    if (start < end) continue;
    parts.push(l.text.slice(end, start), text);
    end = start + text.length;
  }
  return parts.join('') + l.text.slice(end);
}

/** An expression nothing can be made of: recorded as a problem, `unsupported` where it would run. */
export function unsupportedExpr(l: Lowering, node: ts.Node, what: string): Expr {
  const span = spanOf(l, node);
  report(l, what, span);
  return { kind: 'unsupported', span, what };
}

export function unsupportedStmt(l: Lowering, node: ts.Node, what: string): Stmt {
  const span = spanOf(l, node);
  report(l, what, span);
  return { kind: 'unsupported', span, what };
}

/** Syntax errors are problems already, from the parser; nesting is reported once, it comes in crowds. */
function report(l: Lowering, what: string, span: Span): void {
  const message = `${what} cannot be simulated`;
  if (what === SYNTAX_ERROR || l.problems.length >= MAX_PROBLEMS) return;
  if (what === TOO_DEEP && l.problems.some((p) => p.message === message)) return;
  l.problems.push({ message, span });
}

export const TOO_DEEP = 'nesting this deep';

export const SYNTAX_ERROR = 'syntax error';

/** A binary file can yield an error per byte; nobody reads more than this. */
export const MAX_PROBLEMS = 200;

export function newScope(parent: Scope | null, fn: FunctionContext, kind: Scope['kind']): Scope {
  return { parent, fn, names: new Map(), variables: [], kind, needsFresh: false };
}

/** Runs `f` with a fresh scope of the current function. */
export function inBlockScope<T>(l: Lowering, f: (scope: Scope) => T): T {
  const outer = l.scope;
  const scope = newScope(outer, l.fn, 'block');
  l.scope = scope;
  const result = f(scope);
  l.scope = outer;
  return result;
}

/** Statements of a scope as they appear in the enclosing list: in a `block` when its variables need renewing. */
export function closeScope(scope: Scope, body: Stmt[], span: Span): Stmt[] {
  if (!scope.needsFresh) return body;
  return [{ kind: 'block', span, label: null, variables: scope.variables, body }];
}

export interface Declaration {
  name: string;
  span: Span;
  kind: GlobalBinding['kind'];
  readyAt: number;
  /** Enums and namespaces are `const` without a dead zone. */
  deadZone?: boolean;
}

/** Declares a name in the current scope; a second declaration of a name is the first one. */
export function declare(l: Lowering, scope: Scope, d: Declaration): Binding {
  const known = scope.names.get(d.name);
  if (known) return known;
  const isLexical = d.kind === 'let' || d.kind === 'const' || d.kind === 'class';
  const deadZone = d.deadZone ?? isLexical;
  const binding = scope.kind === 'module' ? globalBinding(l, scope, d) : variableBinding(scope, d, deadZone);
  scope.names.set(d.name, binding);
  return binding;
}

function globalBinding(l: Lowering, scope: Scope, d: Declaration): Binding {
  const global: GlobalBinding = { name: d.name, kind: d.kind, span: d.span, constant: true };
  l.module.globals.push(global);
  return {
    name: d.name,
    fn: scope.fn,
    place: { kind: 'global', name: d.name },
    global,
    writes: 0,
    uses: 0,
    renewed: false,
    readyAt: d.readyAt,
  };
}

function variableBinding(scope: Scope, d: Declaration, hasDeadZone: boolean): Binding {
  const variable = newVariable(d.name, d.span);
  variable.hasDeadZone = hasDeadZone;
  variable.isConst = d.kind === 'const' && hasDeadZone;
  scope.fn.def.variables.push(variable);
  if (scope.kind === 'block') scope.variables.push(variable);
  return {
    name: d.name,
    fn: scope.fn,
    place: { kind: 'variable', variable },
    global: null,
    writes: 0,
    uses: 0,
    renewed: d.kind !== 'var',
    readyAt: d.readyAt,
  };
}

export function newVariable(name: string, span: Span): Variable {
  return { name, span, hasDeadZone: false, isConst: false, captured: false, reassigned: false };
}

/** Finds what a name at offset `at` means and records the use; null when no code here declares it. */
export function resolve(l: Lowering, name: string, at: number): Binding | null {
  for (let scope: Scope | null = l.scope; scope; scope = scope.parent) {
    const binding = scope.names.get(name);
    if (!binding) continue;
    touch(l, binding, scope, at);
    return binding;
  }
  return name === 'arguments' ? argumentsBinding(l) : null;
}

function touch(l: Lowering, binding: Binding, scope: Scope, at: number): void {
  const place = binding.place;
  if (place.kind === 'member') {
    resolve(l, place.object.name, at);
    return;
  }
  if (place.kind !== 'variable') return;
  if (binding.fn !== l.fn) place.variable.captured = true;
  if (binding.fn !== l.fn || at < binding.readyAt) scope.needsFresh = true;
}

/** `arguments` belongs to the nearest function that is not an arrow; module code has none. */
function argumentsBinding(l: Lowering): Binding | null {
  let outermost: Scope | null = null;
  for (let scope: Scope | null = l.scope; scope; scope = scope.parent) {
    const kind = scope.fn.def.kind;
    if (kind === 'module' || kind === 'initializer') break;
    if (kind === 'arrow') continue;
    outermost = scope;
    if (scope.parent?.fn !== scope.fn) break;
  }
  if (!outermost) return null;
  const def = outermost.fn.def;
  const binding = declare(l, outermost, { name: 'arguments', span: def.nameSpan, kind: 'var', readyAt: 0 });
  if (binding.place.kind === 'variable') {
    def.usesArguments = binding.place.variable;
    if (binding.fn !== l.fn) binding.place.variable.captured = true;
  }
  binding.writes = 1;
  return binding;
}

/** Records an assignment (`initial`: by the declaration itself) for `reassigned` and `constant`. */
export function noteWrite(l: Lowering, binding: Binding, initial: boolean): void {
  const repeated = binding.fn !== l.fn || l.fn.loopDepth > 0;
  binding.writes += repeated && !(initial && binding.renewed) ? 2 : 1;
  if (binding.writes > 1 && binding.place.kind === 'variable') binding.place.variable.reassigned = true;
  if (binding.writes > 1 && binding.global && binding.global.kind !== 'const') binding.global.constant = false;
}

/** A use of a name as an expression. */
export function nameExpr(l: Lowering, name: string, span: Span): Expr {
  const binding = resolve(l, name, span.start);
  if (!binding) return { kind: 'name', span, ref: { kind: 'global', name } };
  binding.uses++;
  return bindingExpr(binding, span);
}

/** A name as what is assigned to; `initial` when its declaration assigns it. */
export function nameTarget(l: Lowering, name: string, span: Span, initial: boolean): Target {
  const binding = resolve(l, name, initial ? Number.MAX_SAFE_INTEGER : span.start);
  if (!binding) return { kind: 'name', span, ref: { kind: 'global', name } };
  if (!initial) binding.uses++;
  noteWrite(l, binding, initial);
  return bindingTarget(binding, span);
}

export function bindingTarget(binding: Binding, span: Span): Target {
  const place = binding.place;
  if (place.kind !== 'member') return { kind: 'name', span, ref: place };
  return { kind: 'attr', span, object: bindingExpr(place.object, span), name: binding.name, nameSpan: span };
}

export function bindingExpr(binding: Binding, span: Span): Expr {
  const place = binding.place;
  if (place.kind !== 'member') return { kind: 'name', span, ref: place };
  return { kind: 'attr', span, object: bindingExpr(place.object, span), name: binding.name, nameSpan: span, optional: false };
}

/** True at the module's top level, outside functions and blocks. */
export function atTopLevel(l: Lowering): boolean {
  return l.scope.kind === 'module';
}

export function addTopLevel(l: Lowering, name: string | undefined, value: FunctionDef | ClassDef): void {
  if (name === undefined) return;
  const known = l.topLevel.get(name);
  if (known) known.push(value);
  else l.topLevel.set(name, [value]);
}

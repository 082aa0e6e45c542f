/** A whole file to a Module: top-level scope, hoisting, export marks, order of functions. */
import type ts from 'typescript';
import type { FrontEndResult, FunctionDef, Module, Stmt } from '../../core/program/program.ts';
import { findPrivates } from './compiled-privates.ts';
import type { FunctionContext, Lowering } from './context.ts';
import { newScope, readText } from './context.ts';
import { findDirectives } from './directives.ts';
import { declareLexical, declareVars } from './hoist.ts';
import { keptImports } from './imports.ts';
import { damageStarts } from './syntax-errors.ts';
import { syntaxProblems } from './parse.ts';
import { lowerStatements } from './statements.ts';

function moduleFunction(length: number): FunctionDef {
  return {
    id: 0,
    name: '<module>',
    qualifiedName: '<module>',
    kind: 'module',
    isAsync: false,
    isGenerator: false,
    isStatic: false,
    exported: false,
    params: [],
    variables: [],
    body: [],
    decorators: [],
    span: { start: 0, end: length },
    nameSpan: { start: 0, end: 0 },
    parent: null,
    owner: null,
  };
}

function newModule(path: string, text: string, language: Module['language']): Module {
  const body = moduleFunction(text.length);
  return { language, path, text, body, functions: [body], classes: [], globals: [], exports: [], directives: [] };
}

/** The module of a text nothing could be made of: running it is unsupported. */
export function emptyModule(path: string, text: string, language: Module['language'], what: string): Module {
  const module = newModule(path, text, language);
  module.body.body = [{ kind: 'unsupported', span: { start: 0, end: text.length }, what }];
  return module;
}

export function lowerFile(file: ts.SourceFile, path: string, language: 'typescript' | 'javascript'): FrontEndResult {
  const module = newModule(path, file.text, language);
  const fn: FunctionContext = { def: module.body, loopDepth: 0, labels: new Map(), awaits: false };
  const scope = newScope(null, fn, 'module');
  const l: Lowering = {
    file,
    text: file.text,
    module,
    problems: syntaxProblems(file),
    erasesImports: language === 'typescript',
    errorStarts: damageStarts(file),
    scope,
    fn,
    depth: 0,
    namespace: '',
    topLevelAwait: false,
    imports: [],
    topLevel: new Map(),
    privates: new Set(),
    compiled: findPrivates(file),
    readings: [],
  };
  // A declaration file has nothing to run.
  if (!file.isDeclarationFile) lowerBody(l, file.statements);
  module.directives = findDirectives(file);
  if (l.readings.length > 0) module.text = readText(l);
  markExported(l);
  orderFunctions(module);
  return { module, problems: l.problems };
}

function lowerBody(l: Lowering, statements: readonly ts.Statement[]): void {
  declareLexical(l, l.scope, statements);
  const vars = declareVars(l, l.scope, statements, () => false);
  const rest = lowerStatements(l, statements);
  const start: Stmt[] = [];
  const places = vars.flatMap((v) => (v.place.kind === 'member' ? [] : [v.place]));
  const first = vars[0]?.global;
  if (first) start.push({ kind: 'declare', span: first.span, variables: places });
  let hoisted = 0;
  while (isHoistedFunction(rest[hoisted])) hoisted++;
  // Functions exist before anything is imported, so that modules importing each other find them.
  l.module.body.body = [...start, ...rest.slice(0, hoisted), ...keptImports(l), ...rest.slice(hoisted)];
  l.module.body.isAsync = l.topLevelAwait;
}

function isHoistedFunction(s: Stmt | undefined): boolean {
  return (
    s?.kind === 'assign' &&
    s.declares &&
    s.value.kind === 'function' &&
    s.value.fn.kind === 'function' &&
    s.span.start === s.value.span.start
  );
}

/** Functions and classes behind exported names, and the public members of exported classes. */
function markExported(l: Lowering): void {
  const locals = new Set(l.module.exports.map((e) => e.local));
  for (const [name, values] of l.topLevel) if (locals.has(name)) for (const value of values) value.exported = true;
  for (const fn of l.module.functions) {
    if (fn.owner?.exported && fn.kind !== 'initializer' && !l.privates.has(fn)) fn.exported = true;
  }
}

/** Source order; an enclosing function comes before those inside it. */
function orderFunctions(module: Module): void {
  const order = new Map(module.functions.map((fn, i) => [fn, i]));
  const rest = module.functions.slice(1).sort((a, b) => a.span.start - b.span.start || (order.get(a) ?? 0) - (order.get(b) ?? 0));
  module.functions = [module.body, ...rest];
  module.functions.forEach((fn, i) => {
    fn.id = i;
  });
}

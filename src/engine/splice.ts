/**
 * An edit inside one function: only its text is parsed, in a text of its own with what is around it sketched, and it takes
 * the place of its last version in the module. Null wherever the result could differ from parsing the whole text: then that
 * is done.
 */
import type { Change } from '../core/program/change.ts';
import { refName } from '../core/detect/module-info.ts';
import { bodyStart, type Exchange, type Places, freeVariables, move } from '../core/program/exchange.ts';
import { isWithin } from '../core/program/functions.ts';
import type { FunctionDef, GlobalBinding, Module } from '../core/program/program.ts';
import type { SourceFile } from './api.ts';
import type { Parse } from './project.ts';

/** What is parsed for a function: where its own text begins in that. */
interface Sketch {
  text: string;
  at: number;
}

/** `module`: of the text before, without problems; it is used up when this gives another. */
export function splice(file: SourceFile, module: Module, places: Places, edit: Change, parse: Parse): Module | null {
  const { text, language } = file;
  const { text: before } = module;
  const old = places.unitAround(edit.start, edit.oldEnd);
  if (old === null || !places.knows(old)) return null;
  const delta = text.length - before.length;
  const { start, end } = old.span;
  const was = before.slice(start, end);
  const now = text.slice(start, end + delta);
  if (/race-replay/.test(was + now)) return null;
  // A name of the module that only the body binds.
  const body = bodyStart(old);
  if (module.globals.some(({ span }) => span.start >= body && span.end <= end)) return null;
  const endsLine = /^[ \t]*(?:#.*)?(?:\r?\n|$)/;
  if (language === 'python' && !endsLine.test(text.slice(end + delta, text.indexOf('\n', end + delta) + 1 || undefined))) return null;
  if (language !== 'python' && (compiled.test(text) || /\b(?:namespace|module)\s+[\w.'"]+\s*\{/.test(text))) return null;
  const versions = [was, now].map((part) => parsePart(file, module, old, part, parse));
  const [earlier, later] = versions;
  if (earlier == null || later == null) return null;
  const { fn, inner } = later;
  if (JSON.stringify(earlier.touches) !== JSON.stringify(later.touches)) return null;
  if (fn.params.length !== old.params.length || fn.isAsync !== old.isAsync || fn.isGenerator !== old.isGenerator) return null;
  if (!bindFree(fn, inner, module, old)) return null;
  move(fn, start - later.at);
  adopt(fn, inner, old, language);
  places.exchange(old, fn, delta);
  return withFunction(module, old, fn, inner, text, edit);
}

/** Members that a compiler put elsewhere, generators that were functions: those are told from all of the file. */
const compiled = /__awaiter|__async\b|_asyncToGenerator|__classPrivateField|__private|__generator/;

interface Part {
  fn: FunctionDef;
  inner: FunctionDef[];
  at: number;
  /** What it does to names outside itself. */
  touches: unknown;
}

function parsePart(file: SourceFile, module: Module, old: FunctionDef, part: string, parse: Parse): Part | null {
  const sketch = file.language === 'python' ? sketchPython(module.text, old, part) : sketchScript(module, old, part);
  if (sketch === null) return null;
  const { module: made, problems } = parse({ path: file.path, text: sketch.text, language: file.language });
  if (problems.length > 0 || made.text !== sketch.text) return null;
  const end = sketch.at + part.length;
  const fn = made.functions.find((f) => f.kind === old.kind && f.span.start === sketch.at && f.span.end === end);
  if (fn === undefined) return null;
  if (made.classes.some((c) => c.span.start >= sketch.at && c.span.end <= end)) return null;
  const inner = made.functions.filter((f) => f !== fn && isWithin(f, fn));
  return { fn, inner, at: sketch.at, touches: touchesOf(made, part) };
}

/** Bindings of the module's names, imports that are used, members of `this` that are set. */
function touchesOf(made: Module, part: string): unknown {
  const kept = made.body.body.flatMap((s) =>
    s.kind === 'import' ? s.names.map((n) => (n.local?.kind === 'name' ? refName(n.local.ref) : '')) : [],
  );
  const globals = made.globals.map((g) => [g.name, g.kind, g.constant]);
  const members = part.match(/\bthis\.[#\w$]+\s*(?:[-+*/%&|^?<>]{0,3}=(?!=)|\+\+|--)|\[\s*this\.|\{\s*\w*:?\s*this\./g) ?? [];
  return [globals.sort(), kept.sort(), [...new Set(members)].sort(), /\barguments\b|\beval\b/.test(part)];
}

function sketchPython(text: string, old: FunctionDef, part: string): Sketch | null {
  if (/\\\s*$/.test(part)) return null;
  const lineStart = text.lastIndexOf('\n', old.span.start - 1) + 1;
  const indent = text.slice(lineStart, old.span.start);
  if (indent.trim() !== '') return null;
  const head = old.owner !== null ? `class ${old.owner.name}:\n` : indent === '' ? '' : 'if 1:\n';
  return { text: `${head}${indent}${part}\n`, at: head.length + indent.length };
}

function sketchScript(module: Module, old: FunctionDef, part: string): Sketch | null {
  const words = new Set(part.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  if (module.body.variables.some((v) => words.has(v.name))) return null;
  const isDeclaration =
    old.kind === 'function' &&
    /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b/.test(part) &&
    module.globals.some((g) => g.name === old.name && g.kind === 'function');
  const own = isDeclaration ? old.name : (old.owner?.name ?? null);
  // What is imported as a whole and not used so far is not known any more.
  const known = new Set(module.globals.map((g) => g.name));
  for (const [, name = ''] of module.text.matchAll(/\*\s+as\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu))
    if (words.has(name) && !known.has(name)) return null;
  const types = (module.typeImports ?? []).map((t) => ({ name: t.local, kind: 'import' as const }));
  const around = [...module.globals, ...types].filter((g) => words.has(g.name) && g.name !== own);
  const head = around.map(stub).join(' ');
  if (old.owner !== null) {
    const open = `class ${/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(old.owner.name) ? old.owner.name : ''}${old.owner.bases.length > 0 ? ' extends Object' : ''} {\n`;
    return { text: `${head}${open}${part}\n}\n`, at: head.length + open.length };
  }
  if (isDeclaration) return { text: `${head}\n${part}\n`, at: head.length + 1 };
  if (old.kind === 'method' || old.kind === 'getter' || old.kind === 'setter')
    return { text: `${head};({${part}\n});\n`, at: head.length + 3 };
  return { text: `${head};(${part}\n);\n`, at: head.length + 2 };
}

/** A declaration of the name alone. */
function stub({ name, kind }: Pick<GlobalBinding, 'name' | 'kind'>): string {
  if (kind === 'import') return `import { ${name} } from "";`;
  if (kind === 'class') return `class ${name} {}`;
  if (kind === 'function') return `function ${name}() {}`;
  return `${kind} ${name} = 0;`;
}

/** What the function has from around it is what its class's body gives: Python's `__class__`. */
function bindFree(fn: FunctionDef, inner: readonly FunctionDef[], module: Module, old: FunctionDef): boolean {
  const around = old.parent?.variables ?? [];
  const free = freeVariables(fn, inner);
  const before = freeVariables(
    old,
    module.functions.filter((f) => isWithin(f, old)),
  );
  if (free.size > 0 !== before.size > 0) return false;
  for (const [ref, variable] of free) {
    const own = around.find((v) => v.name === variable.name && v.name === '__class__');
    if (own === undefined || module.language !== 'python') return false;
    ref.variable = own;
  }
  return true;
}

/** What its header says is what it said before. */
function adopt(fn: FunctionDef, inner: readonly FunctionDef[], old: FunctionDef, language: Module['language']): void {
  const prefix = fn.qualifiedName;
  for (const f of inner)
    if (f.qualifiedName.startsWith(`${prefix}.`)) f.qualifiedName = old.qualifiedName + f.qualifiedName.slice(prefix.length);
  const { name, qualifiedName, exported, isStatic, owner, parent, nameSpan } = old;
  Object.assign(fn, { name, qualifiedName, exported, isStatic, owner, parent, nameSpan });
  if (language !== 'python') return;
  // Evaluated where the function is defined, with the names that are there.
  fn.decorators = old.decorators;
  fn.params.forEach((p, i) => {
    p.default = old.params[i]?.default ?? null;
  });
}

function withFunction(module: Module, old: FunctionDef, fn: FunctionDef, inner: FunctionDef[], text: string, edit: Change): Module {
  const functions = module.functions.flatMap((f) => (f === old ? [fn, ...inner] : isWithin(f, old) ? [] : [f]));
  functions.forEach((f, i) => {
    f.id = i;
  });
  const exchanged: Exchange = { previous: module, old, fn };
  delete module.exchanged;
  return { ...module, text, functions, directives: movedDirectives(module, text, edit), exchanged };
}

function movedDirectives({ directives, text: before }: Module, text: string, { start, oldEnd, newEnd }: Change): Module['directives'] {
  if (directives.length === 0) return directives;
  const lines = (part: string): number => part.split('\n').length;
  const moved = lines(text.slice(start, newEnd)) - lines(before.slice(start, oldEnd));
  const at = lines(before.slice(0, start)) - 1;
  return directives.map((d) => (d.line > at ? { ...d, line: d.line + moved } : d));
}

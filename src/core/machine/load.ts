/**
 * A program made ready to run: modules compiled, their names linked to cells, imports resolved among
 * the program's own files, and process 0 about to run the first module's top level.
 */
import { importedModule } from '../program/imported-module.ts';
import type { Expr, FunctionDef, Module, Program, Stmt, Target } from '../program/program.ts';
import { Op, type Code } from './code.ts';
import { compileModule } from './compile.ts';
import { Frame } from './frame.ts';
import type { LanguageOps } from './language.ts';
import { Machine, type MachineOptions } from './machine.ts';
import { Fiber, type Process, type Lane } from './process.ts';
import { run, type RunResult } from './run.ts';
import { UNBOUND } from './values.ts';

/** What a language brings beside its operations. */
export interface LanguageRuntime {
  /** Fresh state for one machine; may compile its prelude. */
  createOps(m: Machine): LanguageOps;
  /** Ties the names a module imports to the variables they are, once the program is there and before any of it runs. */
  linkImports?(m: Machine, module: Module): void;
  /** Runs a turn of an event loop (processes of kind `turn` and `loop`) to its end. */
  runTurn(m: Machine, process: Process): RunResult;
  /** Kind of process 0: Python's main thread, JavaScript's first turn. */
  mainKind: 'thread' | 'turn';
}

export function loadProgram(program: Program, runtime: LanguageRuntime, options: MachineOptions): Machine {
  const m = new Machine(options);
  const mainModule = program.modules[0];
  if (!mainModule) throw new Error('a program needs a module');
  const lane: Lane = { id: 0, name: 'main', kind: 'main', startedAt: null, by: null };
  m.lanes.push(lane);
  m.mainModule = mainModule;
  const fiber = new Fiber(lane);
  m.process = undefined as unknown as Process;
  const process = m.spawn(lane, runtime.mainKind, fiber);
  m.process = process;
  m.spawned = [];
  m.mentions = (pattern) => {
    const key = String(pattern);
    let known = m.mentioned.get(key);
    if (!known) m.mentioned.set(key, (known = { pattern, found: mentions(program, pattern) }));
    return known.found;
  };
  m.ops = runtime.createOps(m);
  const facts = programFacts(program);
  m.mutableAttributes = facts.mutableAttributes;
  m.moduleAttributes = facts.moduleAttributes;
  const codes = new Map<Module, Code>();
  const everything: Code[] = [];
  compiled.set(m, everything);
  for (const module of program.modules) {
    const { code, all } = compileModule(module, { internal: false, atomic: false });
    codes.set(module, code);
    everything.push(...all);
    link(m, module, all);
  }
  m.codeOf = (module) => {
    const code = codes.get(module);
    if (!code) throw new Error(`module ${module.path} is not loaded`);
    return code;
  };
  const resolved = new Map<Module, Map<string, Module | null>>();
  m.resolveImport = (from, specifier, level) => {
    let known = resolved.get(from);
    if (!known) resolved.set(from, (known = new Map()));
    const key = `${level} ${specifier}`;
    let module = known.get(key);
    if (module === undefined) known.set(key, (module = importedModule(program, from, specifier, level)));
    return module;
  };
  for (const module of program.modules) runtime.linkImports?.(m, module);
  const code = m.codeOf(mainModule);
  const frame = new Frame(code, null, -1);
  fiber.top = frame;
  const ns = m.namespaceOf(code);
  ns.started = true;
  if (runtime.mainKind === 'turn') {
    process.action = () => {
      run(m, fiber);
    };
  }
  fiber.onEnd = (value, failed) => {
    if (failed) m.fail(value, m.ops.exceptionMatches(m, value, 'AssertionError') === true ? 'assertion' : 'exception');
  };
  // Loading is not part of any step: nothing of it is ever undone.
  m.spawned = [];
  m.trail.forget();
  return m;
}

const compiled = new WeakMap<Machine, Code[]>();

/** What the machine is told of a program as a whole, by what all of its functions do. */
export interface ProgramFacts {
  mutableAttributes: ReadonlySet<string> | null;
  moduleAttributes: ReadonlySet<string>;
}

export function programFacts(program: Program): ProgramFacts {
  return { mutableAttributes: mutableAttributes(program), moduleAttributes: moduleAttributes(program) };
}

/** Does the text of any of its modules match? */
export function mentions(program: Program, pattern: RegExp): boolean {
  return program.modules.some(({ text }) => pattern.test(text));
}

/** The code of all the program's own functions. */
export function compiledCodes(m: Machine): readonly Code[] {
  return compiled.get(m) ?? [];
}

/** Gives every global name that code mentions its cell, once, so that instructions can keep it. */
export function link(m: Machine, module: Module, codes: readonly Code[]): void {
  const bindings = new Map(module.globals.map((g) => [g.name, g]));
  const names = new Set(bindings.keys());
  for (const code of codes) {
    for (const i of code.instructions) {
      if (i.op === Op.LoadGlobal || i.op === Op.StoreGlobal || i.op === Op.DeleteGlobal) names.add(i.x as string);
    }
  }
  const first = codes[0];
  if (!first) return;
  const ns = m.namespaceOf(first);
  for (const name of names) {
    // A name the module never binds can only be a built-in: it never changes either.
    const cell = m.cellOf(ns, name, bindings.get(name)?.constant ?? !bindings.has(name), UNBOUND);
    cell.linked = true;
  }
}

/**
 * Attribute names that anything but a constructor's `self.name = …` / `this.name = …` assigns or
 * deletes. Null (anything may change) when the program assigns attributes by computed name.
 */
function mutableAttributes(program: Program): ReadonlySet<string> | null {
  // JavaScript may write any property by index: names stay right only for what is never indexed.
  if (program.language !== 'python') return null;
  // A class that says itself what `C()` gives may give what is there already, and have it initialised once more.
  const remakes = program.modules.some((module) => module.functions.some((f) => f.name === '__new__' && f.owner !== null));
  const names = new Set<string>();
  for (const module of program.modules) {
    const assigned = assignedAttributes(module);
    if (assigned === null) return null;
    for (const name of assigned.elsewhere) names.add(name);
    if (remakes) for (const name of assigned.inConstruction) names.add(name);
  }
  return names;
}

interface Assigned {
  elsewhere: Set<string>;
  /** By a constructor, of the object that it constructs. */
  inConstruction: Set<string>;
}

const assignedIn = new WeakMap<Module, Assigned | null>();

/** Names of attributes that a module's code assigns or deletes; null when they may be computed. */
function assignedAttributes(module: Module): Assigned | null {
  const known = assignedIn.get(module);
  if (known !== undefined) return known;
  const names: Assigned = { elsewhere: new Set(), inConstruction: new Set() };
  let dynamic = false;
  const visitTarget = (t: Target, fn: FunctionDef): void => {
    if (t.kind === 'attr') {
      (isOwnConstruction(t.object, fn) ? names.inConstruction : names.elsewhere).add(t.name);
    } else if (t.kind === 'sequence') for (const i of t.items) if (i) visitTarget(i.target, fn);
    if (t.kind === 'objectPattern') for (const p of t.properties) visitTarget(p.target, fn);
  };
  for (const fn of module.functions) {
    walk(fn.body, fn, (node) => {
      if ('kind' in node) {
        if (node.kind === 'assign' && 'targets' in node) for (const t of node.targets) visitTarget(t, fn);
        else if ((node.kind === 'assign' || node.kind === 'update' || node.kind === 'logicalAssign') && 'target' in node)
          visitTarget(node.target, fn);
        else if (node.kind === 'delete' && 'targets' in node) for (const t of node.targets) visitTarget(t, fn);
        else if (node.kind === 'delete' && 'target' in node) visitTarget(node.target, fn);
        else if (node.kind === 'forEach') visitTarget(node.target, fn);
        else if (node.kind === 'with') for (const i of node.items) if (i.target) visitTarget(i.target, fn);
        if (
          node.kind === 'name' &&
          node.ref.kind === 'global' &&
          (node.ref.name === 'setattr' || node.ref.name === 'delattr' || node.ref.name === 'vars')
        )
          dynamic = true;
        if (node.kind === 'attr' && (node.name === '__dict__' || node.name === '__setattr__')) dynamic = true;
      }
    });
  }
  const found = dynamic ? null : names;
  assignedIn.set(module, found);
  return found;
}

/** Names of attributes of imported modules that a function of a Python program assigns. */
function moduleAttributes(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  if (program.language !== 'python') return names;
  for (const module of program.modules) {
    const imported = new Set(module.globals.flatMap((g) => (g.kind === 'import' ? [g.name] : [])));
    const isImported = (e: Expr): boolean =>
      e.kind === 'attr' ? isImported(e.object) : e.kind === 'name' && e.ref.kind === 'global' && imported.has(e.ref.name);
    for (const fn of module.functions)
      walk(fn.body, fn, (node) => {
        if (node.kind !== 'assign' || !('targets' in node)) return;
        for (const t of node.targets) if (t.kind === 'attr' && isImported(t.object)) names.add(t.name);
      });
  }
  return names;
}

function isOwnConstruction(object: Expr, fn: FunctionDef): boolean {
  if (fn.name === '__init__') {
    const self = fn.params[0];
    return object.kind === 'name' && object.ref.kind === 'variable' && object.ref.variable.name === self?.name;
  }
  return fn.kind === 'constructor' && object.kind === 'this';
}

type Node = Expr | Stmt;

/** Visits every statement and expression of a body, not entering inner functions' bodies. */
function walk(body: readonly unknown[], fn: FunctionDef, visit: (node: Node) => void): void {
  const seen = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const v of value) seen(v);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const node = value as { kind?: string };
    if (node.kind === 'function' || node.kind === 'class' || node.kind === 'comprehension') {
      const inner = value as { cls?: { bases: unknown[]; decorators: unknown[] }; iterable?: unknown };
      if (inner.cls) seen(inner.cls.bases);
      if (inner.iterable) seen(inner.iterable);
      return;
    }
    if (typeof node.kind === 'string' && 'span' in node) visit(value as Node);
    for (const [key, v] of Object.entries(value)) {
      if (key === 'span' || key === 'ref' || key === 'nameSpan' || key === 'variables' || key === 'perIteration') continue;
      if (typeof v === 'object') seen(v);
    }
  };
  seen(body);
  void fn;
}

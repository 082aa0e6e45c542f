/**
 * What one machine's Python runtime holds: the preludes (library code written in Python, compiled and
 * run once when first needed) and the state of libraries that have some.
 */
import type { FrontEndResult, Module } from '../../program/program.ts';
import { compileModule } from '../compile.ts';
import { Frame } from '../frame.ts';
import { Unsupported } from '../language.ts';
import { link } from '../load.ts';
import type { Machine } from '../machine.ts';
import { Fiber } from '../process.ts';
import { run } from '../run.ts';
import { Cell, Closure, type HeapObject, type Namespace, UNBOUND, type Value } from '../values.ts';
import { PyClass } from './objects.ts';
import { preludes } from './prelude/index.ts';

export type Parse = (path: string, text: string) => FrontEndResult;

export interface PythonState {
  /** Parsed preludes, shared by all machines of a runtime. */
  parsed: Map<string, Module>;
  parse: Parse;
  loaded: Map<string, Namespace>;
  /** Set by asyncio's runtime. */
  asyncio: unknown;
  /** Objects that exist once per machine (module-level locks, the virtual file system), by name. */
  singletons: Map<string, Value>;
  /** What the program has put in place of names of library modules, as `sys.stderr`. */
  replaced: Map<string, Value>;
  /** Thread objects by process number. */
  threads: Map<number, Value>;
  counters: { thread: number; task: number; unique: number };
  /** Virtual clock in seconds; only sleeping moves it. */
  clock: number;
}

export function state(m: Machine): PythonState {
  return m.runtimeState as PythonState;
}

export function createState(parse: Parse, parsed: Map<string, Module>): PythonState {
  return {
    parsed,
    parse,
    loaded: new Map(),
    asyncio: null,
    singletons: new Map(),
    replaced: new Map(),
    threads: new Map(),
    counters: { thread: 0, task: 0, unique: 0 },
    clock: 0,
  };
}

/** The namespace of a prelude, run on first use. */
export function loadPrelude(m: Machine, name: string): Namespace {
  const s = state(m);
  const known = s.loaded.get(name);
  return known ?? m.loading(() => load(m, s, name));
}

function load(m: Machine, s: PythonState, name: string): Namespace {
  const source = preludes[name];
  if (!source) throw new Unsupported(`module ${name}`);
  let module = s.parsed.get(name);
  if (!module) {
    const result = s.parse(`<${name}>`, source.text);
    const problem = result.problems[0];
    if (problem)
      throw new Error(`prelude ${name}: ${problem.message} at ${source.text.slice(problem.span.start, problem.span.start + 40)}`);
    module = result.module;
    s.parsed.set(name, module);
  }
  const { code, all } = compileModule(module, { internal: true, atomic: source.atomic });
  const ns = m.namespaceOf(code);
  link(m, module, all);
  s.loaded.set(name, ns);
  runNow(m, new Frame(code, null, m.epoch));
  for (const cell of ns.cells.values()) {
    cell.constant = true;
    // Not what it only names: a built-in, a class of another prelude.
    if (cell.value instanceof PyClass && !cell.value.builtin && !cell.value.internal) {
      cell.value.internal = true;
      cell.value.module = name;
    }
  }
  return ns;
}

/** Runs a module's top level of definitions at once, aside from whatever is running. */
function runNow(m: Machine, frame: Frame): void {
  const saved = {
    fiber: m.fiber,
    serial: m.serial,
    visibleDone: m.visibleDone,
    visibleAt: m.visibleAt,
    atomicDepth: m.atomicDepth,
    breaker: m.breaker,
    fuel: m.fuel,
  };
  const lane = m.lanes[0];
  if (!lane) throw new Error('no lane');
  const fiber = new Fiber(lane);
  let failure: Value = undefined;
  fiber.onEnd = (value, failed) => {
    if (failed) failure = value;
  };
  fiber.top = frame;
  m.fuel = 1000000;
  run(m, fiber);
  Object.assign(m, saved);
  if (failure !== undefined) throw new Error(`a prelude failed: ${frame.code.module.path}: ${m.ops.show(failure)}`);
}

/** A name of a prelude. */
export function preludeName(m: Machine, module: string, name: string): Value {
  const value = loadPrelude(m, module).cells.get(name)?.value;
  if (value === undefined || value === UNBOUND) throw new Unsupported(`${module}.${name}`);
  return value;
}

/** Calls a function of the built-ins prelude: PUSHED (or a generator object). */
export function callPrelude(m: Machine, name: string, args: readonly Value[], module = 'builtins'): Value {
  const fn = preludeName(m, module, name);
  if (!(fn instanceof Closure)) throw new Error(`${name} is not a function`);
  return m.enter(fn, args, null, undefined);
}

/** Is an attribute of this name worth a visible access (may it change after construction)? */
export function isMutable(m: Machine, name: string): boolean {
  return m.mutableAttributes === null || m.mutableAttributes.has(name) || name.startsWith('_m_');
}

/** An object that exists once per machine. */
export function singleton<T extends HeapObject>(m: Machine, name: string, make: () => T): T {
  const s = state(m);
  const known = s.singletons.get(name);
  if (known !== undefined) return known as T;
  const made = m.once(name, make);
  m.trail.mapSet(s.singletons, name, made);
  return made;
}

export { Cell };

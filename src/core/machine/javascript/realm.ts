/** The intrinsic objects of one machine, and the library written in JavaScript loaded into it. */
import { compileModule } from '../compile.ts';
import type { Code } from '../code.ts';
import { Frame } from '../frame.ts';
import { link } from '../load.ts';
import type { Machine } from '../machine.ts';
import { run, RunResult } from '../run.ts';
import { HeapObject, UNBOUND, type Value } from '../values.ts';
import { installArrayBuffer } from './builtins/array-buffer.ts';
import { installTypedArrays } from './builtins/typed-array.ts';
import { installText } from './builtins/text.ts';
import { installArray } from './builtins/array.ts';
import { installAsync } from './builtins/promise.ts';
import { installBigInt, installBoolean, installMath, installNumber } from './builtins/number.ts';
import { installCollections } from './builtins/collections.ts';
import { installConsole } from './builtins/console.ts';
import { installDate } from './builtins/date.ts';
import { installErrors } from './builtins/error.ts';
import { installFunction } from './builtins/function.ts';
import { installHarness } from './builtins/harness.ts';
import { installIterators } from './builtins/iterators.ts';
import { installJson } from './builtins/json.ts';
import { installObject } from './builtins/object.ts';
import { installProcess } from './builtins/process.ts';
import { installReflect } from './builtins/reflect.ts';
import { installRegExp } from './builtins/regexp.ts';
import { installString } from './builtins/string.ts';
import { installSymbol } from './builtins/symbol.ts';
import { installTimers } from './builtins/timers.ts';
import { LoopObject, type Intrinsics, type JsState, type Parse, type Symbols } from './state.ts';
import { preludes } from './prelude/index.ts';
import { JsFunction, JsObject, JsSymbol } from './values.ts';

const intrinsicNames = [
  'Object',
  'Function',
  'Array',
  'String',
  'Number',
  'Boolean',
  'BigInt',
  'Symbol',
  'Error',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'Promise',
  'Date',
  'RegExp',
  'Iterator',
  'ArrayIterator',
  'StringIterator',
  'MapIterator',
  'SetIterator',
  'RegExpStringIterator',
  'Generator',
  'GeneratorFunction',
  'AsyncGenerator',
  'AsyncIterator',
  'AsyncFunction',
  'AsyncGeneratorFunction',
  'ArrayBuffer',
  'SharedArrayBuffer',
  'TypedArray',
  'DataView',
  'Timeout',
  'Immediate',
] as const satisfies readonly (keyof Intrinsics)[];

const symbolNames = [
  'iterator',
  'asyncIterator',
  'hasInstance',
  'toPrimitive',
  'toStringTag',
  'species',
  'isConcatSpreadable',
  'dispose',
  'asyncDispose',
  'unscopables',
  'match',
  'matchAll',
  'replace',
  'search',
  'split',
] as const satisfies readonly (keyof Symbols)[];

/** Makes the state of a machine. Runs while the program is loaded: nothing of it is undone. */
export function createRealm(m: Machine, parse: Parse | null): JsState {
  const intrinsics = {} as Intrinsics;
  const object = m.adopt(new JsObject(null));
  for (const name of intrinsicNames) intrinsics[name] = name === 'Object' ? object : m.adopt(new JsObject(object));
  const i = intrinsics;
  for (const k of ['ArrayIterator', 'StringIterator', 'MapIterator', 'SetIterator', 'RegExpStringIterator', 'Generator'] as const)
    i[k].proto = i.Iterator;
  i.AsyncGenerator.proto = i.AsyncIterator;
  for (const k of ['GeneratorFunction', 'AsyncFunction', 'AsyncGeneratorFunction'] as const) i[k].proto = i.Function;
  const symbols = {} as Symbols;
  for (const name of symbolNames) symbols[name] = new JsSymbol(`Symbol.${name}`);
  symbols.inspect = new JsSymbol('nodejs.util.inspect.custom');
  symbols.promisify = new JsSymbol('nodejs.util.promisify.custom');
  const s: JsState = {
    parse,
    intrinsics,
    symbols,
    registry: new Map([
      ['nodejs.util.inspect.custom', symbols.inspect],
      ['nodejs.util.promisify.custom', symbols.promisify],
    ]),
    globals: new Map(),
    unknownGlobals: new Map(),
    globalObject: m.adopt(new JsObject(object)),
    errors: new Map(),
    typedArrays: new Map(),
    promiseConstructor: null,
    arrayValues: undefined,
    arrayIteratorNext: undefined,
    promiseThen: undefined,
    hasInstance: undefined,
    prelude: new Map(),
    modules: new Map(),
    models: new Map(),
    bases: new Map(),
    hooks: new Map(),
    rendering: false,
    moduleObjects: new Map(),
    loop: m.adopt(new LoopObject()),
    timers: [],
    events: [],
    listeners: [],
    cancellable: [],
    ticks: [],
    microtasks: [],
    tickHead: 0,
    microtaskHead: 0,
    phase: 'action',
    stored: null,
    rejected: [],
    now: 0,
    order: 0,
    dead: false,
    callNumbers: new Map(),
    randomCount: 0,
    repeats: new Map(),
    indent: 0,
    internal: new Set(),
    current: 'main',
  };
  m.runtimeState = s;
  installObject(m);
  installFunction(m);
  installSymbol(m);
  installErrors(m);
  installIterators(m);
  installArray(m);
  installString(m);
  installNumber(m);
  installBoolean(m);
  installBigInt(m);
  installMath(m);
  installCollections(m);
  installAsync(m);
  installRegExp(m);
  installDate(m);
  installJson(m);
  installReflect(m);
  installTimers(m);
  installConsole(m);
  installProcess(m);
  installArrayBuffer(m);
  installTypedArrays(m);
  installText(m);
  installHarness(m);
  if (parse) for (const [path, text, needed] of preludes) if (needed === undefined || m.mentions(needed)) loadPrelude(m, path, text, parse);
  markIntrinsic(s);
  return s;
}

const compiled = new WeakMap<Parse, Map<string, { code: Code; all: Code[] }>>();

/** Runs one file of the library; what it declares at its top level is known to the host by name. */
function loadPrelude(m: Machine, path: string, text: string, parse: Parse): void {
  let files = compiled.get(parse);
  if (!files) compiled.set(parse, (files = new Map()));
  let file = files.get(path);
  if (!file) {
    const { module, problems } = parse(path, text);
    const problem = problems[0];
    if (problem) throw new Error(`${path}: ${problem.message} at ${problem.span.start}`);
    file = compileModule(module, { internal: true, atomic: false });
    files.set(path, file);
  }
  const module = file.code.module;
  // Instructions keep the cells of the machine that linked them: names are looked up afresh in each.
  link(m, module, []);
  const fiber = m.createFiber(m.lanes[0] ?? m.createLane('main', 'main'));
  fiber.top = new Frame(file.code, null, -1);
  const fuel = m.fuel;
  m.fuel = Number.MAX_SAFE_INTEGER;
  let failure: Value;
  fiber.onEnd = (value, failed) => {
    if (failed) failure = value;
  };
  const result = run(m, fiber);
  m.fuel = fuel;
  m.fiber = null;
  if (failure !== undefined || result !== RunResult.Ended || m.unsupported)
    throw new Error(`${path}: ${failure === undefined ? (m.unsupported?.what ?? 'did not end') : m.ops.show(failure)}`);
  const ns = m.namespaceOf(file.code);
  const s = m.runtimeState as JsState;
  s.internal.add(ns);
  for (const [name, cell] of ns.cells) if (cell.value !== UNBOUND) s.prelude.set(name, cell.value);
}

/** Everything reachable now is the language's own. */
function markIntrinsic(s: JsState): void {
  const work: Value[] = [
    s.globalObject,
    ...intrinsicNames.map((name) => s.intrinsics[name]),
    ...s.errors.values(),
    ...s.typedArrays.values(),
    ...s.prelude.values(),
  ];
  const visit = (v: Value): void => {
    if (v instanceof HeapObject) work.push(v);
  };
  for (let v = work.pop(); work.length > 0 || v !== undefined; v = work.pop()) {
    if (!(v instanceof JsObject) || v.intrinsic) continue;
    v.intrinsic = true;
    if (v.proto) work.push(v.proto);
    for (const p of v.properties.values()) {
      visit(p.value);
      visit(p.getter);
      visit(p.setter);
    }
    if (v instanceof JsFunction && v.closure?.home) visit(v.closure.home);
  }
}

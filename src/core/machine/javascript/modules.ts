/** Imports: files of the program, Node modules that have a model, and the unknown. */
import type { Module } from '../../program/program.ts';
import { PUSHED, Unsupported } from '../language.ts';
import type { Frame } from '../frame.ts';
import type { Machine } from '../machine.ts';
import { Namespace, Opaque, UNBOUND, type Value } from '../values.ts';
import { chain, newNative, newObject, put, throwError } from './objects.ts';
import { present } from './opaque.ts';
import { getProperty } from './properties.ts';
import { resolvePromise } from './promises.ts';
import { newPromise } from './objects.ts';
import { nodeModule } from './modules/index.ts';
import { state } from './state.ts';
import { JsFunction, JsObject } from './values.ts';

interface Request {
  module: string;
  level: number;
  name: string | null;
  topLevel: boolean;
}

/** First without a module: loads it. Then, with what that gave, once for every imported name. */
export function importName(m: Machine, request: Request, loaded: Value): Value {
  const from = m.fiber?.top?.code.module as Module;
  if (loaded === null) return load(m, from, request.module, request.level);
  return member(m, from, request.module, loaded, request.name);
}

function load(m: Machine, from: Module, specifier: string, level: number): Value {
  const own = m.resolveImport(from, specifier, level);
  if (own) return m.enterModule(own);
  return external(m, specifier);
}

/** A module from outside the program, made once. */
function external(m: Machine, specifier: string): Value {
  const s = state(m);
  const known = s.modules.get(specifier);
  if (known !== undefined) return known;
  const made = nodeModule(m, specifier) ?? present(m, specifier.replace(/^node:/, ''));
  m.trail.mapSet(s.modules, specifier, made);
  return made;
}

function moduleOf(m: Machine, ns: Namespace): Module | undefined {
  for (const [module, namespace] of m.namespaces) if (namespace === ns) return module;
  return undefined;
}

function member(m: Machine, from: Module, specifier: string, loaded: Value, name: string | null): Value {
  if (loaded instanceof Namespace) {
    const module = moduleOf(m, loaded);
    if (!module) throw new Unsupported(`the import of ${specifier}`);
    if (name === null || name === '*') return namespaceObject(m, module, loaded, specifier === 'target');
    return exported(m, module, loaded, name, specifier);
  }
  if (loaded instanceof Opaque) {
    if (name === null || name === '*' || name === 'default') return loaded;
    const o = loaded;
    let part = o.parts.get(name);
    if (part === undefined) {
      part = present(m, name);
      m.trail.mapSet(o.parts, name, part);
    }
    return part;
  }
  if (!(loaded instanceof JsObject)) return undefined;
  if (name === null || name === '*') return loaded;
  if (name === 'default' && !loaded.properties.has('default')) return loaded;
  if (!loaded.properties.has(name)) return present(m, `${specifier}.${name}`);
  return getProperty(m, loaded, name, loaded);
}

function cell(m: Machine, ns: Namespace, local: string): Value {
  const c = ns.cells.get(local);
  if (!c || c.value === UNBOUND) return undefined;
  if (!c.constant) m.read(c, 'value', c.value);
  return c.value;
}

function exported(m: Machine, module: Module, ns: Namespace, name: string, specifier: string): Value {
  const e = module.exports.find((x) => x.exported === name);
  if (e && ns.cells.has(e.local)) return cell(m, ns, e.local);
  for (const star of module.exports) {
    if (star.exported !== '*') continue;
    const inner = cell(m, ns, star.local);
    if (inner instanceof JsObject && inner.properties.has(name)) return getProperty(m, inner, name, inner);
  }
  const common = commonJs(m, module);
  if (common) {
    if (name === 'default') return common;
    if (common instanceof JsObject) return getProperty(m, common, name, common);
  }
  throwError(m, 'SyntaxError', `The requested module '${specifier}' does not provide an export named '${name}'`);
}

/** The namespace object of a module of the program: a getter for every export. */
function namespaceObject(m: Machine, module: Module, ns: Namespace, everything = false): Value {
  const s = state(m);
  const known = s.moduleObjects.get(module);
  if (known) return known;
  const common = commonJs(m, module);
  if (common && module.exports.length === 0 && !everything) return common;
  const o = newObject(m, null);
  o.className = 'Module';
  for (const e of [...module.exports].sort((a, b) => (a.exported < b.exported ? -1 : 1))) {
    if (e.exported === '*') continue;
    const getter = newNative(m, e.exported, 0, (n) => {
      const c = ns.cells.get(e.local);
      if (c?.value === UNBOUND) throwError(n, 'ReferenceError', `Cannot access '${e.local}' before initialization`);
      return cell(n, ns, e.local);
    });
    o.properties.set(e.exported, { value: undefined, getter, setter: undefined, flags: 2 | 8 });
  }
  if (everything) addTopLevel(m, module, ns, o);
  m.trail.mapSet(s.moduleObjects, module, o);
  return o;
}

/** A driver may reach every top-level name of the file it drives, exported or not. */
function addTopLevel(m: Machine, module: Module, ns: Namespace, o: JsObject): void {
  for (const g of module.globals) {
    if (o.properties.has(g.name)) continue;
    const getter = newNative(m, g.name, 0, (n) => cell(n, ns, g.name));
    o.properties.set(g.name, { value: undefined, getter, setter: undefined, flags: 2 | 8 });
  }
  // Classes that are made where they are exported: `module.exports = class Broker { … }`.
  const common = commonJs(m, module);
  const values = common instanceof JsObject ? [common, ...[...common.properties.values()].map((p) => p.value)] : [];
  for (const v of values) if (v instanceof JsFunction && v.isClass && v.name !== '' && !o.properties.has(v.name)) put(o, v.name, v);
}

// ---- CommonJS -----------------------------------------------------------------------------------

/** The `module` object of a file, made when it is first mentioned. */
function moduleObject(m: Machine, module: Module): JsObject {
  const s = state(m);
  const key = `module:${module.path}`;
  const known = s.modules.get(key);
  if (known instanceof JsObject) return known;
  const o = newObject(m);
  const exports = newObject(m);
  put(o, 'exports', exports);
  // `exports` stays the first object, whatever module.exports becomes.
  o.slot = exports;
  m.trail.mapSet(s.modules, key, o);
  return o;
}

/** What a file exports in CommonJS style, undefined when it never mentions it. */
function commonJs(m: Machine, module: Module): Value {
  const o = state(m).modules.get(`module:${module.path}`);
  return o instanceof JsObject ? o.properties.get('exports')?.value : undefined;
}

/** `module`, `exports`, `require`, `__filename`, `__dirname` of the running file. */
export function moduleGlobal(m: Machine, name: string): Value {
  const module = m.fiber?.top?.code.module;
  if (!module) return undefined;
  switch (name) {
    case 'module':
      return moduleObject(m, module);
    case 'exports':
      return moduleObject(m, module).slot as Value;
    case 'require':
      return newNative(m, 'require', 1, (n, _this, args) => requireModule(n, module, args[0]));
    case '__filename':
      return module.path;
    case '__dirname':
      return module.path.split('/').slice(0, -1).join('/') || '.';
    default:
      return undefined;
  }
}

function requireModule(m: Machine, from: Module, specifier: Value): Value {
  if (typeof specifier !== 'string') throw new Unsupported('require of something that is not a string');
  return chain(m, load(m, from, specifier, 0), (n, loaded) => {
    if (!(loaded instanceof Namespace)) return loaded;
    const module = moduleOf(n, loaded) as Module;
    return commonJs(n, module) ?? namespaceObject(n, module, loaded);
  });
}

/** `import(specifier)`: a promise of the namespace. */
export function importDynamic(m: Machine, specifier: Value, frame: Frame): Value {
  if (typeof specifier !== 'string') throw new Unsupported('import() of something that is not a string');
  const from = frame.code.module;
  const p = newPromise(m);
  const loaded = load(m, from, specifier, 0);
  if (loaded === PUSHED && m.fiber?.top?.code.isAsync) throw new Unsupported('import() of a module with a top-level await');
  return chain(m, loaded, (n, v) => {
    const value = v instanceof Namespace ? namespaceObject(n, moduleOf(n, v) as Module, v) : v;
    resolvePromise(n, p, value);
    return p;
  });
}

export function importMeta(m: Machine, frame: Frame): Value {
  const s = state(m);
  const key = `meta:${frame.code.module.path}`;
  const known = s.modules.get(key);
  if (known !== undefined) return known;
  const o = newObject(m, null);
  put(o, 'url', `file:///${frame.code.module.path.replace(/^\/+/, '')}`);
  m.trail.mapSet(s.modules, key, o);
  return o;
}

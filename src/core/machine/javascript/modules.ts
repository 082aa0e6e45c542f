/** Imports: files of the program, Node modules that have a model, and the unknown. */
import type { Module, Target } from '../../program/program.ts';
import { PUSHED, Unsupported } from '../language.ts';
import type { Frame } from '../frame.ts';
import type { Machine } from '../machine.ts';
import { behind, type Cell, Namespace, Opaque, UNBOUND, type Value } from '../values.ts';
import { chain, newNative, newObject, put, throwError } from './objects.ts';
import { opaquePart, present } from './opaque.ts';
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
  return member(m, request.module, loaded, request.name);
}

function load(m: Machine, from: Module, specifier: string, level: number): Value {
  const own = m.resolveImport(from, specifier, level);
  return own ? m.enterModule(own) : external(m, specifier);
}

/** Names imported from modules of the program are the variables that these export (Link of ECMA-262). */
export function linkImports(m: Machine, from: Module): void {
  const cells = m.namespaces.get(from)?.cells;
  for (const s of from.body.body) {
    const module = s.kind === 'import' ? m.resolveImport(from, s.module, s.level) : null;
    if (s.kind !== 'import' || !module) continue;
    for (const { imported, local } of s.names) {
      const own = local?.kind === 'name' && local.ref.kind === 'global' ? cells?.get(local.ref.name) : undefined;
      if (!own || imported === null || imported === '*') continue;
      const source = cellOf(m, module, imported);
      if (source && source !== own) own.alias = source;
    }
  }
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

function member(m: Machine, specifier: string, loaded: Value, name: string | null): Value {
  if (loaded instanceof Namespace) {
    const module = moduleOf(m, loaded);
    if (!module) throw new Unsupported(`the import of ${specifier}`);
    if (name === null || name === '*') return namespaceObject(m, module, loaded, specifier === 'target');
    // Tied when the program was loaded.
    const source = cellOf(m, module, name);
    return source ? source.value : exportedOtherwise(m, module, name, specifier);
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

function valueOf(m: Machine, named: Cell): Value {
  const c = behind(named);
  if (c.value === UNBOUND) return undefined;
  if (!c.constant) m.read(c, 'value', c.value);
  return c.value;
}

/**
 * The variable that a module exports under a name, also by way of the modules whose exports it hands on (ResolveExport of
 * ECMA-262); undefined when there is none, or when it is not a module of the program that has it.
 */
function cellOf(m: Machine, module: Module, name: string, seen: ReadonlySet<Module> = new Set()): Cell | undefined {
  if (seen.has(module)) return undefined;
  const within = new Set([...seen, module]);
  const ns = m.namespaceOf(m.codeOf(module));
  const e = module.exports.find((x) => x.exported === name && name !== '*');
  if (e) {
    const handed = handedOn(m, module, e.local);
    if (handed !== null && handed.name !== '*') return cellOf(m, handed.module, handed.name, within);
    return ns.cells.get(e.local);
  }
  if (name === 'default') return undefined;
  for (const star of module.exports) {
    const handed = star.exported === '*' ? handedOn(m, module, star.local) : null;
    const found = handed === null ? undefined : cellOf(m, handed.module, name, within);
    if (found) return found;
  }
  return undefined;
}

const handing = /^\*(?:(.*) )?from (.*)\*$/s;

/** The module from outside the program that `export * from` names; null when it is one of the program. */
function handedOnFrom(m: Machine, from: Module, local: string): Value {
  const specifier = handing.exec(local)?.[2];
  return specifier === undefined || m.resolveImport(from, specifier, 0) ? null : external(m, specifier);
}

/** `export { name } from` and `export * from` a module of the program. */
function handedOn(m: Machine, from: Module, local: string): Handed | null {
  let all = handed.get(m);
  if (!all) handed.set(m, (all = new Map()));
  let own = all.get(from);
  if (!own) all.set(from, (own = new Map()));
  let known = own.get(local);
  if (known === undefined) own.set(local, (known = findHanded(m, from, local)));
  return known;
}

interface Handed {
  module: Module;
  name: string;
}

/** Found once for a program. */
const handed = new WeakMap<Machine, Map<Module, Map<string, Handed | null>>>();

function findHanded(m: Machine, from: Module, local: string): Handed | null {
  const [, name = '', specifier] = handing.exec(local) ?? [];
  const module = specifier === undefined ? null : m.resolveImport(from, specifier, 0);
  if (!module) return null;
  for (const s of from.body.body)
    if (s.kind === 'import') for (const n of s.names) if (isNamed(n.local, local)) return { module, name: n.imported ?? name };
  return null;
}

function isNamed(target: Target | null, name: string): boolean {
  return target?.kind === 'name' && target.ref.kind === 'global' && target.ref.name === name;
}

/** What a module gives under a name for which it has no variable. */
function exportedOtherwise(m: Machine, module: Module, name: string, specifier: string): Value {
  const outside = name === 'default' ? undefined : fromOutside(m, module, name, new Set());
  if (outside !== undefined) return outside;
  const common = commonJs(m, module);
  if (common) {
    if (name === 'default') return common;
    if (common instanceof JsObject) return getProperty(m, common, name, common);
  }
  // A type, whose import TypeScript leaves out.
  if (module.language === 'typescript') return undefined;
  throwError(m, 'SyntaxError', `The requested module '${specifier}' does not provide an export named '${name}'`);
}

/** What a module hands on of one from outside the program, also by way of others. */
function fromOutside(m: Machine, module: Module, name: string, seen: Set<Module>): Value {
  if (seen.has(module)) return undefined;
  seen.add(module);
  for (const star of module.exports) {
    if (star.exported !== '*') continue;
    const handed = handedOn(m, module, star.local);
    const whole = handed === null ? handedOnFrom(m, module, star.local) : null;
    if (whole instanceof JsObject && whole.properties.has(name)) return getProperty(m, whole, name, whole);
    if (whole instanceof Opaque) return opaquePart(m, whole, name);
    const found = handed === null ? undefined : fromOutside(m, handed.module, name, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every name that a module exports, those it hands on among them. */
function exportedNames(m: Machine, module: Module, seen: ReadonlySet<Module> = new Set()): Set<string> {
  const names = new Set<string>();
  if (seen.has(module)) return names;
  for (const e of module.exports) {
    if (e.exported !== '*') names.add(e.exported);
    const handed = e.exported === '*' ? handedOn(m, module, e.local) : null;
    if (handed === null) continue;
    for (const name of exportedNames(m, handed.module, new Set([...seen, module]))) if (name !== 'default') names.add(name);
  }
  return names;
}

/** The namespace object of a module of the program: a getter for every export. */
function namespaceObject(m: Machine, module: Module, ns: Namespace, everything = false): Value {
  const s = state(m);
  const known = everything ? undefined : s.moduleObjects.get(module);
  if (known) return known;
  const common = commonJs(m, module);
  if (common && module.exports.length === 0 && !everything) return common;
  const o = newObject(m, null);
  o.className = 'Module';
  for (const name of [...exportedNames(m, module)].sort()) {
    const getter = newNative(m, name, 0, (n) => {
      const named = cellOf(n, module, name);
      if (!named) return exportedOtherwise(n, module, name, module.path);
      const c = behind(named);
      if (c.value === UNBOUND) throwError(n, 'ReferenceError', `Cannot access '${c.name}' before initialization`);
      return valueOf(n, c);
    });
    o.properties.set(name, { value: undefined, getter, setter: undefined, flags: 2 | 8 });
  }
  if (everything) addTopLevel(m, module, ns, o);
  if (!everything) m.trail.mapSet(s.moduleObjects, module, o);
  return o;
}

/** A driver may reach every top-level name of the file it drives, exported or not. */
function addTopLevel(m: Machine, module: Module, ns: Namespace, o: JsObject): void {
  for (const g of module.globals) {
    if (o.properties.has(g.name)) continue;
    const getter = newNative(m, g.name, 0, (n) => {
      const c = ns.cells.get(g.name);
      return c ? valueOf(n, c) : undefined;
    });
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
  if (specifier instanceof Opaque) return present(m, `require(${specifier.name})`);
  if (typeof specifier !== 'string') throw new Unsupported('require of something that is not a string');
  return chain(m, load(m, from, specifier, 0), (n, loaded) => {
    if (!(loaded instanceof Namespace)) return loaded;
    const module = moduleOf(n, loaded) as Module;
    return commonJs(n, module) ?? namespaceObject(n, module, loaded);
  });
}

/** `import(specifier)`: a promise of the namespace. */
export function importDynamic(m: Machine, specifier: Value, frame: Frame): Value {
  const p = newPromise(m);
  if (specifier instanceof Opaque) {
    resolvePromise(m, p, present(m, `import(${specifier.name})`));
    return p;
  }
  if (typeof specifier !== 'string') throw new Unsupported('import() of something that is not a string');
  const from = frame.code.module;
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

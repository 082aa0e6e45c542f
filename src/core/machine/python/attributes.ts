/** Attribute access: instances, classes, modules, functions; descriptors and `__getattr__`. */
import { Native, PUSHED, STOP, Unsupported } from '../language.ts';
import { whetherUp } from '../lifecycles.ts';
import type { Machine } from '../machine.ts';
import {
  BoundMethod,
  Closure,
  Generator,
  HeapObject,
  Namespace,
  Opaque,
  PyRange,
  PySlice,
  PyTuple,
  UNBOUND,
  type Value,
} from '../values.ts';
import { callFunction } from './calls.ts';
import { attributesDict, functionAttribute } from './introspection.ts';
import { raise, typeError, withContext, newException, exceptionClass } from './errors.ts';
import {
  ClassMethod,
  NativeAttribute,
  NativeMethod,
  PyClass,
  PyException,
  PyModule,
  PyObject,
  PyProperty,
  StaticMethod,
  SuperObject,
} from './objects.ts';
import { assignModelPart, modelPart } from './database.ts';
import { opaquePart, unknownModule, unmodelled } from './opaque.ts';
import { find as entryOf, putAlone, removeAlone } from './keys.ts';
import { nameNow, setName, stopsBeforeName } from './module-names.ts';
import { libraryModule } from './library.ts';
import { decoratorOf } from './decorated.ts';
import { isMutable, preludeName, state } from './runtime.ts';
import { Raise } from '../language.ts';
import { classOf, definer, functionClass, lookup, objectClass, typeName } from './types.ts';

/** Names that programs ask modules for and that no CPython on Linux has: frozen executables, other platforms. */
const absent: Readonly<Record<string, readonly string[]>> = {
  sys: ['_MEIPASS', 'frozen', 'real_prefix', 'getwindowsversion', 'gettotalrefcount', 'importers', 'setcheckinterval', 'maxint'],
  os: ['startfile', 'O_BINARY', 'O_NOINHERIT', 'getcwdu', 'errno'],
  time: ['clock'],
  asyncio: ['ProactorEventLoop', 'WindowsSelectorEventLoopPolicy', 'WindowsProactorEventLoopPolicy', 'async'],
  threading: ['_shutdown_locks', '_sleep'],
};

function isAbsent(module: string, name: string): boolean {
  return name.startsWith('__rr_') || absent[module]?.includes(name) === true;
}

/** An attribute of an instance, class or super() that only an unknown base can have. */
export function unknownAttribute(m: Machine, o: Value, name: string): Value {
  if (o instanceof PyModule && /^__(dict|file|path|spec|version|doc|all|loader|package)__$/.test(name)) return unmodelled(m, o.name, name);
  if (name.startsWith('__') && name.endsWith('__') && name !== '__getattr__') return undefined;
  if (o instanceof PyObject && o.cls.name === '_UnixSelectorEventLoop' && !name.startsWith('_'))
    return opaquePart(m, unmodelled(m, 'loop', 'of'), name, `loop.${name}`);
  if (o instanceof PyModule || (o instanceof Namespace && o.name.startsWith('<') && !o.name.startsWith('<harness')))
    return isAbsent(moduleName(o).replace(/^<|>$/g, ''), name) ? undefined : unmodelled(m, moduleName(o).replace(/^<|>$/g, ''), name);
  if (o instanceof Closure) {
    const decorator = decoratorOf(o);
    if (decorator !== null) return opaquePart(m, decorator, `${o.code.name}.${name}`, `${o.code.name}.${name}`);
  }
  const cls = o instanceof PyClass ? o : o instanceof SuperObject ? o.start : o instanceof PyObject ? o.cls : null;
  if (o instanceof SuperObject && m.isDriven() && !o.cls.builtin && !cls?.mro.some((c) => c.unknown !== null)) return mixedIn(m, o, name);
  const base = cls?.mro.find((c) => c.unknown !== null)?.unknown;
  if (!base) return abstractPart(m, o, name);
  const isInstance = o instanceof PyObject && !(o instanceof SuperObject);
  const key = isInstance ? `${name}#${o.id}` : o instanceof PyClass ? `${o.name}.${name}` : name;
  const known = base.parts.get(key);
  if (known !== undefined) return known;
  const part = opaquePart(m, base, key, o instanceof PyClass ? `${o.name}.${name}` : `self.${name}`);
  if (part instanceof Opaque) {
    part.from = { kind: 'part', of: o, name };
    // The base is there; what its instances hold may be anything.
    if (isInstance) part.definite = false;
  }
  return part;
}

/**
 * What a class of the program looks for in itself and nobody there defines or sets: the classes that it is mixed into
 * elsewhere do. Undefined when there is another reason for it not to be there.
 */
function abstractPart(m: Machine, o: Value, name: string): Value {
  if (!m.isDriven() || !(o instanceof PyObject) || o instanceof PyException || o.cls.builtin || o.cls.internal) return undefined;
  if (o.cls.slots !== null || o.cls.mro.some((c) => c.builtin && c !== objectClass)) return undefined;
  if (
    m.mentions(
      new RegExp(
        `\\.${name}\\s*(?::[^=\\n]{1,80})?=(?!=)|\\bdef ${name}\\b|^\\s+${name}\\s*(?::[^=\\n]{1,80})?=(?!=)|\\bdel self\\.${name}\\b`,
        'm',
      ),
    ) ||
    // Set by its name.
    (m.mentions(new RegExp(`['"]${name}['"]`)) && m.mentions(/\bsetattr\(|__dict__|\bvars\(/))
  )
    return undefined;
  m.assume(`\`${o.cls.name}.${name}\` is defined by no class here; it is taken to be unknown`);
  return opaquePart(m, unknownModule(m, `${o.cls.name}.self`), `${name}#${o.id}`, `self.${name}`);
}

/** `super().close()` in a class none of whose bases has such a method: a class that it is mixed with elsewhere has it. */
function mixedIn(m: Machine, o: SuperObject, name: string): Value {
  m.assume(`\`${o.cls.name}\` is mixed with a class elsewhere that has \`${name}\`, which is taken to be unknown`);
  return opaquePart(m, unknownModule(m, `${o.cls.name}.super`), `super().${name}`, `super().${name}`);
}

export function attributeError(m: Machine, o: Value, name: string): never {
  const text =
    o instanceof PyClass
      ? `type object '${o.name}' has no attribute '${name}'`
      : o instanceof PyModule || o instanceof Namespace
        ? `module '${moduleName(o)}' has no attribute '${name}'`
        : o instanceof SuperObject
          ? `'super' object has no attribute '${name}'`
          : `'${typeName(o)}' object has no attribute '${name}'`;
  const e = newException(m, exceptionClass('AttributeError'), [text]);
  e.attrs = new Map<string, Value>([
    ['name', name],
    ['obj', o],
  ]);
  throw new Raise(withContext(m, e));
}

function moduleName(o: PyModule | Namespace): string {
  return o instanceof PyModule ? o.name : (o.name.split('/').pop() ?? o.name).replace(/\.pyi?$/, '');
}

export function getAttr(m: Machine, o: Value, name: string): Value {
  const v = find(m, o, name);
  return v === undefined ? (unknownAttribute(m, o, name) ?? attributeError(m, o, name)) : v;
}

/** The attribute, undefined when there is none, PUSHED or STOP. */
export function find(m: Machine, o: Value, name: string): Value {
  if (o instanceof PyObject) {
    if (o.cls.hasGetAttribute) {
      const method = lookup(o.cls, '__getattribute__');
      if (method !== undefined && !(method instanceof Native)) return callFunction(m, method, [o, name], null);
    }
    return instanceAttribute(m, o, name, true);
  }
  if (o instanceof PyClass) return classAttribute(m, o, name);
  if (o instanceof SuperObject) return superAttribute(m, o, name);
  if (o instanceof Opaque) return opaqueAttribute(m, o, name);
  if (o instanceof PyModule) return moduleAttribute(m, o, name);
  if (o instanceof Namespace) return namespaceAttribute(m, o, name);
  if (
    o instanceof Closure ||
    o instanceof BoundMethod ||
    o instanceof Generator ||
    o instanceof Native ||
    o instanceof StaticMethod ||
    o instanceof ClassMethod ||
    o instanceof PyProperty
  ) {
    const special = functionAttribute(m, o, name);
    if (special !== undefined) return special;
  }
  const cls = classOf(o);
  if (name === '__class__') return cls;
  if (o instanceof PyRange && (name === 'start' || name === 'stop' || name === 'step')) return o[name];
  if (o instanceof PySlice) {
    if (name === 'start') return o.lower;
    if (name === 'stop') return o.upper;
    if (name === 'step') return o.step;
  }
  const found = lookup(cls, name);
  if (found === undefined) return name === '__doc__' ? null : undefined;
  return bindAttribute(m, found, o, cls);
}

function isDataDescriptor(v: Value): boolean {
  return v instanceof PyProperty || v instanceof NativeAttribute || (v instanceof PyObject && lookup(v.cls, '__set__') !== undefined);
}

/** What an attribute found on the class becomes when taken from an instance. */
export function bindAttribute(m: Machine, found: Value, o: Value, cls: PyClass): Value {
  if (found instanceof Closure || found instanceof NativeMethod) return m.adopt(new BoundMethod(found, o));
  if (found instanceof PyProperty) {
    if (found.getter === null) return raise(m, 'AttributeError', `property of '${cls.name}' object has no getter`);
    return callFunction(m, found.getter, [o], null);
  }
  if (found instanceof StaticMethod) return found.fn;
  if (found instanceof ClassMethod) return found.fn instanceof PyClass ? found.fn : m.adopt(new BoundMethod(found.fn, cls));
  if (found instanceof NativeAttribute) return found.get(m, o);
  if (found instanceof PyObject) {
    const get = lookup(found.cls, '__get__');
    if (get !== undefined) return callFunction(m, get, [found, o, cls], null);
  }
  return found;
}

/** object.__getattribute__, then `__getattr__` when `fallback`. */
export function instanceAttribute(m: Machine, o: PyObject, name: string, fallback: boolean): Value {
  const cls = o.cls;
  const found = lookup(cls, name);
  if (found !== undefined && isDataDescriptor(found)) return bindAttribute(m, found, o, cls);
  const own = o.attrs?.get(name);
  if (o.shared && isMutable(m, name) && !(found instanceof NativeMethod)) {
    const home = own === undefined && found !== undefined ? definer(cls, name) : null;
    if (m.stopBefore(o)) return STOP;
    m.read(o, name, own === undefined ? found : own);
    if (home && !home.builtin && home.shared) m.read(home, name, found);
  }
  if (own !== undefined) return own;
  if (found !== undefined) return bindAttribute(m, found, o, cls);
  if (name === '__class__') return cls;
  if (name === '__dict__' && cls.slots === null) return attributesDict(m, o);
  if (name === '__doc__') return null;
  if (o instanceof PyException && name === '__notes__') return undefined;
  if (o instanceof PyException && o.failure !== null && !name.startsWith('__'))
    return opaquePart(m, o.failure, name, `${o.failure.name}.${name}`);
  if (fallback) {
    const method = cls.builtin ? undefined : lookup(cls, '__getattr__');
    if (method !== undefined) return callFunction(m, method, [o, name], null);
  }
  return undefined;
}

function classAttribute(m: Machine, o: PyClass, name: string): Value {
  const fromMeta = o.meta.builtin ? undefined : lookup(o.meta, name);
  if (fromMeta !== undefined && isDataDescriptor(fromMeta)) return bindAttribute(m, fromMeta, o, o.meta);
  switch (name) {
    case '__name__':
      return o.name;
    case '__qualname__':
      return o.qualifiedName;
    case '__module__':
      return o.module;
    case '__mro__':
      return new PyTuple(o.mro);
    case '__bases__':
      return new PyTuple(o.bases);
    case '__base__':
      return o.bases[0] ?? null;
    case '__class__':
      return o.meta;
    case '__dict__':
      return attributesDict(m, o);
    case '__doc__':
      return o.dict.get('__doc__') ?? null;
    default:
  }
  const home = definer(o, name);
  if (home) {
    const found = home.dict.get(name);
    if (!home.builtin && home.shared && isMutable(m, name)) {
      if (m.stopBefore(home)) return STOP;
      m.read(home, name, found);
    }
    if (found instanceof StaticMethod) return found.fn;
    if (found instanceof ClassMethod) return m.adopt(new BoundMethod(found.fn, o));
    if (found instanceof PyObject) {
      const get = lookup(found.cls, '__get__');
      if (get !== undefined) return callFunction(m, get, [found, null, o], null);
    }
    return found;
  }
  if (fromMeta !== undefined) return bindAttribute(m, fromMeta, o, o.meta);
  const inherited = lookup(o.meta, name);
  if (inherited !== undefined) return bindAttribute(m, inherited, o, o.meta);
  if (!o.meta.builtin) {
    const method = lookup(o.meta, '__getattr__');
    if (method !== undefined) return callFunction(m, method, [o, name], null);
  }
  return undefined;
}

function superAttribute(m: Machine, s: SuperObject, name: string): Value {
  const mro = s.start.mro;
  const at = mro.indexOf(s.cls);
  for (let i = at + 1; i < mro.length; i++) {
    const found = (mro[i] as PyClass).dict.get(name);
    if (found === undefined) continue;
    if (found instanceof StaticMethod) return found.fn;
    if (s.self instanceof PyClass && s.self === s.start) {
      if (found instanceof ClassMethod) return m.adopt(new BoundMethod(found.fn, s.self));
      return found;
    }
    return bindAttribute(m, found, s.self, s.start);
  }
  if (name === '__class__') return classOf(s);
  return undefined;
}

function opaqueAttribute(m: Machine, o: Opaque, name: string): Value {
  const modelled = modelPart(m, o, name);
  if (modelled !== undefined) return modelled;
  const up = whetherUp(m, o, name, false);
  if (up !== undefined) return up;
  if (o.shared && isMutable(m, name)) {
    if (m.stopBefore(o)) return STOP;
    m.read(o, name, o.parts.get(name));
  }
  return opaquePart(m, o, name, `${o.name}.${name}`);
}

/** Modules whose own code, or the machine, uses what a program would put in place of one of their names. */
const relied = /^(threading|_thread|asyncio|queue|concurrent|time|builtins|gc|signal|multiprocessing)(\.|$)/;

/** `sys.stderr = stream`, `threading.excepthook = f`. What the library itself would do otherwise then is not simulated. */
function replaceName(m: Machine, o: PyModule, name: string, v: Value): Value {
  const key = `${o.name}.${name}`;
  const isHook = key === 'threading.excepthook';
  const isAlone = m.processes.every((p) => p.id === 0 || p.done);
  if ((relied.test(o.name) && !isHook) || (isHook && !isAlone) || /^sys\.(settrace|setprofile|exit|modules)$/.test(key))
    throw new Unsupported(`setting ${key}`);
  if (stopsBeforeName(m, name)) return STOP;
  m.peeked = true;
  setName(m, o.name, name, v, ownAttribute(m, o, name));
  m.trail.mapSet(state(m).replaced, key, v);
  if (key === 'sys.stdout') m.trail.mapSet(state(m).singletons, 'stdout', v === o.values.get(name) ? null : v);
  return undefined;
}

function moduleAttribute(m: Machine, o: PyModule, name: string): Value {
  if (stopsBeforeName(m, name)) return STOP;
  const { replaced } = state(m);
  if (replaced.size > 0) {
    m.peeked = true;
    const own = replaced.get(`${o.name}.${name}`);
    if (own !== undefined) return nameNow(m, o.name, name, own);
  }
  return nameNow(m, o.name, name, ownAttribute(m, o, name));
}

/** What the module itself has under the name. */
function ownAttribute(m: Machine, o: PyModule, name: string): Value {
  const v = o.values.get(name);
  if (v !== undefined) return v;
  if (name === '__name__') return o.name;
  if (name === '__class__') return classOf(o);
  // Python itself imports collections.abc as it starts.
  if (o.name === 'collections' && name === 'abc') return libraryModule('collections.abc') ?? undefined;
  if (o.prelude !== null && !name.startsWith('__rr_')) {
    try {
      return preludeName(m, o.prelude, name);
    } catch (e) {
      if (e instanceof Raise) throw e;
      return undefined;
    }
  }
  return undefined;
}

function namespaceAttribute(m: Machine, o: Namespace, name: string): Value {
  if (name === '__name__') return moduleName(o);
  if (name === '__class__') return classOf(o);
  if (name === '__dict__') return attributesDict(m, o);
  const cell = o.cells.get(name);
  if (!cell || cell.value === UNBOUND) return undefined;
  if (!cell.constant && cell.shared) {
    if (m.mustStop()) return STOP;
    m.read(cell, 'value', cell.value);
  }
  return cell.value;
}

export function setAttr(m: Machine, o: Value, name: string, v: Value): Value {
  if (o instanceof PyObject) {
    if (o.cls.hasSetAttribute) {
      const method = lookup(o.cls, '__setattr__');
      if (method !== undefined && !(method instanceof Native)) return discard(m, callFunction(m, method, [o, name, v], null));
    }
    return setInstance(m, o, name, v);
  }
  if (o instanceof PyClass) {
    if (o.builtin) return typeError(m, `cannot set '${name}' attribute of immutable type '${o.name}'`);
    if (!o.meta.builtin) {
      const found = lookup(o.meta, name);
      if (found instanceof PyProperty && found.setter !== null) return discard(m, callFunction(m, found.setter, [o, v], null));
      const method = lookup(o.meta, '__setattr__');
      if (method !== undefined && !(method instanceof Native)) return discard(m, callFunction(m, method, [o, name, v], null));
    }
    return setClassAttribute(m, o, name, v);
  }
  if (o instanceof Namespace) {
    const cell = m.cellOf(o, name, false, UNBOUND);
    if (m.stopBefore(cell)) return STOP;
    m.write(cell, 'value', v, cell.value);
    m.escape(cell, v);
    m.trail.set(cell, 'value', v);
    return undefined;
  }
  if (o instanceof PyModule) return replaceName(m, o, name, v);
  if (o instanceof Closure) {
    if (m.stopBefore(o)) return STOP;
    m.write(o, name, v, o.attributes?.get(name));
    m.escape(o, v);
    if (!o.attributes) m.trail.set(o, 'attributes', new Map());
    m.trail.mapSet(o.attributes as Map<string, Value>, name, v);
    return undefined;
  }
  if (o instanceof Opaque) {
    if (o.model !== null) return assignModelPart(m, o, name, v);
    if (m.stopBefore(o)) return STOP;
    m.write(o, name, v, o.parts.get(name));
    m.escape(o, v);
    m.trail.mapSet(o.parts, name, v);
    return undefined;
  }
  if (o instanceof SuperObject && o.self instanceof PyObject) return setInstance(m, o.self, name, v);
  const cls = classOf(o);
  if (lookup(cls, name) !== undefined) return raise(m, 'AttributeError', `'${typeName(o)}' object attribute '${name}' is read-only`);
  return attributeError(m, o, name);
}

export function setClassAttribute(m: Machine, o: PyClass, name: string, v: Value): Value {
  if (o.shared && m.stopBefore(o)) return STOP;
  m.write(o, name, v, o.dict.get(name));
  m.escape(o, v);
  m.trail.mapSet(o.dict, name, v);
  if (name === '__getattribute__') m.trail.set(o, 'hasGetAttribute', true);
  if (name === '__setattr__') m.trail.set(o, 'hasSetAttribute', true);
  return undefined;
}

/** The result of a setter is dropped. */
export function discard(m: Machine, r: Value): Value {
  if (r === PUSHED) {
    m.discardResult();
    return PUSHED;
  }
  return r === STOP ? STOP : undefined;
}

/** object.__setattr__. */
export function setInstance(m: Machine, o: PyObject, name: string, v: Value): Value {
  const cls = o.cls;
  const found = lookup(cls, name);
  if (found instanceof PyProperty) {
    if (found.setter === null) return raise(m, 'AttributeError', `property '${name}' of '${cls.name}' object has no setter`);
    return discard(m, callFunction(m, found.setter, [o, v], null));
  }
  if (found instanceof NativeAttribute) {
    if (!found.set) return raise(m, 'AttributeError', `attribute '${name}' of '${cls.name}' objects is not writable`);
    return found.set(m, o, v);
  }
  if (found instanceof PyObject) {
    const set = lookup(found.cls, '__set__');
    if (set !== undefined) return discard(m, callFunction(m, set, [found, o, v], null));
  }
  if (name === '__dict__' && cls.slots === null) throw new Unsupported('putting another dict in place of `__dict__`');
  if (name === '__class__') {
    if (v instanceof PyClass) m.trail.set(o, 'cls', v);
    return undefined;
  }
  if (cls.slots !== null && !cls.slots.has(name)) return attributeError(m, o, name);
  if (cls.builtin && o.attrs === null && cls.layout !== 'object' && cls.layout !== 'exception') return attributeError(m, o, name);
  if (cls === objectClass) return attributeError(m, o, name);
  const before = o.attrs?.get(name);
  if (o.shared) {
    if (m.stopBefore(o)) return STOP;
    m.write(o, name, v, before);
    m.escape(o, v);
  }
  if (o.attrs === null) m.trail.set(o, 'attrs', new Map());
  m.trail.mapSet(o.attrs as Map<string, Value>, name, v);
  if (o.dict !== null) putAlone(m, o.dict, name, name, v);
  if (v instanceof HeapObject && v.label === null) v.label = name;
  return undefined;
}

export function delAttr(m: Machine, o: Value, name: string): Value {
  if (o instanceof PyObject) {
    const user = lookup(o.cls, '__delattr__');
    if (user !== undefined && !(user instanceof Native)) return discard(m, callFunction(m, user, [o, name], null));
    return delInstance(m, o, name);
  }
  if (o instanceof PyClass && !o.builtin) {
    if (m.stopBefore(o)) return STOP;
    const before = o.dict.get(name);
    if (before === undefined) return attributeError(m, o, name);
    m.remove(o, name, before);
    removeKey(m, o, 'dict', o.dict, name);
    return undefined;
  }
  if (o instanceof Closure && o.attributes?.has(name)) {
    removeKey(m, o, 'attributes', o.attributes, name);
    return undefined;
  }
  return attributeError(m, o, name);
}

export function delInstance(m: Machine, o: PyObject, name: string): Value {
  const found = lookup(o.cls, name);
  if (found instanceof PyProperty) {
    if (found.deleter === null) return raise(m, 'AttributeError', `property '${name}' of '${o.cls.name}' object has no deleter`);
    return discard(m, callFunction(m, found.deleter, [o], null));
  }
  if (found instanceof PyObject) {
    const del = lookup(found.cls, '__delete__');
    if (del !== undefined) return discard(m, callFunction(m, del, [found, o], null));
  }
  if (m.stopBefore(o)) return STOP;
  const before = o.attrs?.get(name);
  if (before === undefined || o.attrs === null) {
    m.read(o, name, undefined);
    return attributeError(m, o, name);
  }
  m.remove(o, name, before);
  removeKey(m, o, 'attrs', o.attrs, name);
  const entry = o.dict === null ? null : entryOf(o.dict.table, name);
  if (o.dict !== null && entry !== null) removeAlone(m, o.dict, entry);
  return undefined;
}

/** Maps are replaced rather than shrunk, so that undoing keeps their order. */
function removeKey<T extends object>(m: Machine, o: T, field: keyof T, map: Map<string, Value>, name: string): void {
  const copy = new Map(map);
  copy.delete(name);
  m.trail.set(o, field, copy as T[keyof T]);
}

export { functionClass };

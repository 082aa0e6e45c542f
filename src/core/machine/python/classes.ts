/** Making classes and instances: the order of bases (C3), `__init_subclass__`, `__set_name__`, metaclasses. */
import type { ClassShape } from '../compile-classes.ts';
import { Frame } from '../frame.ts';
import { Native, PUSHED, STOP, Unsupported, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Cell, Closure, Opaque, PyTuple, UNBOUND, type Value } from '../values.ts';
import { qualname } from './qualified-names.ts';
import { callFunction } from './calls.ts';
import { makeDictFrom } from './dicts.ts';
import { mayHaveConstructor } from './decorated.ts';
import { exceptionClass, raise, typeError } from './errors.ts';
import { fillFields } from './unknown-constructors.ts';
import { isAbstract } from './introspection.ts';
import { Box, ClassMethod, NativeMethod, PyClass, PyDict, PyObject, StaticMethod, type Layout } from './objects.ts';
import { callPrelude, preludeName } from './runtime.ts';
import { entriesOf } from './text.ts';
import { aliasClass, dictClass, isSubclass, lookup, objectClass, typeClass, typeName } from './types.ts';

/** C3 linearisation (Barrett et al. 1996), as CPython's mro_implementation; null when inconsistent. */
export function linearise(cls: PyClass, bases: readonly PyClass[]): PyClass[] | null {
  const sequences = [...bases.map((b) => [...b.mro]), [...bases]];
  const out = [cls];
  for (;;) {
    const left = sequences.filter((s) => s.length > 0);
    if (left.length === 0) return out;
    const next = left.map((s) => s[0] as PyClass).find((c) => !left.some((s) => s.indexOf(c) > 0));
    if (!next) return null;
    out.push(next);
    for (const s of sequences) if (s[0] === next) s.shift();
  }
}

function layoutOf(bases: readonly PyClass[]): { layout: Layout; allocate: PyClass['allocate'] } {
  for (const b of bases) if (b.layout !== 'object') return { layout: b.layout, allocate: b.allocate };
  return { layout: 'object', allocate: bases.find((b) => b.allocate !== null)?.allocate ?? null };
}

/** Names for a class body being executed live on its frame until the class is made. */
const bodies = new WeakMap<Frame, Map<string, Value>>();

export function bodyOf(m: Machine, frame: Frame): Map<string, Value> {
  let names = bodies.get(frame);
  if (!names) {
    names = new Map();
    bodies.set(frame, names);
  }
  void m;
  return names;
}

interface Making {
  shape: ClassShape;
  bases: PyClass[];
  originalBases: Value[];
  meta: PyClass;
  keywords: Map<string, Value>;
  frame: Frame;
}

/** `class C(bases, keywords): body`. PUSHED: the body runs, then the class is delivered. */
export function makeClass(m: Machine, shape: ClassShape, bases: Value[], keywords: Keywords, body: Value): Value {
  const resolved: PyClass[] = [];
  for (const b of bases) {
    const cls = b instanceof PyObject && b.cls === aliasClass ? b.attrs?.get('__origin__') : b;
    if (cls instanceof PyClass) {
      if (cls.name === 'Generic' && cls.module === 'typing' && resolved.includes(cls)) continue;
      resolved.push(cls);
    } else if (cls instanceof Opaque) {
      resolved.push(unknownBase(m, cls));
    } else if (cls instanceof Native) {
      if (cls.name === 'NamedTuple') return namedTupleClass(m, shape, body);
      // Calling one makes a plain dict.
      if (cls.name === 'TypedDict') return dictClass;
      throw new Unsupported(`a class that inherits from ${cls.name}`);
    } else return typeError(m, `bases must be types`);
  }
  const given = new Map(keywords ?? []);
  let meta: PyClass = typeClass;
  const named = given.get('metaclass');
  given.delete('metaclass');
  // What a metaclass whose base is not here makes of a class is not known: the class is taken as it is.
  if (named instanceof PyClass && named.mro.some((c) => c.unknown !== null))
    m.noteBound('unknown code', `what the metaclass ${named.name} does is not known`);
  else if (named instanceof PyClass) meta = named;
  for (const b of resolved) if (isSubclass(b.meta, meta)) meta = b.meta;
  if (!(body instanceof Closure)) return typeError(m, 'class body');
  const frame = new Frame(body.code, body, m.epoch);
  const names = new Map<string, Value>();
  bodies.set(frame, names);
  names.set('__module__', body.code.internal ? body.code.module.path.replace(/[<>]/g, '') : '__main__');
  names.set('__qualname__', nameOf(shape));
  const first = shape.cls.body?.body[0];
  if (first?.kind === 'expr' && first.value.kind === 'const' && first.value.value.type === 'string')
    names.set('__doc__', first.value.value.value);
  m.push(frame);
  const making: Making = {
    shape,
    bases: resolved.length === 0 ? [objectClass] : resolved,
    originalBases: bases,
    meta,
    keywords: given,
    frame,
  };
  return m.afterCall(bodyDone, new Box(making, bases));
}

function classCell(frame: Frame): Cell | null {
  const local = frame.code.locals.find((l) => l.name === '__class__');
  const cell = local ? frame.registers[local.register] : null;
  return cell instanceof Cell ? cell : null;
}

function bodyDone(m: Machine, _value: Value, data: Value): Value {
  const making = (data as Box<Making>).data;
  const names = bodies.get(making.frame) ?? new Map<string, Value>();
  const isEnumLike = making.meta.dict.has('__rr_enum__') || making.bases.some((b) => lookup(b.meta, '__rr_enum__') !== undefined);
  const custom = lookup(making.meta, '__new__');
  const init = lookup(making.meta, '__init__');
  if (
    !isEnumLike &&
    making.meta !== typeClass &&
    ((custom !== undefined && !(custom instanceof Native)) || (init !== undefined && !(init instanceof Native)))
  ) {
    const space = makeDictFrom(m, [...names]);
    return callPrelude(m, '__rr_make_class', [
      making.meta,
      making.shape.cls.name,
      new PyTuple(making.bases),
      space,
      makeDictFrom(m, [...making.keywords]),
      new Box(making.frame),
      custom instanceof Native || custom === undefined ? null : custom instanceof StaticMethod ? custom.fn : custom,
      init instanceof Native || init === undefined ? null : init,
    ]);
  }
  const cls = buildClass(m, making.shape.cls.name, making.bases, names, making.meta);
  cls.qualifiedName = nameOf(making.shape);
  return finishClass(m, cls, making.keywords, making.frame);
}

/** The class that stands for a base whose code is not here. */
function unknownBase(m: Machine, base: Opaque): PyClass {
  const template = preludeName(m, 'builtins', '__rr_UnknownBase');
  if (!(template instanceof PyClass)) throw new Unsupported(`inheriting from ${base.name}`);
  const cls = m.adopt(new PyClass(base.name.split('.').at(-1) ?? base.name, [objectClass], typeClass, template.layout, false));
  cls.allocate = template.allocate;
  // What is called an error is raised and caught.
  const parent = /(Error|Exception|Warning|Interrupt|Exit|Fault)$/.test(cls.name) ? exceptionClass('Exception') : null;
  if (parent !== null) {
    const made = m.adopt(new PyClass(cls.name, [parent], typeClass, parent.layout, false));
    made.allocate = parent.allocate;
    made.mro = [made, ...parent.mro];
    made.internal = true;
    made.unknown = base;
    m.noteBound('unknown code', unseen(base));
    return made;
  }
  cls.mro = [cls, objectClass];
  cls.internal = true;
  cls.unknown = base;
  for (const [k, v] of template.dict) cls.dict.set(k, v);
  m.noteBound('unknown code', unseen(base));
  return cls;
}

function unseen(base: Opaque): string {
  return `the code of ${base.name} is not here; it was taken not to touch the shared state`;
}

/** The class object itself, from the names its body bound. */
export function buildClass(m: Machine, name: string, bases: readonly PyClass[], names: ReadonlyMap<string, Value>, meta: PyClass): PyClass {
  for (const b of bases)
    if (b.name === 'bool' || b.name === 'NoneType' || b.name === 'function' || b.name === 'range')
      typeError(m, `type '${b.name}' is not an acceptable base type`);
  const { layout, allocate } = layoutOf(bases);
  const cls = m.adopt(new PyClass(name, bases, meta, layout, false));
  cls.allocate = allocate;
  const mro = linearise(cls, bases);
  if (!mro) {
    return typeError(m, `Cannot create a consistent method resolution\norder (MRO) for bases ${bases.map((b) => b.name).join(', ')}`);
  }
  cls.mro = mro;
  const module = names.get('__module__');
  if (typeof module === 'string') cls.module = module;
  for (const [k, v] of names) {
    if (k === '__qualname__') {
      if (typeof v === 'string') cls.qualifiedName = v;
      continue;
    }
    if (k === '__new__' && v instanceof Closure) cls.dict.set(k, m.adopt(new StaticMethod(v)));
    else if ((k === '__init_subclass__' || k === '__class_getitem__') && v instanceof Closure) cls.dict.set(k, m.adopt(new ClassMethod(v)));
    else cls.dict.set(k, v);
    if (v instanceof Closure && v.home === null) v.home = cls;
  }
  if (names.has('__eq__') && !names.has('__hash__')) cls.dict.set('__hash__', null);
  cls.hasGetAttribute = userDefines(cls, '__getattribute__');
  cls.hasSetAttribute = userDefines(cls, '__setattr__');
  cls.slots = slotsOf(cls, names);
  cls.isAbstract = abstractNames(cls).length > 0 && mro.some((c) => c.name === 'ABC' || c.meta.name === 'ABCMeta');
  for (const b of bases) if (!b.builtin) m.trail.push(b.subclasses, cls);
  return cls;
}

function userDefines(cls: PyClass, name: string): boolean {
  const v = lookup(cls, name);
  return v !== undefined && !(v instanceof Native);
}

function slotsOf(cls: PyClass, names: ReadonlyMap<string, Value>): ReadonlySet<string> | null {
  const own = names.get('__slots__');
  if (own === undefined) return null;
  const out = new Set<string>();
  const list =
    typeof own === 'string'
      ? [own]
      : typeof own === 'object' && own !== null && 'items' in own
        ? (own.items as Value[])
        : own instanceof PyDict
          ? entriesOf(own).map((e) => e.key)
          : [];
  for (const s of list)
    if (typeof s === 'string') out.add(s.startsWith('__') && !s.endsWith('__') ? `_${cls.name.replace(/^_+/, '')}${s}` : s);
  if (out.has('__dict__')) return null;
  for (const b of cls.mro.slice(1)) {
    if (b === objectClass) continue;
    if (b.slots === null) return null;
    for (const s of b.slots) out.add(s);
  }
  return out;
}

export function abstractNames(cls: PyClass): string[] {
  const names = new Set<string>();
  for (const c of cls.mro) for (const [k, v] of c.dict) if (isAbstract(v)) names.add(k);
  return [...names].filter((n) => isAbstract(lookup(cls, n))).sort();
}

/** `__class__` cell, `__set_name__` and `__init_subclass__`, then the class. */
export function finishClass(m: Machine, cls: PyClass, keywords: ReadonlyMap<string, Value>, frame: Frame | null): Value {
  const cell = frame ? classCell(frame) : null;
  if (cell) m.trail.set(cell, 'value', cls);
  const named: Value[] = [];
  for (const [k, v] of cls.dict) if (v instanceof PyObject && lookup(v.cls, '__set_name__') !== undefined) named.push(new PyTuple([v, k]));
  const superInit = lookupFrom(cls, '__init_subclass__');
  const enumLike = lookup(cls.meta, '__rr_enum__');
  const hook = superInit instanceof ClassMethod && !(superInit.fn instanceof Native) ? superInit.fn : null;
  if (named.length > 0 || hook !== null || keywords.size > 0 || enumLike !== undefined) {
    if (!hook && keywords.size > 0 && enumLike === undefined && cls.mro.every((c) => c.unknown === null))
      return typeError(m, `${cls.name}.__init_subclass__() takes no keyword arguments`);
    return callPrelude(m, '__rr_finish_class', [cls, new PyTuple(named), hook, makeDictFrom(m, [...keywords]), enumLike ?? null]);
  }
  return cls;
}

function lookupFrom(cls: PyClass, name: string): Value {
  for (const c of cls.mro.slice(1)) {
    const v = c.dict.get(name);
    if (v !== undefined) return v;
  }
  return undefined;
}

function namedTupleClass(m: Machine, shape: ClassShape, body: Value): Value {
  if (!(body instanceof Closure)) return typeError(m, 'class body');
  const frame = new Frame(body.code, body, m.epoch);
  bodies.set(frame, new Map());
  m.push(frame);
  return m.afterCall((mm, _v, data) => {
    const names = bodies.get((data as Box<Frame>).data) ?? new Map<string, Value>();
    return callPrelude(mm, '__rr_named_tuple', [shape.cls.name, makeDictFrom(mm, [...names])], 'collections');
  }, new Box(frame));
}

function nameOf(shape: ClassShape): string {
  return shape.cls.body ? qualname(shape.cls.body) : shape.cls.qualifiedName;
}

/** `C(args)`: `__new__`, then `__init__`. */
export function instantiate(m: Machine, cls: PyClass, args: readonly Value[], keywords: Keywords): Value {
  if (cls === typeClass && args.length === 1) return classOfArgument(m, args[0]);
  const custom = lookup(cls, '__new__');
  if (custom !== undefined && !(custom instanceof NativeMethod)) {
    const fn = custom instanceof StaticMethod ? custom.fn : custom;
    const r = callFunction(m, fn, [cls, ...args], keywords);
    const data = new Box({ cls, args, keywords }, args);
    if (r === PUSHED) return m.afterCall(initialiseIfInstance, data);
    return r === STOP ? r : initialiseIfInstance(m, r, data);
  }
  const o = allocate(m, cls, args, keywords);
  if (o === PUSHED || o === STOP) return o;
  return initialise(m, cls, o, args, keywords);
}

function classOfArgument(m: Machine, v: Value): Value {
  void m;
  return v instanceof PyObject ? v.cls : callClassOf(v);
}

import { classOf } from './types.ts';
function callClassOf(v: Value): Value {
  return classOf(v);
}

function initialiseIfInstance(m: Machine, o: Value, data: Value): Value {
  const { cls, args, keywords } = (data as Box<{ cls: PyClass; args: readonly Value[]; keywords: Keywords }>).data;
  if (!isSubclass(classOf(o), cls)) return o;
  return initialise(m, classOf(o), o, args, keywords);
}

export function allocate(m: Machine, cls: PyClass, args: readonly Value[], keywords: Keywords): Value {
  if (cls.isAbstract) {
    const names = abstractNames(cls);
    return typeError(
      m,
      `Can't instantiate abstract class ${cls.name} with abstract method${names.length === 1 ? '' : 's'} ${names.join(', ')}`,
    );
  }
  if (cls.allocate) return cls.allocate(m, cls, args, keywords);
  if (cls.builtin && cls !== objectClass && cls.layout !== 'object') return typeError(m, `cannot create '${cls.name}' instances`);
  return m.adopt(new PyObject(cls));
}

function initialise(m: Machine, cls: PyClass, o: Value, args: readonly Value[], keywords: Keywords): Value {
  const init = lookup(cls, '__init__');
  if ((init === undefined || init instanceof Native) && o instanceof PyObject && mayHaveConstructor(cls)) {
    fillFields(m, o, args, keywords);
    const after = lookup(cls, '__attrs_post_init__') ?? lookup(cls, '__post_init__');
    if (!(after instanceof Closure)) return o;
    const r = m.enter(after, [o], null, undefined);
    return r === PUSHED ? m.afterCall(giveInstance, o) : r;
  }
  if (init instanceof Closure) {
    const r = m.enter(init, [o, ...args], keywords, undefined);
    return r === PUSHED ? m.afterCall(giveInstance, o) : r;
  }
  if (init instanceof Native) {
    const r = init.fn(m, [o, ...args], keywords, undefined);
    if (r === PUSHED) return m.afterCall(giveInstance, o);
    return r === STOP ? STOP : o;
  }
  if (init !== undefined) {
    const r = callFunction(m, init, [o, ...args], keywords);
    if (r === PUSHED) return m.afterCall(giveInstance, o);
    return r === STOP ? STOP : o;
  }
  const custom = lookup(cls, '__new__');
  if ((args.length > 0 || (keywords?.size ?? 0) > 0) && cls.layout === 'object' && (custom === undefined || custom instanceof Native))
    return typeError(m, `${cls.name}() takes no arguments`);
  return o;
}

function giveInstance(m: Machine, value: Value, data: Value): Value {
  if (value !== null) return typeError(m, `__init__() should return None, not '${typeName(value)}'`);
  return data;
}

// ---- names of a class body -----------------------------------------------------------------------

export function setClassLocal(m: Machine, frame: Frame, name: string, v: Value): void {
  bodyOf(m, frame).set(name, v);
}

export function deleteClassLocal(m: Machine, frame: Frame, name: string): void {
  if (!bodyOf(m, frame).delete(name)) raise(m, 'NameError', `name '${name}' is not defined`);
}

export { UNBOUND };

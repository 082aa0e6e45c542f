/**
 * The built-in classes and the class of every value. One set for all machines: they never change.
 */
import { Native } from '../language.ts';
import {
  BoundMethod,
  Closure,
  Generator,
  type HeapObject,
  type Immutable,
  Namespace,
  Opaque,
  PyBytes,
  PyFloat,
  PyRange,
  PySlice,
  PyTuple,
  Singleton,
  type Value,
} from '../values.ts';
import {
  ClassMethod,
  DictView,
  PyClass,
  PyIterator,
  PyModule,
  PyObject,
  PyProperty,
  StaticMethod,
  SuperObject,
  type Layout,
} from './objects.ts';

export const typeClass = new PyClass('type', [], null, 'type', true);
export const objectClass = new PyClass('object', [], typeClass, 'object', true);
typeClass.mro = [typeClass, objectClass];

/** Every built-in class by name, for the built-in namespace. */
export const builtinClasses = new Map<string, PyClass>([
  ['object', objectClass],
  ['type', typeClass],
]);
const hidden = new Map<string, PyClass>();

export function makeBuiltin(name: string, layout: Layout = 'native', base: PyClass = objectClass, visible = true): PyClass {
  const cls = new PyClass(name, [base], typeClass, layout, true);
  cls.mro = [cls, ...base.mro];
  cls.allocate = base.allocate;
  (visible ? builtinClasses : hidden).set(name, cls);
  return cls;
}

export const intClass = makeBuiltin('int', 'int');
export const boolClass = makeBuiltin('bool', 'int', intClass);
export const floatClass = makeBuiltin('float', 'float');
export const complexClass = makeBuiltin('complex');
export const strClass = makeBuiltin('str', 'str');
export const bytesClass = makeBuiltin('bytes', 'bytes');
export const bytearrayClass = makeBuiltin('bytearray');
export const memoryviewClass = makeBuiltin('memoryview');
export const listClass = makeBuiltin('list', 'list');
export const tupleClass = makeBuiltin('tuple', 'tuple');
export const dictClass = makeBuiltin('dict', 'dict');
export const setClass = makeBuiltin('set', 'set');
export const frozensetClass = makeBuiltin('frozenset', 'frozenset');
export const rangeClass = makeBuiltin('range');
export const sliceClass = makeBuiltin('slice');
export const propertyClass = makeBuiltin('property');
export const staticmethodClass = makeBuiltin('staticmethod');
export const classmethodClass = makeBuiltin('classmethod');
export const superClass = makeBuiltin('super');
export const noneClass = makeBuiltin('NoneType', 'native', objectClass, false);
export const notImplementedClass = makeBuiltin('NotImplementedType', 'native', objectClass, false);
export const ellipsisClass = makeBuiltin('ellipsis', 'native', objectClass, false);
export const functionClass = makeBuiltin('function', 'native', objectClass, false);
export const builtinFunctionClass = makeBuiltin('builtin_function_or_method', 'native', objectClass, false);
export const methodClass = makeBuiltin('method', 'native', objectClass, false);
export const generatorClass = makeBuiltin('generator', 'native', objectClass, false);
export const coroutineClass = makeBuiltin('coroutine', 'native', objectClass, false);
export const asyncGeneratorClass = makeBuiltin('async_generator', 'native', objectClass, false);
export const moduleClass = makeBuiltin('module', 'native', objectClass, false);
export const iteratorClass = makeBuiltin('iterator', 'native', objectClass, false);
export const opaqueClass = makeBuiltin('opaque', 'native', objectClass, false);
export const dictKeysClass = makeBuiltin('dict_keys', 'native', objectClass, false);
export const dictValuesClass = makeBuiltin('dict_values', 'native', objectClass, false);
export const dictItemsClass = makeBuiltin('dict_items', 'native', objectClass, false);
export const dequeClass = makeBuiltin('deque', 'deque', objectClass, false);
dequeClass.module = 'collections';
export const defaultdictClass = makeBuiltin('defaultdict', 'dict', dictClass, false);
defaultdictClass.module = 'collections';
export const orderedDictClass = makeBuiltin('OrderedDict', 'dict', dictClass, false);
orderedDictClass.module = 'collections';
export const aliasClass = makeBuiltin('GenericAlias', 'native', objectClass, false);

const iteratorTypes = new Map<string, PyClass>();

function iteratorType(name: string): PyClass {
  let cls = iteratorTypes.get(name);
  if (!cls) {
    cls = makeBuiltin(name, 'native', iteratorClass, false);
    iteratorTypes.set(name, cls);
  }
  return cls;
}

/** The class of any value. */
export function classOf(v: Value): PyClass {
  switch (typeof v) {
    case 'number':
    case 'bigint':
      return intClass;
    case 'string':
      return strClass;
    case 'boolean':
      return boolClass;
    case 'undefined':
      return noneClass;
    default:
  }
  if (v === null) return noneClass;
  if (v instanceof PyObject) return v.cls;
  if (v instanceof PyFloat) return floatClass;
  if (v instanceof PyTuple) return tupleClass;
  if (v instanceof PyClass) return v.meta;
  if (v instanceof Closure) return functionClass;
  if (v instanceof Native) return builtinFunctionClass;
  if (v instanceof BoundMethod) return v.fn instanceof Native ? builtinFunctionClass : methodClass;
  if (v instanceof Generator)
    return v.type === 'generator' ? generatorClass : v.type === 'coroutine' ? coroutineClass : asyncGeneratorClass;
  if (v instanceof PyRange) return rangeClass;
  if (v instanceof PyBytes) return bytesClass;
  if (v instanceof PySlice) return sliceClass;
  if (v instanceof DictView) return v.type === 'dict_keys' ? dictKeysClass : v.type === 'dict_values' ? dictValuesClass : dictItemsClass;
  if (v instanceof Namespace || v instanceof PyModule) return moduleClass;
  if (v instanceof PyIterator) return iteratorType(v.type);
  if (v instanceof PyProperty) return propertyClass;
  if (v instanceof StaticMethod) return staticmethodClass;
  if (v instanceof ClassMethod) return classmethodClass;
  if (v instanceof SuperObject) return superClass;
  if (v instanceof Opaque) return opaqueClass;
  if (v instanceof Singleton)
    return v.type === 'ellipsis' ? ellipsisClass : v.type === 'NotImplementedType' ? notImplementedClass : objectClass;
  return objectClass;
}

/** Name of a value's type as error messages spell it. */
export function typeName(v: Value): string {
  if (v instanceof PyIterator) return v.type;
  const cls = classOf(v);
  // Classes of C code have the module in their name.
  if (cls.internal && cls.module === 'datetime') return `datetime.${cls.name}`;
  return cls === aliasClass ? 'types.GenericAlias' : cls.name;
}

export function isSubclass(cls: PyClass, base: PyClass): boolean {
  return cls === base || cls.mro.includes(base);
}

export function isInstance(v: Value, base: PyClass): boolean {
  return isSubclass(classOf(v), base);
}

/** What the class or one of its bases defines under a name. */
export function lookup(cls: PyClass, name: string): Value {
  const own = cls.dict.get(name);
  if (own !== undefined) return own;
  const mro = cls.mro;
  for (let i = 1; i < mro.length; i++) {
    const v = (mro[i] as PyClass).dict.get(name);
    if (v !== undefined) return v;
  }
  return undefined;
}

/** The class of the order that defines a name. */
export function definer(cls: PyClass, name: string): PyClass | null {
  for (const c of cls.mro) if (c.dict.has(name)) return c;
  return null;
}

/**
 * What the program's own classes define under a name; undefined when only a built-in does, whose
 * meaning the runtime knows.
 */
export function userMethod(v: Value, name: string): Value {
  if (!(v instanceof PyObject) && !(v instanceof PyClass)) return undefined;
  const cls = v instanceof PyObject ? v.cls : v.meta;
  if (cls.builtin) return undefined;
  for (const c of cls.mro) {
    const found = c.dict.get(name);
    if (found !== undefined) return c.builtin ? undefined : found;
  }
  return undefined;
}

export function isObjectValue(v: Value): v is HeapObject | Immutable {
  return typeof v === 'object' && v !== null;
}

/** Methods every object has by inheritance from `object` and `type`, for super() and explicit calls. */
import { Native, PUSHED, STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { BoundMethod, Closure, DONE, NOT_IMPLEMENTED, PyTuple, type HeapObject, type Value } from '../values.ts';
import { attributeError, delInstance, instanceAttribute, setClassAttribute, setInstance } from './attributes.ts';
import { typeCall } from './builtins.ts';
import { callFunction } from './calls.ts';
import { allocate, instantiate } from './classes.ts';
import { compare, contains, identical } from './compare.ts';
import { method } from './dicts.ts';
import { raise, typeError } from './errors.ts';
import { formatValue } from './format.ts';
import { iterate, next } from './iteration.ts';
import { newList } from './lists.ts';
import { ClassMethod, NativeAttribute, PyClass, PyDict, PyIterator, PyObject } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { address, reprOf, strOf } from './text.ts';
import { binary } from './arithmetic.ts';
import {
  boolClass,
  bytesClass,
  classOf,
  dequeClass,
  dictClass,
  dictItemsClass,
  dictKeysClass,
  dictValuesClass,
  floatClass,
  frozensetClass,
  functionClass,
  intClass,
  iteratorClass,
  listClass,
  methodClass,
  objectClass,
  rangeClass,
  setClass,
  strClass,
  tupleClass,
  typeClass,
  typeName,
} from './types.ts';
import { lookup } from './types.ts';

method(
  objectClass,
  '__init__',
  (m, args) => {
    const [o] = args;
    if (args.length > 1 && o instanceof PyObject && o.cls.layout === 'object') {
      const ownInit = lookup(o.cls, '__init__');
      const ownNew = lookup(o.cls, '__new__');
      if (ownInit instanceof Native && (ownNew === undefined || ownNew instanceof Native))
        return typeError(m, `${o.cls.name}() takes no arguments`);
      if (!(ownInit instanceof Native)) return typeError(m, 'object.__init__() takes exactly one argument (the instance to initialize)');
    }
    return null;
  },
  { pure: true },
);
method(
  objectClass,
  '__new__',
  (m, args, keywords) => {
    const cls = args[0];
    if (!(cls instanceof PyClass)) return typeError(m, 'object.__new__(X): X is not a type object');
    const init = lookup(cls, '__init__');
    if (args.length > 1 && cls.layout === 'object' && init instanceof Native)
      return typeError(m, 'object.__new__() takes exactly one argument (the type to instantiate)');
    return allocate(m, cls, cls.layout === 'object' ? [] : args.slice(1), keywords);
  },
  { pure: true },
);
method(
  objectClass,
  '__repr__',
  (m, args) => {
    const o = args[0];
    if (o instanceof PyObject && o.cls.layout === 'object')
      return `<${o.cls.module === 'builtins' ? '' : `${o.cls.module}.`}${o.cls.qualifiedName} object at ${address(o)}>`;
    return builtinRepr(m, o);
  },
  { pure: true },
);

/** repr ignoring a `__repr__` of the object's own class. */
function builtinRepr(m: Machine, o: Value): Value {
  if (o instanceof PyObject && !o.cls.builtin) {
    const base = o.cls.mro.find((c) => c.builtin) ?? objectClass;
    const copy = Object.create(Object.getPrototypeOf(o) as object, Object.getOwnPropertyDescriptors(o)) as PyObject;
    copy.cls = base;
    return reprOf(copy) ?? callPrelude(m, '__rr_repr_contents', [o]);
  }
  return reprOf(o) ?? `<${typeName(o)} object at ${address(o as HeapObject)}>`;
}
method(
  objectClass,
  '__str__',
  (m, args) => {
    const o = args[0];
    if (o instanceof PyObject) {
      const repr = lookup(o.cls, '__repr__');
      if (repr instanceof Closure) return callFunction(m, repr, [o], null);
      if (!o.cls.builtin) {
        const base = o.cls.mro.find((c) => c.builtin) ?? objectClass;
        const copy = Object.create(Object.getPrototypeOf(o) as object, Object.getOwnPropertyDescriptors(o)) as PyObject;
        copy.cls = base === objectClass ? o.cls : base;
        if (base !== objectClass) return strOf(copy) ?? callPrelude(m, '__rr_repr_contents', [o]);
      }
    }
    if (o instanceof PyObject && o.cls.layout === 'object')
      return `<${o.cls.module === 'builtins' ? '' : `${o.cls.module}.`}${o.cls.qualifiedName} object at ${address(o)}>`;
    return strOf(o) ?? callPrelude(m, '__rr_repr_contents', [o]);
  },
  { pure: true },
);
method(
  objectClass,
  '__format__',
  (m, args) =>
    args[1] === ''
      ? (strOf(args[0]) ?? callFunction(m, lookup(classOf(args[0]), '__str__'), [args[0]], null))
      : (formatValue(m, args[0], String(args[1])) ?? typeError(m, `unsupported format string passed to ${typeName(args[0])}.__format__`)),
  { pure: true },
);
method(objectClass, '__eq__', (_m, args) => (identical(args[0], args[1]) ? true : NOT_IMPLEMENTED), { pure: true });
method(
  objectClass,
  '__ne__',
  (m, args) => {
    const r = lookup(classOf(args[0]), '__eq__');
    if (r instanceof Closure) {
      const x = callFunction(m, r, [args[0], args[1]], null);
      return x === PUSHED ? m.afterCall((_m, v) => (v === NOT_IMPLEMENTED ? v : v !== true), null) : x === NOT_IMPLEMENTED ? x : x !== true;
    }
    return identical(args[0], args[1]) ? false : NOT_IMPLEMENTED;
  },
  { pure: true },
);
method(
  objectClass,
  '__hash__',
  (_m, args) => {
    const o = args[0];
    return typeof o === 'object' && o !== null && 'id' in o ? 0x7f0000000 + (o.id as number) : 0;
  },
  { pure: true },
);
method(
  objectClass,
  '__getattribute__',
  (m, args) => {
    const [o, name] = args;
    if (typeof name !== 'string') return typeError(m, 'attribute name must be string');
    if (!(o instanceof PyObject)) return m.ops.getAttr(m, o, name);
    const v = instanceAttribute(m, o, name, false);
    return v === undefined ? attributeError(m, o, name) : v;
  },
  { pure: true },
);
method(
  objectClass,
  '__setattr__',
  (m, args) => {
    const [o, name, v] = args;
    const r =
      o instanceof PyObject
        ? setInstance(m, o, String(name), v)
        : o instanceof PyClass
          ? setClassAttribute(m, o, String(name), v)
          : m.ops.setAttr(m, o, String(name), v);
    return r === undefined ? null : r;
  },
  { pure: true },
);
method(
  objectClass,
  '__delattr__',
  (m, args) => {
    const [o, name] = args;
    const r = o instanceof PyObject ? delInstance(m, o, String(name)) : m.ops.delAttr(m, o, String(name));
    return r === undefined ? null : r;
  },
  { pure: true },
);
objectClass.dict.set(
  '__init_subclass__',
  new ClassMethod(
    new Native(
      '__init_subclass__',
      (m, args, kw) => {
        if ((kw?.size ?? 0) > 0)
          return typeError(m, `${args[0] instanceof PyClass ? args[0].name : 'object'}.__init_subclass__() takes no keyword arguments`);
        return null;
      },
      { pure: true },
    ),
  ),
);
objectClass.dict.set(
  '__class__',
  new NativeAttribute(
    (_m, o) => classOf(o),
    (m, o, v) => {
      if (o instanceof PyObject && v instanceof PyClass) m.trail.set(o, 'cls', v);
      return undefined;
    },
  ),
);
method(objectClass, '__dir__', (m, args) => callFunction(m, m.ops.global(m, 'dir'), [args[0]], null), { pure: true });
method(objectClass, '__reduce__', (m) => raise(m, 'TypeError', 'cannot pickle object'), { pure: true });
for (const [name, op] of [
  ['__lt__', '<'],
  ['__le__', '<='],
  ['__gt__', '>'],
  ['__ge__', '>='],
] as const) {
  method(objectClass, name, () => NOT_IMPLEMENTED, { pure: true });
  for (const cls of [intClass, floatClass, strClass, listClass, tupleClass, setClass, frozensetClass, bytesClass, dequeClass]) {
    method(cls, name, (m, args) => (comparable(args[0], args[1]) ? compare(m, op, base(args[0]), base(args[1])) : NOT_IMPLEMENTED));
  }
}

/** The value without the class the program gave it. */
function base(v: Value): Value {
  return v instanceof PyObject && v.payload !== undefined ? v.payload : v;
}

function comparable(a: Value, b: Value): boolean {
  const x = classOf(base(a));
  const y = classOf(base(b));
  return x.layout === y.layout || (['int', 'float'].includes(x.layout) && ['int', 'float'].includes(y.layout));
}
for (const cls of [
  intClass,
  floatClass,
  strClass,
  listClass,
  tupleClass,
  setClass,
  frozensetClass,
  dictClass,
  bytesClass,
  dequeClass,
  boolClass,
]) {
  method(cls, '__eq__', (m, args) => (comparable(args[0], args[1]) ? builtinEquals(m, args[0], args[1], true) : NOT_IMPLEMENTED));
  method(cls, '__ne__', (m, args) => (comparable(args[0], args[1]) ? builtinEquals(m, args[0], args[1], false) : NOT_IMPLEMENTED));
}

function builtinEquals(m: Machine, a: Value, b: Value, wanted: boolean): Value {
  const strip = (v: Value): Value => {
    if (v instanceof PyObject && v.payload !== undefined) return v.payload;
    if (v instanceof PyObject && !v.cls.builtin) {
      const copy = Object.create(Object.getPrototypeOf(v) as object, Object.getOwnPropertyDescriptors(v)) as PyObject;
      copy.cls = v.cls.mro.find((c) => c.builtin) ?? objectClass;
      return copy;
    }
    return v;
  };
  return compare(m, wanted ? '==' : '!=', strip(a), strip(b));
}
for (const cls of [intClass, floatClass, strClass, tupleClass, frozensetClass, bytesClass]) {
  method(cls, '__hash__', (m, args) => callFunction(m, m.ops.global(m, 'hash'), [base(args[0])], null), { pure: true });
}
for (const [name, op] of [
  ['add', '+'],
  ['sub', '-'],
  ['mul', '*'],
  ['truediv', '/'],
  ['floordiv', '//'],
  ['mod', '%'],
  ['pow', '**'],
  ['and', '&'],
  ['or', '|'],
  ['xor', '^'],
  ['lshift', '<<'],
  ['rshift', '>>'],
] as const) {
  for (const cls of [intClass, floatClass, strClass, listClass, tupleClass, setClass, bytesClass]) {
    const applies =
      cls === intClass ||
      (cls === floatClass && !'& | ^ << >>'.includes(op)) ||
      (op === '+' && cls !== setClass) ||
      (op === '*' && cls !== setClass) ||
      (cls === strClass && op === '%') ||
      (cls === setClass && '-&|^'.includes(op));
    if (!applies) continue;
    method(cls, `__${name}__`, (m, args) => binary(m, op, base(args[0]), base(args[1])));
    if (cls === intClass || cls === floatClass) method(cls, `__r${name}__`, (m, args) => binary(m, op, base(args[1]), base(args[0])));
  }
}
method(intClass, '__neg__', (m, args) => binary(m, '-', 0, base(args[0])), { pure: true });
method(intClass, '__bool__', (_m, args) => Number(base(args[0])) !== 0, { pure: true });
for (const cls of [
  listClass,
  tupleClass,
  strClass,
  dictClass,
  setClass,
  frozensetClass,
  rangeClass,
  bytesClass,
  dequeClass,
  dictKeysClass,
  dictValuesClass,
  dictItemsClass,
]) {
  method(cls, '__iter__', (m, args) => iterateBase(m, args[0]), { pure: true });
  if (!cls.dict.has('__contains__')) method(cls, '__contains__', (m, args) => contains(m, args[1], base(args[0])));
}
method(listClass, '__reversed__', (m, args) => callFunction(m, m.ops.global(m, 'reversed'), [args[0]], null), { pure: true });
listClass.dict.set('__hash__', null);
dictClass.dict.set('__hash__', null);
setClass.dict.set('__hash__', null);
dequeClass.dict.set('__hash__', null);

/** The built-in iterator of an instance whose class may define `__iter__` itself. */
function iterateBase(m: Machine, v: Value): Value {
  if (v instanceof PyObject && !v.cls.builtin && v.payload === undefined) {
    const copy = Object.create(Object.getPrototypeOf(v) as object, Object.getOwnPropertyDescriptors(v)) as PyObject;
    copy.cls = v.cls.mro.find((c) => c.builtin) ?? objectClass;
    return iterate(m, copy);
  }
  return iterate(m, base(v));
}
method(iteratorClass, '__iter__', (_m, args) => args[0], { pure: true });
method(
  iteratorClass,
  '__next__',
  (m, args) => {
    const r = args[0] instanceof PyIterator ? next(m, args[0], null) : DONE;
    return r === DONE ? raise(m, 'StopIteration') : r;
  },
  { pure: true },
);
method(functionClass, '__call__', (m, args, kw) => callFunction(m, args[0], args.slice(1), kw), { pure: true });
method(
  functionClass,
  '__get__',
  (m, args) => (args[1] === null || args[1] === undefined ? args[0] : m.adopt(new BoundMethod(args[0], args[1]))),
  { pure: true },
);
method(methodClass, '__call__', (m, args, kw) => callFunction(m, args[0], args.slice(1), kw), { pure: true });

// ---- type ----------------------------------------------------------------------------------------

method(
  typeClass,
  '__call__',
  (m, args, kw) => {
    const cls = args[0];
    return cls instanceof PyClass ? instantiate(m, cls, args.slice(1), kw) : typeError(m, 'descriptor __call__ requires a type');
  },
  { pure: true },
);
method(typeClass, '__new__', (m, args) => typeCall(m, args.slice(1), args[0] as PyClass), { pure: true });
method(typeClass, '__init__', () => null, { pure: true });
method(typeClass, 'mro', (m, args) => newList(m, args[0] instanceof PyClass ? [...args[0].mro] : []), { pure: true });
method(typeClass, '__subclasses__', (m, args) => newList(m, args[0] instanceof PyClass ? [...args[0].subclasses] : []), { pure: true });
method(typeClass, '__instancecheck__', (_m, args) => args[0] instanceof PyClass && classOf(args[1]).mro.includes(args[0]), { pure: true });
method(
  typeClass,
  '__subclasscheck__',
  (_m, args) => args[0] instanceof PyClass && args[1] instanceof PyClass && args[1].mro.includes(args[0]),
  { pure: true },
);
typeClass.allocate = (m, cls, args) => {
  if (args.length === 1) return classOf(args[0]);
  return typeCall(m, args, cls);
};
export { PyDict, PyTuple, STOP };

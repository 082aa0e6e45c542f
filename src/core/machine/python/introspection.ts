/** `__dict__`, `__name__` and the other attributes functions, methods and generators have of themselves. */
import type { Machine } from '../machine.ts';
import { Native } from '../language.ts';
import { BoundMethod, Closure, Generator, Namespace, PyTuple, UNBOUND, type Value } from '../values.ts';
import { qualname } from './qualified-names.ts';
import { annotationsOf } from './annotations.ts';
import { getAttr } from './attributes.ts';
import { makeDictFrom } from './dicts.ts';
import { ClassMethod, NativeMethod, PyClass, type PyDict, PyObject, PyProperty, StaticMethod } from './objects.ts';
import { stateOfGenerator } from './generators.ts';
import { unmodelled } from './opaque.ts';
import { makeBuiltin, objectClass } from './types.ts';

export function docOf(closure: Closure): Value {
  const first = closure.code.fn.body[0];
  if (first?.kind === 'expr' && first.value.kind === 'const' && first.value.value.type === 'string') return first.value.value.value;
  return null;
}

/** undefined when it has none of that name. */
export function functionAttribute(m: Machine, o: Value, name: string): Value {
  if (o instanceof Closure) {
    const own = o.attributes?.get(name);
    if (own !== undefined) {
      return own;
    }
    switch (name) {
      case '__name__':
        return o.code.name;
      case '__qualname__':
        return qualname(o.code.fn);
      case '__module__':
        return o.code.internal ? o.code.module.path.replace(/[<>]/g, '') : '__main__';
      case '__doc__':
        return docOf(o);
      case '__defaults__': {
        const values = o.code.parameters.flatMap((p, i) => (p.kind !== 'keywordOnly' && p.hasDefault ? [o.defaults[i]] : []));
        return values.length === 0 ? null : new PyTuple(values);
      }
      case '__dict__':
        return owned(m, o, [...(o.attributes ?? [])]);
      case '__annotations__':
        return annotationsOf(m, o);
      case '__closure__':
        return o.free.length === 0 ? null : unmodelled(m, 'function', 'closure');
      case '__code__':
        return codeObject(m, o);
      case '__kwdefaults__': {
        const given = o.code.parameters.flatMap((p, i): [Value, Value][] =>
          p.kind === 'keywordOnly' && p.hasDefault ? [[p.name, o.defaults[i]]] : [],
        );
        return given.length === 0 ? null : makeDictFrom(m, given);
      }
      case '__get__':
        return undefined;
      default:
        return undefined;
    }
  }
  if (o instanceof BoundMethod) {
    if (name === '__self__') return o.self;
    if (name === '__func__') return o.fn;
    if (
      name === '__name__' ||
      name === '__qualname__' ||
      name === '__doc__' ||
      name === '__module__' ||
      (o.fn instanceof Closure && o.fn.attributes?.has(name) === true)
    )
      return getAttr(m, o.fn, name);
    return undefined;
  }
  if (o instanceof Native) {
    if (name === '__name__' || name === '__qualname__') return o.name;
    if (name === '__doc__') return null;
    if (name === '__module__') return 'builtins';
    return undefined;
  }
  if (o instanceof Generator) {
    if (name === '__name__' || name === '__qualname__') return name === '__name__' ? o.frame.code.name : qualname(o.frame.code.fn);
    return stateOfGenerator(o, name);
  }
  if (o instanceof StaticMethod || o instanceof ClassMethod) {
    if (name === '__func__' || name === '__wrapped__') return o.fn;
    if (name === '__isabstractmethod__') return isAbstract(o.fn);
    if (name === '__name__' || name === '__doc__' || name === '__qualname__') return getAttr(m, o.fn, name);
  }
  if (o instanceof PyProperty) {
    if (name === 'fget') return o.getter;
    if (name === 'fset') return o.setter;
    if (name === 'fdel') return o.deleter;
    if (name === '__isabstractmethod__') return isAbstract(o.getter);
    if (name === '__doc__') return o.getter instanceof Closure ? docOf(o.getter) : null;
  }
  return undefined;
}

const codeClass = makeBuiltin('code', 'object', objectClass, false);
/** `inspect.CO_VARARGS` and the other flags that tell what a function is. */
const flags = { rest: 4, keywordRest: 8, generator: 32, coroutine: 128, asyncGenerator: 512 };

function codeObject(m: Machine, f: Closure): Value {
  const { code } = f;
  const of = (...kinds: string[]): string[] => code.parameters.filter((p) => kinds.includes(p.kind)).map((p) => p.name);
  const parameters = [...of('positional', 'positionalOnly'), ...of('keywordOnly'), ...of('rest'), ...of('keywordRest')];
  const others = code.locals.map((l) => l.name).filter((n) => !parameters.includes(n) && n !== '__class__');
  const kind = code.isAsync ? (code.isGenerator ? flags.asyncGenerator : flags.coroutine) : code.isGenerator ? flags.generator : 0;
  const o = m.adopt(new PyObject(codeClass));
  o.attrs = new Map<string, Value>([
    ['co_name', code.name],
    ['co_qualname', qualname(code.fn)],
    ['co_filename', code.module.path],
    ['co_firstlineno', code.module.text.slice(0, code.fn.span.start).split('\n').length],
    ['co_argcount', of('positional', 'positionalOnly').length],
    ['co_posonlyargcount', of('positionalOnly').length],
    ['co_kwonlyargcount', of('keywordOnly').length],
    ['co_varnames', new PyTuple([...parameters, ...others])],
    ['co_nlocals', parameters.length + others.length],
    ['co_flags', 3 + (of('rest').length > 0 ? flags.rest : 0) + (of('keywordRest').length > 0 ? flags.keywordRest : 0) + kind],
    ['co_freevars', new PyTuple(code.freeSources.map((s) => s.name))],
  ]);
  return o;
}

export function isAbstract(v: Value): boolean {
  if (v instanceof Closure) return v.attributes?.get('__isabstractmethod__') === true;
  if (v instanceof StaticMethod || v instanceof ClassMethod) return isAbstract(v.fn);
  if (v instanceof PyProperty) return isAbstract(v.getter) || isAbstract(v.setter);
  return false;
}

/**
 * An object's `__dict__`: what is put into it is put into the object. Of an object that other threads reach
 * it is made anew each time, from what is there then; a class has a copy.
 */
export function attributesDict(m: Machine, o: PyObject | PyClass | Namespace): Value {
  if (o instanceof Namespace) {
    const names = [...o.cells].filter(([, c]) => c.value !== UNBOUND).map(([k, c]): [string, Value] => [k, c.value]);
    return owned(m, o, [['__name__', getAttr(m, o, '__name__')], ...names.filter(([k]) => k !== '__name__')]);
  }
  if (o instanceof PyClass)
    return makeDictFrom(
      m,
      [...o.dict].filter(([, v]) => !(v instanceof NativeMethod)),
    );
  if (o.dict !== null && !o.shared) return o.dict;
  if (o.shared) for (const [k, v] of o.attrs ?? []) m.read(o, k, v);
  const made = owned(m, o, [...(o.attrs ?? [])]);
  if (!o.shared) m.trail.set(o, 'dict', made);
  return made;
}

function owned(m: Machine, owner: PyObject | Closure | Namespace, pairs: readonly (readonly [Value, Value])[]): PyDict {
  const made = makeDictFrom(m, pairs);
  made.owner = owner;
  if (owner.shared) m.share(made);
  return made;
}

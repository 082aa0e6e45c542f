/** import statements and names nobody binds: built-ins, then what pasted code likely means. */
import { PUSHED, Unsupported } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Closure, Namespace, Opaque, PyTuple, UNBOUND, type Value } from '../values.ts';
import type { ImportRequest } from '../compile-imports.ts';
import { getAttr, find } from './attributes.ts';
import { builtins } from './builtins.ts';
import { raise } from './errors.ts';
import { defineModule, isLibraryPackage, libraryModule, likely, native } from './library.ts';
import { PyClass, PyList, PyModule } from './objects.ts';
import { currentName } from '../../program/python2.ts';
import { opaquePart, unknownModule, unmodelled } from './opaque.ts';
import { loadPrelude, preludeName } from './runtime.ts';
import { preludes } from './prelude/index.ts';

/** A module of the standard library: its natives and its prelude. */
export function findLibrary(m: Machine, name: string): Value | null {
  const known = libraryModule(name);
  if (known) {
    if (known.prelude !== null) loadPrelude(m, known.prelude);
    return known;
  }
  if (name in preludes && name !== 'builtins') return loadPrelude(m, name);
  if (isLibraryPackage(name)) return new PyModule(name, new Map(), null);
  return null;
}

export function importName(m: Machine, request: ImportRequest, module: Value): Value {
  if (module instanceof Opaque && hasOtherwise(m, request)) return raise(m, 'ImportError', `No module named '${request.module}'`);
  if (request.name === null) {
    if (module !== null && module !== undefined && request.topLevel && request.module.includes('.'))
      return topPackage(m, request.module, module);
    if (module !== null && module !== undefined) return module;
    return importModule(m, request.module, request.level);
  }
  if (request.name === '*') return importStar(m, module);
  if (module instanceof Opaque) {
    const sub = submodule(m, request);
    return sub ?? opaquePart(m, module, request.name, `${module.name}.${request.name}`);
  }
  const v = find(m, module, request.name);
  if (v !== undefined) return v;
  const sub = submodule(m, request);
  if (sub !== undefined && sub !== null) return sub;
  if (module instanceof PyModule) return unmodelled(m, module.name, request.name);
  return raise(m, 'ImportError', `cannot import name '${request.name}' from '${request.module}'`);
}

/** `__import__('a.b')` gives a, `importlib.import_module('a.b')` gives b. What is imported by an unknown name is unknown. */
function importByName(m: Machine, name: Value, isWhole: boolean): Value {
  if (typeof name !== 'string' || name.startsWith('.')) return unknownModule(m, `import_module(${m.ops.show(name)})`);
  const module = importModule(m, name, 0);
  if (module === PUSHED || !isWhole || !name.includes('.')) return module;
  return topPackage(m, name, module);
}
builtins.set(
  '__import__',
  native('__import__', (m, [name, , , from]) => importByName(m, name, !(from instanceof PyTuple || from instanceof PyList))),
);
defineModule('importlib', { import_module: native('import_module', (m, [name]) => importByName(m, name, false)) });
/** A module by its name, for `sys.modules`: the one that is running, one of the program's that was loaded, or a library's. */
builtins.set(
  '__rr_loaded_module',
  native(
    '__rr_loaded_module',
    (m, [name]) => {
      const own = outerModule(m);
      if (
        own &&
        (name === '__main__' ||
          own.name
            .replace(/\.pyi?$/, '')
            .split('/')
            .at(-1) === String(name))
      )
        return own;
      return libraryModule(String(name));
    },
    { pure: true },
  ),
);

/** The module of the program's code that called the library. */
function outerModule(m: Machine): Namespace | null {
  for (let f = m.fiber?.top ?? null; f; f = f.caller) if (!f.code.internal) return m.namespaceOf(f.code);
  return null;
}

/** The file has something of its own for the case that the module, which nobody can see into, is not there. */
function hasOtherwise(m: Machine, { name, otherwise }: ImportRequest): boolean {
  const top = m.fiber?.top;
  if (otherwise === null || !top) return false;
  const before = name === null ? undefined : m.namespaceOf(top.code).cells.get(name)?.value;
  if (before instanceof Closure || (before instanceof PyClass && !before.builtin)) return true;
  const isThere = ({ kind, module, level }: (typeof otherwise)[number]): boolean =>
    kind === 'defined' ||
    m.resolveImport(top.code.module, module, level) !== null ||
    (level === 0 && findLibrary(m, currentName(module)) !== null);
  return otherwise.some(isThere);
}

function submodule(m: Machine, request: ImportRequest): Value {
  const full = request.module === '' ? (request.name ?? '') : `${request.module}.${request.name ?? ''}`;
  const from = m.fiber?.top?.code.module;
  const own = from ? m.resolveImport(from, full, request.level) : null;
  if (own) return m.enterModule(own);
  return request.level === 0 ? (findLibrary(m, full) ?? undefined) : undefined;
}

function importModule(m: Machine, name: string, level: number): Value {
  const from = m.fiber?.top?.code.module;
  if (from && !m.fiber?.top?.code.internal) {
    const own = m.resolveImport(from, name, level);
    if (own) return m.enterModule(own);
  }
  if (level > 0) return unknownModule(m, name === '' ? '.' : name);
  if (name === '__future__') return unknownModule(m, name);
  return findLibrary(m, currentName(name)) ?? unknownModule(m, name);
}

/** `import a.b` binds a: an object through which a.b is reached. */
function topPackage(m: Machine, dotted: string, module: Value): Value {
  const first = dotted.split('.')[0] ?? dotted;
  if (module instanceof Opaque) return unknownModule(m, first);
  const top = findLibrary(m, first);
  if (top instanceof PyModule) {
    const values = new Map(top.values);
    values.set(dotted.slice(first.length + 1).split('.')[0] ?? '', findLibrary(m, dotted.split('.').slice(0, 2).join('.')) ?? module);
    return new PyModule(first, values, top.prelude);
  }
  if (top !== null) return top;
  if (module instanceof Namespace) {
    const values = new Map<string, Value>();
    const parts = dotted.split('.').slice(1);
    let inner: Value = module;
    for (const p of parts.slice(1).reverse()) inner = new PyModule(p, new Map([[p, inner]]), null);
    values.set(parts[0] ?? '', inner);
    return new PyModule(first, values, null);
  }
  return module;
}

function importStar(m: Machine, module: Value): Value {
  const top = m.fiber?.top;
  if (!top) return null;
  const ns = m.namespaceOf(top.code);
  const bindName = (k: string, v: Value): void => {
    const cell = m.cellOf(ns, k, false, UNBOUND);
    m.escape(cell, v);
    m.trail.set(cell, 'value', v);
  };
  if (module instanceof Namespace) {
    for (const [k, c] of module.cells) if (!k.startsWith('_') && c.value !== UNBOUND) bindName(k, c.value);
  } else if (module instanceof PyModule) {
    for (const [k, v] of module.values) if (!k.startsWith('_')) bindName(k, v);
    if (module.prelude !== null)
      for (const [k, c] of loadPrelude(m, module.prelude).cells) if (!k.startsWith('_') && c.value !== UNBOUND) bindName(k, c.value);
  } else if (module instanceof Opaque) m.noteBound('unknown code', `which names \`from ${module.name} import *\` binds is not known`);
  return null;
}

/** A name the module does not bind. */
export function globalName(m: Machine, name: string): Value {
  if (/^__(path|spec|package|loader|builtins|cached)__$/.test(name)) return unknownModule(m, name);
  // Private names inside a class of a prelude are mangled.
  const own = name.indexOf('__rr_');
  if (own > 0 && m.fiber?.top?.code.internal) name = name.slice(own);
  const v = builtins.get(name);
  if (v !== undefined) return v;
  if (name === '__name__') {
    const module = m.fiber?.top?.code.module;
    if (!module || module === m.mainModule) return '__main__';
    return (module.path.split('/').pop() ?? module.path).replace(/\.pyi?$/, '');
  }
  if (name === '__file__') return m.fiber?.top?.code.module.path ?? 'main.py';
  if (name === '__doc__' || name === '__spec__' || name === '__package__') return null;
  const top = m.fiber?.top;
  if (top?.code.internal || name.startsWith('__rr_')) {
    try {
      return preludeName(m, 'builtins', name);
    } catch (e) {
      if (!(e instanceof Unsupported)) throw e;
    }
  }
  const guess = likely.get(name);
  if (guess) {
    const [moduleName, attribute] = guess;
    const module = findLibrary(m, moduleName);
    if (module !== null && attribute !== '') {
      const value = attribute === null ? module : getAttr(m, module, attribute);
      m.assume(
        `\`${name}\` is not defined in this file; taken to be ${attribute === null ? `the module ${moduleName}` : `${moduleName}.${attribute}`}`,
      );
      return value;
    }
  }
  // A name this module binds, but not yet or no more.
  if (top?.code.module.globals.some((g) => g.name === name)) return raise(m, 'NameError', `name '${name}' is not defined`);
  // Real code gets such names from where we cannot see; only what Python 2 had is known to be missing.
  if (
    /^(unicode|xrange|raw_input|basestring|long|unichr|reduce|file|cmp|execfile|functionAt|concurrently)$/.test(name) ||
    /^_/.test(name) ||
    top?.code.internal
  )
    return raise(m, 'NameError', `name '${name}' is not defined`);
  m.assume(`\`${name}\` is not defined in this file; its value is taken to be unknown`);
  return unknownModule(m, name);
}

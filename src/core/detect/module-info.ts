/**
 * What one pass over a module tells before any function is walked: what names mean (imports, local
 * functions and classes), what types roots have, which methods classes have, who calls whom.
 */
import { currentName } from '../program/python2.ts';
import type { ClassDef, Expr, FunctionDef, Module, Ref, Target, Variable } from '../program/program.ts';
import type { Imported, Linked, Links } from './links.ts';
import type { ModelLanguage, ModelSet } from './models/model.ts';
import { isMadePath, pathType } from './paths.ts';
import { type Prototypes, prototypesIn } from './prototypes.ts';
import { visitFunction } from './visit.ts';

export interface TypeInfo {
  /** Name of a model type (`dict`, `Map`, `queue.Queue`, `lock`). */
  type: string | null;
  cls: ClassDef | null;
}

export interface ModuleInfo {
  module: Module;
  models: ModelSet;
  language: ModelLanguage;
  /** Empty for the file in question; for another of the workspace, what sets its names apart from those of others. */
  origin: string;
  /** The other files of the workspace, as far as this one was given any. */
  links: Links | null;
  /** Imports that resolve in the workspace, by the name or the variable they go by here. */
  imported: ReadonlyMap<string | Variable, Imported>;
  /** What an imported name stands for in another file of the workspace: `store` of `from shop.store import store`. */
  linked(ref: Ref): Linked | null;
  /** The same of a name in an imported module: `counter.registry`. */
  linkedIn(qualified: string): Linked | null;
  /** Qualified names of imported names: `sleep` → `time.sleep`. */
  imports: Map<string, string>;
  variableImports: Map<Variable, string>;
  globalFunctions: Map<string, FunctionDef>;
  /** Of a CommonJS module: `exports.unlock = unlock`, by the name it goes by there. */
  exportedFunctions: Map<string, FunctionDef>;
  globalClasses: Map<string, ClassDef>;
  localFunctions: Map<Variable, FunctionDef>;
  localClasses: Map<Variable, ClassDef>;
  constantGlobals: Map<string, boolean>;
  /** The function a variable is declared in. */
  declaredIn: Map<Variable, FunctionDef>;
  /** Functions other than the declaring one that assign the variable or are closures over it. */
  types: Map<string, TypeInfo>;
  variableTypes: Map<Variable, TypeInfo>;
  /** Methods by name, own and inherited inside the module. */
  method(cls: ClassDef, name: string): FunctionDef | null;
  /** The same of classes of whatever file, inherited from whatever file. */
  methodAnywhere(cls: ClassDef, name: string): FunctionDef | null;
  /** Name of the class as the owner of attributes: that of the topmost base in the module, or of its metaclass there. */
  ownerName(cls: ClassDef): string;
  /** `this` in functions that belong to no class: owner name by function. */
  objectOwners: Map<FunctionDef, string>;
  /** Classes written as constructor functions. */
  prototypes: Prototypes;
  /** First parameters of Python methods. */
  selves: Map<Variable, ClassDef>;
  text(span: { start: number; end: number }): string;
  /** The same of the program alone: what Python's docstrings and comments say is blank. */
  code(span: { start: number; end: number }): string;
  typeOf(e: Expr): TypeInfo | null;
  typeOfAnnotation(annotation: string | undefined): TypeInfo | null;
  /** `os.path.exists` for an expression that names something imported or built in. */
  qualified(e: Expr): string | null;
}

const builtinTypes: Record<string, string> = {
  dict: 'dict',
  Dict: 'dict',
  OrderedDict: 'dict',
  defaultdict: 'dict',
  Counter: 'dict',
  MutableMapping: 'dict',
  Mapping: 'dict',
  WeakValueDictionary: 'dict',
  list: 'list',
  List: 'list',
  deque: 'deque',
  Deque: 'deque',
  set: 'set',
  Set: 'set',
  Queue: 'queue.Queue',
  Lock: 'lock',
  RLock: 'lock',
  Condition: 'lock',
  Semaphore: 'lock',
  Event: 'event',
  Path: 'pathlib.Path',
};
const builtinTypesJs: Record<string, string> = {
  Map: 'Map',
  WeakMap: 'Map',
  Set: 'Set',
  WeakSet: 'Set',
  Array: 'Array',
  ReadonlyArray: 'Array',
  Record: 'Object',
  Mutex: 'Mutex',
  Semaphore: 'Mutex',
  AsyncLock: 'AsyncLock',
};

/** Functions that the module puts on its `exports` once, and may call from there. */
function exportedIn(module: Module, globalFunctions: ReadonlyMap<string, FunctionDef>): Map<string, FunctionDef> {
  const found = new Map<string, FunctionDef>();
  const again = new Set<string>();
  if (module.language === 'python' || !module.text.includes('exports.')) return found;
  const note = (target: Target, value: Expr): void => {
    if (target.kind !== 'attr' || !isExportsObject(target.object)) return;
    const fn = value.kind === 'function' ? value.fn : value.kind === 'name' ? globalFunctions.get(refName(value.ref)) : undefined;
    if (found.has(target.name)) again.add(target.name);
    if (fn !== undefined) found.set(target.name, fn);
  };
  for (const fn of module.functions)
    visitFunction(fn, {
      stmt(s) {
        if (s.kind === 'assign') for (const t of s.targets) note(t, s.value);
      },
      expr(e) {
        if (e.kind === 'assign') note(e.target, e.value);
      },
    });
  for (const name of again) found.delete(name);
  return found;
}

/** `exports`, `module.exports`. */
export function isExportsObject(e: Expr): boolean {
  if (e.kind === 'name') return refName(e.ref) === 'exports';
  return e.kind === 'attr' && e.name === 'exports' && e.object.kind === 'name' && refName(e.object.ref) === 'module';
}

/** `module.exports`, `exports.name`, `module.exports.name`. */
function isExports(target: Extract<Target, { kind: 'attr' }>): boolean {
  const { object } = target;
  if (object.kind === 'name') {
    const name = refName(object.ref);
    return name === 'exports' || (name === 'module' && target.name === 'exports');
  }
  return object.kind === 'attr' && object.name === 'exports' && object.object.kind === 'name' && refName(object.object.ref) === 'module';
}

export function moduleInfo(module: Module, models: ModelSet, links: Links | null = null): ModuleInfo {
  const language: ModelLanguage = module.language === 'python' ? 'python' : 'javascript';
  const origin = links?.originAt(module) ?? '';
  const imports = new Map<string, string>();
  const variableImports = new Map<Variable, string>();
  const globalFunctions = new Map<string, FunctionDef>();
  const globalClasses = new Map<string, ClassDef>();
  const localFunctions = new Map<Variable, FunctionDef>();
  const localClasses = new Map<Variable, ClassDef>();
  const types = new Map<string, TypeInfo>();
  const variableTypes = new Map<Variable, TypeInfo>();
  const objectOwners = new Map<FunctionDef, string>();
  const selves = new Map<Variable, ClassDef>();
  const declaredIn = new Map<Variable, FunctionDef>();
  const constantGlobals = new Map(module.globals.map((g) => [g.name, g.constant]));
  const methodCache = new Map<ClassDef, Map<string, FunctionDef>>();

  const imported = new Map<string | Variable, Imported>();
  const importedModules = new Map<string, Module>();
  const bindImport = (ref: Ref, name: string, from: Imported | null = null): void => {
    const current = language === 'python' ? currentName(name) : name;
    if (from !== null && ref.kind !== 'classLocal') imported.set(ref.kind === 'global' ? ref.name : ref.variable, from);
    if (from !== null && from.name === null) importedModules.set(current, from.module);
    if (ref.kind === 'global') imports.set(ref.name, current);
    else if (ref.kind === 'variable') variableImports.set(ref.variable, current);
  };

  for (const fn of module.functions) for (const v of fn.variables) declaredIn.set(v, fn);
  for (const fn of module.functions) {
    if (fn.owner === null || fn.kind === 'initializer') continue;
    if (language === 'python' && !isStaticMethod(fn)) {
      const first = fn.params[0];
      if (first?.target.kind === 'name' && first.target.ref.kind === 'variable') selves.set(first.target.ref.variable, fn.owner);
    }
    let table = methodCache.get(fn.owner);
    if (table === undefined) methodCache.set(fn.owner, (table = new Map<string, FunctionDef>()));
    table.set(fn.name, fn);
  }
  for (const cls of module.classes) {
    let table = methodCache.get(cls);
    if (table === undefined) methodCache.set(cls, (table = new Map<string, FunctionDef>()));
    for (const m of cls.members)
      if (m.fn !== null && m.name !== null && m.kind !== 'field' && m.kind !== 'staticBlock') table.set(m.name, m.fn);
  }

  // Imports and definitions first, since types refer to them.
  for (const fn of module.functions) {
    visitFunction(fn, {
      expr(e) {
        // `module.exports = class Broker { … }`
        if (fn.kind === 'module' && e.kind === 'assign' && e.target.kind === 'attr' && e.value.kind === 'class' && isExports(e.target))
          globalClasses.set(e.value.cls.name, e.value.cls);
      },
      stmt(s) {
        if (s.kind === 'import') {
          const prefix = '.'.repeat(s.level) + s.module;
          for (const n of s.names) {
            if (n.local?.kind !== 'name') continue;
            const name =
              n.imported === null
                ? n.topLevel
                  ? (prefix.split('.')[0] ?? prefix)
                  : prefix
                : n.imported === '*' || (n.imported === 'default' && language === 'javascript')
                  ? prefix
                  : `${prefix}.${n.imported}`;
            bindImport(n.local.ref, name, links?.ofImport(module, s, n) ?? null);
          }
        }
        if (s.kind === 'assign') {
          for (const t of s.targets) {
            if (t.kind === 'name') {
              if (s.value.kind === 'function') {
                if (t.ref.kind === 'global') globalFunctions.set(t.ref.name, s.value.fn);
                else if (t.ref.kind === 'variable') localFunctions.set(t.ref.variable, s.value.fn);
              } else if (s.value.kind === 'class') {
                if (t.ref.kind === 'global') globalClasses.set(t.ref.name, s.value.cls);
                else if (t.ref.kind === 'variable') localClasses.set(t.ref.variable, s.value.cls);
              }
              nameObjectMethods(s.value, t.ref, objectOwners);
            }
            const required = requiredModule(s.value);
            if (required !== null) {
              if (t.kind === 'name') bindImport(t.ref, required, links?.ofRequire(module, required) ?? null);
              if (t.kind === 'objectPattern') {
                for (const p of t.properties)
                  if ('name' in p.key && p.target.kind === 'name') {
                    const part = `${required}.${p.key.name}`;
                    bindImport(p.target.ref, part, links?.ofRequire(module, part) ?? null);
                  }
              }
            }
            if (t.kind === 'attr' && s.value.kind === 'function' && t.object.kind === 'name')
              objectOwners.set(s.value.fn, refName(t.object.ref));
          }
        }
      },
    });
  }

  const exportedFunctions = exportedIn(module, globalFunctions);
  const prototypes = prototypesIn(module);
  for (const [fn, { maker }] of prototypes.members) objectOwners.set(fn, maker);
  for (const [name, fn] of prototypes.makers) objectOwners.set(fn, name);

  const classOf = (e: Expr): ClassDef | null => {
    if (e.kind === 'attr') {
      const object = links === null ? null : info.qualified(e.object);
      return object === null ? null : (info.linkedIn(`${object}.${e.name}`)?.cls ?? null);
    }
    if (e.kind !== 'name') return null;
    const own =
      e.ref.kind === 'global' ? globalClasses.get(e.ref.name) : e.ref.kind === 'variable' ? localClasses.get(e.ref.variable) : undefined;
    return own ?? info.linked(e.ref)?.cls ?? null;
  };

  /** What `get_cache` of `Depends(get_cache)` gives, as it says. */
  const typeProvided = (by: Expr | undefined): TypeInfo | null => {
    if (by?.kind !== 'name' || by.ref.kind !== 'global') return null;
    const own = globalFunctions.get(by.ref.name);
    const { home, fn } = own === undefined ? (info.linked(by.ref) ?? { home: info }) : { home: info, fn: own };
    return home.typeOfAnnotation(fn?.returnAnnotation);
  };

  const basesOf = (cls: ClassDef): ClassDef[] => cls.bases.map(classOf).filter((c) => c !== null);

  /** The first base, in whatever file. */
  const parentOf = (cls: ClassDef): ClassDef | undefined => (methodCache.has(cls) ? basesOf(cls) : (links?.basesOf(cls) ?? []))[0];

  let code: string | null = null;
  const info: ModuleInfo = {
    module,
    models,
    language,
    origin,
    links,
    imported,
    linked(ref) {
      const from = ref.kind === 'classLocal' ? undefined : imported.get(ref.kind === 'global' ? ref.name : ref.variable);
      return from === undefined || from.name === null ? null : (links?.exported(from.module, from.name) ?? null);
    },
    linkedIn(qualified) {
      const dot = qualified.lastIndexOf('.');
      const from = importedModules.get(qualified.slice(0, dot));
      return from === undefined ? null : (links?.exported(from, qualified.slice(dot + 1)) ?? null);
    },
    imports,
    variableImports,
    globalFunctions,
    exportedFunctions,
    globalClasses,
    localFunctions,
    localClasses,
    constantGlobals,
    declaredIn,
    types,
    variableTypes,
    objectOwners,
    prototypes,
    selves,
    method(cls, name) {
      const found = info.methodAnywhere(cls, name);
      return found === null || links === null || links.homeOf(found) === info ? found : null;
    },
    methodAnywhere(cls, name) {
      let current: ClassDef | undefined = cls;
      for (let depth = 0; current !== undefined && depth < 10; depth++) {
        const found = (methodCache.get(current) ?? links?.methodsOf(current))?.get(name);
        if (found !== undefined) return found;
        current = parentOf(current);
      }
      return null;
    },
    ownerName(cls) {
      let current = cls;
      for (let depth = 0; depth < 10; depth++) {
        const base = parentOf(current);
        if (base === undefined || base === current) break;
        current = base;
      }
      // What a metaclass gives is the class's, and asked for by its methods.
      const meta = current.keywords.find((k) => k.name === 'metaclass')?.value;
      const giver = meta?.kind === 'name' && meta.ref.kind === 'global' ? globalClasses.get(meta.ref.name) : undefined;
      const named = giver ?? current;
      return `${methodCache.has(named) ? origin : (links?.originOf(named) ?? '')}${named.qualifiedName}`;
    },
    text: (span) => module.text.slice(span.start, span.end).trimStart(),
    code: (span) => (code ??= language === 'python' ? withoutProse(module) : module.text).slice(span.start, span.end),
    qualified(e) {
      if (e.kind === 'name') {
        if (e.ref.kind === 'variable') return variableImports.get(e.ref.variable) ?? null;
        const { name } = e.ref;
        const known = imports.get(name);
        if (known !== undefined) return known;
        return constantGlobals.has(name) ? null : name;
      }
      if (e.kind === 'attr') {
        const object = info.qualified(e.object);
        return object === null ? null : `${object}.${e.name}`;
      }
      return requiredModule(e);
    },
    typeOfAnnotation(annotation) {
      if (annotation === undefined) return null;
      const text = annotation
        .replace(/^[:\s'"]+/, '')
        .replace(/^(?:Optional|Promise|Awaitable|Final|ClassVar|Readonly|Annotated)\s*[[<]\s*/, '');
      if (language === 'javascript' && /\[\]\s*$/.test(annotation)) return { type: 'Array', cls: null };
      const name = /^[A-Za-z_$][\w$.]*/.exec(text)?.[0];
      if (name === undefined) return null;
      const last = name.split('.').pop() ?? name;
      const cls =
        globalClasses.get(name) ?? (imports.has(name) ? info.linked({ kind: 'global', name })?.cls : links?.ofType(module, name)) ?? null;
      if (cls !== null) return { type: null, cls };
      if (name.startsWith('asyncio.') && last === 'Queue') return { type: 'asyncio.Queue', cls: null };
      const table = language === 'python' ? builtinTypes : builtinTypesJs;
      const type = Object.hasOwn(table, last) ? (table[last] ?? null) : null;
      return type === null ? null : { type, cls: null };
    },
    typeOf(e) {
      if (language === 'python' && isMadePath(info, e)) return pathType;
      switch (e.kind) {
        case 'list':
          return { type: language === 'python' ? 'list' : 'Array', cls: null };
        case 'dict':
          return { type: 'dict', cls: null };
        case 'object':
          return { type: 'Object', cls: null };
        case 'set':
          return { type: 'set', cls: null };
        case 'comprehension':
          return { type: e.form === 'generator' ? null : e.form, cls: null };
        case 'const':
          return e.value.type === 'none' || e.value.type === 'null' || e.value.type === 'undefined'
            ? null
            : { type: e.value.type, cls: null };
        case 'await':
          return info.typeOf(e.value);
        case 'logical':
          return info.typeOf(e.right) ?? info.typeOf(e.left);
        case 'new':
        case 'call': {
          const cls = classOf(e.callee);
          if (cls !== null) return { type: null, cls };
          const name = info.qualified(e.callee);
          if (name === null) return null;
          if (name === 'fastapi.Depends') return typeProvided(e.args[0]?.value);
          if (language === 'python' && (name === 'dict' || name === 'list' || name === 'set')) return { type: name, cls: null };
          const creates = models.ofCall(language, name)?.creates;
          return creates === undefined ? null : { type: creates, cls: null };
        }
        default:
          return null;
      }
    },
  };

  // Before types are asked for: files may import each other.
  links?.adopt(info, methodCache, basesOf);

  const record = (t: Target, value: Expr | null, annotated: TypeInfo | null): void => {
    const type = annotated ?? (value === null ? null : info.typeOf(value));
    if (type === null) return;
    if (t.kind === 'name') {
      if (t.ref.kind === 'variable') {
        if (!variableTypes.has(t.ref.variable)) variableTypes.set(t.ref.variable, type);
      } else if (!types.has(`g:${t.ref.name}`)) types.set(`g:${t.ref.name}`, type);
    } else if (t.kind === 'attr') {
      const owner =
        t.object.kind === 'this'
          ? 'this'
          : t.object.kind === 'name' && t.object.ref.kind === 'variable'
            ? (selves.get(t.object.ref.variable) ?? null)
            : null;
      const key = owner === null || owner === 'this' ? null : `a:${info.ownerName(owner)}.${t.name}`;
      if (key !== null && !types.has(key)) types.set(key, type);
    }
  };
  for (const fn of module.functions) {
    const thisOwner = thisOwnerName(info, fn);
    for (const p of fn.params) record(p.target, p.default, info.typeOfAnnotation(p.annotation));
    visitFunction(fn, {
      stmt(s) {
        if (s.kind !== 'assign') return;
        for (const t of s.targets) {
          record(t, s.value, null);
          if (t.kind === 'attr' && t.object.kind === 'this' && thisOwner !== null) {
            const key = `a:${thisOwner}.${t.name}`;
            const type = info.typeOf(s.value);
            if (type !== null && !types.has(key)) types.set(key, type);
          }
          if (fn.kind === 'classBody' && t.kind === 'name' && t.ref.kind === 'classLocal') {
            const cls = module.classes.find((c) => c.body === fn);
            const type = info.typeOf(s.value);
            if (cls !== undefined && type !== null) types.set(`a:${info.ownerName(cls)}.${t.ref.name}`, type);
          }
        }
      },
      expr(e) {
        if (e.kind === 'assign' && e.target.kind === 'attr' && e.target.object.kind === 'this' && thisOwner !== null) {
          const key = `a:${thisOwner}.${e.target.name}`;
          const type = info.typeOf(e.value);
          if (type !== null && !types.has(key)) types.set(key, type);
        }
        if (e.kind === 'assign' || e.kind === 'logicalAssign') record(e.target, e.value, null);
      },
    });
  }
  keepsWhatIsGiven(info, selves);
  for (const cls of module.classes) {
    for (const m of cls.members) {
      if (m.kind !== 'field' || m.name === null) continue;
      const returned = m.fn?.body.find((s) => s.kind === 'return');
      const value = returned?.kind === 'return' ? returned.value : null;
      const type = info.typeOfAnnotation(m.annotation) ?? (value === null ? null : info.typeOf(value));
      if (type !== null) types.set(`a:${info.ownerName(cls)}.${m.name}`, type);
    }
  }
  return info;
}

/** `self.users = users`, where `users` is said to be an object of a class that is known: nothing else says what it is. */
function keepsWhatIsGiven(info: ModuleInfo, selves: ReadonlyMap<Variable, ClassDef>): void {
  for (const fn of info.module.functions) {
    const given = new Map<Variable, TypeInfo>();
    for (const { target, annotation } of fn.params) {
      const type =
        annotation === undefined || target.kind !== 'name' || target.ref.kind !== 'variable' ? null : info.typeOfAnnotation(annotation);
      if (type?.cls != null && target.kind === 'name' && target.ref.kind === 'variable') given.set(target.ref.variable, type);
    }
    if (given.size === 0) continue;
    const owner = thisOwnerName(info, fn);
    const note = (target: Target, value: Expr): void => {
      const type = value.kind === 'name' && value.ref.kind === 'variable' ? given.get(value.ref.variable) : undefined;
      if (type === undefined || target.kind !== 'attr') return;
      const { object } = target;
      const cls = object.kind === 'name' && object.ref.kind === 'variable' ? selves.get(object.ref.variable) : undefined;
      const of = object.kind === 'this' ? owner : cls === undefined ? null : info.ownerName(cls);
      const key = `a:${of ?? ''}.${target.name}`;
      if (of !== null && !info.types.has(key)) info.types.set(key, type);
    };
    visitFunction(fn, {
      stmt(s) {
        if (s.kind === 'assign') for (const t of s.targets) note(t, s.value);
      },
      expr(e) {
        if (e.kind === 'assign') note(e.target, e.value);
      },
    });
  }
}

export function isStaticMethod(fn: FunctionDef): boolean {
  return fn.isStatic;
}

export function refName(ref: Ref): string {
  return ref.kind === 'variable' ? ref.variable.name : ref.name;
}

/** The last name of what is called: `f` of `f()` and of `a.b.f()`; empty for anything else. */
export function calleeName({ callee }: { callee: Expr }): string {
  return callee.kind === 'attr' ? callee.name : callee.kind === 'name' ? refName(callee.ref) : '';
}

/** `require('x')` or `await import('x')`. */
function requiredModule(e: Expr): string | null {
  if (e.kind === 'await' && e.value.kind === 'importCall') return requiredModule(e.value);
  if (e.kind === 'attr') {
    const object = requiredModule(e.object);
    return object === null ? null : `${object}.${e.name}`;
  }
  const specifier =
    e.kind === 'importCall'
      ? e.specifier
      : e.kind === 'call' && e.callee.kind === 'name' && e.callee.ref.kind === 'global' && e.callee.ref.name === 'require'
        ? e.args[0]?.value
        : undefined;
  return specifier?.kind === 'const' && specifier.value.type === 'string' ? specifier.value.value : null;
}

/** Methods of an object literal bound to a name: their `this` goes by that name. */
function nameObjectMethods(value: Expr, ref: Ref, owners: Map<FunctionDef, string>): void {
  if (value.kind === 'function') {
    owners.set(value.fn, refName(ref));
    return;
  }
  if (value.kind !== 'object') return;
  for (const p of value.properties) {
    if (p.kind === 'spread') continue;
    if (p.kind === 'value') {
      if (p.value.kind === 'function') owners.set(p.value.fn, refName(ref));
    } else owners.set(p.fn, refName(ref));
  }
}

/** The name of a constructor function of a class that is written as one; null for any other function. */
export function makerName(info: ModuleInfo, fn: FunctionDef): string | null {
  const name = info.objectOwners.get(fn);
  return name !== undefined && info.prototypes.makers.get(name) === fn ? name : null;
}

/** Who `this` is in a function: arrows take it from around. */
export function thisOwnerName(info: ModuleInfo, fn: FunctionDef): string | null {
  let current: FunctionDef | null = fn;
  while (current !== null && (current.kind === 'arrow' || current.kind === 'comprehension' || current.kind === 'lambda'))
    current = current.parent;
  if (current === null || current.kind === 'module') return null;
  if (current.owner !== null) return info.ownerName(current.owner);
  return info.objectOwners.get(current) ?? `${info.origin}object@${String(current.parent?.id ?? 0)}`;
}

export function thisClass(fn: FunctionDef): ClassDef | null {
  let current: FunctionDef | null = fn;
  while (current !== null && (current.kind === 'arrow' || current.kind === 'comprehension' || current.kind === 'lambda'))
    current = current.parent;
  return current?.owner ?? null;
}

/** The module's text with docstrings and comments made blank, so that places stay what they were. */
function withoutProse(module: Module): string {
  const parts: string[] = [];
  let end = 0;
  const prose = module.functions
    .flatMap((fn) => fn.body.flatMap((s) => (s.kind === 'expr' && s.value.kind === 'const' ? [s.span] : [])))
    .sort((a, b) => a.start - b.start);
  for (const span of prose) {
    if (span.start < end) continue;
    parts.push(module.text.slice(end, span.start), ' '.repeat(span.end - span.start));
    end = span.end;
  }
  parts.push(module.text.slice(end));
  return parts.join('').replace(/(?<=^|\s)#[^\n]*/g, (comment) => ' '.repeat(comment.length));
}

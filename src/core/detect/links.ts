/**
 * What a file imports from other files of the workspace: the functions, classes and variables that its names stand for, and
 * what detection knows of the file each is in. Such a file is looked at only when something of it is asked for.
 */
import { importedModule } from '../program/imported-module.ts';
import type { ClassDef, Expr, FunctionDef, ImportName, Module, Program, Stmt } from '../program/program.ts';
import type { ModelSet } from './models/model.ts';
import { moduleInfo, type ModuleInfo, refName, type TypeInfo } from './module-info.ts';

/** An import that resolves: the file, and the name it exports; null: the file as a whole. */
export interface Imported {
  module: Module;
  name: string | null;
}

/** What a name stands for in the file that has it. One of `fn`, `cls` and `variable` is there. */
export interface Linked {
  home: ModuleInfo;
  fn?: FunctionDef;
  cls?: ClassDef;
  /** The name of a variable of that file. */
  variable?: string;
}

type Import = Extract<Stmt, { kind: 'import' }>;
type Methods = ReadonlyMap<string, FunctionDef>;

/** The name under which what `module.exports = …` is assigned is a variable of its file. */
const wholeExport = 'module.exports';
const mostReexports = 6;

export class Links {
  private program: Program;
  private readonly models: ModelSet;
  private readonly infos = new Map<Module, ModuleInfo>();
  private readonly classes = new Map<ClassDef, { module: Module; methods: Methods; bases: (cls: ClassDef) => ClassDef[] }>();
  private readonly functions = new Map<FunctionDef, ModuleInfo>();
  private readonly callers = new Map<FunctionDef, Set<FunctionDef>>();

  constructor(program: Program, models: ModelSet) {
    this.program = program;
    this.models = models;
  }

  /**
   * Goes on with the next version of the file in question, in which `gone` became `own`, one by one; the other files are the
   * same. Not where one of those has something of the file.
   */
  exchange(program: Program, gone: readonly FunctionDef[], own: readonly FunctionDef[]): boolean {
    const [before] = this.program.modules;
    const [module] = program.modules;
    if (before === undefined || module === undefined) return false;
    for (const info of this.infos.values())
      if (info.module !== before && [...info.imported.values()].some((i) => i.module === before)) return false;
    this.program = program;
    this.infos.delete(before);
    for (const f of gone) this.functions.delete(f);
    const replaced = new Map(gone.map((f, i) => [f, own[i] ?? f]));
    const callers = [...this.callers];
    this.callers.clear();
    // Whom the new ones call is noted when they are walked.
    for (const [fn, by] of callers) this.callers.set(replaced.get(fn) ?? fn, new Set([...by].filter((f) => !replaced.has(f))));
    moduleInfo(module, this.models, this);
    return true;
  }

  /** Empty for the file in question; sets the names of another apart. */
  originAt(module: Module): string {
    return module === this.program.modules[0] ? '' : `${module.path}:`;
  }

  infoOf(module: Module): ModuleInfo {
    const known = this.infos.get(module);
    if (known !== undefined) return known;
    return moduleInfo(module, this.models, this);
  }

  /** By what sets its names apart. */
  infoAt(origin: string): ModuleInfo | undefined {
    for (const info of this.infos.values()) if (info.origin === origin) return info;
    return undefined;
  }

  /** The file a function is in, of those that were looked at. */
  homeOf(fn: FunctionDef): ModuleInfo | undefined {
    return this.functions.get(fn);
  }

  /** Called by the walk: a function of this or another file is called. */
  noteCall(by: FunctionDef, fn: FunctionDef): void {
    const known = this.callers.get(fn);
    if (known === undefined) this.callers.set(fn, new Set([by]));
    else known.add(by);
  }

  /** Who calls it, at first hand or by way of others. */
  callersOf(fn: FunctionDef): ReadonlySet<FunctionDef> {
    const found = new Set([fn]);
    for (const f of found) for (const by of this.callers.get(f) ?? []) found.add(by);
    found.delete(fn);
    return found;
  }

  /** What is known of a root by its key, in whatever file it is said: types of attributes. */
  typeOf(key: string): TypeInfo | null {
    for (const info of this.infos.values()) {
      const type = info.types.get(key);
      if (type !== undefined) return type;
    }
    return null;
  }

  /** Called by `moduleInfo`: a file's functions, and its classes with what they have and inherit. */
  adopt(info: ModuleInfo, methods: ReadonlyMap<ClassDef, Methods>, bases: (cls: ClassDef) => ClassDef[]): void {
    const { module } = info;
    this.infos.set(module, info);
    for (const fn of module.functions) this.functions.set(fn, info);
    for (const [cls, own] of methods) this.classes.set(cls, { module, methods: own, bases });
  }

  methodsOf(cls: ClassDef): Methods | undefined {
    return this.classes.get(cls)?.methods;
  }

  basesOf(cls: ClassDef): readonly ClassDef[] {
    return this.classes.get(cls)?.bases(cls) ?? [];
  }

  /** The file a class is in, of those that were looked at. */
  homeOfClass(cls: ClassDef): ModuleInfo | undefined {
    const module = this.classes.get(cls)?.module;
    return module === undefined ? undefined : this.infos.get(module);
  }

  originOf(cls: ClassDef): string {
    const known = this.classes.get(cls);
    return known === undefined ? '' : this.originAt(known.module);
  }

  /** `import a.b`, `from .a import b`, `import { b } from './a'`. */
  ofImport(from: Module, s: Import, n: ImportName): Imported | null {
    const at = (specifier: string): Module | null => importedModule(this.program, from, specifier, s.level);
    if (from.language !== 'python') {
      const module = at(s.module);
      if (module === null) return null;
      // `import state from './state'`, which exports several things in the manner of CommonJS.
      const isWhole = n.imported === '*' || (n.imported === 'default' && !exportsDefault(module));
      return { module, name: isWhole ? null : n.imported };
    }
    if (n.imported === '*') return null;
    if (n.imported === null) {
      const module = at(n.topLevel ? (s.module.split('.')[0] ?? s.module) : s.module);
      return module === null ? null : { module, name: null };
    }
    const module = s.module === '' ? null : at(s.module);
    if (module?.globals.some((g) => g.name === n.imported) === true) return { module, name: n.imported };
    const inside = at(s.module === '' ? n.imported : `${s.module}.${n.imported}`);
    return inside === null ? null : { module: inside, name: null };
  }

  /** The class that a name imported for its type alone stands for. */
  ofType(from: Module, local: string): ClassDef | null {
    const found = from.typeImports?.find((t) => t.local === local);
    const module = found === undefined ? null : importedModule(this.program, from, found.module, 0);
    return found === undefined || module === null ? null : (this.exported(module, found.imported)?.cls ?? null);
  }

  /** `require('./a')`, `require('./a').b`. */
  ofRequire(from: Module, qualified: string): Imported | null {
    const whole = importedModule(this.program, from, qualified, 0);
    if (whole !== null) return { module: whole, name: isReplaced(whole) ? 'default' : null };
    const dot = qualified.lastIndexOf('.');
    const module = dot <= 0 ? null : importedModule(this.program, from, qualified.slice(0, dot), 0);
    return module === null ? null : { module, name: qualified.slice(dot + 1) };
  }

  /** The type of a variable of another file. */
  typeOfVariable({ home, variable = '' }: Linked): TypeInfo | null {
    const made = variable === wholeExport ? replacement(home.module) : null;
    return made === null ? (home.types.get(`g:${variable}`) ?? null) : home.typeOf(made);
  }

  /** What a file exports by a name. */
  exported(module: Module, name: string, depth = 0): Linked | null {
    if (depth > mostReexports) return null;
    const home = this.infoOf(module);
    const local = module.language === 'python' ? name : module.exports.find((x) => x.exported === name)?.local;
    if (local === undefined) {
      const fn = home.exportedFunctions.get(name);
      if (fn !== undefined) return { home, fn };
      if (name === 'default' && isReplaced(module)) return { home, variable: wholeExport };
      for (const x of module.exports) {
        const from = x.exported === '*' ? home.imported.get(x.local) : undefined;
        const found = from === undefined || from.module === module ? null : this.exported(from.module, name, depth + 1);
        if (found !== null) return found;
      }
      return null;
    }
    const fn = home.globalFunctions.get(local);
    if (fn !== undefined) return { home, fn };
    const cls = home.globalClasses.get(local);
    if (cls !== undefined) return { home, cls };
    const from = home.imported.get(local);
    if (from?.name != null) return this.exported(from.module, from.name, depth + 1);
    return home.constantGlobals.has(local) ? { home, variable: local } : null;
  }
}

/** The name by which other files get a class, null for none. */
export function exportedAs({ module }: ModuleInfo, cls: ClassDef): string | null {
  if (module.language === 'python') return module.globals.some((g) => g.name === cls.name) ? cls.name : null;
  return module.exports.find((x) => x.local === cls.name)?.exported ?? null;
}

/** `module.exports = new Store()`, `module.exports = Store`: what is exported is not an object of several things. */
function isReplaced(module: Module): boolean {
  return replacement(module) !== null || (exportsDefault(module) && /\bmodule\.exports\s*=|^export\s*=/m.test(module.text));
}

function exportsDefault(module: Module): boolean {
  return module.exports.some((x) => x.exported === 'default') || replacement(module) !== null;
}

/** What is made where it is exported. */
function replacement(module: Module): Expr | null {
  for (const s of module.body.body) {
    const [target, value] =
      s.kind === 'expr' && s.value.kind === 'assign'
        ? [s.value.target, s.value.value]
        : s.kind === 'assign'
          ? [s.targets[0], s.value]
          : [undefined, null];
    if (target?.kind === 'attr' && target.name === 'exports' && target.object.kind === 'name' && refName(target.object.ref) === 'module')
      return value?.kind === 'new' || value?.kind === 'call' ? value : null;
  }
  return null;
}

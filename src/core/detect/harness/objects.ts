/** Making the object under test: constructor arguments, and the state a check needs to pass. */
import type { ClassDef, Expr, FunctionDef, Span, Stmt } from '../../program/program.ts';
import type { Candidate } from '../candidate.ts';
import { exportedAs } from '../links.ts';
import { type ModuleInfo, refName } from '../module-info.ts';
import { statementsOf, visitFunction } from '../visit.ts';
import { type Known, usesOf, valuesFor } from './values.ts';

export function constructorOf(info: ModuleInfo, cls: ClassDef): FunctionDef | null {
  return (
    info.module.functions.find((f) => f.owner === cls && (f.kind === 'constructor' || f.name === '__init__')) ??
    (info.language === 'python' ? info.method(cls, '__init__') : null)
  );
}

const limitName =
  /^(limit|capacity|threshold|pool_?size|slots|permits|quota|max_?(size|items|entries|conn\w*|clients|players|users|concurren\w*|pending|in_?flight|workers|jobs|tasks|open|active|sessions|slots|seats))$/i;

interface Made {
  text: string;
  setup: string[];
}

/**
 * `target.Bank(100)` and its setup; null when it cannot be made from outside. `isFull`: with what may be left out, too.
 * `switches`: values of parameters that may be left out, by their names.
 */
export function construct(
  info: ModuleInfo,
  cls: ClassDef,
  depth = 0,
  isFull = false,
  switches: ReadonlyMap<string, string> = new Map(),
): Made | null {
  if (depth > 2) return null;
  const home = info.links?.homeOfClass(cls) ?? info;
  const made = constructHere(home, cls, depth, isFull, switches);
  return home === info ? made : abroad(info, home, cls, made);
}

/** The same of a class of another file, which the driver imports by itself. `made`: as that file's own driver would. */
function abroad(info: ModuleInfo, home: ModuleInfo, cls: ClassDef, made: Made | null): Made | null {
  const file = fileImport(info, home);
  if (file === null || made === null || exportedAs(home, cls) !== cls.name) return null;
  const there = (line: string): string => line.replaceAll('target.', `${file.name}.`);
  return { text: there(made.text), setup: [file.line, ...made.setup.map(there)] };
}

/** How a driver imports another file: `import * as storeModule from './store';`, `import shop.store as store_module`. */
function fileImport({ module: from, language }: ModuleInfo, { module }: ModuleInfo): { name: string; line: string } | null {
  const folder = from.path.split('/').slice(0, -1);
  const parts = module.path.replace(/\.(pyi?|[cm]?[jt]sx?)$/, '').split('/');
  const words = (parts.at(-1) === 'index' || parts.at(-1) === '__init__' ? parts.slice(-2, -1) : parts.slice(-1)).join('').split(/\W+/);
  if (language === 'python') {
    if (parts.at(-1) === '__init__') parts.pop();
    const named = parts.slice(parts.findLastIndex((p) => !/^[A-Za-z_]\w*$/.test(p)) + 1).slice(-4);
    const name = `${words.join('_')}_module`;
    return named.length === 0 ? null : { name, line: `import ${named.join('.')} as ${name}` };
  }
  let common = 0;
  while (common < folder.length && folder[common] === parts[common]) common++;
  const up = folder.slice(common).map(() => '..');
  const name = `${words.map((w, i) => (i === 0 ? w : w.slice(0, 1).toUpperCase() + w.slice(1))).join('')}Module`;
  const specifier = [...(up.length === 0 ? ['.'] : up), ...parts.slice(common)].join('/');
  return /^[A-Za-z_$]/.test(name) ? { name, line: `import * as ${name} from '${specifier}';` } : null;
}

function constructHere(
  info: ModuleInfo,
  cls: ClassDef,
  depth: number,
  isFull: boolean,
  switches: ReadonlyMap<string, string>,
): Made | null {
  if (info.globalClasses.get(cls.name) !== cls) return null;
  const py = info.language === 'python';
  const fn = constructorOf(info, cls) ?? (py ? info.methodAnywhere(cls, '__init__') : null);
  // What it asks for is said in the file it is in.
  const there = (fn === null ? undefined : info.links?.homeOf(fn)) ?? info;
  const setup: string[] = [];
  const args: string[] = [];
  if (fn !== null) {
    const required = requiredByCode(there, fn);
    let positional = 0;
    for (const use of usesOf(there, fn)) {
      const { param } = use;
      // One of those that there may be any number of.
      if (!py && param.kind === 'rest' && param.name !== 'args') args.push(`opaque('${param.name}')`);
      if (param.kind === 'rest' || param.kind === 'keywordRest') continue;
      const isRequired = required.has(param.name) && param.default !== null;
      const switched = switches.get(param.name);
      if (switched !== undefined) {
        args.push(`${param.name}=${switched}`);
        continue;
      }
      if (py && limitName.test(param.name) && param.default !== null && /^([2-9]|\d{2,})$/.test(there.text(param.default.span))) {
        // A limit that two callers can reach.
        args.push(`${param.name}=1`);
        continue;
      }
      if ((param.default !== null && !isRequired) || /\?\s*:/.test(there.text(param.span))) {
        // Unknown options: a limit in them may be as low as one.
        const limits = new RegExp(`\\b${param.name}\\??\\.(max\\w*|limit|size|capacity|concurrency|pool\\w*|slots)\\b`);
        if (!py && /^(opts?|options|config|settings|params)$/.test(param.name) && limits.test(there.text(fn.span)))
          args.push(`opaque('${param.name}')`);
        else if (isFull) {
          const given = optionalValue(there, param);
          if (given !== null && (py || positional === args.length)) args.push(py ? `${param.name}=${given}` : given);
        }
        positional++;
        continue;
      }
      let text: string;
      const { name } = param;
      const isNumber = param.annotation === undefined || /^\W*(number|int|float|bigint|Decimal|any|Any)\b/.test(param.annotation);
      if (isNumber && /^(capacity|max\w*|limit|size|pool_?size|slots|concurrency|workers|permits|quota)$/i.test(name)) text = '1';
      else if (isNumber && /^(balance|amount|initial\w*|stock|funds|credits?|budget|total|start|inventory|quantity|tokens)$/i.test(name))
        text = '100';
      else {
        const makeObject = (inner: ClassDef): string | null => {
          const made = construct(info, inner, depth + 1);
          setup.push(...(made?.setup ?? []));
          return made?.text ?? null;
        };
        const values = valuesFor(there, use, new Map(), makeObject, new Map());
        [text] = values.texts;
        // Which parts are given decides what there is from the start: they are taken to be there until that is doubted.
        const isLiteral = !py && values.setup.some((line) => line.startsWith(`const ${text} = {`));
        if (isLiteral) text = `opaque('${name}')`;
        else setup.push(...values.setup);
        // An unknown collaborator, not a string.
        if (
          /^'first /.test(text) &&
          (param.annotation === undefined || /^(?:[A-Z]|any\b|unknown\b|object\b)/.test(param.annotation.trim()))
        )
          text = `opaque('${name}')`;
        if (!py && !isFull) text = withoutOptional(there, param, text);
      }
      args.push(param.kind === 'keywordOnly' || (isRequired && py) ? `${name}=${text}` : text);
      positional++;
    }
  } else if (py && cls.decorators.some((d) => /dataclass|attr\.s|define/.test(info.text(d.span)))) {
    args.push(...dataclassArguments(info, cls));
  }
  const missing = abstractMethods(info, cls);
  if (missing.length === 0) return { text: `${py ? '' : 'new '}target.${cls.name}(${args.join(', ')})`, setup };
  // What subclasses elsewhere do is not known.
  const name = `Some${cls.name.replace(/^_+/, '')}`;
  const member = (m: string): string => {
    if (!py) return `  ${m} = opaque('${m}');`;
    return doesSomething(info, cls, m)
      ? `    def ${m}(self, *args, **kwargs):\n        return super().${m}(*args, **kwargs)`
      : `    ${m} = opaque('${m}')`;
  };
  const members = missing.map(member);
  setup.push(
    (py ? [`class ${name}(target.${cls.name}):`, ...members] : [`class ${name} extends target.${cls.name} {`, ...members, '}']).join('\n'),
  );
  return { text: `${py ? '' : 'new '}${name}(${args.join(', ')})`, setup };
}

/**
 * Options of a Python constructor that are kept as they are (`self.single = single`) and without which nobody comes
 * from the check to the act, by the default: what to give for them.
 */
export function switchesFor(info: ModuleInfo, cls: ClassDef, candidate: Candidate): Map<string, string> {
  const out = new Map<string, string>();
  const fn = constructorOf(info, cls);
  if (fn === null || info.language !== 'python') return out;
  const tests: string[] = [];
  visitFunction(candidate.fn, {
    stmt(s) {
      if (s.kind !== 'if') return;
      const isAround = s.span.start <= candidate.act.start && candidate.act.end <= s.span.end;
      const isThen = s.then.some((b) => b.span.start <= candidate.act.start && candidate.act.end <= b.span.end);
      if (isAround && isThen) tests.push(info.text(s.test.span));
    },
  });
  const parts = tests.filter((t) => !/\bor\b/.test(t)).flatMap((t) => t.split(/\band\b/).map((part) => part.trim()));
  for (const { name, default: value } of fn.params) {
    const byDefault = value === null ? '' : info.text(value.span);
    if (byDefault !== 'True' && byDefault !== 'False') continue;
    const [, kept] = new RegExp(`\\bself\\.(\\w+)(?:\\s*:[^=\\n]+)?\\s*=\\s*${name}\\s*$`, 'm').exec(info.text(fn.span)) ?? [];
    if (kept === undefined) continue;
    if (byDefault === 'False' && parts.includes(`self.${kept}`)) out.set(name, 'True');
    if (byDefault === 'True' && parts.includes(`not self.${kept}`)) out.set(name, 'False');
  }
  return out;
}

/** Something unknown for a parameter that may be left out and is nothing then, or has such parts; null for any other. */
function optionalValue(info: ModuleInfo, param: FunctionDef['params'][number]): string | null {
  const byDefault = param.default === null ? 'undefined' : info.text(param.default.span);
  if (param.target.kind === 'objectPattern') {
    const parts = param.target.properties.flatMap((p) => ('name' in p.key && p.default === null ? [p.key.name] : []));
    return parts.length === 0 ? null : `{ ${parts.map((name) => `${name}: opaque('${name}')`).join(', ')} }`;
  }
  return /^(None|null|undefined)$/.test(byDefault) ? `opaque('${param.name}')` : null;
}

/** The same without the parts that are nothing when they are left out: `constructor({ link, versions = null })`. */
function withoutOptional(info: ModuleInfo, { target }: FunctionDef['params'][number], given: string): string {
  if (target.kind !== 'objectPattern') return given;
  const optional = target.properties.flatMap(({ key, default: value }) =>
    'name' in key && value !== null && /^(null|undefined)$/.test(info.text(value.span)) ? [`${key.name}: undefined`] : [],
  );
  return optional.length === 0 ? given : `{ ...${given}, ${optional.join(', ')} }`;
}

/** Methods that only subclasses have: abstract ones, and those that do nothing but raise that they are not implemented. */
function abstractMethods(info: ModuleInfo, cls: ClassDef): string[] {
  const names = new Set<string>();
  for (let c: ClassDef | null = cls, depth = 0; c !== null && depth < 5; depth++) {
    if (info.language === 'javascript')
      for (const [, n = ''] of info.text(c.span).matchAll(/\babstract\s+(?:async\s+)?(\w+)\s*[(<]/g))
        if (isLeftOut(info, info.method(cls, n))) names.add(n);
    for (const f of info.module.functions) {
      if (f.owner !== c || f.kind === 'constructor' || !/^\w+$/.test(f.name) || info.method(cls, f.name) !== f) continue;
      const body = statementsOf(f);
      const [only] = body;
      const raises =
        body.length === 1 &&
        only?.kind === 'raise' &&
        /NotImplemented|not (been )?implemented|must (be )?(implement|overrid)|abstract/i.test(info.text(only.span));
      if (raises || f.decorators.some((d) => /abstractmethod|abstractproperty/.test(info.text(d.span)))) names.add(f.name);
    }
    const base: Expr | undefined = c.bases[0];
    c = base?.kind === 'name' ? (info.globalClasses.get(refName(base.ref)) ?? null) : null;
  }
  return [...names];
}

/** An abstract method of Python that does something, which those of subclasses go on to: what it does is known. */
function doesSomething(info: ModuleInfo, cls: ClassDef, name: string): boolean {
  const fn = info.method(cls, name);
  if (fn === null || fn.kind === 'getter' || fn.isStatic || fn.decorators.length !== 1) return false;
  const isNothing = (s: Stmt): boolean =>
    s.kind === 'pass' || s.kind === 'raise' || (s.kind === 'return' && (s.value === null || s.value.kind === 'const'));
  return !statementsOf(fn).every(isNothing);
}

/** The class has no such method of its own that does anything. */
function isLeftOut(info: ModuleInfo, f: FunctionDef | null): boolean {
  if (f === null) return true;
  const body = statementsOf(f);
  return body.length === 0 || body[0]?.kind === 'raise' || f.decorators.some((d) => /abstract/.test(info.text(d.span)));
}

/** Parameters that a constructor will not do without, whatever their defaults: `if not host: raise …`. */
function requiredByCode(info: ModuleInfo, fn: FunctionDef): Set<string> {
  const names = new Set<string>();
  const code = info.text(fn.span);
  const given: { name: string; span: Span }[] = [];
  visitFunction(fn, {
    stmt(s) {
      if (s.kind !== 'if') return;
      const text = info.text(s.test.span);
      // Whatever is asked of what was given, nothing may have been given.
      const asked = /^\(?([\w$]+)(?:\s+is\s+not\s+None|\s*!==?\s*(?:null|undefined))?\)?$/.exec(text)?.[1];
      if (asked !== undefined) for (const b of s.then) given.push({ name: asked, span: b.span });
      if (!s.then.some((b) => b.kind === 'raise')) return;
      // Not a limit on what is given (`if size < 0`), but that nothing is.
      if (!/\bnot\b|!|\bNone\b|\bnull\b|\bundefined\b/.test(text)) return;
      for (const p of fn.params) {
        const name = p.name.replace(/\W/g, '');
        // `if hook is not None and not callable(hook)`: nothing is just as well.
        const isOptional = new RegExp(
          `\\b${name}\\s+is\\s+not\\s+None|\\b${name}\\s*!==?\\s*(?:null|undefined)|^\\(?${name}\\s*(?:&&|and)\\b`,
        ).test(text);
        if (isOptional || given.some((g) => g.name === name && s.span.start >= g.span.start && s.span.end <= g.span.end)) continue;
        // `self.mode` is what was given only where nothing else is put there.
        const isIt = new RegExp(`(?<![.\\w])${name}\\b`).test(text);
        const others = [...code.matchAll(new RegExp(`\\b(?:self|this)\\.${name}\\s*=(?!=)\\s*(\\w+)`, 'g'))].some(
          ([, set]) => set !== name,
        );
        if (isIt || (!others && new RegExp(`\\b${name}\\b`).test(text))) names.add(p.name);
      }
    },
  });
  return names;
}

/** Fields without a default of a dataclass. */
function dataclassArguments(info: ModuleInfo, cls: ClassDef): string[] {
  const out: string[] = [];
  for (const s of cls.body?.body ?? []) {
    if (s.kind !== 'expr' || s.value.kind !== 'intrinsic' || s.value.name !== 'py.annotate') continue;
    const [name, annotation] = s.value.args;
    if (name?.kind !== 'const' || name.value.type !== 'string' || annotation?.kind !== 'const' || annotation.value.type !== 'string')
      continue;
    const field = name.value.value;
    const hasDefault = (cls.body?.body ?? []).some(
      (x) => x.kind === 'assign' && x.targets.some((t) => t.kind === 'name' && refName(t.ref) === field),
    );
    if (hasDefault) continue;
    const type = annotation.value.value;
    out.push(
      `${field}=${/int|float/.test(type) ? '100' : /bool/.test(type) ? 'False' : /list/i.test(type) ? '[]' : /dict/i.test(type) ? '{}' : /set/i.test(type) ? 'set()' : `'a'`}`,
    );
  }
  void info;
  return out;
}

/** Initial numbers of attributes and globals, also those set from constructor parameters. */
export function knownNumbers(info: ModuleInfo, cls: ClassDef | null): Known {
  const known: Known = new Map();
  const record = (name: string, value: Expr, fn: FunctionDef | null): void => {
    if (known.has(name)) return;
    if (value.kind === 'const' && (value.value.type === 'integer' || value.value.type === 'number'))
      known.set(name, String(value.value.value));
    else if (value.kind === 'name' && value.ref.kind === 'variable' && fn !== null) {
      const param = fn.params.find(
        (p) =>
          p.target.kind === 'name' &&
          p.target.ref.kind === 'variable' &&
          value.ref.kind === 'variable' &&
          p.target.ref.variable === value.ref.variable,
      );
      if (param === undefined) return;
      if (param.default !== null) record(name, param.default, null);
      else known.set(name, /^(capacity|max\w*|limit|size|pool_?size|slots)$/i.test(param.name) ? '1' : '100');
    }
  };
  for (const fn of info.module.functions) {
    const isInit = fn.owner === cls && cls !== null && (fn.kind === 'constructor' || fn.name === '__init__');
    if (!isInit && fn.kind !== 'module' && fn.kind !== 'classBody') continue;
    visitFunction(fn, {
      stmt(s) {
        if (s.kind !== 'assign') return;
        for (const t of s.targets) {
          if (t.kind === 'attr') record(t.name, s.value, fn);
          else if (t.kind === 'name') record(refName(t.ref), s.value, fn);
        }
      },
      expr(e) {
        if (e.kind === 'assign' && e.target.kind === 'attr') record(e.target.name, e.value, fn);
      },
    });
  }
  for (const m of cls?.members ?? []) {
    if (m.kind !== 'field' || m.name === null) continue;
    const returned = m.fn?.body.find((s) => s.kind === 'return');
    if (returned?.kind === 'return' && returned.value !== null) record(m.name, returned.value, null);
  }
  return known;
}

/** How many elements the file puts into lists it makes, by the names of the variables, attributes and fields. */
export function initialSizes(info: ModuleInfo, cls: ClassDef | null): Map<string, number> {
  const sizes = new Map<string, number>();
  const record = (name: string, value: Expr): void => {
    if (value.kind === 'list' && !value.items.some((i) => i?.kind === 'spread')) sizes.set(name, value.items.length);
  };
  for (const fn of info.module.functions) {
    const isInit = cls !== null && fn.owner === cls && (fn.kind === 'constructor' || fn.name === '__init__');
    if (!isInit && fn.kind !== 'module' && fn.kind !== 'classBody') continue;
    visitFunction(fn, {
      stmt(s) {
        if (s.kind === 'assign')
          for (const t of s.targets)
            if (t.kind === 'attr' || t.kind === 'name') record(t.kind === 'attr' ? t.name : refName(t.ref), s.value);
      },
      expr(e) {
        if (e.kind === 'assign' && e.target.kind === 'attr') record(e.target.name, e.value);
      },
    });
  }
  for (const m of cls?.members ?? []) {
    const returned = m.kind === 'field' ? m.fn?.body.find((s) => s.kind === 'return') : undefined;
    if (m.name !== null && returned?.kind === 'return' && returned.value !== null) record(m.name, returned.value);
  }
  return sizes;
}

/** First literal key of initial dictionaries, so that calls hit something that exists (`*`), and the one behind it (`**`). */
export function knownKeys(info: ModuleInfo): Map<string, string> {
  const keys = new Map<string, string>();
  const record = (value: Expr, name: string | null): void => {
    // An object of which the parts are asked for by name is no table: `module.exports = { Pool }`.
    if (value.kind === 'object' && name !== null && !isIndexed(info, name)) return;
    const [first, second] = keysIn(info, value);
    if (first === undefined || keys.has('*')) return;
    keys.set('*', first);
    if (second !== undefined) keys.set('**', second);
  };
  for (const fn of info.module.functions) {
    if (fn.kind !== 'module' && fn.name !== '__init__' && fn.kind !== 'constructor' && fn.kind !== 'initializer') continue;
    visitFunction(fn, {
      stmt(s) {
        const target = s.kind === 'assign' ? s.targets.find((t) => t.kind === 'name' || t.kind === 'attr') : undefined;
        if (s.kind === 'assign' && target !== undefined) record(s.value, target.kind === 'attr' ? target.name : refName(target.ref));
        if (s.kind === 'return' && s.value !== null && fn.kind === 'initializer')
          record(s.value, fn.owner?.members.find((m) => m.fn === fn)?.name ?? null);
      },
      expr(e) {
        if (e.kind === 'assign' && e.target.kind === 'attr') record(e.value, e.target.name);
      },
    });
  }
  return keys;
}

/** Is anything of that name asked for what it has under a key that the code works out: `seats[id]`, `Object.keys(seats)`? */
function isIndexed(info: ModuleInfo, name: string): boolean {
  const n = name.replace(/\W/g, '\\$&');
  return new RegExp(
    `(?<![\\w$])${n}(?:\\?\\.)?\\[\\s*[^\\s'"\\]\\d]|\\bin\\s+(?:this\\.)?${n}\\b|\\.(?:keys|values|entries|hasOwn|call)\\((?:this\\.)?${n}\\b`,
  ).test(info.module.text);
}

/** Literal keys of what a dictionary, an object or a map is made with: as many from the start as are literals. */
function keysIn(info: ModuleInfo, value: Expr): string[] {
  const list = value.kind === 'new' ? value.args[0]?.value : undefined;
  const texts: (string | null)[] = [];
  const literal = (key: Expr | null | undefined): string | null => (key?.kind === 'const' ? info.text(key.span) : null);
  if (value.kind === 'dict') texts.push(...value.entries.map((e) => literal(e.key)));
  else if (value.kind === 'object')
    texts.push(...value.properties.map((p) => (p.kind === 'value' && 'name' in p.key ? `'${p.key.name}'` : null)));
  else if (list?.kind === 'list')
    texts.push(...list.items.map((i) => (i?.value.kind === 'list' ? literal(i.value.items[0]?.value) : null)));
  const end = texts.indexOf(null);
  return texts.slice(0, end < 0 ? texts.length : end).filter((t) => t !== null);
}

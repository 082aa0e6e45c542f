/**
 * Arguments for calls nobody wrote: from annotations, defaults, comparisons in the code, how a
 * parameter is used and what it is called. Keys are equal for both calls; what is merely stored
 * differs, so that the outcome shows whose it was.
 */
import { unknownLine, variableFor } from './driver-text.ts';
import { bytesOf, isWrittenAsBytes } from './bytes.ts';
import { libraryObject } from './library-objects.ts';
import { keptBy } from '../../program/kept.ts';
import type { Arg, ClassDef, Expr, FunctionDef, Param, Stmt, Target, Variable } from '../../program/program.ts';
import { type ModuleInfo, refName } from '../module-info.ts';
import { databaseVerbs, operationOf, runsSql } from '../../program/database-verbs.ts';
import { saysStore, storeVerb } from '../../program/store-names.ts';
import { isInside } from '../../program/functions.ts';
import { leaves, visitExpr, visitFunction } from '../visit.ts';

/** How one parameter is used in the function (and, by name, in functions it is passed on to). */
export interface Use {
  param: Param;
  /** Selects an element: index, key of get/set/has/in. */
  isKey: boolean;
  /** Names a file. */
  isPath: boolean;
  /** Names another file than the first path handed in: what a file is moved to. */
  isOtherPath: boolean;
  isCalled: boolean;
  /** Compared with or added to numbers. */
  isNumber: boolean;
  isIterated: boolean;
  /** Items are put into it by key. */
  isMapping: boolean;
  /** Decides between ways to go on. */
  isTested: boolean;
  /** Literals it is compared with, as source text. */
  literals: string[];
  /** The literal it has to be for the call to do anything: `if (version !== 4) throw …`. */
  required: string | null;
  /** Texts that the attribute it is put into is compared with. */
  states: string[];
  /** Shared attributes or names it is compared with: `balance`. */
  against: string[];
  /** Attribute paths read from it: `params.id`. */
  attributes: string[][];
  /** The same in functions that it is passed on to. */
  passedAttributes: string[][];
  methods: Set<string>;
  /** Texts under which something is taken out of it. */
  items: Set<string>;
  /** Parts that decide between ways to go on: `options.compress`. */
  tested: Set<string>;
  /** Paths of parts into which something is put: `config.headers`. */
  filled: Set<string>;
  /** Paths that are called: `request.codes.has`. */
  called: Set<string>;
  awaitedCall: boolean;
  /** The larger or smaller of it and what there is: each call brings another. */
  isRivalled: boolean;
  /** Handed to what takes nothing but bytes. */
  isBytes: boolean;
  /** Taken apart as JSON: a message, of which nobody knows what is in it. */
  isParsed: boolean;
  /** The type without which the function does nothing: `assert isinstance(message, dict)`. */
  demanded: string | null;
}

export function usesOf(info: ModuleInfo, fn: FunctionDef, depth = 0): Use[] {
  let known = usesKnown.get(info);
  if (known === undefined) usesKnown.set(info, (known = new Map()));
  const key = `${String(fn.id)}:${String(depth)}`;
  let uses = known.get(key);
  if (uses === undefined) known.set(key, (uses = findUses(info, fn, depth)));
  return uses;
}

const usesKnown = new WeakMap<ModuleInfo, Map<string, Use[]>>();

function findUses(info: ModuleInfo, fn: FunctionDef, depth: number): Use[] {
  const py = info.language === 'python';
  const byVariable = new Map<Variable, Use>();
  const uses: Use[] = [];
  fn.params.forEach((param, i) => {
    const use: Use = {
      param,
      isKey: false,
      isPath: false,
      isOtherPath: false,
      isCalled: false,
      isNumber: false,
      isIterated: false,
      isMapping: false,
      isTested: false,
      literals: [],
      required: null,
      states: [],
      against: [],
      attributes: [],
      passedAttributes: [],
      methods: new Set(),
      items: new Set(),
      tested: new Set(),
      called: new Set(),
      filled: new Set(),
      awaitedCall: false,
      isRivalled: false,
      isBytes: false,
      isParsed: false,
      demanded: demandedType(info, fn, param.name),
    };
    if (param.target.kind === 'name' && param.target.ref.kind === 'variable') {
      if (i === 0 && info.selves.has(param.target.ref.variable)) return;
      byVariable.set(param.target.ref.variable, use);
    }
    uses.push(use);
  });
  const useOf = (e: Expr | undefined): Use | undefined =>
    e?.kind === 'name' && e.ref.kind === 'variable' ? byVariable.get(e.ref.variable) : undefined;
  const decides = (use: Use | undefined): void => {
    if (use !== undefined) use.isTested = true;
  };
  /** A test of the parameter, or of a part of it. */
  const tests = (e: Expr): void => {
    const whole = e.kind === 'unary' ? e.operand : e;
    decides(useOf(whole));
    if (whole.kind === 'attr') useOf(whole.object)?.tested.add(whole.name);
  };
  const inner = info.module.functions.filter((f) => isInside(f, fn));
  const made = madeKeys(fn, inner);
  // `const client = maybeClient;` goes on by another name.
  const renamed = new Set<Variable>();
  for (const f of [fn, ...inner])
    visitFunction(f, {
      stmt(s) {
        const [t] = s.kind === 'assign' && s.declares ? s.targets : [];
        if (s.kind !== 'assign' || t?.kind !== 'name' || t.ref.kind !== 'variable' || t.ref.variable.reassigned) return;
        const use = useOf(s.value);
        if (use !== undefined) byVariable.set(t.ref.variable, use);
        if (use !== undefined) renamed.add(t.ref.variable);
      },
    });
  /** A key, or what it is made of: `cache.get(`user:${id}`)`. */
  const markKey = (e: Expr | undefined, depth = 0): void => {
    if (e === undefined || depth > 3) return;
    const direct = useOf(e);
    if (direct !== undefined) return mark(direct);
    if (e.kind === 'name' && e.ref.kind === 'variable') return markKey(made.get(e.ref.variable), depth + 1);
    if (isKeyText(info, e))
      markKeys([{ kind: 'positional', value: e }], (x) => {
        markKey(x, depth + 1);
      });
  };
  for (const f of [fn, ...inner]) {
    visitFunction(f, {
      target(t) {
        if ((t.kind === 'attr' || t.kind === 'index') && t.object.kind === 'attr') {
          const { path, object } = pathOf(t.object);
          useOf(object)?.filled.add(path.join('.'));
        }
        if (t.kind !== 'index') return;
        markKey(t.index);
        const use = useOf(t.object);
        if (use !== undefined) use.isMapping = true;
      },
      stmt(s) {
        // `const { ttl, cache } = options;`
        if (s.kind === 'assign') {
          const whole = useOf(s.value);
          for (const t of s.targets) if (whole !== undefined && t.kind === 'attr') whole.states.push(...comparedWith(info, t.name));
          for (const t of s.targets) if (whole !== undefined && t.kind === 'objectPattern') takenApart(info, whole, t);
        }
        // Set anew when nothing was given.
        if (s.kind === 'assign')
          for (const t of s.targets)
            if (t.kind === 'name' && t.ref.kind === 'variable' && !renamed.has(t.ref.variable)) decides(byVariable.get(t.ref.variable));
        if (s.kind === 'if') {
          tests(s.test);
          const needed = insistedOn(s);
          const use = useOf(needed?.of);
          if (use !== undefined && needed !== null) use.required ??= info.text(needed.is.span);
        }
        if (s.kind === 'forEach') {
          const use = useOf(s.iterable);
          if (use !== undefined) use.isIterated = true;
        }
      },
      expr(e) {
        if (e.kind === 'index') markKey(e.index);
        if (e.kind === 'comprehension') {
          const use = useOf(e.iterable);
          if (use !== undefined) use.isIterated = true;
        }
        if (e.kind === 'logical') tests(e.left);
        if (e.kind === 'conditional') tests(e.test);
        if (e.kind === 'compare') {
          const [rest] = e.rest;
          if (rest === undefined) return;
          if (isNothing(info, rest.right)) decides(useOf(e.first));
          if (rest.op === 'in' || rest.op === 'not in') {
            if (e.first.kind === 'const' && e.first.value.type === 'string' && py) useOf(rest.right)?.items.add(e.first.value.value);
            return markKey(e.first);
          }
          compared(info, useOf(e.first), rest.right);
          compared(info, useOf(rest.right), e.first);
          // What is smaller or larger than what a call gave is a number, as sizes and times are.
          if (info.language === 'python' && /^[<>]=?$/.test(rest.op))
            for (const [side, other] of [
              [e.first, rest.right],
              [rest.right, e.first],
            ] as const) {
              const use = useOf(side);
              if (use !== undefined && other.kind === 'call') use.isNumber = true;
            }
        }
        if (e.kind === 'binary' && /^[-+*/%]$/.test(e.op) && !(e.op === '%' && isText(e.left))) {
          for (const [side, other] of [
            [e.left, e.right],
            [e.right, e.left],
          ] as const) {
            const use = useOf(side);
            if (use !== undefined && (e.op !== '+' || isNumeric(other))) use.isNumber = true;
          }
        }
        if (e.kind === 'update') {
          const use = useOf(e.value);
          if (use !== undefined) use.isNumber = true;
        }
        if (e.kind === 'await' && e.value.kind === 'call') {
          const use = useOf(e.value.callee);
          if (use !== undefined) use.awaitedCall = true;
        }
        if (e.kind === 'call') {
          const called = useOf(e.callee);
          const packed = useOf(bytesOf(info, e) ?? undefined);
          if (packed !== undefined) packed.isBytes = true;
          if (called !== undefined) called.isCalled = true;
          const parsed = parsesText.test(info.text(e.callee.span)) ? useOf(asText(e.args[0]?.value)) : undefined;
          if (parsed !== undefined) parsed.isParsed = true;
          if (/^(?:Math\.)?(?:max|min)$/.test(info.text(e.callee.span)) && e.args.length > 1)
            for (const use of e.args.map((a) => useOf(a.value))) if (use !== undefined) use.isNumber = use.isRivalled = true;
          // A key of what the call does with it.
          const callee = depth < 2 && e.args.length > 0 ? calledBy(info, fn, e.callee) : null;
          if (callee !== null && callee !== fn)
            usesOf(info, callee, depth + 1).forEach(({ isKey, isBytes, isParsed, param, attributes, passedAttributes }, i) => {
              const given = e.args.find((a) => a.kind === 'keyword' && a.name === param.name) ?? e.args[i];
              const passed = useOf(given?.value);
              if (passed !== undefined && isBytes) passed.isBytes = true;
              if (passed !== undefined && isParsed) passed.isParsed = true;
              useOf(given?.value)?.passedAttributes.push(...attributes, ...passedAttributes);
              if (isKey && (given?.kind === 'positional' || given?.kind === 'keyword')) markKey(given.value);
            });
          // Both are about one file.
          if (takesPath.test(info.text(e.callee.span))) {
            markKeys(e.args.slice(0, takesTwoPaths.test(info.text(e.callee.span)) ? 2 : 1), (x) => {
              const use = useOf(x);
              if (use !== undefined) use.isPath = true;
              // `const draft = `${path}.tmp``: named after what is handed in.
              markKey(x);
            });
          }
          if (e.callee.kind === 'attr') {
            const method = e.callee.name;
            const { path, object } = pathOf(e.callee);
            useOf(object)?.called.add(path.join('.'));
            if (/^(get|set|has|delete|pop|setdefault|add|discard|remove|includes|indexOf|find)$/.test(method)) markKey(e.args[0]?.value);
            const stored = storeVerb(method, e.args.length);
            if (stored !== null && saysStore(info.text(e.callee.object.span)))
              for (const a of e.args.slice(0, stored.keys)) markKey(a.value);
            useOf(e.callee.object)?.methods.add(method);
            const written = useOf(e.args[0]?.value);
            if (written !== undefined && isWrittenAsBytes(info, info.text(e.callee.object.span), method)) written.isBytes = true;
            const taken = /^(get|pop)$/.test(method) ? e.args[0]?.value : undefined;
            if (taken?.kind === 'const' && taken.value.type === 'string') useOf(e.callee.object)?.items.add(taken.value.value);
            // What rows are asked for by is a key; both callers ask for the same.
            if (asksForRows(info, method, e.args)) markKeys(e.args, (x) => mark(useOf(x)));
          }
        }
        // `sql`SELECT … WHERE id = ${id}``: rows are asked for by it.
        if (e.kind === 'taggedTemplate' && /^\s*(?:SELECT|UPDATE|DELETE)\b/i.test(e.raw[0] ?? '')) for (const v of e.values) mark(useOf(v));
        if (e.kind === 'attr') {
          const { path, object } = pathOf(e);
          useOf(object)?.attributes.push(path);
        }
        // Python: request["seat"].
        if (e.kind === 'index' && e.index.kind === 'const' && e.index.value.type === 'string') {
          useOf(e.object)?.attributes.push([`[${e.index.value.value}]`]);
          useOf(e.object)?.items.add(e.index.value.value);
        }
      },
    });
  }
  for (const use of uses.filter((u) => u.isPath).slice(1)) use.isOtherPath = true;
  // What else is handed in is no state.
  for (const use of uses) use.against = use.against.filter((name) => !fn.params.some((p) => p.name === name));
  return uses;
}

/** What an assertion asks the parameter to be an instance of, or what it is refused for not being; null for nothing. */
function demandedType(info: ModuleInfo, fn: FunctionDef, name: string): string | null {
  if (info.language !== 'python' || !/^\w+$/.test(name)) return null;
  const is = `isinstance\\(\\s*${name}\\s*,\\s*\\(?\\s*([\\w.]+)[^:\\n]*`;
  const found = new RegExp(`\\bassert\\s+${is}|\\bif\\s+not\\s+${is}:\\s*raise\\b`).exec(info.text(fn.span));
  return found?.[1] ?? found?.[2] ?? null;
}

/** `if (version !== 4) throw …`: what is compared, and what with. */
function insistedOn(s: Extract<Stmt, { kind: 'if' }>): { of: Expr; is: Expr } | null {
  if (s.test.kind !== 'compare' || s.test.rest.length !== 1 || !leaves(s.then)) return null;
  const [rest] = s.test.rest;
  const isLiteral = rest?.right.kind === 'const' && ['integer', 'number', 'string'].includes(rest.right.value.type);
  return isLiteral && /^!==?$/.test(rest.op) ? { of: s.test.first, is: rest.right } : null;
}

/** Texts that an attribute is compared with anywhere: what may be put there. */
function comparedWith(info: ModuleInfo, name: string): string[] {
  if (info.language !== 'python') return [];
  const tests = linesWith(info, name).matchAll(new RegExp(`\\.${escape(name)}\\s*[!=]=\\s*(["'][\\w .-]+["'])`, 'g'));
  return [...tests].map((m) => m[1] ?? '');
}

/** The function of the module that is called: by its name, or a method of the same object. */
function calledBy(info: ModuleInfo, fn: FunctionDef, callee: Expr): FunctionDef | null {
  if (callee.kind === 'name') return info.globalFunctions.get(refName(callee.ref)) ?? null;
  const isOwn = callee.kind === 'attr' && fn.owner !== null && /^(self|this|cls)$/.test(info.text(callee.object.span));
  return isOwn && fn.owner !== null ? info.method(fn.owner, callee.name) : null;
}

const parsesText = /^(?:JSON\.parse|json\.loads)$/;

/** What is made a text: `data.toString()`, `String(data)`. */
function asText(e: Expr | undefined): Expr | undefined {
  if (e?.kind !== 'call') return e;
  if (e.callee.kind === 'attr') return /^(?:toString|decode|strip|trim)$/.test(e.callee.name) ? asText(e.callee.object) : e;
  return e.callee.kind === 'name' && /^(?:String|str)$/.test(refName(e.callee.ref)) ? e.args[0]?.value : e;
}

const takesPath =
  /^(?:fs|fse|fsp|fsExtra|fsPromises|fs\.promises|os|os\.path|path|shutil|aiofiles|aiofiles\.os|pathlib)\.\w+$|^(?:io\.)?open$|^(?:Pure)?Path$/;

const takesTwoPaths = /^(?:os\.(?:rename|replace|link|symlink)|shutil\.(?:move|copy\w*))$/;

function isNothing(info: ModuleInfo, e: Expr): boolean {
  return /^(None|null|undefined)$/.test(info.text(e.span));
}

/** Somewhere the folder of the path is asked for: it needs to have one. */
function asksForFolder(info: ModuleInfo, name: string): boolean {
  return new RegExp(`\\b(?:dirname|split)\\(\\s*${name}\\b|\\b${name}\\.parent\\b`).test(info.module.text);
}

/** Nothing by default, but taken for something without a question: callers give it. */
export function isGivenAnyway(info: ModuleInfo, use: Use): boolean {
  const { default: value } = use.param;
  if (value === null || !isNothing(info, value) || use.isTested) return false;
  return use.isCalled || use.isIterated || use.isMapping || use.methods.size > 0 || use.attributes.length > 0;
}

/** `request.codes.has` as its names and the object they are taken from. */
function pathOf(e: Extract<Expr, { kind: 'attr' }>): { path: string[]; object: Expr } {
  const path = [e.name];
  let { object } = e;
  while (object.kind === 'attr') {
    path.unshift(object.name);
    ({ object } = object);
  }
  return { path, object };
}

/** Variables that are made once, of a text. */
function madeKeys(fn: FunctionDef, inner: readonly FunctionDef[]): Map<Variable, Expr> {
  const made = new Map<Variable, Expr>();
  for (const f of [fn, ...inner])
    visitFunction(f, {
      stmt(s) {
        const [target] = s.kind === 'assign' ? s.targets : [];
        if (s.kind === 'assign' && target?.kind === 'name' && target.ref.kind === 'variable') made.set(target.ref.variable, s.value);
      },
    });
  return made;
}

/** Text put together, or by a function that says it makes a key. */
function isKeyText(info: ModuleInfo, e: Expr): boolean {
  if (e.kind === 'template' || (e.kind === 'binary' && e.op === '+')) return true;
  return e.kind === 'call' && /(?:key|hash|name|id|path|str|string|path\.(?:join|resolve|normalize))$/i.test(info.text(e.callee.span));
}

/** Calls back for the names in arguments that are values of their own, not objects something is taken from. */
function markKeys(args: readonly Arg[], found: (e: Expr) => void): void {
  const objects = new Set<Expr>();
  const names: Expr[] = [];
  for (const a of args)
    visitExpr(a.value, {
      expr(x) {
        if (x.kind === 'attr' || x.kind === 'index') objects.add(x.object);
        else if (x.kind === 'call') objects.add(x.callee);
        else if (x.kind === 'name') names.push(x);
      },
    });
  for (const n of names) if (!objects.has(n)) found(n);
}

function asksForRows(info: ModuleInfo, method: string, args: readonly Arg[]): boolean {
  if (/^(where|filter|filter_by|andWhere|match|eq)$/.test(method)) return true;
  const [first] = args;
  if (runsSql.test(method) && first !== undefined && /^\W*(f?r?["'`])*\s*(SELECT|UPDATE|DELETE)\b/i.test(info.text(first.value.span)))
    return true;
  const verb = databaseVerbs[info.language].get(method);
  return verb !== undefined && operationOf(verb.does) === 'check' && args.length > 0 && args.every((a) => a.value.kind !== 'function');
}

function mark(use: Use | undefined): void {
  if (use !== undefined) use.isKey = true;
}

/** Text into which the other side of a `%` is put. */
function isText(e: Expr): boolean {
  return e.kind === 'template' || (e.kind === 'const' && e.value.type === 'string');
}

function isNumeric(e: Expr): boolean {
  return e.kind === 'const' && (e.value.type === 'integer' || e.value.type === 'number');
}

function compared(info: ModuleInfo, use: Use | undefined, other: Expr): void {
  if (use === undefined) return;
  if (other.kind === 'const') {
    if (['integer', 'number'].includes(other.value.type)) use.isNumber = true;
    if (['integer', 'number', 'string', 'boolean'].includes(other.value.type)) use.literals.push(info.text(other.span));
  } else if (other.kind === 'binary' && /^[-*/]$/.test(other.op)) use.isNumber = true;
  else if (other.kind === 'attr') {
    use.against.push(other.name);
    if (other.name === 'length' || other.name === 'size') use.isNumber = true;
  } else if (other.kind === 'name') use.against.push(other.ref.kind === 'variable' ? other.ref.variable.name : other.ref.name);
  else if (other.kind === 'unary') compared(info, use, other.operand);
}

/** `same`: equal for both calls. Otherwise one text per context. */
export interface Values {
  texts: [string, string];
  /** Other values worth trying, for both calls. */
  others: string[];
  /** Declarations to put before: shared objects. */
  setup: string[];
}

const numberName =
  /^(n|amount|qty|quantity|count|size|delta|price|cost|value|total|units|points|bytes|tokens|weight|seconds|ms|timeout|ttl|delay|limit|max|min|capacity|balance|stock|score|step|by|x|y|i|index|page|offset|num|number|port|interval|retries|attempts|max_\w+|min_\w+|\w+_(count|size|limit|ms|seconds|amount))$/i;
const keyName =
  /^(k|key|id|name|path|url|uri|host|topic|channel|sku|slug|code|seat|room|item|token|query|q|search|term|symbol|region|\w*(_id|Id|_key|Key|_name|Name|ID)|(?:\w*_)?(?:dir|directory|dirname|path|folder|file|filename|filepath|dirpath)|\w+(?:Dir|Directory|Path|Folder|File))$/;
const personName =
  /^(user|username|owner|customer|client|who|person|buyer|author|member|player|worker|holder|passenger|guest|email|patient|student)(_?(id|name))?$/i;
const functionName =
  /^(fn|func|function|callback|cb|factory|loader|load|fetcher|producer|compute|task|job|handler|make|create|build|supplier|action|listener|work|coro|next|done|resolver|creator|generator|initiali[sz]er|finali[sz]er|hook|predicate)$/i;

/** Methods of texts and numbers. */
export const textMethods =
  /^(toString|valueOf|toFixed|trim\w*|split|slice|substr(ing)?|replace(All)?|match(All)?|test|startsWith|endsWith|includes|indexOf|lastIndexOf|search|concat|repeat|padStart|padEnd|charAt|charCodeAt|codePointAt|at|normalize|localeCompare|to(Upper|Lower|LocaleUpper|LocaleLower)Case|toJSON|length|strip|lstrip|rstrip|rsplit|lower|upper|title|capitalize|casefold|startswith|endswith|join|encode|decode|format|find|rfind|index|count|isdigit|isalpha|isalnum|isnumeric|isspace|zfill|partition|rpartition|removeprefix|removesuffix|splitlines|ljust|rjust|center|swapcase|hex|bit_length|exists|is_file|is_dir|joinpath|with_suffix|relative_to|resolve|as_posix|push|pop|shift|map|filter|forEach|join|sort|append|extend|items|keys|values|get|has|set|add|delete|clear|copy|update)$/;

/** Parts of a parameter by name; those that are asked to do things make the whole a thing, too. */
function takenApart(info: ModuleInfo, use: Use, pattern: Extract<Target, { kind: 'objectPattern' }>): void {
  for (const { key, target } of pattern.properties) {
    if (!('name' in key)) continue;
    use.attributes.push([key.name]);
    if (target.kind !== 'name') continue;
    const name = target.ref.kind === 'variable' ? target.ref.variable.name : target.ref.name;
    if (new RegExp(`(?<![\\w$.])${escape(name)}(?:\\??\\.\\w+)*\\(`).test(info.module.text)) use.methods.add(key.name);
  }
}

/** Numbers known of state: initial values of attributes and globals. */
export type Known = Map<string, string>;

export function valuesFor(
  info: ModuleInfo,
  use: Use,
  known: Known,
  makeObject: (cls: ClassDef) => string | null,
  keys: Map<string, string>,
): Values {
  const py = info.language === 'python';
  const { param } = use;
  const { name } = param;
  const variable = variableFor(name);
  const annotation = param.annotation ?? use.demanded ?? '';
  const quote = (text: string): string => (py ? `'${text}'` : `'${text}'`);
  const same = (text: string, others: string[] = [], setup: string[] = []): Values => ({ texts: [text, text], others, setup });

  const type = info.typeOfAnnotation(annotation);
  // A value made of itself (`const props = new Async(props)`) is none.
  const declared = (text: string): boolean => !new RegExp(`\\b${escape(name)}\\b`).test(text.replace(/opaque\('[^']*'\)/g, ''));
  if (type?.cls != null) {
    const made = makeObject(type.cls);
    if (made !== null && declared(made)) return same(variable, [], [py ? `${variable} = ${made}` : `const ${variable} = ${made};`]);
  }
  const library = libraryObject(info, annotation, variable);
  if (library !== null) return same(variable, [], [...library]);
  const object = objectByUse(info, use);
  if (object !== null && annotation === '') {
    const made = makeObject(object);
    if (made !== null && declared(made)) return same(variable, [], [py ? `${variable} = ${made}` : `const ${variable} = ${made};`]);
  }
  if (
    use.isCalled ||
    /Callable|Awaitable|Coroutine|=>|Function/.test(annotation) ||
    (functionName.test(name) && use.attributes.length === 0 && !use.isKey && annotation === '') ||
    (annotation === '' && mayBeFunction(info, param))
  ) {
    // Calling it is something the outside world can see, and so is calling it twice.
    return same(`opaque('${name}')`, use.literals);
  }
  if (use.isParsed) return same(variable, [], unknownLines(info, use, variable));
  // What is called on it says that it is no text, whatever it is called.
  if (!/string|number|bool|int|str|float/.test(annotation) && !use.isKey && [...use.methods].some((method) => !textMethods.test(method)))
    return same(variable, [], unknownLines(info, use, variable));
  // `rows: Row[]`: things rather than texts.
  const elements =
    /^\W*(?:readonly\s+)?([A-Z]\w*)\[\]\s*$/.exec(annotation) ?? /^\W*(?:list|List|Sequence|Iterable)\[\W*([A-Z]\w*)\W*\]/.exec(annotation);
  if (elements !== null || (use.isIterated && annotation === '' && areElementsUsed(info, name))) return same(`[opaque('${name}[0]')]`);
  if (
    isServiceType(annotation) ||
    (!/string|number|bool|int|str|float/.test(annotation) && (isUsedAsService(info, name) || isElementUsed(info, name)))
  ) {
    return same(variable, [], unknownLines(info, use, variable));
  }
  if (use.required !== null) return same(use.required);
  if (use.states.length > 0 && use.literals.length === 0 && !use.isKey) return same(use.states[0] ?? '', use.states.slice(1));
  if (use.literals.length > 0 && !use.isNumber) return same(use.literals[0] ?? '', use.literals.slice(1));
  if (/\bbool(ean)?\b/.test(annotation)) return same(py ? 'True' : 'true', [py ? 'False' : 'false']);
  if (
    /^\s*(int|float|number|bigint|Decimal)\b/.test(annotation) ||
    (annotation === '' && (use.isNumber || numberName.test(name)) && !/string|str\b/.test(annotation))
  ) {
    const limits = use.against
      .map((a) => known.get(a))
      .filter((v) => v !== undefined && /^\d+(\.\d+)?$/.test(v))
      .map(Number);
    const [limit] = limits;
    if (limit !== undefined && limit > 1) return same(String(limit), [String(Math.ceil(limit * 0.6))]);
    if (use.isRivalled) return { texts: ['3', '2'], others: [], setup: [] };
    const boundary = use.literals.map(Number).filter((n) => Number.isFinite(n));
    const base = boundary.length > 0 ? [boundary[0] ?? 0, (boundary[0] ?? 0) + 1] : [1, 2];
    return {
      texts: [String(base[base.length > 1 && boundary.length > 0 ? 1 : 0]), String(base[base.length > 1 && boundary.length > 0 ? 1 : 0])],
      others: boundary.map(String),
      setup: [],
    };
  }
  if (use.isMapping && annotation === '') return py && use.items.size > 0 ? same(mappingOf(use), ['{}']) : same('{}');
  // A connection that is iterated over: `await ws.recv()`, `async for message in ws`.
  if (use.isIterated && annotation === '' && [...use.methods].some((method) => !textMethods.test(method)))
    return same(variable, [], unknownLines(info, use, variable));
  if (/^\s*(list|List|Sequence|Iterable|tuple)\b|\[\]\s*$/.test(annotation) || use.isIterated)
    return same(py ? `[${quote('a')}, ${quote('b')}]` : `['a', 'b']`);
  if (/^\s*(dict|Dict|Mapping)\b/.test(annotation)) {
    const given = mappingOf(use);
    return same(given === '{}' ? `{${quote('id')}: ${quote('a')}}` : given);
  }
  if (/^\s*(bytes)\b/.test(annotation)) return same("b'a'");
  if (use.isBytes && annotation === '') return { texts: [`b'first ${name}'`, `b'second ${name}'`], others: ["b'a'"], setup: [] };
  const existing = keys.get(name) ?? (use.isKey ? keys.get('*') : undefined);
  // What no text can do is asked of it: it is no key itself.
  const asked = py && !/str/.test(annotation) ? [...use.methods, ...use.attributes.flatMap((a) => a.slice(0, 1))] : [...use.methods];
  if ((use.isKey || keyName.test(name)) && asked.filter((n) => !n.startsWith('[')).some((n) => !plainMethod.test(n) && !textMethod.test(n)))
    return same(variable, [], unknownLines(info, use, variable));
  // A thing rather than a name: one nobody knows, which may be among those that are there.
  if (
    use.isKey &&
    !use.isPath &&
    annotation === '' &&
    py &&
    existing === undefined &&
    !keyName.test(name) &&
    !personName.test(name) &&
    name.length > 2
  )
    return same(variable, [quote('a')], unknownLines(info, use, variable));
  if (use.isKey) return same(use.isOtherPath ? quote('b') : (existing ?? quote('a')));
  if (
    /^(file|filename|file_?path|path|dir|directory|folder|dest|destination|target|src|source|location|\w*(File|Path|Dir|_file|_path|_dir))$/.test(
      name,
    ) &&
    !/number|int\b/.test(annotation) &&
    !(py && isThing(use, annotation))
  )
    return same(existing ?? quote(asksForFolder(info, name) ? 'data/file.txt' : 'data.txt'));
  if (urlName.test(name) && /^\W*(str\w*|any|Any|URL)?\b/.test(annotation)) return same(existing ?? quote('https://example.com/'));
  if (personName.test(name)) return { texts: [quote('alice'), quote('bob')], others: [], setup: [] };
  if (keyName.test(name)) return same(existing ?? quote('a'));
  // A request brings whatever the outside world sends.
  if (/^(req|request|res|response|reply|ctx|context|c|event|evt)$/.test(name)) return same(variable, [], unknownLines(info, use, variable));
  if (!py && (use.attributes.length > 0 || use.methods.size > 0)) {
    const literal = objectLiteral(use);
    if (literal !== null)
      return same(
        name,
        [withoutTested(use, literal)].filter((text) => text !== literal),
        [`const ${name} = ${literal};`],
      );
  }
  if (/^\s*(str|string)\b/.test(annotation)) return { texts: [quote('first'), quote('second')], others: [], setup: [] };
  if (use.attributes.length > 0 || use.methods.size > 0 || (py && isThing(use, annotation)))
    return same(variable, [], unknownLines(info, use, variable));
  if (param.default !== null) {
    const text = info.text(param.default.span);
    if (/^(-?[\d.]+|'[^']*'|"[^"]*"|True|False|true|false)$/.test(text)) return same(text);
  }
  // Something handed in and stored: tell the two calls apart.
  return { texts: [quote(`first ${name}`), quote(`second ${name}`)], others: [], setup: [] };
}

/** Something is taken of it that no text and no path has, where it is handed to or further on. */
function isThing({ attributes, passedAttributes }: Use, annotation: string): boolean {
  if (annotation !== '') return false;
  return [...attributes, ...passedAttributes].some(
    ([first = '']) => !first.startsWith('[') && !plainMethod.test(first) && !textMethods.test(first) && !pathPart.test(first),
  );
}

const pathPart =
  /^(?:name|stem|suffix|suffixes|parent|parents|parts|root|anchor|drive|open|mkdir|touch|unlink|rename|rmdir|stat|lstat|iterdir|r?glob|is_\w+|(?:read|write)_(?:text|bytes)|with_\w+|as_\w+|absolute|expanduser|samefile|chmod|is_relative_to)$/;

/** What is looked for in it is there. */
function mappingOf(use: Use): string {
  const items = [...use.items].filter((item) => /^[\w .:-]+$/.test(item)).map((item) => `'${item}': opaque('${item}')`);
  return `{${items.join(', ')}}`;
}

/** Something nobody knows; of a request, which application it came to is known where the file makes it. */
function unknownLines(info: ModuleInfo, { attributes }: Use, variable: string): string[] {
  const py = info.language === 'python';
  const isOfApp = attributes.some(([first]) => first === 'app') && info.module.globals.some((g) => g.name === 'app' && g.kind !== 'import');
  return [unknownLine(variable, py), ...(isOfApp ? [`${variable}.app = target.app${py ? '' : ';'}`] : [])];
}

/** A type of something that does things: an interface, a client, `{ load(id): … }`. */
function isServiceType(annotation: string): boolean {
  const type = annotation.trim();
  if (type.startsWith('{')) return true;
  const [head = ''] = /^[A-Za-z_][\w.]*/.exec(type) ?? [];
  return (
    /^[A-Z]/.test(head.split('.').at(-1) ?? '') &&
    !/^(Map|Set|Array|ReadonlyArray|Record|Partial|String|Number|Boolean|Promise|Date|Buffer|List|Dict|Tuple|Sequence|Iterable|Optional|Callable|Awaitable|Coroutine|Any|Decimal|Literal|Union|Mapping|T|K|V)$/.test(
      head.split('.').at(-1) ?? '',
    )
  );
}

/** Kept as an attribute whose methods or parts are used: `self._client.get(…)`, `this.open(…)`; by another name, one that is called. */
function isUsedAsService(info: ModuleInfo, name: string): boolean {
  const lines = linesWith(info, name);
  if (new RegExp(`\\b(self|this)\\.[_#]?${escape(name)}(\\.\\w|\\()`).test(lines)) return true;
  const kept = lines.matchAll(new RegExp(`\\b(?:self|this)\\.(#?\\w+)\\s*=\\s*${escape(name)}\\s*(?:;|$|\\|\\||\\?\\?|\\bor\\b)`, 'gm'));
  return [...kept].some(([, attribute = '']) => new RegExp(`\\b(?:self|this)\\.${escape(attribute)}\\(`).test(linesWith(info, attribute)));
}

/** The code asks whether it is a function, and goes on with it: no options that may be left out before one. */
function mayBeFunction(info: ModuleInfo, { name }: Param): boolean {
  if (/^(?:opts?|options|config|settings|params|props)$/i.test(name)) return false;
  const given = escape(name);
  return new RegExp(`\\btypeof ${given}\\s*[!=]==?\\s*['"]function['"]|(?<!not )\\bcallable\\(\\s*${given}\\s*\\)`).test(
    linesWith(info, name),
  );
}

const plainMethod =
  /^(lower|upper|strip|split|join|encode|decode|startswith|endswith|startsWith|endsWith|format|replace|trim|toString|toLowerCase|toUpperCase|includes|indexOf|slice|substring|get|items|keys|values|append|push|length)$/;

/** The lines of a module that hold a text: looking for more in all of a long one, for each parameter of each driver, takes seconds. */
const linesWith = keptBy((info: ModuleInfo, text) =>
  linesOf(info)
    .filter((line) => line.includes(text))
    .join('\n'),
);

const allLines = new WeakMap<ModuleInfo, readonly string[]>();

function linesOf(info: ModuleInfo): readonly string[] {
  let lines = allLines.get(info);
  if (lines === undefined) allLines.set(info, (lines = info.module.text.split('\n')));
  return lines;
}

/** Put into a container whose elements are asked to do things elsewhere: `for s in self.sockets: s.send(…)`. */
const isElementUsed = keptBy((info: ModuleInfo, name) => {
  const given = escape(name);
  const putInto = new RegExp(
    `(\\w+)(?:\\.(?:add|append|appendleft|push|unshift|set|put)\\((?:[^()\\n]*,\\s*)?${given}\\)|\\[[^\\]\\n]*\\]\\s*=\\s*${given}\\s*(?:;|$))`,
    'gm',
  );
  for (const [, container = ''] of linesWith(info, name).matchAll(putInto)) if (areElementsUsed(info, container)) return true;
  return false;
});

/**
 * Whether a loop over a container of this name calls methods of its elements that no text or list has, or, in JavaScript, calls
 * them; or something does so that was taken out of it: `const rule = this.rules[0]`.
 */
export function areElementsUsed(info: ModuleInfo, container: string): boolean {
  const { text } = info.module;
  const c = escape(container);
  const loops = new RegExp(
    `\\bfor\\b\\s*(?:await\\s*)?\\(?\\s*(?:(?:const|let|var)\\s+)?(?:\\[?[\\w\\s]*,\\s*)?(\\w+)\\]?\\s+(?:in|of)\\s+[^\\n:{]*\\b${c}\\b|\\b${c}\\.forEach\\(\\(?\\s*(\\w+)`,
    'g',
  );
  for (const [, a, b] of text.matchAll(loops)) {
    const calls = text.matchAll(new RegExp(`(?<![\\w.])${escape(a ?? b ?? '')}\\.(\\w+)\\s*\\(`, 'g'));
    for (const [, method = ''] of calls) if (!plainMethod.test(method)) return true;
    if (info.language === 'javascript' && isCalledByName(text, a ?? b ?? '')) return true;
  }
  if (info.language !== 'javascript') return false;
  if (new RegExp(`\\b${c}(?:\\[[^\\]\\n]*\\]|\\.(?:get|at)\\([^()\\n]*\\))!?\\(`).test(text)) return true;
  const taken = new RegExp(
    `\\b(?:const|let|var)\\s+(\\w+)\\s*(?::[^=\\n]+)?=\\s*[\\w.#]*\\b${c}(?:\\[|\\.(?:get|at|find|shift|pop|values|keys)\\()`,
    'g',
  );
  return [...text.matchAll(taken)].some(([, name = '']) => isCalledByName(text, name));
}

/** `rule(…)`, where it is no function's own name. */
function isCalledByName(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.]|\\bfunction\\s)${escape(name)}\\((?![^()\\n]*\\)\\s*(?::[^{\\n]+)?\\{)`).test(text);
}

/** The class of the module that has every attribute and method used of a parameter. */
function objectByUse(info: ModuleInfo, use: Use): ClassDef | null {
  if (/^(opts?|options|config|settings|params|props)$/i.test(use.param.name)) return null;
  const names = [...use.attributes.map((a) => a[0] ?? ''), ...use.methods].filter((n) => !n.startsWith('['));
  if (names.length === 0) return null;
  return info.module.classes.find((cls) => names.every((n) => hasMember(info, cls, n))) ?? null;
}

/** Has a class of the module such an attribute or method? */
function hasMember(info: ModuleInfo, cls: ClassDef, name: string): boolean {
  const text = info.text(cls.span);
  const n = escape(name);
  if (new RegExp(`\\b(self|this)\\.${n}\\b|\\b(def|public|private|protected|readonly) ${n}\\b`).test(text)) return true;
  if (info.language === 'javascript') return cls.members.some((m) => m.name === name || m.name === `#${name}`);
  // In Python what is assigned further in is a local variable of a method.
  const indent = /:[^\S\n]*\n(?:[^\S\n]*\n)*([^\S\n]+)/.exec(text)?.[1] ?? '\\s*';
  return new RegExp(`^${indent}${n}\\s*[:=]`, 'm').test(text);
}

function escape(name: string): string {
  return name.replace(/[^\w]/g, '\\$&');
}

/** `{ params: { id: 'a' } }` from the paths read. Null when methods are called on it: then it is unknown. */
function objectLiteral(use: Use): string | null {
  interface Tree {
    [name: string]: Tree;
  }
  if (use.methods.size > 0) return null;
  const tree: Tree = {};
  for (const path of use.attributes) {
    let at = tree;
    for (const name of path) {
      if (name.startsWith('[')) break;
      if (!Object.hasOwn(at, name)) at[name] = {};
      const next = at[name];
      if (next === undefined) break;
      at = next;
    }
  }
  const valueOf = (name: string, below: Tree, path: string): string => {
    const names = Object.keys(below);
    if (names.length === 0) return use.filled.has(path) ? '{}' : leaf(name);
    // What methods of texts are called on is one, what others are called on is not known.
    if (names.some((n) => use.called.has(`${path}.${n}`)))
      return names.every((n) => n === 'length' || textMethod.test(n)) ? leaf(name) : `opaque('${name}')`;
    return names.every((n) => n === 'length') ? `opaque('${name}')` : print(below, path);
  };
  const print = (t: Tree, path: string): string => {
    const parts = Object.entries(t).map(([name, below]) => {
      const key = /^[\w$]+$/.test(name) ? name : `'${name}'`;
      return `${key}: ${valueOf(name, below, path === '' ? name : `${path}.${name}`)}`;
    });
    return `{ ${parts.join(', ')} }`;
  };
  return print(tree, '');
}

/** The same with nothing where what is there decides how to go on: `{ compress: false }`. */
function withoutTested({ tested }: Use, literal: string): string {
  return literal.replace(/(?<=[{,] )([\w$]+): '[^']*'/g, (part, name: string) => (tested.has(name) ? `${name}: false` : part));
}

const urlName = /^(url|uri|href|endpoint|origin|authority|base_?ur[li]|\w+(Url|Uri|URL|URI|_url|_uri|Endpoint|_endpoint))$/;

const textMethod =
  /^(trim|trimStart|trimEnd|toLowerCase|toUpperCase|split|startsWith|endsWith|charAt|charCodeAt|substring|substr|padStart|padEnd|match|replace|replaceAll|localeCompare|normalize|toString)$/;

function leaf(name: string): string {
  if (/^(toString|length)$/.test(name)) return '1';
  return numberName.test(name) ? '1' : `'${name === 'id' ? 'a' : name}'`;
}

/** State a check needs before it can pass: calls of the methods that add, or the state set directly. */
import type { Candidate } from '../candidate.ts';
import type { FunctionDef } from '../../program/program.ts';
import { placeName } from '../shared.ts';
import type { RuleContext } from '../rules/rule.ts';
import { type Entry, isPrivate } from './entries.ts';
import type { ModuleInfo } from '../module-info.ts';
import { classOfMeta } from './metaclasses.ts';
import { construct, constructorOf, initialSizes, knownKeys, knownNumbers } from './objects.ts';
import { overfull } from './overfull.ts';
import { keyInPattern } from './patterns.ts';
import { areElementsUsed, usesOf, valuesFor } from './values.ts';
import type { Act } from '../walk/state.ts';
import type { Place } from '../shared.ts';

/** Lines of code that fill the state, given the name of the object and the text of the call that will be made on it. */
export type Setup = (receiver: string, call: string) => string[];

/** Ways to fill the state. */
export function prepare(context: RuleContext, candidate: Candidate, entry: Entry): Setup[] {
  const { info } = context;
  const py = info.language === 'python';
  const out: Setup[] = [];
  const at = placeOf(context, candidate);
  // Whoever makes an object has none before.
  if (entry.kind === 'making' && at?.root.kind === 'attribute') return out;
  if (at === null || (at.root.kind !== 'attribute' && at.root.kind !== 'global')) return out;
  // What is brought from somewhere nobody can see is as it is.
  if (at.root.kind === 'global' && at.root.origin === undefined && !info.constantGlobals.has(at.root.name)) return out;
  const keys = knownKeys(info);
  const common = keyInPattern(entry.fn, info.text(candidate.check)) ?? keys.get('*') ?? keyHandedIn(context, candidate, entry) ?? "'a'";
  const adders = (context.changes.get(at.key) ?? []).filter(
    (c) => (c.act.kind === 'add' || c.act.kind === 'set') && c.fn !== candidate.fn && c.fn !== entry.fn && isSimple(context, c.fn, entry),
  );
  for (const { fn } of adders.slice(0, 1)) {
    const numbers = knownNumbers(info, candidate.owner);
    const lines: string[] = [];
    const args = usesOf(info, fn)
      .filter((u) => u.param.default === null && u.param.kind !== 'rest' && u.param.kind !== 'keywordRest')
      .map((use) => {
        // Those who come meanwhile bring another.
        if (candidate.rule === 'mutate-while-iterating' && use.isKey) return "'earlier'";
        const values = valuesFor(info, use, numbers, () => null, keys);
        const [text] = values.texts;
        // Written where it is handed in: the calls that follow may have options of their own.
        const literal =
          values.setup.length === 1 ? new RegExp(`^const ${text} = (\\{.*\\});$`).exec(values.setup[0] ?? '')?.[1] : undefined;
        if (literal !== undefined) return literal;
        lines.push(...values.setup);
        return text;
      });
    out.push((receiver) => {
      const on = entry.kind === 'method' ? receiver : entry.kind === 'static' ? `target.${entry.cls.name}` : 'target';
      const call = `${on}.${fn.name}(${args.join(', ')})`;
      if (!fn.isAsync) return [...lines, py ? call : `${call};`];
      return py ? [...lines, 'async def prepare():', `    await ${call}`, 'concurrently(prepare)'] : [...lines, `await ${call};`];
    });
  }
  // Whoever makes an object puts it there.
  const isMaking = (fn: FunctionDef): boolean => /^__(?:call|init|new)__$/.test(fn.name) && fn !== candidate.fn;
  const maker =
    entry.kind === 'static' && (context.changes.get(at.key) ?? []).some((c) => isMaking(c.fn)) ? construct(info, entry.cls) : null;
  if (maker !== null) out.push(() => [...maker.setup, maker.text]);
  const { name } = at.root;
  // `Store.rooms`: what hangs on a class and is asked for by its name.
  const isOfClass = at.root.kind === 'attribute' && info.globalClasses.has(at.base);
  const called = entry.kind === 'method' && entry.fn.name === '__call__' ? classOfMeta(info, entry.cls) : null;
  const ofOwn = at.root.kind !== 'attribute' ? null : entry.kind === 'static' ? `target.${entry.cls.name}` : (called?.name ?? null);
  if (!py && name.startsWith('#')) return out;
  const type = typeAt(info, at);
  const reached = reachedBy(info, at);
  const value = areElementsUsed(info, name) ? "opaque('item')" : "'item'";
  /** `index`: the name of a loop's variable, which makes keys differ. */
  const direct = (receiver: string, index = ''): string | null => {
    const key = index === '' ? common : py ? `f'a{${index}}'` : `'a' + ${index}`;
    const what =
      reached ?? `${at.root.kind === 'global' ? 'target' : isOfClass ? `target.${at.base}` : (ofOwn ?? receiver + heldIn(at))}.${name}`;
    // Nothing at first: what the file puts there, as a whole.
    if (
      reached === null &&
      at.root.kind === 'attribute' &&
      (type === null || type === 'Object' || type === 'dict') &&
      !isInitialised(context, candidate, name)
    )
      return `${what} = ${wholeOf(context, at, py, name.replace(/^_+/, ''))}${py ? '' : ';'}`;
    switch (type) {
      case 'list':
      case 'deque':
        return `${what}.append(${value})`;
      case 'set':
        return `${what}.add(${value === "'item'" ? key : value})`;
      case 'dict':
        return `${what}[${key}] = ${elementOf(context, at, py)}`;
      case 'queue.Queue':
        return `${what}.put(${value})`;
      case 'asyncio.Queue':
        return `${what}.put_nowait(${value})`;
      case 'Array':
        return `${what}.push(opaque('item'));`;
      case 'Map':
        return `${what}.set(${key}, ${elementOf(context, at, py)});`;
      case 'Set':
        return `${what}.add(${key});`;
      case 'Object':
        // A property that has a name is no entry.
        if (reached !== null && at.path[0]?.kind === 'attr') return `${what}.${at.path[0].name} = opaque('${at.path[0].name}');`;
        return `${what}[${key}] = ${elementOf(context, at, py)};`;
      default:
        return null;
    }
  };
  // What is taken out while others are still to come: one by the program's own way in, another behind it.
  const [added] = out;
  if (candidate.rule === 'mutate-while-iterating' && added !== undefined && /^(list|deque|Array)$/.test(type ?? ''))
    out.unshift((receiver, call) => [...added(receiver, call), (direct(receiver) ?? '').replace("opaque('item')", "opaque('another')")]);
  const boundary = boundaryOf(context, candidate, at, direct, common);
  if (boundary !== null) out.unshift(boundary);
  const inner = filledElement(context, candidate, at, direct);
  if (inner !== null) out.unshift(inner);
  // What drops some when there are too many does so only then.
  if (candidate.rule === 'mutate-while-iterating' && at.root.kind === 'attribute' && direct('x', 'i') !== null) {
    const full = (receiver: string) => overfull(info, candidate.owner, name, receiver, direct(receiver, 'i') ?? '');
    if (full('x') !== null) out.unshift((receiver) => [...(full(receiver) ?? []), direct(receiver) ?? '']);
  }
  if (direct('x') !== null) out.push((receiver) => [direct(receiver) ?? '']);
  return out;
}

/** The type of what is there, in whatever file it is. */
function typeAt(info: ModuleInfo, { root, key }: Place): string | null {
  if (root.kind === 'global' && root.origin !== undefined)
    return info.links?.infoAt(root.origin)?.types.get(`g:${root.name}`)?.type ?? null;
  return (info.types.get(key) ?? info.links?.typeOf(key))?.type ?? null;
}

/**
 * How a driver gets to what hangs on an object that the file has or imports, or to a variable of another file, by the names
 * the file has for them: `target.registry.entries`. Null for what hangs on the object that is called.
 */
function reachedBy(info: ModuleInfo, { root, base }: Place): string | null {
  const isKnown = (name: string): boolean => info.constantGlobals.has(name) || info.imports.has(name);
  if (root.kind === 'global') return root.origin !== undefined && root.as !== undefined ? `target.${root.as}` : null;
  const [first = ''] = base.split('.');
  const isObject = root.kind === 'attribute' && /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/.test(base);
  return isObject && isKnown(first) && !info.globalClasses.has(base) ? `target.${base}.${root.name}` : null;
}

/** `.users` of `this.users.byName`: what the object that is called has. */
function heldIn({ root, base }: Place): string {
  return root.kind === 'attribute' ? (/^(?:self|this)((?:\.[A-Za-z_$][\w$]*)+)$/.exec(base)?.[1] ?? '') : '';
}

/** The key under which the call looks for it, where that is no text: `rooms[1]` for `enter(1)`. */
function keyHandedIn({ info }: RuleContext, { check, owner }: Candidate, { fn }: Entry): string | null {
  const asked = usesOf(info, fn).filter(({ isKey, param }) => isKey && param.default === null);
  const text = info.text(check);
  const use = asked.find(({ param }) => new RegExp(`\\b${param.name.replace(/\W/g, '')}\\b`).test(text)) ?? asked[0];
  if (use === undefined) return null;
  const [key] = valuesFor(info, use, knownNumbers(info, owner), () => null, new Map()).texts;
  return /^(?:\d+|'[^'\\]*')$/.test(key) ? key : null;
}

const literal =
  /^(\[\s*\]|\{\s*\}|-?\d+(\.\d+)?|'[^'\\]*'|"[^"\\]*"|True|False|None|true|false|null|set\(\)|dict\(\)|list\(\)|new (Map|Set)\(\))$/;

/**
 * An element as the file itself makes them, what is not a literal in it unknown; unknown when it makes none. `within`: an
 * attribute of the elements, whose own elements are asked for.
 */
function elementOf(context: RuleContext, at: Place, py: boolean, name = 'item', within: string | null = null): string {
  return putThere(context, at, py, name, within, (act) => act.kind === 'set' || act.kind === 'add' || act.place.path.length > 0);
}

/** The same of what the file puts in place of all of it. */
function wholeOf(context: RuleContext, at: Place, py: boolean, name: string): string {
  return putThere(context, at, py, name, null, () => true);
}

function putThere(context: RuleContext, at: Place, py: boolean, name: string, within: string | null, isOne: (act: Act) => boolean): string {
  for (const { act, fn } of context.changes.get(at.key) ?? []) {
    if (act.kind !== 'set' && act.kind !== 'assign' && act.kind !== 'add') continue;
    // Of what is put there inside a call, the text of the call says nothing.
    if (act.viaCall || attributeIn(act.place) !== within || !isOne(act)) continue;
    const element = elementText(context.info, context.info.text(act.span), fn, py);
    if (element !== null) return element;
  }
  return `opaque('${name}')`;
}

/** The attribute of an element that a place is in: `rooms[id].members` → `members`. */
function attributeIn(place: Place): string | null {
  const at = place.path.findIndex((s) => s.kind === 'item');
  const next = at < 0 ? undefined : place.path[at + 1];
  return next?.kind === 'attr' ? next.name : null;
}

/** What an act that adds or sets an element puts there, as far as its text says. */
function elementText(info: ModuleInfo, act: string, fn: FunctionDef, py: boolean): string | null {
  const made = /(?:=|[,(])\s*([[{][\s\S]*[\]}])\s*\)?;?$/.exec(act)?.[1] ?? variableText(info, act, fn);
  if (made === undefined || made.length > 400) return null;
  if (literal.test(made)) return made;
  const cls = info.globalClasses.get(/^(?:new\s+)?([A-Z]\w*)\(/.exec(made)?.[1] ?? '');
  if (cls !== undefined) {
    const object = construct(info, cls);
    return object !== null && object.setup.length === 0 ? object.text : null;
  }
  if (!made.startsWith('{')) return null;
  const fields = splitFields(made.slice(1, -1)).map((field) => {
    const [, key = '', value = ''] = /^\s*(['"]?[\w$]+['"]?)\s*:\s*([\s\S]*?)\s*$/.exec(field) ?? [];
    const name = (key === '' ? field : key).trim().replace(/['"]/g, '');
    if (!/^[\w$]+$/.test(name)) return null;
    return `${py ? `'${name}'` : name}: ${literal.test(value) ? value : `opaque('${name}')`}`;
  });
  return fields.length > 0 && fields.every((f) => f !== null) ? `{${fields.join(', ')}}` : null;
}

/** `rooms.set(id, room)`, `rooms[id] = Room(id)`: the class or the literal that is put there, by way of a variable. */
function variableText(info: ModuleInfo, act: string, fn: FunctionDef): string | undefined {
  const direct = /(?:=|[,(])\s*((?:new\s+)?[A-Z]\w*\([^()]*\))\s*\)?;?$/.exec(act)?.[1];
  if (direct !== undefined) return direct;
  const variable = /(?:=|[,(])\s*([a-z_]\w*)\s*\)?;?$/.exec(act)?.[1];
  if (variable === undefined) return undefined;
  const text = info.text(fn.span);
  const declared = new RegExp(`(?<![\\w.])${variable}\\s*(?::[^=\\n]{1,80})?=\\s*((?:new\\s+)?[A-Z]\\w*\\([^()\\n]*\\)|\\{)`).exec(text);
  if (declared?.[1] !== '{') return declared?.[1];
  const from = declared.index + declared[0].length - 1;
  for (let i = from, depth = 0; i < text.length && i < from + 400; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return text.slice(from, i + 1);
  }
  return undefined;
}

/** An element whose own container is what the check asks for, one short of its limit: `rooms[id].members`. */
function filledElement(context: RuleContext, candidate: Candidate, at: Place, direct: (receiver: string) => string | null): Setup | null {
  const { info } = context;
  const py = info.language === 'python';
  const within = attributeIn(at);
  if (within === null || at.path.length !== 2 || !('name' in at.root)) return null;
  const limit = limitOf(info, candidate, at);
  const element = elementOf(context, at, py);
  const line = direct('x');
  if (limit === null || line === null || element.startsWith('opaque(')) return null;
  const starts = py
    ? new RegExp(`(?:['"]${within}['"]\\s*:|\\.${within}\\s*(?::[^=\\n]+)?=)\\s*(\\[|\\{|set\\(|dict\\()`)
    : new RegExp(`\\b${within}\\s*(?:[:=]\\s*|:[^=;\\n]+=\\s*)(\\[|\\{|new Map|new Set)`);
  // As the element has it, before what the rest of the file says.
  const container = (starts.exec(element) ?? starts.exec(info.module.text))?.[1];
  const made = 'element';
  const what = py && element.startsWith('{') ? `${made}['${within}']` : `${made}.${within}`;
  const value = elementOf(context, at, py, 'item', within);
  const fill: Record<string, string> = py
    ? {
        '[': `${what}.append(${value})`,
        '{': `${what}[f'a{len(${what})}'] = ${value}`,
        'dict(': `${what}[f'a{len(${what})}'] = ${value}`,
        'set(': `${what}.add(f'a{len(${what})}')`,
      }
    : {
        '[': `${what}.push(${value});`,
        '{': `${what}['a' + Object.keys(${what}).length] = ${value};`,
        'new Map': `${what}.set('a' + ${what}.size, ${value});`,
        'new Set': `${what}.add('a' + ${what}.size);`,
      };
  const one = fill[container ?? ''];
  if (one === undefined) return null;
  const size = py
    ? `len(${what})`
    : container === '['
      ? `${what}.length`
      : container === '{'
        ? `Object.keys(${what}).length`
        : `${what}.size`;
  // There may be some from the start.
  const loop = py ? [`while ${size} < ${String(limit - 1)}:`, `    ${one}`] : [`while (${size} < ${String(limit - 1)}) ${one}`];
  return (receiver) => [
    py ? `${made} = ${element}` : `const ${made} = ${element};`,
    ...loop,
    (direct(receiver) ?? '').replace(element, made),
  ];
}

/** The number that the check compares a size with, when there is room for another few: also `this.count() >= 10`. */
function limitOf(info: ModuleInfo, candidate: Candidate, at: Place): number | null {
  const text = info.text(candidate.check);
  const isContainer = /^(?:list|deque|set|dict|Array|Map|Set|Object)$/.test(typeAt(info, at) ?? '');
  if (!/(?:len\(|\.length|\.size)/.test(text) && !(isContainer && /\w\(\s*\)\s*[<>]=?[^<>]*$/.test(text))) return null;
  const other = /[<>=]=?\s*(?:(?:self|this)\.#?)?(\w+)\s*$/.exec(text)?.[1];
  const limit = other === undefined ? NaN : Number(/^\d+$/.test(other) ? other : knownNumbers(info, candidate.owner).get(other));
  return Number.isInteger(limit) && limit >= 2 && limit <= mostFilled ? limit : null;
}

/** At the commas that are in no bracket or string; a comma at the end adds nothing. */
function splitFields(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (quote !== '') {
      if (c === quote && text[i - 1] !== '\\') quote = '';
    } else if (/['"`]/.test(c)) quote = c;
    else if (/[([{]/.test(c)) depth++;
    else if (/[)\]}]/.test(c)) depth--;
    else if (c === ',' && depth === 0) {
      out.push(text.slice(from, i));
      from = i + 1;
    }
  }
  out.push(text.slice(from));
  return out.filter((f) => f.trim() !== '');
}

/**
 * A state in which only one may still pass: a container one short of the limit its size is compared
 * with, or with a single element left, or a number of 1 that is compared with 0.
 */
function boundaryOf(
  context: RuleContext,
  candidate: Candidate,
  at: Place,
  direct: (receiver: string, index?: string) => string | null,
  common: string,
): Setup | null {
  const { info } = context;
  const py = info.language === 'python';
  if (at.root.kind !== 'attribute' && at.root.kind !== 'global') return null;
  const text = info.text(candidate.check);
  const numbers = knownNumbers(info, candidate.owner);
  const { name } = at.root;
  const isGlobal = at.root.kind === 'global';
  const reached = reachedBy(info, at);
  const there = (receiver: string): string => reached ?? `${isGlobal ? 'target' : receiver + heldIn(at)}.${name}`;
  const last = lastOne(info, candidate, at, text);
  if (last !== null) return (receiver) => [`${py ? 'del ' : ''}${there(receiver)}${last}`];
  const limit = limitOf(info, candidate, at);
  const line = limit === null ? null : direct('x', 'i');
  if (limit !== null && line !== null) {
    return (receiver) =>
      py
        ? [`for ${/\bi\b/.test(line) ? 'i' : '_'} in range(${String(limit - 1)}):`, `    ${direct(receiver, 'i') ?? ''}`]
        : [`for (let i = 1; i < ${String(limit)}; i++) ${direct(receiver, 'i') ?? ''}`];
  }
  const initial = Number(numbers.get(name) ?? 0);
  // Those who came before leave room for one.
  const count = lastCount(text, name, numbers);
  if (count !== null && count > initial) {
    if (at.path.length > 0 || /\.get\(|\[/.test(text)) return countedAt(typeAt(info, at), at, common, there, count, py);
    if (py || (!isGlobal && !name.startsWith('#'))) return (receiver) => [`${there(receiver)} = ${String(count)}${py ? '' : ';'}`];
    return count - initial > maxEarlier
      ? null
      : (_, call) => [`for (let i = ${String(initial)}; i < ${String(count)}; i++) await ${call};`];
  }
  if (at.path.length > 0 || initial <= 1 || !/(?:[<>]=?|[!=]==?)\s*[01]\b/.test(text)) return null;
  if (py || (!isGlobal && !name.startsWith('#'))) return (receiver) => [`${there(receiver)} = 1${py ? '' : ';'}`];
  // Nobody outside can set it: those who came before take all but one.
  return initial > maxEarlier || !Number.isInteger(initial)
    ? null
    : (_, call) => [`for (let i = 1; i < ${String(initial)}; i++) await ${call};`];
}

const maxEarlier = 50;
const mostFilled = 200;

/** The number of a counter with which one more may pass and then nobody: 4 for `this.open >= 5`, also of `open[key]`, `open.get(key)`. */
function lastCount(check: string, name: string, numbers: ReadonlyMap<string, string>): number | null {
  const number = '(?:(?:self|this)\\.#?)?([\\w$]+)(?![\\w$.(\\[])';
  const counter = `(?<![\\w$])${name.replace(/\W/g, '\\$&')}(?![\\w$])[^<>=!]{0,60}?`;
  const [, op, limit] = new RegExp(`${counter}(>=|<=|>|<|={2,3}|!==?)\\s*${number}`).exec(check) ?? [];
  const [, bound, turned] =
    op === undefined ? (new RegExp(`(?<![\\w$.])${number}\\s*(>=|<=|>|<)\\s*(?:(?:self|this)\\.)?${counter}`).exec(check) ?? []) : [];
  const text = limit ?? bound;
  if (text === undefined) return null;
  const most = Number(/^\d+$/.test(text) ? text : numbers.get(text));
  if (!Number.isInteger(most) || most < 2) return null;
  return op === '>' || op === '<=' || turned === '<' || turned === '>=' ? most : most - 1;
}

/** The same of an entry of a table. */
function countedAt(
  type: string | null,
  { path: [step, ...more] }: Place,
  key: string,
  there: (receiver: string) => string,
  count: number,
  py: boolean,
): Setup | null {
  if (step?.kind === 'attr' || more.length > 0) return null;
  if (type === 'Map') return (receiver) => [`${there(receiver)}.set(${key}, ${String(count)});`];
  return type === 'dict' || type === 'Object' ? (receiver) => [`${there(receiver)}[${key}] = ${String(count)}${py ? '' : ';'}`] : null;
}

/** What leaves one element of a list that the check asks to be not empty and the file fills with more. */
function lastOne(info: ModuleInfo, candidate: Candidate, at: Place, check: string): string | null {
  if (at.path.length > 0 || !('name' in at.root) || at.root.name.startsWith('#')) return null;
  if (/[<>]=?|[!=]=/.test(check) && !/(?:<|>=)\s*1\b|(?:>|[!=]==?|<=)\s*0\b/.test(check)) return null;
  if ((initialSizes(info, candidate.owner).get(at.root.name) ?? 0) < 2) return null;
  return info.language === 'python' ? '[1:]' : '.splice(1);';
}

/** The state is nothing at first, and the check is not about that: it needs to be there. */
export function needsToBeThere(context: RuleContext, candidate: Candidate): boolean {
  const check = context.info.text(candidate.check);
  if (/^!?\s*[\w.#$]+$|(===?|!==?|\bis( not)?)\s*(null|None|undefined)\b/.test(check)) return false;
  return candidate.owner !== null && !isInitialised(context, candidate, candidate.sharedName);
}

/** Whether the state is something when nobody has been called yet. */
export function isThereFromTheStart(context: RuleContext, candidate: Candidate): boolean {
  if (candidate.owner !== null) return isInitialised(context, candidate, candidate.sharedName);
  const name = candidate.sharedName.replace(/[^\w]/g, '\\$&');
  const nothing = context.info.language === 'python' ? '=\\s*(?:None|False)' : '(?:=\\s*(?:null|undefined|false))?\\s*;?';
  return !new RegExp(`^(?:export\\s+)?(?:(?:let|var)\\s+)?${name}\\s*(?::[^=;\\n]+)?${nothing}\\s*$`, 'm').test(context.info.module.text);
}

/** The constructor leaves it at something other than nothing. */
export function isInitialised(context: RuleContext, candidate: Candidate, name: string): boolean {
  const { owner } = candidate;
  if (owner === null) return true;
  const text = context.info.text(owner.span);
  const escaped = name.replace(/[^\w]/g, '\\$&');
  const maker = constructorOf(context.info, owner);
  if (
    maker !== null &&
    new RegExp(`\\b(?:self|this)\\.${escaped}\\s*(?::[^=\\n]+)?=\\s*(?![\\s=]|None\\b|null\\b|undefined\\b)`).test(
      context.info.text(maker.span),
    )
  )
    return true;
  return !new RegExp(
    `\\b(?:self|this)\\.${escaped}\\s*(?::[^=\\n]+)?=\\s*(?:None|null|undefined)\\b|^\\s*(?:private |public |protected |readonly )*${escaped}\\s*[?!]?\\s*(?::[^=;\\n]+)?(?:=\\s*(?:None|null|undefined)\\s*)?;?\\s*$`,
    'm',
  ).test(text);
}

function placeOf(context: RuleContext, candidate: Candidate): Place | null {
  const { check, act } = candidate;
  const reads = context.facts.pairs
    .filter((pair) => pair.fn === candidate.fn && pair.act.span.start === act.start && placeName(pair.read.place) === candidate.sharedName)
    .map((pair) => pair.read);
  // What the check itself reads, as precisely as it says.
  const own = reads.filter(({ span }) => span.start >= check.start && span.end <= check.end);
  const [most] = (own.length > 0 ? own : reads.slice(0, 1)).sort((x, y) => y.place.path.length - x.place.path.length);
  if (most !== undefined) return most.place;
  for (const it of context.facts.iterations) if (it.fn === candidate.fn && placeName(it.place) === candidate.sharedName) return it.place;
  return null;
}

function isSimple(context: RuleContext, fn: FunctionDef, entry: Entry): boolean {
  if (isPrivate(context.info, fn) || !/^[A-Za-z_]\w*$/.test(fn.name)) return false;
  // What a class does for all its objects.
  if (entry.kind === 'static') {
    const isOfClass = fn.isStatic || fn.decorators.some((d) => /^(?:static|class)method$/.test(context.info.text(d.span)));
    return (
      isOfClass && fn.decorators.length <= 1 && fn.owner !== null && context.info.ownerName(fn.owner) === context.info.ownerName(entry.cls)
    );
  }
  if (fn.decorators.length > 0) return false;
  return entry.kind === 'method'
    ? fn.owner !== null && context.info.ownerName(fn.owner) === context.info.ownerName(entry.cls)
    : fn.owner === null && fn.parent?.kind === 'module';
}

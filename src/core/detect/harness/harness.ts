/**
 * How to run a candidate: the module's own driver when it starts contexts that reach the function,
 * otherwise code such as a person would write, with several alternatives.
 */
import type { ClassDef, FunctionDef, Program } from '../../program/program.ts';
import { searchedElements } from './searched.ts';
import { lineIndex, lineStarts, toRange } from '../../program/lines.ts';
import { analysisOf } from '../analysis.ts';
import type { Candidate, Evidence, Harness } from '../candidate.ts';
import { type ModuleInfo, refName } from '../module-info.ts';
import { placeName } from '../shared.ts';
import type { RuleContext } from '../rules/rule.ts';
import { isCoroutine } from '../walk/walk.ts';
import { componentOf, effectDrivers, filledIn, isComponent, mountText, renderArguments, shownBeside } from './component.ts';
import { emittedText } from './emitted.ts';
import {
  doneCallbackGiver,
  type Entry,
  entriesOf,
  isContextManager,
  isOfBodyOnly,
  isPrivate,
  outerEntriesOf,
  threadBody,
} from './entries.ts';
import { calledClass, classOfMeta } from './metaclasses.ts';
import { variableFor, another, insideLoop, javascriptText, lowerFirst, ordinals, pythonText, stage, unknownLine } from './driver-text.ts';
import { evidenceFor, liveStarts } from './evidence.ts';
import { handsOutWhatItMakes, keepsOneInstance } from './instances.ts';
import { listenerAround, registrarOf } from './listeners.ts';
import { construct, constructorOf, knownKeys, knownNumbers, switchesFor } from './objects.ts';
import { comesUnder, madeUnder } from './made-under.ts';
import { patternArgument } from './patterns.ts';
import {
  bringerOf,
  elementBringerOf,
  enablerOf,
  fillerOf,
  neededMembers,
  partnersOf,
  sets,
  removersOfFiles,
  sameFamily,
  supplierOf,
  switcherOf,
  takesAway,
} from './partners.ts';
import { providedText } from './provided.ts';
import { needsToBeThere, prepare, type Setup } from './prepare.ts';
import { attributeName, type Starts, startsOf } from './starts.ts';
import { evidenceOfUsers } from './users.ts';
import { isGivenAnyway, type Use, usesOf, valuesFor } from './values.ts';
import { importsRef, isRefParameter, watchDrivers } from './watched.ts';

const maxHarnesses = 7;
/** Of an entry's calls, those that come before other ways to fill the state. */
const soonest = 4;
/** The variant in which the calls are about different things, but for the key of the state in question. */
const apart = -1;
/** The second call comes by a connection of its own: the handler in which its listener is registered runs once for each. */
const elsewhere = -2;
/** The variant in which both calls are one and the same: the double click. */
const same = -3;

interface Made {
  text: string;
  contexts: string[];
  sameTurn?: true;
}

/** Alternatives in the order to try them. Empty: nothing outside can reach the function. */
export function harnesses(program: Program, candidate: Candidate): Harness[] {
  const { module } = candidate;
  if (!program.modules.includes(module)) return [];
  const context = analysisOf(module);
  const { info } = context;
  const starts = startsOf(info);
  const out: Harness[] = [];
  const live = liveStarts(info, starts, candidate.fn);
  if (live !== null) out.push({ kind: 'driver', evidence: live });
  const own = evidenceFor(info, starts, candidate);
  const evidence = own.kind === 'none' || own.isMild === true ? (evidenceOfUsers(program, candidate) ?? own) : own;
  // All callers are in the file: what they do not do together does not happen.
  const closed = starts.live.has(candidate.fn) && candidate.fn.kind !== 'module' && !isCalledFromOutside(info, starts, candidate.fn);
  if (closed && (live !== null || evidence.kind !== 'code')) {
    if (live !== null) return out;
    const none: Evidence = { kind: 'none', text: 'the file calls it one at a time; run as if two calls overlapped', spans: [] };
    return synthesise(context, candidate, none);
  }
  return [...out, ...synthesise(context, candidate, evidence)];
}

/** What the file itself runs may be come to by functions that only others call: `manager.restart()` beside the monitor's thread. */
function isCalledFromOutside(info: ModuleInfo, starts: Starts, fn: FunctionDef): boolean {
  return info.module.functions.some(
    (f) => f !== fn && f.parent?.kind === 'module' && !starts.live.has(f) && !isPrivate(info, f) && starts.reaches(f, fn),
  );
}

function synthesise(context: RuleContext, candidate: Candidate, evidence: Evidence): Harness[] {
  const { info } = context;
  const starts = startsOf(info);
  const out: Harness[] = [];
  const texts = new Set<string>();
  let lastResort = false;
  const add = (made: Made | null): void => {
    if (made === null || texts.has(made.text) || out.length >= maxHarnesses) return;
    texts.add(made.text);
    const harness: Harness = { kind: 'synthesised', evidence, ...made };
    out.push(lastResort ? { ...harness, lastResort } : harness);
  };
  const component = componentOf(info, candidate.fn);
  if (component !== null) for (const made of effectDrivers(info, candidate, component)) add(made);
  if (out.length > 0) {
    if (component !== null) for (const made of besideEffect(context, candidate)) add(made);
    return out;
  }
  const calling = (outer: FunctionDef): string[] | null => {
    const made = write(context, candidate, [entryOfFunction(outer), entryOfFunction(outer), 0], null);
    const call = made === null ? null : /^ {2}\(\) => (.*),$/m.exec(made.text)?.[1];
    if (made === null || call == null) return null;
    const lines = made.text.slice(0, made.text.indexOf('await concurrently(')).trimEnd().split('\n');
    return [...lines, `const made = ${call};`];
  };
  for (const made of watchDrivers(info, starts, candidate, calling)) add(made);
  const ways = candidate.ends === undefined ? entriesOf(info, starts, candidate.fn) : outerEntriesOf(info, starts, candidate.fn);
  for (const entry of ways) {
    lastResort = out.length > 0 && (isPrivate(info, entry.fn) || doneCallbackGiver(info, entry.fn) !== null);
    // Who begins what can be ended may also see to it that it is.
    if (lastResort && candidate.ends !== undefined) continue;
    const partners = partnersOf(context, candidate, entry);
    const needsState =
      /check-then-remove|mutate-while-iterating|stale-after-await/.test(candidate.rule) ||
      candidate.uses === true ||
      needsToBeThere(context, candidate);
    const prepared = prepare(context, candidate, entry);
    const setups = prepared.length === 0 ? [null] : needsState ? [...prepared, null] : [null, ...prepared];
    const twice = candidate.rule !== 'mutate-while-iterating' && candidate.rule !== 'wait-without-loop';
    const pairs: Calls[] = [];
    const alone: Calls[] = [
      [entry, entry, 0],
      ...(/db-check-then-act|get-or-create|check-then-act|lost-update/.test(candidate.rule) ? [[entry, entry, same] satisfies Calls] : []),
      [entry, entry, 1],
    ];
    // What one caller changes in a whole that is written back shows when the other changes something else of it.
    if (/lost-update|get-or-create|check-then-act/.test(candidate.rule)) alone.push([entry, entry, apart]);
    if (entry.kind === 'closure' && entry.makers?.some((maker) => registrarOf(info, maker) !== null) === true)
      alone.unshift([entry, entry, elsewhere]);
    const mixed: Calls[] = partners.map((p) => [entry, p, 0]);
    const body = threadBody(info, entry);
    const useOnly =
      body !== null ||
      (candidate.uses === true && !removersOfFiles(context).includes(candidate.fn)) ||
      isOnlyChangedByOthers(context, candidate, entry) ||
      /stale-after-await|mutate-while-iterating|wait-without-loop|lock-order/.test(candidate.rule);
    // Taking locks may depend on an argument.
    const varied = candidate.rule === 'lock-order' ? mixed.slice(0, 1).map(([a, b]): Calls => [a, b, 1]) : [];
    pairs.push(...(useOnly && mixed.length > 0 ? [...mixed.slice(0, 1), ...varied, ...mixed.slice(1), ...alone] : [...alone, ...mixed]));
    const [first] = setups;
    // One object has one thread of its own.
    const single = isOfBodyOnly(info, starts, entry.fn, body) && (mixed.length > 0 || candidate.owner !== null);
    const alternatives = single ? [...mixed, ...mixed.map(([a, b]): Calls => [a, b, 1])] : twice || mixed.length > 0 ? pairs : alone;
    const takers = mixed.filter(([, b]) => takesAway(context, candidate, b.fn));
    const brings = takers.length > 0 ? bringerOf(context, candidate, entry) : null;
    const taken = takers.find(([, b]) => b.fn !== brings?.fn);
    if (brings !== null && taken !== undefined) add(write(context, candidate, taken, null, { brings }));
    // On an event loop a lock that is free is taken at once: it takes a third that holds both to make two wait.
    const [rival] = mixed;
    if (candidate.rule === 'lock-order' && rival !== undefined && (info.language === 'javascript' || needsAwait(entry)))
      add(write(context, candidate, rival, first ?? null, { callers: 2 }));
    const insisted = enablerOf(context, candidate, entry);
    const needed = insisted === null ? neededMembers(context, candidate, entry) : [];
    const enabler = insisted ?? (needed.length === 0 ? supplierOf(context, candidate, entry) : null) ?? fillerOf(context, candidate, entry);
    const inUse: Setup = (receiver) =>
      needed.map((name) => `${receiver}.${name} = opaque('${name}')${info.language === 'python' ? '' : ';'}`);
    add(emitted(context, candidate, entry));
    const searched = entry.fn === candidate.fn ? searchedElements(context, candidate) : null;
    if (searched !== null) for (const variant of [apart, 0]) add(write(context, candidate, [entry, entry, variant], searched));
    // One call, and the events that it listens to.
    if (listenerAround(info, candidate) !== null) {
      const once = write(context, candidate, [entry, entry, 0], null);
      add(withEvents(info, once === null ? null : calledOnce(once), listenersOf(context, candidate, entry)));
    }
    for (const [index, calls] of alternatives.slice(0, soonest).entries()) {
      add(write(context, candidate, calls, first ?? null));
      if (index === 0 && component !== null) add(withFilledIn(context, candidate, component, calls));
      if (index === 0 && needed.length > 0) add(write(context, candidate, calls, inUse));
      if (index === 0 && enabler !== null) add(write(context, candidate, calls, first ?? null, { brings: enabler }));
      // What there was from the start may have to be used up first.
      const [a, b] = calls;
      if (candidate.rule === 'wait-without-loop' && a.fn !== b.fn && out.length === 1)
        add(write(context, candidate, calls, first ?? null, { callers: 3 }));
    }
    const twins = alternatives.find(([a, b, variant]) => a.fn === b.fn && a.fn.isAsync && variant === 0);
    const opener = prepared.length > 0 ? null : elementBringerOf(context, candidate, entry);
    const [opening] = alternatives;
    if (opener !== null && opening !== undefined) add(write(context, candidate, opening, null, { brings: opener }));
    const switcher = twins === undefined ? null : switcherOf(context, candidate, entry);
    if (twins !== undefined && switcher !== null) add(write(context, candidate, twins, first ?? null, { brings: switcher }));
    // A number that grows with every call is past its limit only when there were some.
    if (twins !== undefined && growsTo(context, candidate, entry))
      add(write(context, candidate, twins, (_, call) => [`for (let i = 0; i < 2; i++) await ${call};`]));
    // What the check waits for comes, and comes again while it is seen to: a packet, and the next one.
    const bringer = /check-then-act|lost-update/.test(candidate.rule) ? mixed.find(([, b]) => sets(context, candidate, b.fn)) : undefined;
    if (bringer !== undefined && bringer[0].fn !== bringer[1].fn)
      add(write(context, candidate, bringer, first ?? null, { brings: bringer[1], again: true }));
    if ((evidence.kind === 'contract' || evidence.text.startsWith('started without being awaited')) && twins !== undefined)
      add(inOneTurn(info, write(context, candidate, twins, first ?? null)));
    for (const setup of setups.slice(1, 3)) for (const calls of alternatives.slice(0, 1)) add(write(context, candidate, calls, setup));
    // What is there is meanwhile changed by another way in.
    if (rival !== undefined && rival !== alternatives[0]) add(write(context, candidate, rival, setups[1] ?? null));
    // What a call registers may happen while others are under way.
    const events = listenersOf(context, candidate, entry);
    for (const calls of alternatives.slice(0, 1)) add(withEvents(info, write(context, candidate, calls, first ?? null), events));
    for (const calls of alternatives.slice(soonest)) add(write(context, candidate, calls, first ?? null));
  }
  return out;
}

/** Does the check compare a number of the object, nothing at first, that the calls add to, and the act start anew: `if (this.size > this.max)`? */
function growsTo({ info }: RuleContext, candidate: Candidate, entry: Entry): boolean {
  const { owner, sharedName } = candidate;
  const name = sharedName.replace(/\W/g, '\\$&');
  if (info.language !== 'javascript' || owner === null || !/[^=]>=?|<=?/.test(info.text(candidate.check))) return false;
  if (!new RegExp(`\\b(?:this|self)\\.${name}\\s*=(?!=)`).test(info.text(candidate.act))) return false;
  const adds = new RegExp(`\\b(?:this|self)\\.${name}\\s*(?:\\+=|\\+\\+)`).test(info.text(entry.fn.span));
  return adds && new RegExp(`(?<![\\w$])${name}\\s*(?::[^=;\\n]{1,40})?=\\s*0\\b`).test(info.text(owner.span));
}

/** What is done for each value of an observable, when two come. */
function emitted(context: RuleContext, candidate: Candidate, entry: Entry): Made | null {
  if (entry.kind !== 'closure' || entry.factory === null) return null;
  const made = write(context, candidate, [entry, entry, 0], null);
  const text = made === null ? null : emittedText(context.info, entry.fn, made.text);
  return made === null || text === null ? null : { text, contexts: ['the first value', 'the second value'] };
}

function entryOfFunction(fn: FunctionDef): Entry {
  return { kind: 'function', fn };
}

/** An effect, run when its component is shown, and what else changes the state in question. */
function besideEffect(context: RuleContext, candidate: Candidate): Made[] {
  const { info } = context;
  return entriesOf(info, startsOf(info), candidate.fn).flatMap((entry) =>
    partnersOf(context, candidate, entry).flatMap((partner) => {
      const made = write(context, candidate, [entry, partner, 0], null);
      const text = made === null || entry.kind !== 'closure' || partner.kind !== 'closure' ? null : shownBeside(made.text);
      return made === null || text === null ? [] : [{ text, contexts: ['the effect', made.contexts[1] ?? 'handler'] }];
    }),
  );
}

/** The same calls when what a person fills in has been filled in. */
function withFilledIn(context: RuleContext, candidate: Candidate, component: FunctionDef, calls: Calls): Made | null {
  const lines = filledIn(context.info, component, candidate);
  const made = lines.length === 0 ? null : write(context, candidate, calls, null);
  const text = made?.text.replace(/^const made = mount\(.*\n/m, (mounted) => `${mounted}${lines.join('\n')}\n`);
  return made === null || text === undefined || text === made.text ? null : { ...made, text };
}

/** Does a class of the module have another one among its bases, or theirs? */
function inherits(info: ModuleInfo, cls: ClassDef, base: ClassDef, depth = 0): boolean {
  return cls.bases.some((b) => {
    const parent = b.kind === 'name' ? info.globalClasses.get(refName(b.ref)) : undefined;
    return parent !== undefined && (parent === base || (depth < 5 && inherits(info, parent, base, depth + 1)));
  });
}

/** The two ways in, and which of their arguments. */
type Calls = [first: Entry, second: Entry, variant: number];

interface More {
  /** How many call the first. */
  callers?: number;
  /** Has been called before the others begin: it brings what they look for. */
  brings?: Entry;
  /** And is called once more beside the others, with something else. */
  again?: true;
}

/** The source of one harness: two calls in contexts of their own, or the first several times and the second. */
function write(
  context: RuleContext,
  candidate: Candidate,
  [first, second, variant]: Calls,
  setup: Setup | null,
  more: More = {},
): Made | null {
  const { info } = context;
  const callers = more.callers ?? (candidate.rule === 'wait-without-loop' ? 2 : 1);
  const py = info.language === 'python';
  const lines: string[] = [];
  const declare = (more: readonly string[]): void => {
    for (const line of more) if (!lines.includes(line)) lines.push(line);
  };
  const receivers = new Map<ClassDef, string>();
  const classes = [first, second].flatMap((e) => (e.kind === 'method' ? [e.cls] : []));
  /** What is made for a method: the class that has the methods of both, or one that is more than a part of classes. */
  const madeAs = (cls: ClassDef): ClassDef => {
    const derived = (c: ClassDef): boolean =>
      info.module.classes.includes(c) && info.globalClasses.get(c.name) === c && inherits(info, c, cls);
    const both = info.module.classes.filter((c) => derived(c) && classes.every((x) => x === cls || x === c || inherits(info, c, x)));
    const isPart = /^_|Mixin|Base|Abstract/.test(cls.name) || classes.some((x) => x !== cls);
    return (isPart ? both.find((c) => !/^_|Mixin|Base|Abstract/.test(c.name)) : undefined) ?? cls;
  };
  const perContext = isRequestHandlerClass(info, first);
  const receiverOf = (entry: Entry, index: number): string | null => {
    if (entry.kind !== 'method') return null;
    const known = receivers.get(entry.cls);
    if (known !== undefined && !perContext) return known;
    const related = [...receivers].find(([cls]) => sameFamily(info, cls, entry.cls) && !perContext);
    if (related !== undefined) return related[1];
    const base = lowerFirst(entry.cls.name, py);
    const name = perContext ? `${base}${String(index + 1)}` : base;
    if (perContext) {
      declare([`${name} = target.${entry.cls.name}.__new__(target.${entry.cls.name})`]);
      for (const attribute of foreignAttributes(info, entry.cls)) declare([`${name}.${attribute} = opaque('${attribute}')`]);
      receivers.set(entry.cls, name);
      return name;
    }
    const as = madeAs(entry.cls);
    const made = construct(info, as, 0, variant === 1, switchesFor(info, as, candidate));
    if (made === null) return null;
    declare(made.setup);
    declare([py ? `${name} = ${made.text}` : `const ${name} = ${made.text};`]);
    receivers.set(entry.cls, name);
    // A component that is on the page.
    if (!py && info.method(entry.cls, 'componentDidMount') !== null && isReactClass(info, entry.cls))
      declare([`${name}.componentDidMount();`]);
    return name;
  };

  const numbers = knownNumbers(info, candidate.owner);
  const keys = knownKeys(info);
  /** The second adds while the first iterates over what it added before: something else. */
  const addsAgain =
    candidate.rule === 'mutate-while-iterating' &&
    first.fn !== second.fn &&
    setup?.('made', '').some((line) => line.includes(`.${second.fn.name}(`)) === true;
  /** Two locks that one call takes: which of them first is the caller's choice. */
  const isOneKind = candidate.rule === 'lock-order' && candidate.rivals?.includes(candidate.fn) === true;
  const makeObject = (cls: ClassDef): string | null => {
    const made = construct(info, cls);
    declare(made?.setup ?? []);
    return made?.text ?? null;
  };
  /** What a call that makes a function is given, so that it does. */
  let under: ReadonlyMap<string, string> = new Map();
  const callMaking = (inner: FunctionDef, outer: FunctionDef, call: () => string | null): string | null => {
    const before = under;
    under = py ? madeUnder(info, outer, inner) : under;
    const made = call();
    under = before;
    return made;
  };
  const callOf = (entry: Entry, index: number): string | null => {
    // Making an object is what calls it.
    if (entry.kind === 'making' || (entry.kind === 'static' && entry.fn.name === '__new__')) {
      const made = construct(info, entry.cls);
      declare(made?.setup ?? []);
      return made === null ? null : keepsOneInstance(info, candidate, entry) ? `${made.text}.${candidate.sharedName}` : made.text;
    }
    const args: string[] = [];
    // A class whose metaclass it is is called.
    const ofMeta = entry.kind === 'method' && entry.fn.name === '__call__' ? classOfMeta(info, entry.cls) : null;
    let own = ofMeta === null ? receiverOf(entry, index) : ofMeta.name;
    if (ofMeta !== null) declare(ofMeta.setup);
    if (entry.kind === 'method' && own === null) return null;
    /** Which arguments say what the locks are. */
    const chosen: number[] = [];
    let positional = 0;
    let isLeftOut = false;
    // With other arguments the second may come to what the first does not.
    const isToAct = py && entry.fn === candidate.fn && (index === 0 || variant !== 1);
    const needed = isToAct ? comesUnder(info, entry.fn, candidate.act) : new Map<string, string | null>();
    for (const use of usesOf(info, entry.fn)) {
      const { param } = use;
      if (entry.kind === 'static' && use === usesOf(info, entry.fn)[0] && /^cls$/.test(param.name)) continue;
      if (param.kind === 'rest' || param.kind === 'keywordRest') continue;
      const asked = under.get(param.name) ?? needed.get(param.name);
      if (asked === null) {
        isLeftOut = true;
        continue;
      }
      if (asked !== undefined) {
        args.push(isLeftOut || param.kind === 'keywordOnly' || args.length < positional ? `${param.name}=${asked}` : asked);
        positional++;
        continue;
      }
      const provided = py ? providedText(info, param, entry.fn.isAsync) : null;
      if (provided !== null) {
        args.push(`${param.name}=${provided}`);
        isLeftOut = true;
        continue;
      }
      // Optional parameters keep their defaults unless they are keys or amounts.
      // A key by default is the one that everybody uses.
      // What has been brought there was brought under a key that had to be said.
      const isSaid = more.brings?.fn.params.some((p) => p.name === param.name && p.default === null) === true;
      const isKeyAnyway = py && param.default !== null && info.text(param.default.span) !== 'None' && !isSaid;
      if (param.default !== null && (!use.isKey || isKeyAnyway) && use.against.length === 0) {
        const { name } = param;
        const given = isGivenAnyway(info, use);
        if (given) declare([unknownLine(name, py)]);
        const isSet = index === 1 && first.fn !== second.fn && use.states.length > 0;
        const other = given ? name : isSet ? (use.states[0] ?? null) : variant > 0 ? otherThanDefault(info, use) : null;
        if (py) {
          if (other !== null) args.push(`${param.name}=${other}`);
        } else if (other !== null && args.length === positional) args.push(other);
        else break;
        positional++;
        isLeftOut ||= other === null;
        continue;
      }
      positional++;
      if (param.target.kind === 'objectPattern') {
        const given = patternArgument(info, entry.fn, param.target, index, param.annotation);
        declare(given.setup);
        args.push(given.text);
        continue;
      }
      if (isRefParameter(info, entry.fn, param)) {
        declare([importsRef, `const ${variableFor(param.name)} = ref('${param.name}');`]);
        args.push(variableFor(param.name));
        continue;
      }
      const values = valuesFor(info, use, numbers, makeObject, keys);
      let text =
        variant > 0
          ? (values.others[variant - 1] ?? values.texts[index] ?? values.texts[0])
          : (values.texts[variant === same ? 0 : index] ?? values.texts[0]);
      let { setup: before } = values;
      // Two answers can only be told apart when two different things were asked for.
      const isApart =
        candidate.own === 'given' || ((variant === apart || more.again === true) && !selects(info, candidate, entry.fn, param.name));
      const differs = candidate.rule === 'stale-response' || (addsAgain && index === 1) || isApart;
      if (differs && index === 1 && text === (values.texts[0] ?? '')) {
        text = another(text);
        if (isApart && before.some((line) => /^(const )?(\S+) = opaque\('[^']*'\);?$/.exec(line)?.[2] === text)) {
          before = before.map((line) => line.replaceAll(new RegExp(`(?<![\\w$])${text}(?![\\w$])`, 'g'), `${text}2`));
          text = `${text}2`;
        }
      }
      if (own !== null && text === own) {
        text = `${own}2`;
        before = before.map((line) => line.replace(new RegExp(`\\b${own}\\b`), text));
      }
      // Two keys that are not the same.
      const isObject = before.some((line) => /target\./.test(line));
      if (isOneKind && (isObject || selects(info, candidate, entry.fn, param.name))) {
        chosen.push(args.length);
        if (!isObject && !/^\d/.test(text)) {
          before = [];
          text = (chosen.length > 1 ? keys.get('**') : undefined) ?? keys.get('*') ?? "'a'";
        }
      }
      // What two functions call alike need not be one thing: `options`.
      const [only] = before;
      if (only?.startsWith(`const ${text} = {`) === true && lines.some((l) => l !== only && l.startsWith(`const ${text} = `))) {
        before = [only.replace(text, `${text}2`)];
        text = `${text}2`;
      }
      declare(before);
      // Others meet the call at the object that it is handed.
      const handed = py ? info.typeOfAnnotation(param.annotation)?.cls : null;
      if (handed != null && isObject && !receivers.has(handed)) receivers.set(handed, text);
      args.push(param.kind === 'keywordOnly' || (py && isLeftOut) ? `${param.name}=${text}` : text);
    }
    if (isOneKind && first.fn === second.fn) own = inOppositeOrder(args, chosen, own, index === 1);
    const list = args.join(', ');
    switch (entry.kind) {
      case 'function':
        if (!usesReceiver(info, entry.fn)) return `target.${entry.fn.name}(${list})`;
        declare(["const receiver = opaque('receiver');"]);
        return `target.${entry.fn.name}.call(${['receiver', ...args].join(', ')})`;
      case 'static': {
        const { on, setup: before } = calledClass(info, entry.cls, entry.fn);
        declare(before);
        return `${on}.${attributeName(entry.fn)}(${list})`;
      }
      case 'object':
        return `target.${entry.global}.${entry.fn.name}(${list})`;
      case 'stored':
        return `target.${entry.text}(${list})`;
      case 'prototype': {
        const made = lowerFirst(entry.maker, py);
        const maker = info.prototypes.makers.get(entry.maker);
        const given = maker === undefined ? [] : maker.params.filter((p) => p.default === null).map((p) => `opaque('${p.name}')`);
        declare([`const ${made} = new target.${entry.maker}(${given.join(', ')});`]);
        return entry.name === null ? made : `${made}.${entry.name}(${list})`;
      }
      case 'method': {
        if (ofMeta !== null) return `${ofMeta.name}(${list})`;
        const isProperty = entry.fn.kind === 'getter' || entry.fn.decorators.some((d) => /property$/.test(info.text(d.span)));
        return isProperty ? `${own ?? ''}.${entry.name}` : `${own ?? ''}.${entry.name}(${list})`;
      }
      case 'closure': {
        if (entry.factory !== null) {
          const { factory } = entry;
          const making = callMaking(entry.makers?.[0] ?? entry.fn, factory.fn, () => factoryCall(factory));
          if (making === null) return null;
          // One name for what one factory gave.
          const isTaken = !isComponent(info, entry.factory.fn) && lines.some((l) => /^(?:const )?made = /.test(l) && l !== making);
          declare([isTaken ? making.replace(/^(?:const )?made = /, '') : making]);
        }
        for (const [i, maker] of (entry.makers ?? []).entries()) {
          const next = entry.makers?.[i + 1] ?? entry.fn;
          const call = callMaking(next, maker, () => callOf({ kind: 'closure', fn: maker, factory: null }, 0));
          if (call === null || maker.isGenerator) return null;
          const begun = py ? call : `${maker.isAsync ? 'await ' : ''}${call};`;
          const isOther = variant === elsewhere && index === 1 && registrarOf(info, maker) !== null;
          declare(isOther ? again(lines, begun) : [begun]);
        }
        const isOther = variant === elsewhere && index === 1 && entry.makers?.some((maker) => registrarOf(info, maker) !== null) === true;
        const ofComponent = entry.factory !== null && isComponent(info, entry.factory.fn);
        return `${closureName(entry.fn, lines, info, ofComponent, isOther)}(${list})`;
      }
    }
  };
  const factoryCall = (entry: Entry): string | null => {
    if (entry.kind === 'method' && (entry.fn.kind === 'constructor' || entry.fn.name === '__init__')) {
      const made = construct(info, entry.cls);
      if (made === null) return null;
      declare(made.setup);
      const name = lowerFirst(entry.cls.name, py);
      return py ? `${name} = ${made.text}` : `const ${name} = ${made.text};`;
    }
    if (entry.kind === 'function' && isComponent(info, entry.fn))
      return `const made = ${mountText(entry.fn, renderArguments(info, entry.fn, 0))};`;
    const text = callOf(entry, 0);
    if (text === null) return null;
    if (py) return `made = ${text}`;
    return `const made = ${entry.fn.isAsync ? 'await ' : ''}${text};`;
  };

  /** The call carried to its end. */
  const driven = (entry: Entry, index: number): string | null => {
    const call = callOf(entry, index);
    if (call !== null && isContextManager(info, entry.fn)) return `${entry.fn.isAsync ? 'async ' : ''}with ${call} as item:\n        pass`;
    if (call !== null && isStepwise(entry)) return drained(call, entry.fn.isAsync, py);
    return call !== null && py && needsAwait(entry) ? `await ${call}` : call;
  };
  const one = driven(first, 0);
  const two = driven(second, 1);
  const zero = more.brings === undefined ? undefined : driven(more.brings, 0);
  if (one === null || two === null || zero === null) return null;
  if (more.brings !== undefined && zero !== undefined) declare(calledBefore(zero, takesTime(more.brings), py));
  // Those that wait and one that wakes them, or two that meet while one holds what both want.
  const calls = [...Array<string>(callers).fill(one), two];
  const entries = [...Array<Entry>(callers).fill(first), second];
  if (takesAwayLater(context, candidate, second) && first.fn !== second.fn) {
    // What one brought before the iteration began goes while it goes on.
    const later = setup === null ? [] : setup([...receivers.values()][0] ?? 'target', one);
    const text = ["import * as target from 'target';", '', ...lines, stage(two), ...later, stage(one), ''].join('\n');
    return withEvents(info, { text, contexts: [label(first), label(second)] }, listenersOf(context, candidate, second));
  }
  if (setup !== null) declare(setup([...receivers.values()][0] ?? 'target', one));
  const alike = first.fn === second.fn ? entries.length : callers;
  const contexts = entries.map((e, i) => (i < alike && alike > 1 ? `${ordinals[i] ?? ''} ${label(e)}` : label(e)));
  const compares = first.fn === second.fn && (keepsOneInstance(info, candidate, first) || handsOutWhatItMakes(info, candidate, first));
  const isAsync = entries.map(takesTime);
  const inLoop = isAsync.some((a) => a) && [...receivers.keys()].some((cls) => needsLoop(info, cls));
  const text = !py
    ? javascriptText(lines, calls, compares)
    : inLoop
      ? insideLoop(pythonText(lines, calls, isAsync, compares))
      : pythonText(lines, calls, isAsync, compares);
  return { text, contexts };
}

/**
 * Two objects, or two keys, say which locks are taken: the arguments of the other call have them the other way round.
 * Gives what the call is made on.
 */
function inOppositeOrder(args: string[], chosen: readonly number[], own: string | null, isOther: boolean) {
  const [from, to] = chosen;
  if (from === undefined) return own;
  const one = args[from] ?? '';
  if (to === undefined) {
    if (own === null || !isOther || !/^\w+$/.test(one)) return own;
    args[from] = own;
    return one;
  }
  if (one === args[to]) args[to] = one === "'a'" ? "'b'" : another(one);
  if (isOther) [args[from], args[to]] = [args[to] ?? '', one];
  return own;
}

/** A call that has ended when the others begin. */
function calledBefore(call: string, isAsync: boolean, py: boolean): string[] {
  if (!isAsync) return [`${call}${py ? '' : ';'}`];
  return py ? ['async def prepare():', `    ${call}`, '', 'concurrently(prepare)'] : [`await ${call};`];
}

/** Does the parameter say which element of the state the candidate is about? */
function selects(info: ModuleInfo, candidate: Candidate, fn: FunctionDef, parameter: string): boolean {
  const about = candidate.rule === 'lock-order' ? `${info.text(candidate.check)} ${info.text(candidate.act)}` : candidate.shared;
  const names = new Set(about.match(/[A-Za-z_$][\w$]*/g) ?? []);
  const text = info.text(fn.span);
  // By way of a variable: `const key = `user:${id}``; a lock may be found by way of several.
  for (const name of candidate.rule === 'lock-order' ? names : [...names])
    for (const [, made = ''] of text.matchAll(new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*=(?![=>])([^;\\n]{1,200})`, 'g')))
      for (const more of made.match(/[A-Za-z_$][\w$]*/g) ?? []) names.add(more);
  return names.has(parameter);
}

/** Listeners that change what the candidate is about and that a call of the entry registers. */
function listenersOf(context: RuleContext, candidate: Candidate, entry: Entry): FunctionDef[] {
  const { info } = context;
  const starts = startsOf(info);
  const changing = [...context.changes.values()].flat().filter(({ act }) => placeName(act.place) === candidate.sharedName);
  const around = listenerAround(info, candidate);
  return info.module.functions.filter((f) => {
    const registrar = registrarOf(info, f);
    if (f === around) return starts.reaches(entry.fn, candidate.fn);
    return registrar !== null && starts.reaches(entry.fn, registrar) && changing.some(({ fn }) => starts.reaches(f, fn));
  });
}

/** The same calls made in one turn, by a caller that awaits them together. */
function inOneTurn(info: ModuleInfo, made: Made | null): Made | null {
  if (made === null || info.language !== 'javascript') return null;
  const text = made.text.replace(/^await concurrently\(\n((?: {2}.*\n)+)\);$/m, (_, calls: string) => {
    const bodies = calls.trimEnd().split(/(?<=^ {2}(?:\},|\(\) => .*,))\n/m);
    const simple = bodies.map((body) => /^ {2}\(\) => (.*),$/.exec(body)?.[1]);
    if (simple.every((call) => call !== undefined)) return `await Promise.all([\n${simple.map((call) => `  ${call},\n`).join('')}]);`;
    const named = bodies.map((body, i) => `const ${ordinals[i] ?? ''} = ${body.replace(/^ {2}/gm, '').replace(/,$/, '')};`);
    return [...named, `await Promise.all([${bodies.map((_body, i) => `${ordinals[i] ?? ''}()`).join(', ')}]);`].join('\n');
  });
  return text === made.text ? null : { ...made, text, sameTurn: true };
}

/** The same driver, with the events coming that the listeners wait for. */
function withEvents(info: ModuleInfo, made: Made | null, listeners: readonly FunctionDef[]): Made | null {
  if (made === null || listeners.length === 0) return null;
  const starts = lineStarts(info.module.text);
  const calls = listeners.map((f) => {
    const { line, column } = toRange(starts, f.span);
    return `comes(${String(line)}, ${String(column)});`;
  });
  return { ...made, text: made.text.replace('\n\n', `\n\n${calls.join('\n')}\n`) };
}

/** The same driver without its last call. */
function calledOnce(made: Made): Made {
  return { text: made.text.replace(/(await concurrently\(\n {2}.*\n) {2}.*\n(?=\);)/, '$1'), contexts: made.contexts.slice(0, 1) };
}

/** The call registers a listener that takes out of what is iterated. */
function takesAwayLater(context: RuleContext, candidate: Candidate, entry: Entry): boolean {
  if (candidate.rule !== 'mutate-while-iterating') return false;
  for (const list of context.changes.values())
    for (const { fn, act } of list)
      if (act.kind === 'remove' && placeName(act.place) === candidate.sharedName && registrarOf(context.info, fn) === entry.fn) return true;
  return false;
}

function isReactClass(info: ModuleInfo, cls: ClassDef): boolean {
  return cls.bases.some((b) => /(^|\.)(Pure)?Component$/.test(info.text(b.span)));
}

/** For a parameter that decides what a call does (`if qos == 0: return`), a value that decides otherwise. */
function otherThanDefault(info: ModuleInfo, use: Use): string | null {
  const { default: value } = use.param;
  if (value === null) return null;
  const text = info.text(value.span);
  if (/^(True|False|true|false)$/.test(text))
    return use.isTested ? (/^t/i.test(text) ? (text === 'True' ? 'False' : 'false') : text === 'False' ? 'True' : 'true') : null;
  const literals = use.literals.filter((l) => l !== text);
  if (literals[0] !== undefined) return literals[0];
  return use.literals.length > 0 && /^-?\d+$/.test(text) ? String(Number(text) + 1) : null;
}

function needsAwait(entry: Entry): boolean {
  return (entry.fn.isAsync && !entry.fn.isGenerator) || isCoroutine(entry.fn);
}

/** Is carrying the call to its end something to be waited for? */
function takesTime(entry: Entry): boolean {
  return needsAwait(entry) || (entry.fn.isGenerator && entry.fn.isAsync);
}

/** A generator that nothing but iteration runs: no coroutine of an older kind, and not made into a context manager or fixture. */
function isStepwise({ fn }: Entry): boolean {
  return fn.isGenerator && fn.decorators.length === 0 && (fn.isAsync || !isCoroutine(fn));
}

/** Everything that a generator gives is taken. */
function drained(call: string, isAsync: boolean, py: boolean): string {
  if (py) return isAsync ? `[item async for item in ${call}]` : `list(${call})`;
  return isAsync ? `(async () => { for await (const item of ${call}); })()` : `[...${call}]`;
}

function label(entry: Entry): string {
  return entry.fn.name === '' || /^<|anonymous/.test(entry.fn.name) ? 'handler' : (entry.fn.name.split('.').pop() ?? entry.fn.name);
}

/** The same call with unknown arguments of its own. */
function again(lines: readonly string[], call: string): string[] {
  const names = [...call.matchAll(/[(,] ?([\w$]+)(?=[,)])/g)].map(([, name = '']) => name);
  const unknown = names.filter((name) => lines.some((l) => l.startsWith(`const ${name} = opaque(`)));
  const other = unknown.reduce(
    (text, name) => text.replace(new RegExp(`([(,] ?)${name.replace(/\$/g, '\\$')}(?=[,)])`), `$1${name}2`),
    call,
  );
  return [...unknown.map((name) => unknownLine(`${name}2`, false)), other];
}

/** `ofComponent`: each call is one of the handler that the last render made. `isAnother`: under a name of its own. */
function closureName(fn: FunctionDef, lines: string[], info: ModuleInfo, ofComponent: boolean, isAnother = false): string {
  const starts = lineStarts(info.module.text);
  const line = lineIndex(starts, fn.span.start);
  const column = fn.span.start - (starts[line] ?? 0);
  const name = /^[A-Za-z_$][\w$]*$/.test(fn.name) ? fn.name : 'handler';
  const found = `functionAt(${String(line + 1)}, ${String(column + 1)})`;
  const making = ofComponent ? `made.handler(() => ${found})` : found;
  const made = (as: string): string => (info.language === 'python' ? `${as} = ${making}` : `const ${as} = ${making};`);
  // Handlers often have no name of their own: two of them need two.
  const taken = (as: string): boolean =>
    lines.some((l) => (isAnother || l !== made(as)) && new RegExp(`^(?:const )?${as.replace(/\$/g, '\\$')} = `).test(l));
  let unique = name;
  for (let n = 2; taken(unique); n++) unique = `${name}${String(n)}`;
  if (!lines.includes(made(unique))) lines.push(made(unique));
  return unique;
}

/** Is a plain function of JavaScript called as a method of something that others make? */
function usesReceiver(info: ModuleInfo, fn: FunctionDef): boolean {
  return info.language === 'javascript' && fn.owner === null && fn.kind === 'function' && /\bthis\s*[.,)]/.test(info.code(fn.span));
}

/**
 * Is what is checked changed by others alone, who change what is acted on as well (`this.closed = true; this.items = null`)? Two of
 * these calls leave each other alone.
 */
function isOnlyChangedByOthers(context: RuleContext, candidate: Candidate, entry: Entry): boolean {
  const starts = startsOf(context.info);
  const changers = [...context.changes.values()].flatMap((list) =>
    list.filter(({ act }) => placeName(act.place) === candidate.sharedName).map(({ fn }) => fn),
  );
  const isOwn = (fn: FunctionDef): boolean => fn === entry.fn || fn === candidate.fn || starts.reaches(entry.fn, fn);
  const { start } = candidate.act;
  const acted = context.facts.acts.filter(({ fn, act }) => fn === candidate.fn && act.span.start === start).map(({ act }) => act.place.key);
  const touches = (fn: FunctionDef): boolean => acted.some((key) => context.changes.get(key)?.some((c) => c.fn === fn) === true);
  return changers.some(touches) && !changers.some(isOwn);
}

/** The constructor asks for the event loop, or starts something on it. */
function needsLoop(info: ModuleInfo, cls: ClassDef): boolean {
  const fn = constructorOf(info, cls);
  return (
    fn !== null && /\b(get_running_loop|get_event_loop|create_task|ensure_future|current_task|create_future)\b/.test(info.text(fn.span))
  );
}

/** A Python request-handler class: the server makes an instance per request. */
function isRequestHandlerClass(info: ModuleInfo, entry: Entry): boolean {
  return (
    info.language === 'python' &&
    entry.kind === 'method' &&
    entry.cls.bases.some(
      (b) =>
        /(RequestHandler|Handler|View|ViewSet|Resource|Endpoint)$/.test(info.text(b.span)) &&
        !(b.kind === 'name' && info.globalClasses.has(refName(b.ref))),
    )
  );
}

/** Attributes read on self that the class never sets: those of the framework. */
function foreignAttributes(info: ModuleInfo, cls: ClassDef): string[] {
  const text = info.text(cls.span);
  const read = new Set([...text.matchAll(/\bself\.([a-z]\w*)/g)].map((m) => m[1] ?? ''));
  return [...read].filter(
    (name) => !new RegExp(`\\bself\\.${name}\\s*(?::[^=\\n]+)?=[^=]|\\bdef ${name}\\b|^\\s+${name}\\s*(?::[^=\\n]+)?=[^=]`, 'm').test(text),
  );
}

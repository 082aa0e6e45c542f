/** Who else changes the state a candidate is about: those that meet it, take it away, or bring it. */
import type { ClassDef, FunctionDef } from '../../program/program.ts';
import { saysOver } from '../../program/lifecycle-names.ts';
import type { Candidate } from '../candidate.ts';
import type { ModuleInfo } from '../module-info.ts';
import { clears, isHandedIn as isOnlyHandedIn, type RuleContext } from '../rules/rule.ts';
import { placeName } from '../shared.ts';
import { leaves, statementsOf, visitFunction } from '../visit.ts';
import { type Entry, entriesOf, isOfBodyOnly, neededRegistrar, threadBody } from './entries.ts';
import { isInitialised, isThereFromTheStart } from './prepare.ts';
import { startsOf } from './starts.ts';

/** Other ways in that change the same state: `close()` for `send()`. */
export function partnersOf(context: RuleContext, candidate: Candidate, entry: Entry): Entry[] {
  const { info } = context;
  const starts = startsOf(info);
  const out: Entry[] = [];
  const seen = new Set<FunctionDef>([entry.fn, candidate.fn]);
  const body = threadBody(info, entry);
  // Who says that it is over comes first; who ends something and begins it anew, last.
  const rank = (fn: FunctionDef): number => {
    if (fn === candidate.fn || starts.reaches(fn, candidate.fn)) return 3;
    return saysOver(fn.name) ? Number(/^_*on/i.test(fn.name)) : 2;
  };
  const meet = (fn: FunctionDef): void => {
    if (seen.has(fn)) return;
    seen.add(fn);
    const ways =
      candidate.ends === undefined
        ? entriesOf(info, starts, fn)
        : entriesOf(info, starts, fn, mostWays).toSorted((a, b) => rank(a.fn) - rank(b.fn));
    for (const e of ways.slice(0, 1)) {
      if ((seen.has(e.fn) && e.fn !== fn) || (e.fn === body && isOfBodyOnly(info, starts, entry.fn, body))) continue;
      seen.add(e.fn);
      if (entry.kind !== 'method' || e.kind !== 'method' || sameFamily(info, e.cls, entry.cls) || isHandedIn(info, e.cls, entry))
        out.push(e);
    }
  };
  // A listener comes to be when the function that registers it has run.
  const meetOwner = (fn: FunctionDef): void => meet(neededRegistrar(info, starts, fn) ?? fn);
  for (const fn of candidate.rivals ?? []) meetOwner(fn);
  // A body that runs the candidate itself has nothing to add: it meets those that change the state.
  if (body !== null && !(entry.fn !== body && starts.reaches(body, candidate.fn))) meet(body);
  const rivals = out.splice(0);
  for (const list of context.changes.values())
    for (const { fn, act } of list) if (placeName(act.place) === candidate.sharedName) meetOwner(fn);
  // Whatever removes files may remove this one.
  if (candidate.rule === 'file-toctou')
    for (const list of context.changes.values())
      for (const { fn, act } of list) if (act.place.root.kind === 'file' && removal.test(info.text(act.span))) meetOwner(fn);
  // Those that take away first: they are what a check does not expect.
  return [
    ...rivals,
    ...out.sort((a, b) => Number(takesAway(context, candidate, b.fn)) - Number(takesAway(context, candidate, a.fn))),
  ].slice(0, 3);
}

/** Ways to what ends something that are compared. */
const mostWays = 6;

/** One of the class is an argument of the call, by its annotation. */
function isHandedIn(info: ModuleInfo, cls: ClassDef, entry: Entry): boolean {
  return info.language === 'python' && entry.fn.params.some((p) => info.typeOfAnnotation(p.annotation)?.cls === cls);
}

/** Functions of the file that remove files, or give them another name. */
export function removersOfFiles({ info, changes }: RuleContext): FunctionDef[] {
  const all = [...changes.values()].flat();
  return all.filter(({ act }) => act.place.root.kind === 'file' && removal.test(info.text(act.span))).map(({ fn }) => fn);
}

/** Does the function, by its name or by what it does, take away what the candidate is about? */
export function takesAway(context: RuleContext, candidate: Candidate, by: FunctionDef): boolean {
  if (takingName.test(by.name)) return true;
  const starts = startsOf(context.info);
  for (const list of context.changes.values())
    for (const { fn, act } of list)
      if (placeName(act.place) === candidate.sharedName && clears(context.info, act) && (fn === by || starts.reaches(by, fn))) return true;
  return false;
}

/** Does the function set what the candidate is about to something that is there? */
export function sets(context: RuleContext, candidate: Candidate, by: FunctionDef): boolean {
  return [...context.changes.values()].some((list) =>
    list.some(
      ({ fn, act }) => fn === by && act.kind === 'assign' && placeName(act.place) === candidate.sharedName && !clears(context.info, act),
    ),
  );
}

const removal = /^(?:await\s+)?[\w.$]*\b(remove|unlink|unlinkSync|rmtree|rmdir|removedirs|rm|rmSync|rename|renameSync|move)\(/;

const takingName =
  /close|stop|clear|delete|remove|reset|evict|expire|disconnect|destroy|cancel|release|leave|unsubscribe|unregister|detach|pop|flush|shutdown|logout|invalidate/i;

export function sameFamily(info: ModuleInfo, a: ClassDef, b: ClassDef): boolean {
  return a === b || info.ownerName(a) === info.ownerName(b);
}

/** A way in that puts something where the candidate finds nothing at first. */
export function bringerOf(context: RuleContext, candidate: Candidate, entry: Entry): Entry | null {
  return isThereFromTheStart(context, candidate) ? null : setterOf(context, candidate, entry, candidate.sharedName);
}

/** A way in that turns a switch that the check asks for, where it is off or on at first: `mute()` for `if (!this.muted) return`. */
export function switcherOf(context: RuleContext, candidate: Candidate, entry: Entry): Entry | null {
  const { info } = context;
  const name = candidate.sharedName.replace(/\W/g, '\\$&');
  if (candidate.owner === null || !new RegExp(`^!?\\s*(?:not\\s+)?(?:this|self)\\.${name}$`).test(info.text(candidate.check).trim()))
    return null;
  const initial = new RegExp(`(?<![\\w$])${name}\\s*(?::[^=;\\n]{1,40})?=\\s*(true|false|True|False)\\b`).exec(
    info.text(candidate.owner.span),
  )?.[1];
  const found = initial === undefined ? null : setterOf(context, candidate, entry, candidate.sharedName, 'assign', /^t/i.test(initial));
  return found !== null && startsOf(info).reaches(found.fn, candidate.fn) ? null : found;
}

/** A way in that sets what the calls insist on before they do anything: `if (!this.running) throw …`. */
export function enablerOf(context: RuleContext, candidate: Candidate, entry: Entry): Entry | null {
  for (const name of insistedOn(context, candidate, entry)) {
    const found = name === candidate.sharedName ? null : setterOf(context, candidate, entry, name);
    if (found !== null) return found;
  }
  for (const name of lookedUp(context, entry)) {
    const found = name === candidate.sharedName ? null : setterOf(context, candidate, entry, name, 'set');
    if (found !== null) return found;
  }
  return null;
}

/** A way in that puts an element where nobody outside can, for a candidate about what is in one: `this.#rooms.get(id).open`. */
export function elementBringerOf(context: RuleContext, candidate: Candidate, entry: Entry): Entry | null {
  const name = candidate.sharedName;
  if (context.info.language !== 'javascript' || !name.startsWith('#')) return null;
  const found = setterOf(context, candidate, entry, name, 'set') ?? setterOf(context, candidate, entry, name, 'add');
  return found !== null && startsOf(context.info).reaches(found.fn, candidate.fn) ? null : found;
}

/** A way in that puts something into a container that the calls go through and that is empty at first: `use(rule)`. */
export function fillerOf(context: RuleContext, candidate: Candidate, entry: Entry): Entry | null {
  const { info } = context;
  if (info.language !== 'javascript' || candidate.owner === null || entry.kind !== 'method') return null;
  const starts = startsOf(info);
  const cls = info.text(candidate.owner.span);
  const code = info.module.functions
    .filter((fn) => fn === entry.fn || (fn.owner === candidate.owner && starts.reaches(entry.fn, fn)))
    .map((fn) => info.text(fn.span))
    .join('\n');
  const isEmpty = (name: string): boolean =>
    new RegExp(`(?<![\\w$])${name}\\s*(?::[^=;\\n]{1,80})?=\\s*(?:\\[\\]|\\{\\}|new (?:Map|Set)(?:<[^()\\n]{1,80}>)?\\(\\))`).test(cls);
  for (const name of new Set([...code.matchAll(/\bthis\.(#?\w+)\b/g)].map(([, name = '']) => name))) {
    if (name === candidate.sharedName || !isEmpty(name)) continue;
    const found = setterOf(context, candidate, entry, name, 'add') ?? setterOf(context, candidate, entry, name, 'set');
    if (found !== null && !starts.reaches(found.fn, candidate.fn)) return found;
  }
  return null;
}

/** A way in that sets what the calls use and what is nothing at first: `join()`, for `this.coordinator.heartbeat()`. */
export function supplierOf(context: RuleContext, candidate: Candidate, entry: Entry): Entry | null {
  if (candidate.owner === null || entry.kind !== 'method') return null;
  for (const name of usedMembers(context, candidate, entry)) {
    if (name === candidate.sharedName || isInitialised(context, candidate, name)) continue;
    const found = setterOf(context, candidate, entry, name);
    if (found !== null) return found;
  }
  return null;
}

/** Members of which something is called or looked at. */
function usedMembers({ info }: RuleContext, candidate: Candidate, entry: Entry): string[] {
  return [entry.fn, candidate.fn].flatMap((fn) =>
    [...info.text(fn.span).matchAll(/\b(?:self|this)\.(#?\w+)!?\.(?=\w)/g)].map(([, name = '']) => name),
  );
}

/** Nothing in the file puts anything there: `onOffer?: (offer) => void`, which whoever uses the object sets. */
function isSetElsewhere({ info }: RuleContext, name: string): boolean {
  if (info.language !== 'javascript' || !/^[A-Za-z]\w*$/.test(name)) return false;
  const { text } = info.module;
  const isField = new RegExp(
    `^\\s*(?:public\\s+)?(?:declare\\s+)?${name}\\s*[?!]?\\s*:(?:[^=;\\n]|=>)+(?:=\\s*(?:null|undefined)\\s*)?;?\\s*$`,
    'm',
  ).test(text);
  return isField && !new RegExp(`[.\\]]${name}\\b\\s*(?:=(?![=>])|\\?\\?=|\\|\\|=)`).test(text);
}

/**
 * Members that the calls insist on or use, that are nothing at first, and that only what nobody can call by name sets
 * (`[private.JOIN]()`), nothing in the file, or a setter that hands in what the object works with: what an object in use has.
 */
export function neededMembers(context: RuleContext, candidate: Candidate, entry: Entry): string[] {
  if (candidate.owner === null || entry.kind !== 'method') return [];
  const starts = startsOf(context.info);
  const isSetInside = (name: string): boolean =>
    [...context.changes.values()].some((list) =>
      list.some(
        ({ fn, act }) =>
          placeName(act.place) === name &&
          act.kind === 'assign' &&
          fn !== candidate.fn &&
          fn.owner === candidate.owner &&
          !clears(context.info, act) &&
          entriesOf(context.info, starts, fn).length === 0,
      ),
    );
  const isWired = (name: string): boolean =>
    [...context.changes.values()].some((list) =>
      list.some(({ fn, act }) => placeName(act.place) === name && fn.owner === candidate.owner && isOnlyHandedIn(context, act.place)),
    );
  const isNeeded = (name: string): boolean =>
    ((isSetInside(name) || isWired(name)) && !isInitialised(context, candidate, name)) || isSetElsewhere(context, name);
  return [
    ...new Set([
      ...insistedOn(context, candidate, entry),
      ...usedMembers(context, candidate, entry),
      ...guardedMembers(context, candidate, entry),
    ]),
  ].filter((name) => name !== candidate.sharedName && !name.startsWith('#') && isNeeded(name));
}

/** Members that must be as they are for the calls to do anything, or to come to the act. */
function insistedOn(context: RuleContext, candidate: Candidate, entry: Entry): Set<string> {
  const names = new Set<string>();
  for (const fn of [entry.fn, candidate.fn]) for (const name of asserted(context.info.text(fn.span))) names.add(name);
  for (const fn of [entry.fn, candidate.fn, ...[entry.fn, candidate.fn].flatMap((f) => guardsOf(context, f))])
    visitFunction(fn, {
      stmt(s) {
        if (s.kind !== 'if') return;
        const test = context.info.text(s.test.span);
        if (leaves(s.then) || leaves(s.else)) for (const [, name = ''] of test.matchAll(/\b(?:self|this)\.(#?\w+)/g)) names.add(name);
        // `const { memberId } = this; if (memberId && …)`
        if (s.span.start < candidate.act.start && candidate.act.end <= s.span.end)
          for (const [, name = ''] of test.matchAll(/(?<![.\w$])(?:(?:self|this)\.)?(#?[A-Za-z_$][\w$]*)/g)) names.add(name);
      },
    });
  return names;
}

/** `assert self.reader is not None`, also of a copy: `reader = self.reader; assert reader is not None`. */
function asserted(text: string): string[] {
  return [...text.matchAll(/\bassert\s+(self\.)?(\w+)(?:\s+is\s+not\s+None)?\s*(?:,.*)?$/gm)].flatMap(([, own, name = '']) => {
    const from = own === undefined ? new RegExp(`(?<![\\w.])${name}\\s*=\\s*self\\.(\\w+)\\s*$`, 'm').exec(text)?.[1] : name;
    return from === undefined ? [] : [from];
  });
}

/** Tables with nothing in them at first in which the call, or what it calls, looks something up: `_settings[alias]`. */
function lookedUp({ info }: RuleContext, entry: Entry): Set<string> {
  const starts = startsOf(info);
  const names = new Set<string>();
  if (info.language !== 'python') return names;
  for (const fn of info.module.functions)
    if (fn === entry.fn || (fn.kind !== 'module' && starts.reaches(entry.fn, fn)))
      visitFunction(fn, {
        expr(e) {
          if (e.kind !== 'index') return;
          const [, name] = /^(?:self\.)?(\w+)$/.exec(info.text(e.object.span)) ?? [];
          if (
            name !== undefined &&
            new RegExp(`^\\s*(?:self\\.)?${name}\\s*(?::[^=\\n]+)?=\\s*(?:\\{\\}|dict\\(\\))\\s*$`, 'm').test(info.module.text)
          )
            names.add(name);
        },
      });
  return names;
}

/** Methods called for nothing but to insist on something: `self._check_running()`. */
function guardsOf({ info }: RuleContext, fn: FunctionDef): FunctionDef[] {
  const cls = fn.owner;
  if (cls === null) return [];
  return statementsOf(fn).flatMap((s) => {
    const called = s.kind === 'expr' && s.value.kind === 'call' ? s.value.callee : null;
    if (called?.kind !== 'attr' || !/^(self|this)$/.test(info.text(called.object.span))) return [];
    const method = info.method(cls, called.name);
    const [only, ...more] = method === null ? [] : statementsOf(method);
    return method !== null && more.length === 0 && only?.kind === 'if' && only.then.at(-1)?.kind === 'raise' ? [method] : [];
  });
}

/** `service() { if (!this.service_) throw new Error('not set'); return this.service_; }`: members that methods called here insist on. */
function guardedMembers({ info }: RuleContext, { fn, owner }: Candidate, entry: Entry): string[] {
  if (owner === null || info.language !== 'javascript') return [];
  const code = `${info.text(fn.span)}\n${info.text(entry.fn.span)}`;
  return owner.members.flatMap(({ name, fn: method }) => {
    if (method === null || name === null || !code.includes(`this.${name}()`)) return [];
    const guarded = /\{\s*if\s*\(!this\.(#?\w+)\)\s*\{?\s*throw\b[^}]{0,160}\}?\s*return this\.\1;?\s*\}$/.exec(info.text(method.span));
    return guarded?.[1] === undefined ? [] : [guarded[1]];
  });
}

/** A way in that sets a piece of state to something, or an item of it. */
function setterOf(
  context: RuleContext,
  candidate: Candidate,
  entry: Entry,
  name: string,
  how: 'assign' | 'set' | 'add' = 'assign',
  toNothing = false,
): Entry | null {
  const { info } = context;
  const starts = startsOf(info);
  for (const list of context.changes.values()) {
    for (const { fn, act } of list) {
      if (placeName(act.place) !== name || act.kind !== how || fn === candidate.fn || fn.kind === 'constructor') continue;
      if (clears(context.info, act) !== toNothing || fn.kind === 'module' || fn.name === '__init__') continue;
      const [found] = entriesOf(info, starts, neededRegistrar(info, starts, fn) ?? fn);
      if (found === undefined || found.fn === entry.fn) continue;
      if (entry.kind === 'method' && found.kind === 'method' && !sameFamily(info, entry.cls, found.cls)) continue;
      return found;
    }
  }
  return null;
}

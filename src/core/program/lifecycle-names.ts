/**
 * What the names of an unknown object's parts say about whether it is up: questions (`client.isOpen`,
 * `conn.closed`) and the methods that change the answer (`connect`, `close`). Data: detection and the machine
 * read the same tables. Taken at their word only where a module has both of one object, and the assumption is told.
 */
import { keptBy } from './kept.ts';

const states = 'open opened connected ready initialized initialised running started active listening alive online authenticated'.split(' ');
const opposites = 'closed destroyed stopped disconnected disposed terminated'.split(' ');

const beginning = 'connect open start init initialize initialise listen reconnect launch resume activate boot login authenticate'.split(
  ' ',
);
const ending = 'close disconnect stop end destroy quit shutdown terminate dispose kill logout deactivate'.split(' ');

const questions = new Map<string, boolean>();
for (const [words, isUp] of [
  [states, true],
  [opposites, false],
] as const)
  for (const word of words)
    for (const name of [word, `is${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`, `is_${word}`, `_${word}`]) questions.set(name, isUp);

/** A method and those that libraries call like it where it is to be waited for. */
function spellings(word: string): string[] {
  return [word, `${word}Async`, `${word}_async`, `a${word}`];
}

const verbs = new Map<string, boolean>();
for (const [words, isUp] of [
  [beginning, true],
  [ending, false],
] as const)
  for (const word of words) for (const name of spellings(word)) verbs.set(name, isUp);

/** `isOpen`: true is up; `closed`: true is down; null for any other name. Of a call `open()` is no question. */
export function lifecycleQuestion(name: string, isCall: boolean): boolean | null {
  return isCall && verbs.has(name) ? null : (questions.get(name) ?? null);
}

const ends =
  /^_?(is_?)?(closed|destroyed|stopped|disconnected|disposed|terminated|closing|done|finished|cancelled|canceled|aborted|expired|ended|dead|failed|revoked)$/i;

/** Does the name of an attribute ask whether its object is past its end? What is there has usually not ended. */
export function asksForEnd(name: string): boolean {
  return ends.test(name);
}

/** `connect`: up afterwards; `close`: down; null for any other name. */
export function lifecycleVerb(name: string): boolean | null {
  return verbs.get(name) ?? null;
}

const forGood = new Set('close destroy dispose terminate disconnect end quit shutdown kill'.split(' ').flatMap(spellings));

/** Does a method end its object for good, by its name, so that nothing may be asked of it any more? */
export function endsForGood(name: string): boolean {
  return forGood.has(name);
}

const lettingGo =
  /^(unsubscribe|cancel|abort|stop|release|remove|dispose\w*|destroy\w*|unsub|unlisten\w*|unwatch\w*|unobserve|unbind\w*|unregister\w*|off|clean_?up|tear_?down|stop\w+|close\w+|cancel\w*|remove\w+|clear)$/;

/** Does a method end, by its name, what its object has under way? */
export function endsByName(name: string): boolean {
  return forGood.has(name) || lettingGo.test(name);
}

const stopsTimer = /^(?:(?:window|globalThis|self)\.)?(?:clear(?:Timeout|Interval|Immediate)|cancelAnimationFrame|cancelIdleCallback)$/;

const subscriptions = /^(?:un\w+|off|abort)$/;

/** Does what is ended so go on by itself until then: a timer, a subscription (`null`: it is called itself)? */
export function goesOn(by: string | null): boolean {
  return by === null || stopsTimer.test(by) || subscriptions.test(by);
}

/** Does a global function end what it is handed? */
export function endsWhatIsGiven(name: string): boolean {
  return stopsTimer.test(name);
}

const final =
  /^[_#]*(log_?out|sign_?out|reset|clear|close|stop|dispose|destroy|disconnect|unmount|cancel|abort|deactivate|shut_?down|tear_?down|quit|terminate|invalidate|unload|detach|on_?(close|end|disconnect|destroy|unmount|unload)$|component_?will_?unmount|ng_?on_?destroy)/i;

/** Does a function say by its name that what was there is over? */
export function saysOver(name: string): boolean {
  return final.test(name);
}

const afterwards =
  /^(on|off|once|emit|addListener|removeListener|removeAllListeners|addEventListener|removeEventListener|wait_?closed|unref|ref|then|catch|finally|toString|valueOf|is[A-Z_]\w*|has[A-Z_]\w*)$/i;

/** May it be called of what is closed: beginning anew, ending once more, and what concerns listeners and questions? */
export function isAboutEnd(name: string): boolean {
  return verbs.has(name) || questions.has(name) || afterwards.test(name);
}

interface Named {
  questions: Set<string>;
  verbs: Set<string>;
  /** The module says itself what the answer is: `client.connected = true`. */
  isAssigned: boolean;
  /** What is asked for has parts, `widget.disposed.connect(f)`: an event or a promise, and no answer. */
  hasParts: boolean;
}

const namedIn = keptBy((module: { text: string }): ReadonlyMap<string, Named> => {
  const found = new Map<string, Named>();
  for (const [, receiver = '', part = '', after = ''] of module.text.matchAll(
    /(?<=([\w$]{1,60})[?!]?)\.([\w$]{2,30})(?=(\s?\(|\s?=(?![=>])|[?!]?\.[\w$]|))/g,
  )) {
    const isCall = after.trimStart() === '(';
    const isQuestion = lifecycleQuestion(part, isCall) !== null;
    if (!isQuestion && !(isCall && verbs.has(part))) continue;
    let named = found.get(receiver);
    if (named === undefined) found.set(receiver, (named = { questions: new Set(), verbs: new Set(), isAssigned: false, hasParts: false }));
    if (!isQuestion) named.verbs.add(part);
    else if (after.trimStart() === '=') named.isAssigned = true;
    else if (after.includes('.')) named.hasParts = true;
    else named.questions.add(part);
  }
  return found;
}, true);

/** The part of a receiver's text that is its name: `client` of `await this.pool.client`. */
const lastPart = /([\w$]{1,60})[?!]?$/;

/**
 * The name under which a module asks whether an object, by the text of it (`this.client`), is up and changes that:
 * `client.isOpen`. Null when it does only one of the two.
 */
export function lifecycleOf(module: { text: string }, receiver: string): string | null {
  const name = lastPart.exec(receiver)?.[1];
  if (name === undefined || name === 'self' || name === 'this') return null;
  const named = namedIn(module, '').get(name);
  if (named === undefined || named.isAssigned || named.hasParts || named.verbs.size === 0) return null;
  const [question] = named.questions;
  return question === undefined ? null : `${name}.${question}`;
}

/**
 * What the name of an unknown function or object says about locking. A lock from a library nobody can
 * see into still is a lock: taken for nothing, it would leave code that is safe looking racy. So a
 * name that says `lock`, `mutex` or the like is taken at its word, and the assumption is told.
 */
const nouns = new Set([
  'lock',
  'locks',
  'locker',
  'locked',
  'locking',
  'rlock',
  'wlock',
  'rwlock',
  'flock',
  'filelock',
  'redlock',
  'mutex',
  'mutexes',
  'semaphore',
  'sem',
  'exclusive',
  'exclusively',
  'synchronized',
  'synchronised',
  'synchronize',
  'synchronise',
  'serialized',
  'serialised',
  'serialize',
  'serially',
  'sequential',
  'sequentially',
  'linearizer',
]);
const makers = new Set(['get', 'create', 'make', 'new', 'build', 'for', 'init', 'is', 'has', 'try', 'on', 'check', 'wait', 'un']);

/** `new Mutex(1).runExclusive` → `runExclusive`; `cache.lock('a.b')` → `lock`. */
export function lastName(text: string): string {
  // The second of a name: `new Mutex() #2`.
  let end = text.length - (/ #\d+$/.exec(text)?.[0].length ?? 0);
  while (end > 0 && text[end - 1] === ')') {
    let depth = 0;
    let at = end - 1;
    for (; at >= 0; at--) {
      if (text[at] === ')') depth++;
      else if (text[at] === '(' && --depth === 0) break;
    }
    if (at < 0) break;
    end = at;
  }
  return endingName(text, end);
}

/** The name that a text ends with. Looked for from its end: a pattern would try each place of a long text. */
export function endingName(text: string, end = text.length): string {
  let at = end;
  while (at > 0 && isNameCode(text.charCodeAt(at - 1))) at--;
  return text.slice(at, end);
}

/** Letters, digits, `_` and `$`. */
function isNameCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
}

/** `withFileLock` → with, file, lock. */
export function words(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_$]+/)
    .filter((w) => w !== '');
}

/** Does the name of an unknown object or function say that it lets one in at a time? */
export function saysGuard(text: string): boolean {
  const name = lastName(text);
  // A semaphore or limiter that lets several in guards nothing.
  const limit = /\(\s*(?:\{\s*\w+:\s*)?(\d+)\b[^()]*\)(?: #\d+)?$/.exec(text)?.[1];
  if (limit !== undefined && limit !== '1' && /sem|limit|queue/i.test(name)) return false;
  if (limit === '1' && /limit|queue/i.test(name)) return true;
  const all = words(name);
  return all.some((w) => nouns.has(w)) || (all.includes('concurrency') && all.some((w) => denies.test(w)));
}

/** What goes before `concurrency` where there is none: `withoutConcurrency(key, fn)`. */
const denies = /^(?:without|no|non|avoid|prevent|forbid|disallow)$/;

const queueNouns = new Set(['queue', 'enqueue', 'background', 'scheduler', 'jobs', 'tasks', 'executor', 'limiter', 'limit', 'pool']);

/** Does the name of an unknown object or function say that it runs what it is handed when it is its turn? */
export function saysQueue(text: string): boolean {
  return words(lastName(text)).some((w) => queueNouns.has(w));
}

/** Does the name of a decorator say that calls made while one is under way get its answer? */
export function saysShared(text: string): boolean {
  return /single(?:ton)?_?(?:async_?)?(?:execution|flight|call|run)|in_?flight|dedup|coalesce|shared?_?(?:promise|call|result|execution)|(?:^|_)memoi[sz]e|^cached?_?(?:promise|async|result)?$|^once$/i.test(
    lastName(text),
  );
}

/** Does the name of a function say that it runs what it is handed, and gives what comes of it: a transaction, another try? */
export function saysRuns(text: string): boolean {
  return /(?:transaction|retry|retrying|with_?retries)$/i.test(lastName(text));
}

const atOnce = /^(?:runInAction|unstable_batchedUpdates|batchedUpdates|flushSync|startTransition|untracked|untrack|runOutsideAngular)$/;

/** Does a function of a library of user interfaces run what it is handed at once: `runInAction(() => …)`, `this.ngZone.run(() => …)`? */
export function runsAtOnce(text: string): boolean {
  return atOnce.test(lastName(text)) || /(?:^|[._])(?:\w*Z|z)one\.run(?:Guarded)?$/.test(text);
}

/** Does a function of that name hand out a lock, or ask about one, rather than take it? */
export function handsOut(text: string): boolean {
  const [first = ''] = words(lastName(text));
  return makers.has(first) || /^[A-Z]/.test(lastName(text));
}

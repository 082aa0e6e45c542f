/**
 * What the name of an unknown object says about keys and values, and what the methods of such stores do:
 * caches, redis, the browser's storage, the stores of frameworks. Data: detection and the machine read the
 * same tables. A store that is one by its name is taken at its word, and the assumption is told.
 */
import { lastName, words } from './guard-names.ts';
import { keptBy } from './kept.ts';

export type StoreDoes =
  /** The value under a key, or nothing. */
  | 'get'
  | 'has'
  | 'set'
  | 'remove'
  /** Sets the key unless it is there: one step. */
  | 'add'
  /** Adds to a number: one step. */
  | 'increment'
  | 'decrement'
  /** Sets the key and gives what was there: one step. */
  | 'swap'
  /** Takes the value out: one step. */
  | 'take'
  | 'clear';

export interface StoreVerb {
  does: StoreDoes;
  /** Arguments that say which entry: two for the field of a hash or the member of a set. */
  keys: 1 | 2;
  /** Arguments it has at the least. */
  least: number;
  most: number;
}

function verbs(rows: readonly (readonly [StoreDoes, keys: 1 | 2, least: number, most: number, names: string])[]): Map<string, StoreVerb> {
  const all = new Map<string, StoreVerb>();
  for (const [does, keys, least, most, names] of rows) for (const name of names.split(' ')) all.set(name, { does, keys, least, most });
  return all;
}

const table = verbs([
  ['get', 1, 1, 3, 'get aget getItem get_item getJSON get_json getAsync async_get match read load'],
  ['get', 2, 2, 2, 'hget hGet'],
  ['has', 1, 1, 1, 'has exists contains has_key hasKey hasItem has_item ahas_key async_has'],
  ['has', 2, 2, 2, 'hexists hExists sismember sIsMember'],
  ['set', 1, 2, 6, 'set aset setItem set_item setJSON set_json setAsync async_set put save write store'],
  ['set', 1, 2, 2, 'update'],
  ['set', 1, 3, 3, 'setex setEx psetex pSetEx'],
  ['set', 2, 3, 3, 'hset hSet'],
  ['add', 2, 2, 2, 'sadd sAdd'],
  ['add', 2, 3, 3, 'hsetnx hSetNX'],
  ['add', 1, 2, 3, 'add aadd setnx setNX'],
  ['remove', 1, 1, 2, 'delete adelete del remove removeItem remove_item unlink unset evict invalidate async_delete'],
  ['remove', 2, 2, 2, 'hdel hDel srem sRem'],
  ['increment', 1, 1, 2, 'incr incrby incrBy aincr'],
  ['decrement', 1, 1, 2, 'decr decrby decrBy adecr'],
  ['increment', 2, 3, 3, 'hincrby hIncrBy'],
  ['swap', 1, 2, 2, 'getset getSet'],
  ['take', 1, 1, 2, 'getdel getDel pop take'],
  ['clear', 1, 0, 0, 'clear flushall flushdb flushAll flushDb aclear'],
]);

export function storeVerb(name: string, args: number): StoreVerb | null {
  const verb = table.get(name);
  return verb === undefined || args < verb.least || args > verb.most ? null : verb;
}

const nouns = /^(\w*(cache|redis|valkey|memcached|storage)s?|keyv|kv|store|lru|rdb)$/;
/** Commands that wait to be sent together; what is asked over a wire; values of one request; where files, rows and messages are. */
const others =
  /^(pipe|pipeline|multi|tx|batch|transaction|api|http|https|url|urls|fetch|fetcher|fetchers|endpoint|response|request|req|res|params|headers|use|create|router|dir|directory|path|file|files|blob|bucket|s3|key|keys|control|dispatch|queue)$/;

/** What another way to make an object makes one of: `redis.Redis` of `redis.Redis.from_url(…)`. */
function ofClass(text: string): string {
  const name = lastName(text);
  const at = /^(from_?url|from_pool|get_?instance)$/i.test(name) ? text.lastIndexOf(`.${name}`) : -1;
  return at > 0 ? text.slice(0, at) : text;
}

/** Does the name of an unknown object say that it keeps values under keys? */
export function saysStore(text: string): boolean {
  if (saysMemento(text)) return true;
  const all = words(lastName(ofClass(text.replace(/ #\d+$/, ''))));
  return all.some((w) => nouns.test(w)) && !all.some((w) => others.test(w));
}

/** What an extension of an editor keeps: `context.globalState`. It is asked at once, and takes its time to be changed. */
export function saysMemento(text: string): boolean {
  return /(?:^|[._])(?:(?:global|workspace)State|\w*[mM]emento)(?: #\d+)?$/.test(text);
}

/**
 * Does the module put something under a key of a member of that name, and look the same key up there:
 * `this.app.set('session', s)`, `this.app.get('session')`? Then it keeps values, whatever it is called; so does what a function
 * gives for an object, `internals(this).set('keys', keys)`, and what another file has for all, `clients.get(id)`.
 */
export function isUsedAsStore(module: { text: string }, receiver: string): boolean {
  const name = receiver.replace(/^(?:this|self)\./, '');
  return (
    membersUsed(module, 'get set').has(name) ||
    importedStores(module, 'get has set').has(name) ||
    typedStores(module, 'Redis Valkey Memcache').some((typed) => typed === name || keptAs(module, typed).includes(name))
  );
}

const membersUsed = keptBy((module: { text: string }): ReadonlySet<string> => {
  const keysOf = (method: string): Set<string> => {
    const calls = module.text.matchAll(
      new RegExp(
        `(?:\\b(?:this|self)\\.([\\w$]+)|(?<![\\w$.])([a-z_][\\w$]*)\\((?:this|self)?\\))\\.${method}(?:<[^()\\n]*>)?\\(\\s*(['"][^'"\\n]*['"])`,
        'g',
      ),
    );
    return new Set([...calls].map(([, member, maker = '', key = '']) => `${member ?? maker} ${key.slice(1, -1)}`));
  };
  const got = keysOf('get');
  return new Set([...keysOf('set')].flatMap((k) => (got.has(k) ? [k.slice(0, k.indexOf(' '))] : [])));
});

/** Names whose type is that of a client of such a store: `client: redis.Redis`. */
const typedStores = keptBy(({ text }: { text: string }): readonly string[] => {
  const typed = text.matchAll(
    /(?<![\w$.])([A-Za-z_]\w*)\??\s*:\s*["']?(?:Optional\[)?(?:\w+\.)*(?:Async|Strict)?(?:Redis|Valkey|Memcache)(?:Cluster|Client|ClientType)?(?![\w.])/g,
  );
  return /Redis|Valkey|Memcache/.test(text) ? [...new Set([...typed].map(([, name = '']) => name))] : [];
});

/** Members that it is kept as: `self.db = client`. */
const keptAs = keptBy(({ text }: { text: string }, name): readonly string[] => {
  const all = text.matchAll(new RegExp(`\\b(?:self|this)\\.(\\w+)\\s*(?::[^=\\n]{1,60})?=\\s*${name}(?![\\w.([])`, 'g'));
  return [...all].map(([, member = '']) => member);
});

/** Names brought from other files of which something is looked up and put there by one key, as it is written. */
const importedStores = keptBy(({ text }: { text: string }): ReadonlySet<string> => {
  const put = text.matchAll(/(?<![\w$.])([a-z_][\w$]*)\.set\(\s*(this|[\w$.]{1,60})\s*,/g);
  const isAsked = (name: string, key: string): boolean => text.includes(`${name}.get(${key})`) || text.includes(`${name}.has(${key})`);
  const names = [...put].filter(([, name = '', key = '']) => isAsked(name, key)).map(([, name = '']) => name);
  const isBrought = (name: string): boolean => {
    const it = `(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`;
    return new RegExp(
      `^import\\b[^;'"]*${it}[^;'"]*\\bfrom\\b|^(?:const|let|var)\\s*\\{[^{}=]*${it}[^{}=]*\\}\\s*=\\s*require\\(`,
      'm',
    ).test(text);
  };
  return new Set([...new Set(names)].filter(isBrought));
});

/**
 * What an object of that name is asked for by: `option` of `this.senders.get(option)`, `item.option`. One of these names
 * among the parts of a thing that is added by itself, `senders.add({ option, sender })`, is the key it is kept under.
 */
export function askedBy(module: { text: string }, receiver: string): ReadonlySet<string> {
  return asks(module, lastName(receiver).replaceAll('$', '\\$'));
}

const asks = keptBy((module: { text: string }, name): ReadonlySet<string> => {
  const calls = module.text.matchAll(new RegExp(`(?<![\\w$])${name}[!?]?\\.(?:get|has)\\(\\s*([\\w$.]{1,80})\\s*\\)`, 'g'));
  return new Set([...calls].map(([, key = '']) => lastName(key)));
});

/** Does a call of that name add a thing by itself, `add({ option, sender })`? */
export function addsWhole(name: string, args: number): boolean {
  return args === 1 && /^(add|register|insert|push|put|store|save)$/.test(name);
}

/** Does the module wait for some call of an object of that name? Then what its other calls give are promises, too. */
export function isWaitedFor(module: { text: string }, receiver: string): boolean {
  return waitsFor(module, lastName(receiver).replaceAll('$', '\\$'));
}

const waitsFor = keptBy((module: { text: string }, name) => {
  const call = `(?<![\\w$])${name}[!?]?\\.\\w+(?:<[^()\\n]{0,80}>)?\\(`;
  return new RegExp(`\\bawait\\s+(?:this\\.)?${call}|${call}[^()\\n]{0,120}\\)\\s*\\.then\\(`).test(module.text);
});

/** Does the module change what is in an object of that name? One that is only asked may be anything. */
export function isWritten(module: { text: string }, receiver: string): boolean {
  return writes(module, lastName(receiver).replaceAll('$', '\\$'));
}

const writes = keptBy((module: { text: string }, name) => {
  const calls = module.text.matchAll(new RegExp(`${name}(?:\\([^()\\n]{0,80}\\))?[!?]?\\.(\\w+)\\s*[(<]`, 'g'));
  return [...calls].some(([, method = '']) => {
    const verb = table.get(method);
    return verb !== undefined && verb.does !== 'get' && verb.does !== 'has';
  });
});

/** Numbers that are put there come back as text. */
export function keepsText(text: string): boolean {
  return words(lastName(ofClass(text))).some((w) => /^(\w*redis|valkey|rdb|async|local)$/.test(w));
}

/**
 * The storage of browser extensions, whose calls are about several keys at once: `chrome.storage.local.get(['sites'])` gives
 * an object, `.set({ sites })` takes one.
 */
export function saysArea(text: string): boolean {
  return /(?:^|\.)storage\.(?:local|sync|session)(?: #\d+)?$/.test(text);
}

export function areaVerb(name: string, args: number): 'get' | 'set' | 'remove' | 'clear' | null {
  if (name === 'get') return args <= 1 ? 'get' : null;
  if (name === 'clear') return args === 0 ? 'clear' : null;
  return (name === 'set' || name === 'remove') && args === 1 ? name : null;
}

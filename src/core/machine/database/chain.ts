/**
 * Reading an unknown value's history as a query: `User.objects.filter(a=b).exists` is a chain of names
 * and calls, and the names say what table it is about.
 */
import {
  databaseVerbs,
  holdsTables,
  managers,
  needsColumns,
  notColumns,
  noTables,
  passesOn,
  tableOfReceiver,
  takesTable,
  type DatabaseLanguage,
  type Does,
} from '../../program/database-verbs.ts';
import type { Keywords } from '../language.ts';
import { Opaque, type Value } from '../values.ts';

export interface Link {
  name: string;
  /** Null when the name was not called. */
  args: readonly Value[] | null;
  keywords: Keywords;
}

export interface Chain {
  /** Where it begins: an import, an argument, a class of the program. */
  root: Value;
  links: Link[];
}

/** Names and calls that led to a value, the value itself last. */
export function chainOf(v: Value): Chain {
  const links: Link[] = [];
  let at: Value = v;
  let called: Pick<Link, 'args' | 'keywords'> | null = null;
  for (let steps = 0; at instanceof Opaque && steps < 60; steps++) {
    const { from }: Opaque = at;
    if (from === null || from.kind === 'operation') break;
    if (from.kind === 'call') {
      // A call of a call: `getRepository(User)(…)`.
      if (called !== null) links.unshift({ name: '', ...called });
      called = { args: from.args, keywords: from.keywords };
      at = from.callee;
    } else {
      links.unshift({ name: from.name, args: called?.args ?? null, keywords: called?.keywords ?? null });
      called = null;
      at = from.of;
    }
  }
  if (called !== null) {
    links.unshift({ name: at instanceof Opaque ? lastWord(at.name) : '', ...called });
    at = null;
  }
  return { root: at, links };
}

/** `./models/user` → `user`; `new PrismaClient` → `PrismaClient`. */
function lastWord(text: string): string {
  return (
    /([\w$ ]+?)$/
      .exec(text)?.[1]
      ?.replace(/^.*\bnew /, '')
      .trim() ?? text
  );
}

/** What a chain needs to know of values of one language. */
export interface Names {
  language: DatabaseLanguage;
  /** Name of a class of the program, or of the class of an instance of one that has an unknown base. */
  className(v: Value): string | null;
  /** A class of the program, or an instance of one, that may stand for rows; true for what is not of the program. */
  mayHaveRows(v: Value): boolean;
}

/** `User`, `'users'`, `User(email=…)`, `models.User`: the table a value names. */
export function tableIn(v: Value, names: Names): string | null {
  if (typeof v === 'string') return /^\w+(\.\w+)?$/.test(v) ? v : null;
  const cls = names.className(v);
  if (cls !== null) return cls;
  if (!(v instanceof Opaque)) return null;
  const { root, links } = chainOf(v);
  for (const link of links.slice().reverse()) if (isTableName(link.name)) return link.name;
  const rooted = names.className(root);
  if (rooted !== null) return rooted;
  const word = root instanceof Opaque ? lastWord(root.name) : '';
  if (isTableName(word)) return word;
  // drizzle, SQLAlchemy core: `users` of a module of tables.
  if (links.length === 0) return /^[a-z]\w*$/.test(word) ? word : null;
  const last = links[links.length - 1];
  return last !== undefined && last.args === null && /^[a-z]\w*$/i.test(last.name) ? last.name : null;
}

function isTableName(name: string): boolean {
  return /^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/.test(name) && !noTables.test(name);
}

/** What the last link of a chain does to which table (`isTable`: that the receiver is one is known); null when it has nothing to do with a data base. */
export function queryOf(chain: Chain, names: Names, isTable: boolean): { does: Does; table: string } | null {
  const last = chain.links[chain.links.length - 1];
  if (last === undefined) return null;
  const verb = databaseVerbs[names.language].get(last.name);
  if (verb === undefined) return null;
  if (needsColumns.test(last.name) && names.language === 'python' && !namesColumns(chain, last)) return null;
  if (!names.mayHaveRows(chain.root) && !chain.links.some((l) => managers.test(l.name)) && chain.links.length < 2) return null;
  const table = tableOf(chain, names, verb.telling === true || isTable);
  return table === null ? null : { does: verb.does, table };
}

/** `User.objects.get(…)`, `session.get(User, id)`, `User.get(id=1)`, `User.get(User.id == 1)`. */
function namesColumns(chain: Chain, last: Link): boolean {
  if (chain.links.some((l) => managers.test(l.name))) return true;
  const args = last.args ?? [];
  if (args.length === 2 && args[0] instanceof Opaque === false && typeof args[0] === 'object') return true;
  // A model, and which of its rows: `session.get(Wallet, id)`, whatever the session is called.
  const [model, row] = args;
  if (args.length === 2 && row !== null && model instanceof Opaque && /^[A-Z]\w*[a-z]\w*$/.test(lastWord(model.name))) return true;
  if (args.some((a) => a instanceof Opaque && a.from?.kind === 'operation' && a.from.operator === '==')) return true;
  const root = chain.root instanceof Opaque ? lastWord(chain.root.name) : '';
  if (/session|db\b|em\b|manager/i.test([root, ...chain.links.map((l) => l.name)].join('.')) && args.length === 2) return true;
  const names = [...(last.keywords ?? [])].map(([k]) => k);
  return names.length > 0 && names.every((k) => !notColumns.test(k));
}

/** `knex('jobs').where({ id })`, whatever the function is called: what is asked of the table that a call by itself names. */
function builtOf(links: readonly Link[]): string | null {
  const again = links.findLastIndex((k) => k.name === '' && k.args !== null);
  const [first, ...rest] = links.slice(again >= 0 ? again : links.findIndex((k) => k.args !== null));
  const [name, ...more] = first?.args ?? [];
  if (typeof name !== 'string' || more.length > 0 || !/^\w+(\.\w+)?$/.test(name)) return null;
  return rest.some((k) => k.args !== null && /^(?:where\w*|select|insert)$/.test(k.name)) ? name : null;
}

/** The table a chain is about. `telling`: that it is one at all is known. */
export function tableOf(chain: Chain, names: Names, telling: boolean): string | null {
  const { links } = chain;
  const verb = links[links.length - 1];
  const built = names.language === 'javascript' ? builtOf(links) : null;
  if (built !== null) return built;
  const root = chain.root instanceof Opaque ? lastWord(chain.root.name) : (names.className(chain.root) ?? '');
  for (const link of links) {
    const [first] = link.args ?? [];
    if (first === undefined || !takesTable.test(link.name)) continue;
    if (link === verb) {
      if (
        !/^(add|add_all|merge|delete|persist|save|remove|get|scalar|scalars|execute|insert|findOne|find|count|findOneBy)$/.test(link.name)
      )
        continue;
      const path = [root, ...links.map((l) => l.name)].join('.');
      const isEntity =
        names.language === 'python' && /^(add|add_all|merge|get)$/.test(link.name) && (link.name !== 'get' || link.args?.length === 2);
      if (!isEntity && !/session|db|em\b|manager|repo|conn|database/i.test(path)) continue;
      if (first instanceof Opaque || names.className(first) !== null) {
        const table = tableIn(first, names);
        if (table !== null) return table;
      }
      continue;
    }
    const table = tableIn(first, names);
    if (table !== null) return table;
  }
  // The names before the first call.
  const path = [root];
  let made = '';
  for (const link of links.slice(0, -1)) {
    // `getClient().users` begins anew; what narrows a query ends the name of its table.
    if (link.args === null) path.push(link.name);
    else if (/^[A-Z]|[Cc]lient|[Cc]onnect|[Dd]atabase|^get[A-Z_]|^use[A-Z_]|[Ii]nstance/.test(link.name) && !takesTable.test(link.name))
      path.splice(0, path.length, (made = link.name));
    else break;
  }
  const objects = path.findIndex((n) => n === 'objects' || n === 'query' || n === '_default_manager');
  if (objects > 0 && path[objects - 1] !== '' && !holdsTables.test(path[objects - 1] ?? '')) return path[objects - 1] ?? null;
  const receiver = path[path.length - 1] ?? '';
  const holder = path[path.length - 2] ?? '';
  if (receiver === '' || (receiver === made && path.length === 1)) return null;
  if (path.length > 1 && (holdsTables.test(holder) || /client$|^db|prisma|mongo/i.test(holder)) && !passesOn.test(receiver))
    return receiver;
  const named = tableOfReceiver(receiver);
  if (named !== null) return named;
  if (isTableName(receiver)) return receiver;
  if (holder === 'query' && path.length > 2) return receiver;
  return telling && /^\w+$/.test(receiver) && !holdsTables.test(receiver) ? receiver.replace(/^_+/, '') : null;
}

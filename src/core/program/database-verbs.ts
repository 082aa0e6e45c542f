/**
 * What the methods of data-base libraries do, and which names along a call say what table it is about:
 * Django, SQLAlchemy, peewee, tortoise, MongoDB; mongoose, prisma, typeorm, sequelize, knex, drizzle;
 * and functions that are handed SQL. Data: detection and the machine read the same tables.
 */

/** What a call asks for or changes. */
export type Does =
  /** One row, or nothing. */
  | 'row'
  /** One row, or an error. */
  | 'rowOrFail'
  | 'exists'
  | 'count'
  /** Sums and the like of what there is. */
  | 'aggregate'
  | 'rows'
  | 'insert'
  /** Creates a row, or changes the one it is called on or given. */
  | 'save'
  | 'update'
  | 'delete'
  /** Changes a number of the row. */
  | 'increment'
  | 'decrement'
  /** Change what is there or create it: one statement. */
  | 'upsert'
  | 'getOrCreate'
  /** Change and give: one statement. */
  | 'updateAndGet';

export interface Verb {
  does: Does;
  /** No other kind of object has such a method: the receiver is a table whatever it is called. */
  telling?: true;
}

function verbs(table: Partial<Record<Does, string>>): Map<string, Verb> {
  const all = new Map<string, Verb>();
  for (const [does, names] of Object.entries(table))
    for (const name of names.split(' ')) {
      const telling = name.endsWith('!');
      all.set(telling ? name.slice(0, -1) : name, telling ? { does: does as Does, telling } : { does: does as Does });
    }
  return all;
}

export type DatabaseLanguage = 'python' | 'javascript';

/** A name that ends in `!` tells by itself. */
export const databaseVerbs: Readonly<Record<DatabaseLanguage, ReadonlyMap<string, Verb>>> = {
  python: verbs({
    row: 'first! afirst! last alast one_or_none! scalar_one_or_none! get_or_none! find_one! find_first find_unique scalar aget_or_none',
    rowOrFail: 'get aget one scalar_one! get_or_404 first_or_404',
    exists: 'exists aexists!',
    count: 'count acount count_documents!',
    aggregate: 'aggregate aaggregate',
    rows: 'all find',
    insert: 'create acreate insert insert_one! insert_many! bulk_create! add add_all persist',
    save: 'save asave merge',
    update: 'update aupdate update_one! update_many! bulk_update!',
    delete: 'delete adelete delete_one! delete_many! remove delete_instance!',
    upsert: 'upsert replace_one! update_or_create! aupdate_or_create!',
    getOrCreate: 'get_or_create! aget_or_create!',
    updateAndGet: 'find_one_and_update! find_one_and_replace! find_one_and_delete!',
  }),
  javascript: verbs({
    row: 'findOne! findUnique! findFirst! findById! findByPk! findOneBy! findByIdAndPopulate! first maybeSingle single getOne! findOneById! findOneAsync!',
    rowOrFail: 'findUniqueOrThrow! findFirstOrThrow! findOneOrFail! findOneByOrFail!',
    exists: 'exists exist existsBy',
    aggregate: 'aggregate groupBy sum getSum',
    count: 'count countDocuments! countBy! estimatedDocumentCount! getCount!',
    rows: 'findMany! findAll! findBy! getMany! find all',
    insert: 'create insert insertOne! insertMany! createMany! bulkCreate! createAndSave insertGraph insertAsync!',
    save: 'save',
    update: 'update updateOne! updateMany! updateBy updateAsync!',
    delete: 'delete deleteOne! deleteMany! destroy remove softDelete! softRemove! removeAsync!',
    increment: 'increment',
    decrement: 'decrement',
    upsert: 'upsert replaceOne! findOneAndReplace! upsertGraph upsertAsync!',
    getOrCreate: 'findOrCreate! findCreateFind! findOrBuild!',
    updateAndGet: 'findOneAndUpdate! findByIdAndUpdate! findOneAndDelete! findByIdAndDelete! findOneAndRemove! findByIdAndRemove!',
  }),
};

/** Names through which Django and SQLAlchemy reach the rows of a class. */
export const managers = /^(objects|query|_default_manager)$/;

/** Classes of the program whose instances are rows: what they inherit from says so. */
export const rowBase = /(Model|Base|Document|Entity|Record|Table|Declarative\w*|Meta)$/;

/** Methods that many kinds of objects have (`cache.get`, `queue.get`): they ask for rows only when columns are named. */
export const needsColumns = /^(get|aget)$/;
/** Arguments by name that are no columns. */
export const notColumns = /^(block|timeout|default|key|name|params|headers|json|data|cookies|auth|stream|version|ttl)$/;

const checks: ReadonlySet<Does> = new Set(['row', 'rowOrFail', 'exists', 'count', 'aggregate', 'rows']);
const atomic: ReadonlySet<Does> = new Set(['upsert', 'getOrCreate', 'updateAndGet', 'increment', 'decrement']);

/** Does it look, change, or both in one statement? */
export function operationOf(does: Does): 'check' | 'act' | 'atomic' {
  return checks.has(does) ? 'check' : atomic.has(does) ? 'atomic' : 'act';
}

/** Functions that take a table, model or entity as their first argument. */
export const takesTable =
  /^(query|select|exists|getRepository|getCustomRepository|from|from_|into|table|collection|get_collection|model|define|knex|db|get|aget|scalar|scalars|execute|getModelToken|count|insert|update|delete|select_from|merge|add|add_all|persist|save|remove|findOne|find|findOneBy)$/;

/** Objects that hold tables: `prisma.user`, `db.users`. */
export const holdsTables =
  /^(prisma|prismaClient|db|_db|tx|trx|client|database|mongo|mongodb|orm|models|sequelize|conn|connection|dataSource|em|manager|\$transaction argument|transaction argument)$/i;

/** Links of a chain that say nothing of the table: what follows the table's own name. */
export const passesOn = /^(objects|query|_default_manager|_meta|collection|model|repo|repository|prisma|db|aio|c)$/;

/** `usersRepository`, `user_collection`: the table's own name. Null when the name says no such thing. */
export function tableOfReceiver(name: string): string | null {
  const match = /^_?(.+?)_?(repo|repository|model|collection|dao|table|entity)s?$/i.exec(name);
  return match ? (match[1] ?? name) : null;
}

/** Imported names that begin with a capital letter and are no tables. */
export const noTables =
  /^(Object|Array|Map|Set|WeakMap|Promise|JSON|Math|Date|Reflect|Number|String|Symbol|Path|Buffer|Proxy|Intl|URL|URLSearchParams|Headers|FormData|Counter|OrderedDict|Decimal|Enum|Logger|Thread|Lock|Queue|Process|Event|Redis|S3|Cache|Storage|LocalStorage|SessionStorage|Cookies|Axios|Http|HttpClient|Client|App|React|Vue|Router|Store|Observable|Subject|Schema|Field|Column|Type|Types|Joi|Zod|Yup|Session|Engine|Q|F|Model|Base|Document|Entity)$/;

/** Functions that are handed SQL as text. */
export const runsSql =
  /^(execute|executemany|executescript|query|queryOne|run|get|all|any|each|exec|fetch|fetchrow|fetchval|fetchone|fetchall|fetch_one|fetch_all|fetch_val|prepare|raw|\$queryRaw|\$executeRaw|\$queryRawUnsafe|\$executeRawUnsafe|one|oneOrNone|none|many|manyOrNone|sql|select|exec_driver_sql|text|scalar|result)$/;

export interface Sql {
  does: 'rows' | 'count' | 'aggregate' | 'exists' | 'insert' | 'update' | 'delete' | 'upsert';
  table: string;
  /** The rows are locked: `FOR UPDATE`. */
  locks: boolean;
}

/** One row whatever there is: `SELECT MAX(number)`, `SELECT COALESCE(SUM(amount), 0)`. */
const figures = /^\s*SELECT\s+(?:(?:COALESCE|IFNULL|CAST)\s*\(\s*)?(?:MAX|MIN|SUM|AVG|TOTAL)\s*\(/i;

/** A table as it is written or put together: `users`, `"public"."users"`, `${schema}.users`, `" + this.schema + ".users`. */
const tableToken = /(?:["'`]\s*[+.]\s*)?((?:\$?\{[^{}]*\}|\s*\+\s*["'`](?=[.\w])|[^\s;,(){}])+)/.source;

const statements = new RegExp(
  String.raw`^\s*(?:\/\*[\s\S]*?\*\/\s*)?(?:WITH\b[\s\S]*?\)\s*)?(?:(SELECT)\b[\s\S]*?\bFROM\s+${tableToken}|` +
    String.raw`(INSERT\s+(?:OR\s+\w+\s+|IGNORE\s+)?INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM|REPLACE\s+INTO|MERGE\s+INTO)\s+${tableToken})`,
  'i',
);

/** What a call gave, of which something unknown is named after: `options().schema.users`. */
const withoutCalls = (text: string): string => text.replace(/\([^()]*\)(?=\.\w)/g, '');

function tableIn(token: string | undefined): string {
  return /([\w$]+)\W*$/.exec(token ?? '')?.[1] ?? '?';
}

/** What a statement does to which table; null for text that is no such statement. The rest of it is parsed by `sqlClauses`. */
export function sqlStatement(written: string): Sql | null {
  const text = withoutCalls(written);
  const match = statements.exec(text);
  if (match === null) return null;
  if (match[1] !== undefined) {
    const does = /^\s*SELECT\s+COUNT\s*\(/i.test(text)
      ? 'count'
      : /^\s*SELECT\s+EXISTS\s*\(/i.test(text)
        ? 'exists'
        : figures.test(text) && !/\bGROUP\s+BY\b/i.test(text)
          ? 'aggregate'
          : 'rows';
    return { does, table: tableIn(match[2]), locks: /\bFOR\s+(NO\s+KEY\s+)?UPDATE\b|\bFOR\s+SHARE\b/i.test(text) };
  }
  const verb = match[3] ?? '';
  const upserts =
    /REPLACE|MERGE|OR\s+(IGNORE|REPLACE)|IGNORE/i.test(verb) || /ON\s+CONFLICT|ON\s+DUPLICATE|WHERE\s+NOT\s+EXISTS/i.test(text);
  const does = /^INSERT|^REPLACE|^MERGE/i.test(verb) ? (upserts ? 'upsert' : 'insert') : /^UPDATE/i.test(verb) ? 'update' : 'delete';
  return { does, table: tableIn(match[4]), locks: false };
}

/** A column and what it is compared with or set to: a parameter by position or name, a literal, or text that is not understood. */
export interface SqlTerm {
  column: string;
  value: { parameter: number } | { named: string } | { literal: string | number | boolean | null } | { delta: number } | { text: string };
}

export interface SqlClauses {
  where: SqlTerm[];
  /** Conditions other than `column = value`. */
  others: string[];
  values: SqlTerm[];
}

/** Conditions and values of a statement of the common forms. Parameters: `?`, `$1`, `%s`, `:name`, `%(name)s`, `@name`. */
export function sqlClauses(written: string): SqlClauses {
  const text = withoutCalls(written);
  let positional = 0;
  const valueOf = (raw: string): SqlTerm['value'] => {
    const t = raw.trim();
    const numbered = /^\$(\d+)(?:::\w+)?$/.exec(t);
    if (numbered) return { parameter: Number(numbered[1]) - 1 };
    if (t === '?' || t === '%s') return { parameter: positional++ };
    const named = /^(?::|@|%\()(\w+)\)?s?$/.exec(t);
    if (named) return { named: named[1] ?? '' };
    if (/^-?\d+(\.\d+)?$/.test(t)) return { literal: Number(t) };
    if (/^'([^']*)'$/.test(t)) return { literal: t.slice(1, -1) };
    if (/^(true|false)$/i.test(t)) return { literal: /^true$/i.test(t) };
    if (/^null$/i.test(t)) return { literal: null };
    return { text: t };
  };
  const terms: SqlClauses = { where: [], others: [], values: [] };
  const insert = /\bINTO\s+[^(]*\(([^)]*)\)\s*VALUES\s*\(([\s\S]*?)\)(?!\s*\))/i.exec(text);
  if (insert) {
    const columns = splitTop(insert[1] ?? '', ',');
    splitTop(insert[2] ?? '', ',').forEach((raw, i) => {
      terms.values.push({ column: bare(columns[i] ?? `#${String(i)}`), value: valueOf(raw) });
    });
    return terms;
  }
  const set = /\bSET\s+([\s\S]*?)(?:\bWHERE\b|\bRETURNING\b|$)/i.exec(text);
  if (/^\s*UPDATE/i.test(text) && set) {
    for (const part of splitTop(set[1] ?? '', ',')) {
      const at = part.indexOf('=');
      if (at < 0) continue;
      const column = bare(part.slice(0, at));
      const raw = part.slice(at + 1).trim();
      const delta = /^["`]?(\w+)["`]?\s*([+-])\s*(\d+)$/.exec(raw);
      terms.values.push({
        column,
        value: delta && bare(delta[1] ?? '') === column ? { delta: (delta[2] === '-' ? -1 : 1) * Number(delta[3]) } : valueOf(raw),
      });
    }
  }
  const where = /\bWHERE\b([\s\S]*?)(?:\bORDER\s+BY\b|\bGROUP\s+BY\b|\bLIMIT\b|\bFOR\s+(?:UPDATE|SHARE)\b|\bRETURNING\b|;|$)/i.exec(text);
  if (where) {
    for (const clause of (where[1] ?? '').split(/\bAND\b/i)) {
      const equal = /^\s*\(?\s*["`[]?(?:\w+\.)?(\w+)["`\]]?\s*(?:=|\bIS\b)\s*([^()\s]+(?:\(\w+\)s)?)\s*\)?\s*$/i.exec(clause);
      if (equal && !/^NOT$/i.test(equal[2] ?? '')) terms.where.push({ column: equal[1] ?? '', value: valueOf(equal[2] ?? '') });
      else {
        for (const _ of clause.matchAll(/\?|%s/g)) positional++;
        terms.others.push(clause.trim().replace(/\s+/g, ' '));
      }
    }
  }
  return terms;
}

function bare(column: string): string {
  return column
    .trim()
    .replace(/["'`[\]]/g, '')
    .replace(/^.*\./, '');
}

/** Splits at a separator that is in no brackets. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (c === separator && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.filter((p) => p.trim() !== '');
}

/** A handler of this text deals with a row that is already there: the table is taken to have a unique constraint. */
export const handlesConflict =
  /Integrity|Unique|Duplicate|Conflict|AlreadyExists|P2002|P2034|11000|23505|40001|ER_DUP|SQLITE_CONSTRAINT|violat|Serializ|DBAPIError|OptimisticLock|StaleData|VersionError/i;

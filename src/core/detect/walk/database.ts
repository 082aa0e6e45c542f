/**
 * Data-base calls: queries and changes told by the methods of common libraries and by the SQL in
 * string literals. The table is the root; `self.session.query(User)…first()` and
 * `session.add(User(…))` meet at `User`.
 */
import { keptBy } from '../../program/kept.ts';
import type { Arg, Expr, Module, Span } from '../../program/program.ts';
import { textNamed } from '../texts.ts';
import { type Place, place } from '../shared.ts';
import {
  databaseVerbs,
  handlesConflict,
  holdsTables,
  managers,
  needsColumns,
  notColumns,
  operationOf,
  runsSql,
  sqlStatement,
} from '../../program/database-verbs.ts';
import { refName } from '../module-info.ts';
import { builtQuery } from './builders.ts';
import { act, acquire, block, read } from './events.ts';
import { evalArgs, inlineCallback } from './calls.ts';
import { evalExpr } from './expressions.ts';
import { visitExpr, visitFunction } from '../visit.ts';
import { type Read, type Value, type Walk, nothing, ownText } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

/** Null when the call does not talk to a data base as far as one can tell. */
export function databaseCall(w: Walk, e: Call): Value | null {
  const answer = answerOf(w, e);
  if (answer !== null) return answer;
  // Handed to something that runs it: `get_object_or_404(Voucher.objects.select_for_update(), code=code)`.
  if (e.callee.kind === 'name' && locksRows.test(w.info.text(e.span)) && e.args.every((a) => a.value.kind !== 'function')) {
    evalArgs(w, e.args, 'later');
    acquire(w, 'db:rows', e.span);
    return { ...nothing, made: true };
  }
  const built = builtQuery(w, e);
  if (built !== null) {
    evalArgs(w, e.args, 'later');
    if (built.locks) acquire(w, 'db:rows', e.span);
    const asked = read(w, place({ kind: 'table', name: built.table }), built.span, 'membership', null);
    return built.locks ? { ...nothing, made: true } : { ...nothing, reads: [asked], made: true };
  }
  const entity = entityCall(w, e);
  const found = entity ?? classify(w, e);
  if (found === null) return null;
  const written: Value[] = [];
  const callbacks = e.args.filter((a) => a.value.kind === 'function');
  for (const arg of e.args) if (!callbacks.includes(arg)) written.push(evalExpr(w, arg.value));
  const whole = { ...e.span, end: callbacks[0]?.value.span.start ?? e.span.end };
  const text = `${w.info.text(whole)} ${found.sql ?? ''}`;
  const at = place({ kind: 'table', name: found.table });
  if (w.mode === 'threads') block(w, e.span);
  if (found.op === 'check') {
    const asked = askRows(w, at, e.span, text);
    // `db.get(sql, [id], (error, row) => …)`
    calledBack(w, callbacks, asked);
    // A cursor keeps the answer.
    if (
      asked.row !== null &&
      e.callee.kind === 'attr' &&
      /^execute/.test(e.callee.name) &&
      e.callee.object.kind === 'name' &&
      e.callee.object.ref.kind === 'variable'
    )
      w.flow.env.set(e.callee.object.ref.variable, asked);
    return asked;
  }
  const stored = entity ? entity.value : { ...nothing, reads: written.flatMap((v) => v.reads) };
  const keys = entity ? [] : narrowedBy(w, e);
  changeRows(w, at, e.span, found.op === 'atomic' || skipsRows.test(text) || isKeptUniqueLater(w, e), stored, keys);
  calledBack(w, callbacks, nothing);
  return { ...nothing, made: true };
}

function calledBack(w: Walk, callbacks: readonly Arg[], given: Value): void {
  for (const { value } of callbacks) if (value.kind === 'function') inlineCallback(w, value.fn, value.span, 'later', given);
}

/** Rows are looked at. */
function askRows(w: Walk, at: Place, span: Span, text: string): Value {
  // Whoever locks the rows is alone with them until the transaction ends.
  if (locksRows.test(text)) {
    acquire(w, 'db:rows', span);
    return { ...nothing, made: true };
  }
  const r = read(w, at, span, 'membership', null);
  return { ...nothing, reads: [r], made: true, row: { table: at, through: w.info.language === 'python' && unitOfWork.test(text) } };
}

/** What was read, of which the rows are told that are changed: `knex('jobs').whereIn('id', jobs.map((j) => j.id)).update(…)`. */
function narrowedBy(w: Walk, e: Call): readonly Read[] {
  if (w.info.language !== 'javascript') return [];
  const reads: Read[] = [];
  let current: Expr = e.callee;
  while (current.kind === 'attr' || current.kind === 'call') {
    if (current.kind === 'call' && current.callee.kind === 'attr' && /^(?:and|or)?where/i.test(current.callee.name))
      for (const v of evalArgs(w, current.args, 'later')) reads.push(...v.reads);
    current = current.kind === 'attr' ? current.object : current.callee;
  }
  return reads;
}

function changeRows(w: Walk, at: Place, span: Span, isOneStep: boolean, stored: Value, keys: readonly Read[] = []): void {
  const atomic = isOneStep || w.flow.held.some((h) => h.lock.startsWith('db:')) || isolatedCallback(w);
  act(w, atomic ? 'atomic' : 'mutate', at, span, { value: stored, through: [...stored.reads, ...keys] });
}

/** ``sql`SELECT … FROM users …` ``; null for any other template with a tag. */
export function taggedSql(w: Walk, tag: Expr, span: Span, value: Value): Value | null {
  const written = w.info
    .text(span)
    .slice(tag.span.end - span.start)
    .replace(/^[^`]*`\s*/, '');
  const found = statementIn(written);
  if (found === null) return null;
  const at = place({ kind: 'table', name: found.table });
  if (found.op === 'check') return askRows(w, at, span, written);
  changeRows(w, at, span, found.op === 'atomic' || skipsRows.test(written), value);
  return { ...nothing, made: true };
}

const skipsRows =
  /ON CONFLICT|ON DUPLICATE|INSERT OR (IGNORE|REPLACE)|\.onConflict|on_conflict|onDuplicateKey|skipDuplicates|ignore_conflicts/i;
const locksRows = /for_update|FOR UPDATE|with_for_update|\block\w*:\s|\.forUpdate\(|\.setLock\(|LOCK\.UPDATE|pessimistic/i;
const unitOfWork = /\b(session|query|select|execute|scalars?)\b/;

/** Does a transaction with this text keep others out? By default it does not: they read what was committed. */
export function isolates(text: string): boolean {
  return /\batomic\b|transaction|\.begin\(|begin_nested|\bBEGIN\b/.test(text) && /serializable|exclusive|immediate/i.test(text);
}

/** `transaction('SERIALIZABLE', async (manager) => …)`: the function walked is handed to such a call. */
function isolatedCallback(w: Walk): boolean {
  const { module } = w.info;
  for (let f: Walk['fn'] | null = w.fn; f !== null; f = f.parent) {
    const around = `${module.text.slice(Math.max(0, f.span.start - 80), f.span.start)} ${module.text.slice(f.span.end, f.span.end + 120)}`;
    if (/transaction/i.test(around) && /serializable|exclusive|immediate/i.test(around)) return true;
  }
  return false;
}

/** `session.add(user)`, which takes effect in a `commit` whose failing for a row that is there already is handled. */
function isKeptUniqueLater(w: Walk, e: Call): boolean {
  if (e.callee.kind !== 'attr' || !/^(add|add_all|merge)$/.test(e.callee.name)) return false;
  let found = false;
  visitFunction(w.fn, {
    stmt(s) {
      if (s.kind !== 'try' || s.span.start < e.span.end || !s.handlers.some((h) => handlesConflict.test(w.info.text(h.span)))) return;
      found ||= s.body.some((b) => /\.(commit|flush)\(/.test(w.info.text(b.span)));
    },
  });
  return found;
}

/** `cursor.fetchone()`, `result.scalar_one_or_none()`: of a query that was made before. */
function answerOf(w: Walk, e: Call): Value | null {
  if (
    e.callee.kind !== 'attr' ||
    !/^(fetch\w*|first|one|one_or_none|scalar\w*|all|mappings|unique)$/.test(e.callee.name) ||
    e.args.length > 0
  )
    return null;
  let object = e.callee.object;
  while (object.kind === 'call' && object.callee.kind === 'attr' && /^(scalars|mappings|unique)$/.test(object.callee.name))
    object = object.callee.object;
  const value = object.kind === 'name' && object.ref.kind === 'variable' ? w.flow.env.get(object.ref.variable) : answerAwaited(w, object);
  return value?.row ? { ...nothing, reads: value.reads, row: value.row, made: true } : null;
}

/** `(await session.execute(select(User)…))`: what it gave, the call walked. */
function answerAwaited(w: Walk, e: Expr): Value | undefined {
  const { value: call } = e.kind === 'await' ? e : { value: null };
  const found = call?.kind === 'call' ? (sqlCall(w, call) ?? statementCall(w, call)) : null;
  return found?.op === 'check' ? evalExpr(w, e) : undefined;
}

interface Found {
  op: 'check' | 'act' | 'atomic';
  table: string;
  /** The text of the statement. */
  sql?: string;
}

/** `user.save()`, `session.delete(user)`, `repo.save(user)` of a row that was read before. */
function entityCall(w: Walk, e: Call): (Found & { value: Value }) | null {
  if (e.callee.kind !== 'attr') return null;
  const verb = databaseVerbs[w.info.language].get(e.callee.name);
  if (verb === undefined || operationOf(verb.does) === 'check') return null;
  const [first] = e.args;
  const candidates = [
    e.callee.object,
    ...(first !== undefined && /^(save|delete|remove|merge|persist|destroy)$/.test(e.callee.name) ? [first.value] : []),
  ];
  for (const c of candidates) {
    if (c.kind !== 'name' || c.ref.kind !== 'variable') continue;
    const value = w.flow.env.get(c.ref.variable);
    if (value?.row)
      return { op: operationOf(verb.does), table: value.row.table.root.kind === 'table' ? value.row.table.root.name : '', value };
  }
  return null;
}

function classify(w: Walk, e: Call): Found | null {
  const sql = sqlCall(w, e);
  if (sql !== null) return sql;
  const statement = statementCall(w, e);
  if (statement !== null) return statement;
  if (e.callee.kind !== 'attr') return null;
  const chain = chainOf(e);
  const last = chain.names[chain.names.length - 1] ?? '';
  const verb = databaseVerbs[w.info.language].get(last);
  if (verb === undefined || e.args.some((a) => a.value.kind === 'function')) return null;
  if (w.info.language === 'python' && needsColumns.test(last) && !namesColumns(e, chain.names, w)) return null;
  const receiver = chain.receiver(w);
  const model =
    chain.modelName(w) ?? (receiver !== null && (verb.telling || tableNames(w.info.module, '').has(receiver)) ? receiver : null);
  // `repository.create(…)` only makes what is saved later.
  if (model === null || (last === 'create' && w.info.language === 'javascript' && /(repo\w*|manager|em)$/i.test(receiver ?? '')))
    return null;
  if (last === 'create' && w.info.language === 'javascript' && !isAwaited(w, e)) return null;
  return { op: operationOf(verb.does), table: model };
}

/** `User.objects.get(…)`, `session.get(User, id)`, `User.get(id=1)`: not `cache.get(key)`. */
function namesColumns(e: Call, names: readonly string[], w: Walk): boolean {
  if (names.some((n) => managers.test(n))) return true;
  const named = e.args.flatMap((a) => (a.kind === 'keyword' ? [a.name] : []));
  if (named.length > 0) return named.every((n) => !notColumns.test(n));
  const [first] = e.args;
  if (first?.value.kind === 'compare') return true;
  return e.args.length === 2 && first !== undefined && /^[A-Z]\w*[a-z]\w*$/.test(w.info.text(first.value.span));
}

/** `session.execute(select(User)…)`, `db.select().from(users).where(…)`, `db.insert(users).values(…)`. */
function statementCall(w: Walk, e: Call): Found | null {
  if (e.callee.kind !== 'attr') return null;
  const { name } = e.callee;
  let text: string;
  if (/^(execute|scalar|scalars|exec|fetch_one|fetch_all|fetch_val)$/.test(name)) {
    const [first] = e.args;
    if (first === undefined) return null;
    text = w.info.text(first.value.span);
    // A statement that was made before: `stmt = select(User)…`.
    if (/^\w+$/.test(text)) text = new RegExp(`\\b${text}\\s*=\\s*([\\s\\S]{0,400})`).exec(ownText(w))?.[1] ?? '';
  } else if (
    /^(where|limit|orderBy|from|values|set|returning|innerJoin|leftJoin|onConflict\w*|onDuplicateKeyUpdate)$/.test(name) &&
    w.info.language === 'javascript'
  )
    text = w.info.text(e.span);
  else return null;
  const match =
    /\b(select)\([^()]*\)\s*\.from\(\s*(\w+)/.exec(text) ??
    // `select(func.count()).select_from(User)`, `select(exists().where(User.name == name))`
    (w.info.language === 'python' ? /\b(select)\((?:(?!\.where\()[\s\S])*?\.select_from\(\s*(\w+)/.exec(text) : null) ??
    /\b(select|insert|update|delete)\(\s*(?:[\w.]*\()?\s*(?:\w+\.)*?([A-Z]\w*|\w+(?=\.c\b)|\w+(?=\)))/.exec(text) ??
    (w.info.language === 'python' ? /\b(select)\([\s\S]*?\.where\(\s*([A-Z]\w*)\.\w+/.exec(text) : null);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { op: match[1] === 'select' ? 'check' : /on_?conflict|onDuplicate/i.test(text) ? 'atomic' : 'act', table: match[2] };
}

/** What the module asks for rows with a method only tables have, by the name before it. */
const tableNames = keptBy((module: Module): ReadonlySet<string> => {
  const found = new Set<string>();
  const verbs = databaseVerbs[module.language === 'python' ? 'python' : 'javascript'];
  for (const [, receiver = '', method = ''] of module.text.matchAll(/(\w{1,80})\.(\w{1,40})\(/g))
    if (verbs.get(method)?.telling) found.add(receiver);
  return found;
}, true);

/** By its text: what stands before it. */
export function isAwaited(w: Walk, e: Call): boolean {
  return /(await|return|yield|=>)\s*\(?\s*$/.test(w.info.module.text.slice(Math.max(0, e.span.start - 20), e.span.start));
}

/** `.execute("SELECT … FROM users …")`. */
function sqlCall(w: Walk, e: Call): Found | null {
  const callee = e.callee.kind === 'attr' ? e.callee.name : e.callee.kind === 'name' ? w.info.text(e.callee.span) : '';
  const [first] = e.args;
  if (!runsSql.test(callee) || first === undefined) return null;
  const text = w.info.text(sqlIn(w, first.value).span).replace(/^[^A-Za-z]*(?:text\(|[frbFRB]{1,2}(?=["'`]))?\W*/, '');
  return statementIn(text);
}

function statementIn(sql: string): Found | null {
  const statement = sqlStatement(sql);
  return statement && { op: operationOf(statement.does), table: statement.table, sql };
}

/** The text of `{ text: '…', values }`, that of a name, or what is handed in itself. */
function sqlIn(w: Walk, e: Expr): Expr {
  if (e.kind === 'name') return textNamed(w.info, e.ref) ?? e;
  // `INSERT % schema`, `INSERT.format(schema)`
  if (e.kind === 'binary' && e.op === '%') return sqlIn(w, e.left);
  if (e.kind === 'call' && e.callee.kind === 'attr' && e.callee.name === 'format') return sqlIn(w, e.callee.object);
  if (e.kind !== 'object') return e;
  const text = e.properties.find((p) => p.kind === 'value' && !('computed' in p.key) && /^(?:text|sql)$/.test(p.key.name));
  return text?.kind === 'value' ? sqlIn(w, text.value) : e;
}

interface Chain {
  names: string[];
  modelName(w: Walk): string | null;
  /** The name before the last. */
  receiver(w: Walk): string | null;
}

/** `User.objects.filter(a=b).exists()`: the names along it and the model it is about. */
function chainOf(e: Call): Chain {
  const names: string[] = [];
  const calls: Call[] = [];
  let current: Expr = e;
  for (;;) {
    if (current.kind === 'call') {
      calls.push(current);
      current = current.callee;
    } else if (current.kind === 'attr') {
      names.unshift(current.name);
      current = current.object;
    } else if (current.kind === 'await' || current.kind === 'optionalChain') current = current.value;
    else if (current.kind === 'index' && holdsTables.test(lastLink(current.object))) {
      // A table that is told by a value: `prisma[this.model].findFirst(…)`.
      names.unshift(keyName(current.index));
      current = current.object;
    } else break;
  }
  const root = current;
  return {
    names,
    receiver: (w) =>
      names.length > 1 ? (names[names.length - 2] ?? null) : /^\w+$/.test(w.info.text(root.span)) ? w.info.text(root.span) : null,
    modelName(w) {
      // session.query(User), select(User), knex('users'), getRepository(User)
      for (const c of calls) {
        const name = c.callee.kind === 'attr' ? c.callee.name : w.info.text(c.callee.span);
        const [first] = c.args;
        if (first === undefined) continue;
        if (/^(query|select|exists|getRepository|from|into|table|collection|model|knex|db|get|scalar|scalars|execute)$/.test(name)) {
          const model = modelIn(first.value);
          if (model !== null) return model;
        }
        // session.add(User(…)), session.delete(user)
        if (/^(add|merge|add_all|delete|persist)$/.test(name)) {
          const model =
            modelIn(first.value) ??
            (first.value.kind === 'name' && first.value.ref.kind === 'variable' ? modelOfVariable(w, first.value) : null);
          if (model !== null && /session|db|em|manager|repo/i.test(w.info.text(root.span) + names.join('.'))) return model;
          return null;
        }
      }
      const rootText = w.info.text(root.span);
      const objects = names.indexOf('objects');
      if (objects > 0) return names[objects - 1] ?? null;
      if (objects === 0) return rootText;
      const receiver = names.length > 1 ? (names[names.length - 2] ?? '') : rootText;
      if (
        /^(prisma|db|tx|client|database|knex|orm)$/i.test(names.length > 2 ? (names[names.length - 3] ?? '') : rootText) &&
        names.length > 1
      )
        return receiver;
      if (/(repo|repository|model|collection|dao|table)s?$/i.test(receiver))
        return receiver.replace(/_?(repo|repository|model|collection|dao)s?$/i, '') || receiver;
      if (
        root.kind === 'name' &&
        /^[A-Z]\w*$/.test(rootText) &&
        names.length >= 1 &&
        !w.info.globalClasses.has(rootText) &&
        !/^(Object|Array|Map|Set|Promise|JSON|Math|Date|Reflect|Number|String|Symbol|Path|Buffer)$/.test(rootText)
      )
        return rootText;
      return null;
    },
  };
}

/** The last name of `this.prisma`, of `db`. */
function lastLink(e: Expr): string {
  return e.kind === 'attr' ? e.name : e.kind === 'name' ? refName(e.ref) : '';
}

/** What an element goes by: its literal key, or the name of what holds the key. */
function keyName(key: Expr): string {
  return key.kind === 'const' && key.value.type === 'string' ? key.value.value : lastLink(key) || '?';
}

function modelIn(e: Expr): string | null {
  let found: string | null = null;
  if (e.kind === 'const' && e.value.type === 'string') return e.value.value;
  visitExpr(e, {
    expr(x) {
      if (found !== null || x.kind !== 'name') return;
      const name = x.ref.kind === 'variable' ? x.ref.variable.name : x.ref.name;
      if (/^[A-Z][A-Za-z0-9]*$/.test(name)) found = name;
    },
  });
  return found;
}

/** `user = User(…)` before `session.add(user)`. */
function modelOfVariable(w: Walk, e: Extract<Expr, { kind: 'name' }>): string | null {
  if (e.ref.kind !== 'variable') return null;
  const { variable } = e.ref;
  const match = new RegExp(`\\b${variable.name.replace(/\W/g, '')}\\s*(?::[^=\\n]+)?=\\s*(?:new\\s+)?([A-Z]\\w*)\\(`).exec(ownText(w));
  return match?.[1] ?? null;
}

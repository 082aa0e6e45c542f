/**
 * Data-base calls: queries and changes told by the methods of common libraries and by the SQL in
 * string literals. The table is the root; `self.session.query(User)…first()` and
 * `session.add(User(…))` meet at `User`.
 */
import type { Expr } from '../../program/program.ts';
import { place } from '../shared.ts';
import { act, block, read } from './events.ts';
import { evalArgs } from './calls.ts';
import { evalExpr } from './expressions.ts';
import { databaseMethods } from '../models/database.ts';
import { visitExpr } from '../visit.ts';
import { type Value, type Walk, nothing } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

/** Null when the call does not talk to a data base as far as one can tell. */
export function databaseCall(w: Walk, e: Call): Value | null {
  const found = classify(w, e);
  if (found === null) return null;
  for (const arg of e.args) {
    if (arg.value.kind === 'function') evalArgs(w, [arg], 'later');
    else evalExpr(w, arg.value);
  }
  const text = w.info.text(e.span);
  const at = place({ kind: 'table', name: found.table });
  if (w.mode === 'threads') block(w, e.span);
  if (found.op === 'check') {
    if (/for_update|FOR UPDATE|with_for_update|lock:\s|\.forUpdate\(/i.test(text)) return { ...nothing, made: true };
    const r = read(w, at, e.span, 'membership', null);
    return { ...nothing, reads: [r], made: true };
  }
  const atomic =
    found.op === 'atomic' ||
    /ON CONFLICT|ON DUPLICATE|INSERT OR (IGNORE|REPLACE)|\.onConflict\(|on_conflict/i.test(text) ||
    w.flow.held.some((h) => h.lock.startsWith('db:'));
  act(w, atomic ? 'atomic' : 'mutate', at, e.span);
  return { ...nothing, made: true };
}

interface Found {
  op: 'check' | 'act' | 'atomic';
  table: string;
}

function classify(w: Walk, e: Call): Found | null {
  const sql = sqlText(w, e);
  if (sql !== null) return sql;
  if (e.callee.kind !== 'attr') return null;
  const chain = chainOf(e);
  const last = chain.names[chain.names.length - 1] ?? '';
  const table = databaseMethods[w.info.language];
  const op = Object.hasOwn(table, last) ? table[last] : undefined;
  if (op === undefined) return null;
  const model = chain.modelName(w);
  if (model === null) return null;
  return { op: op.op, table: model };
}

/** `.execute("SELECT … FROM users …")`. */
function sqlText(w: Walk, e: Call): Found | null {
  const callee = e.callee.kind === 'attr' ? e.callee.name : e.callee.kind === 'name' ? w.info.text(e.callee.span) : '';
  if (
    !/^(execute|executemany|query|run|get|all|exec|fetch|fetchrow|fetchval|prepare|raw|\$queryRaw|\$executeRaw|one|oneOrNone|none)$/.test(
      callee,
    )
  )
    return null;
  const [first] = e.args;
  if (first === undefined) return null;
  const text = w.info.text(first.value.span);
  const match =
    /\b(SELECT)\b[\s\S]*?\bFROM\s+["'`]?(\w+)|\b(INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+["'`]?(\w+)/i.exec(
      text,
    );
  if (match === null) return null;
  if (match[1] !== undefined) return { op: 'check', table: match[2] ?? '?' };
  return { op: /REPLACE|OR\s+(IGNORE|REPLACE)/i.test(match[3] ?? '') ? 'atomic' : 'act', table: match[4] ?? '?' };
}

interface Chain {
  names: string[];
  modelName(w: Walk): string | null;
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
    else break;
  }
  const root = current;
  return {
    names,
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
  const match = new RegExp(`\\b${variable.name.replace(/\W/g, '')}\\s*(?::[^=\\n]+)?=\\s*(?:new\\s+)?([A-Z]\\w*)\\(`).exec(
    w.info.text(w.fn.span),
  );
  return match?.[1] ?? null;
}

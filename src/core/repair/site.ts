/** The place to repair: the candidate, the statements around it, and everything that changes its state. */
import type { Candidate } from '../detect/candidate.ts';
import { analysisOf } from '../detect/analysis.ts';
import { placeName } from '../detect/shared.ts';
import type { Act } from '../detect/walk/state.ts';
import type { Expr, FunctionDef, Module, Span, Stmt } from '../program/program.ts';
import { visitExpr, visitFunction, listsOf } from '../detect/visit.ts';
import { type Layout, layoutOf } from './layout.ts';

export interface Site {
  module: Module;
  text: string;
  layout: Layout;
  candidate: Candidate;
  fn: FunctionDef;
  /** All candidates of the module on the same state, this one first. */
  same: Candidate[];
  /** Everything that changes the state, outside constructors and start-up code. */
  changes: { fn: FunctionDef; act: Act }[];
}

/** A statement and the list it is in. */
export interface Place {
  list: Stmt[];
  index: number;
}

export function siteOf(candidate: Candidate, all: readonly Candidate[]): Site {
  const { module } = candidate;
  const same = [candidate, ...all.filter((c) => c !== candidate && c.module === module && sameState(c, candidate))];
  const changes: Site['changes'] = [];
  for (const list of analysisOf(module).changes.values()) {
    for (const c of list) {
      if (placeName(c.act.place) !== candidate.sharedName) continue;
      if (candidate.owner !== null && c.act.place.root.kind !== 'attribute') continue;
      changes.push(c);
    }
  }
  return { module, text: module.text, layout: layoutOf(module.text), candidate, fn: candidate.fn, same, changes };
}

export function sameState(a: Candidate, b: Candidate): boolean {
  return a.sharedName === b.sharedName && a.owner?.qualifiedName === b.owner?.qualifiedName;
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The statements that hold the span, outermost first. */
export function chainTo(body: Stmt[], span: Span): Place[] {
  const chain: Place[] = [];
  let list: Stmt[] | undefined = body;
  while (list) {
    const index: number = list.findIndex((s) => contains(s.span, span));
    const found: Stmt | undefined = list[index];
    if (!found) break;
    chain.push({ list, index });
    list = listsOf(found).find((l: Stmt[]) => l.some((s) => contains(s.span, span)));
  }
  return chain;
}

/** The innermost list of statements that holds both spans, with the range of statements from one to the other. */
export function regionOf(fn: FunctionDef, a: Span, b: Span): { list: Stmt[]; from: number; to: number } | null {
  const first = chainTo(fn.body, a);
  const second = chainTo(fn.body, b);
  let region: { list: Stmt[]; from: number; to: number } | null = null;
  for (let i = 0; i < Math.min(first.length, second.length); i++) {
    const x = first[i];
    const y = second[i];
    if (!x || !y || x.list !== y.list) break;
    region = { list: x.list, from: Math.min(x.index, y.index), to: Math.max(x.index, y.index) };
  }
  return region;
}

export function statementAt(place: Place | undefined): Stmt | null {
  return place ? (place.list[place.index] ?? null) : null;
}

export function textOf(site: Site, span: Span): string {
  return site.text.slice(span.start, span.end);
}

/** The `if` whose test holds the check, and whose body holds the act; or that leaves before it. */
export function testOf(site: Site): { place: Place; statement: Extract<Stmt, { kind: 'if' }> } | null {
  const chain = chainTo(site.fn.body, site.candidate.check);
  for (let i = chain.length - 1; i >= 0; i--) {
    const place = chain[i];
    const statement = statementAt(place);
    if (place && statement?.kind === 'if') {
      if (contains(statement.test.span, site.candidate.check)) return { place, statement };
      return null;
    }
  }
  return null;
}

/** The statement always leaves the list it is in. */
export function leaves(list: readonly Stmt[]): boolean {
  const last = list.at(-1);
  return last !== undefined && (last.kind === 'return' || last.kind === 'raise' || last.kind === 'continue' || last.kind === 'break');
}

/** Names read or called anywhere in an expression. */
export function namesIn(e: Expr): Set<string> {
  const out = new Set<string>();
  visitExpr(e, {
    expr(x) {
      if (x.kind === 'name') out.add(x.ref.kind === 'variable' ? x.ref.variable.name : x.ref.name);
    },
  });
  return out;
}

/** Some expression of the statement (not of functions inside it) satisfies the predicate. */
export function someExpr(fn: FunctionDef, within: Span, predicate: (e: Expr) => boolean): boolean {
  let found = false;
  visitFunction(fn, {
    expr(e) {
      if (!found && contains(within, e.span) && predicate(e)) found = true;
    },
  });
  return found;
}

/** Functions of the module called (by the last part of their name) inside the span. */
export function callsWithin(fn: FunctionDef, within: Span): Set<string> {
  const out = new Set<string>();
  visitFunction(fn, {
    expr(e) {
      if (e.kind !== 'call' || !contains(within, e.span)) return;
      if (e.callee.kind === 'attr') out.add(e.callee.name);
      else if (e.callee.kind === 'name') out.add(e.callee.ref.kind === 'variable' ? e.callee.ref.variable.name : e.callee.ref.name);
    },
  });
  return out;
}

/**
 * Imports, and what a file has for the case that there is no such module: `try: from _speedups import join / except
 * ImportError: pass` where it defines `join` itself, or `except ImportError: import json as fast`. Nobody can see into a
 * module that is not there, so what the file has is taken.
 */
import type { Expr, Stmt } from '../program/program.ts';
import { Op } from './code.ts';
import { type Builder, emit, scoped, temporary } from './builder.ts';
import { assignTo } from './compile-expressions.ts';

/** What takes the place of an imported name: something that is defined, or another import. */
interface Otherwise {
  kind: 'defined' | 'import';
  /** The name it is bound to. */
  local: string;
  module: string;
  level: number;
}

export interface ImportRequest {
  module: string;
  level: number;
  name: string | null;
  topLevel: boolean;
  /** Where a missing module is expected; null elsewhere. */
  otherwise: readonly Otherwise[] | null;
}

const expected = new WeakMap<Stmt, readonly Otherwise[]>();

/** The imports of a `try` whose handlers expect that something is not there. */
export function expectMissing({ body, handlers }: Extract<Stmt, { kind: 'try' }>): void {
  const catching = handlers.filter((h) => h.type === null || saysMissing(h.type));
  if (catching.length === 0) return;
  const otherwise = catching.flatMap((h) => h.body.flatMap(boundBy));
  for (const s of body) if (s.kind === 'import') expected.set(s, otherwise);
}

function saysMissing(e: Expr): boolean {
  if (e.kind === 'tuple') return e.items.some((i) => i !== null && saysMissing(i.value));
  return e.kind === 'name' && e.ref.kind !== 'variable' && /^(?:ImportError|ModuleNotFoundError|Exception|BaseException)$/.test(e.ref.name);
}

function boundBy(s: Stmt): Otherwise[] {
  if (s.kind === 'import')
    return s.names.flatMap(({ local }) =>
      local?.kind === 'name' ? [{ kind: 'import' as const, local: nameOf(local.ref), module: s.module, level: s.level }] : [],
    );
  if (s.kind !== 'assign' || (s.value.kind !== 'function' && s.value.kind !== 'class')) return [];
  return s.targets.flatMap((t) => (t.kind === 'name' ? [{ kind: 'defined' as const, local: nameOf(t.ref), module: '', level: 0 }] : []));
}

function nameOf(ref: Extract<Expr, { kind: 'name' }>['ref']): string {
  return ref.kind === 'variable' ? ref.variable.name : ref.name;
}

export function compileImport(b: Builder, s: Extract<Stmt, { kind: 'import' }>): void {
  const all = expected.get(s);
  const request = (name: string | null, topLevel: boolean, local: string | null): ImportRequest => ({
    module: s.module,
    level: s.level,
    name,
    topLevel,
    otherwise: all === undefined || local === null ? null : all.filter((o) => o.local === local),
  });
  const module = temporary(b);
  emit(b, Op.Import, s.span, module, -1, -1, -1, request(null, false, null));
  for (const n of s.names) {
    scoped(b, () => {
      const t = temporary(b);
      const local = n.local?.kind === 'name' ? nameOf(n.local.ref) : null;
      emit(b, Op.Import, n.span, t, module, -1, -1, request(n.imported, n.topLevel, local));
      if (n.local) assignTo(b, n.local, t, true);
    });
  }
}

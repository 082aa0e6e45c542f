/** Handlers of exception groups to instructions. */
import type { Span, Stmt } from '../program/program.ts';
import type { Builder, Label } from './builder.ts';
import { emit, here, jump, jumpOn, label, place, scoped, temporary } from './builder.ts';
import { Op } from './code.ts';
import { assignTo, compileInto } from './compile-expressions.ts';
import { compileStatements } from './compile-statements.ts';

/**
 * `except*` (PEP 654): an object of the library takes the group apart. Each clause that matches a part of
 * it runs once, with that part; what clauses raise and what none matched leaves together.
 */
export function compileGroupHandlers(b: Builder, s: Extract<Stmt, { kind: 'try' }>, exception: number, end: Label): void {
  const split = temporary(b);
  const handling = here(b);
  emit(b, Op.Intrinsic, s.span, split, exception, 1, -1, 'py.exceptStar');
  const ask = (method: string, span: Span, d: number, first = 0, count = 0): void => {
    emit(b, Op.CallMethod, span, d, split, -1, -1, { first, count, spread: null, keywords: [], method, optional: false, special: true });
  };
  for (const h of s.handlers) {
    const next = label();
    b.statement = { start: h.span.start, end: h.type?.span.end ?? h.span.start + 6 };
    scoped(b, () => {
      const type = temporary(b);
      const part = temporary(b);
      const escaped = temporary(b);
      if (h.type) compileInto(b, h.type, type);
      ask('matches', h.span, part, type, 1);
      jumpOn(b, Op.JumpIfNot, part, next, h.span);
      ask('matched', h.span, part);
      b.scopes.push({ kind: 'handler', register: part });
      const start = here(b);
      if (h.target) assignTo(b, h.target, part, true);
      compileStatements(b, h.body);
      const stop = here(b);
      b.scopes.pop();
      jump(b, next, h.span);
      b.code.handlers.push({ start, end: stop, register: part, selector: -1 });
      b.code.protectedRanges.push({ start, end: stop, target: here(b), register: escaped });
      ask('escaped', h.span, part, escaped, 1);
    });
    place(b, next);
  }
  const left = temporary(b);
  ask('is_left', s.span, left);
  jumpOn(b, Op.JumpIfNot, left, end, s.span);
  ask('left', s.span, left);
  b.code.handlers.push({ start: handling, end: here(b), register: exception, selector: -1 });
  emit(b, Op.Reraise, s.span, -1, left);
  place(b, end);
}

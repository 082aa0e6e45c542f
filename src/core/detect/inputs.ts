/**
 * Where the values a check looks at were read: `const cached = map.get(k)` for `if (isFresh(cached))`.
 * Follows local variables of the same function back over their assignments before the check.
 */
import type { Expr, FunctionDef, Span, Target, Variable } from '../program/program.ts';
import type { Candidate } from './candidate.ts';
import { hookName } from './hooks.ts';
import { visitFunction } from './visit.ts';

const mostSteps = 3;

interface Definition {
  variable: Variable;
  value: Span;
}

/** Spans of the expressions the check's local variables were set from, in source order. */
export function inputsOf(candidate: Candidate): Span[] {
  const { fn, check, module } = candidate;
  const definitions: Definition[] = [];
  const names: { variable: Variable; at: Span }[] = [];
  const found: Span[] = [];
  const define = (target: Target, value: Expr): void => {
    if (target.kind === 'name' && target.ref.kind === 'variable') definitions.push({ variable: target.ref.variable, value: value.span });
    if (target.kind === 'objectPattern') for (const p of target.properties) define(p.target, value);
    if (target.kind === 'sequence') for (const item of target.items) if (item !== null) define(item.target, value);
  };
  // What is looked up when a call begins that is handed nothing.
  for (const p of fn.params) if (p.default !== null && module.language !== 'python') define(p.target, p.default);
  const lookedUp = new Set(definitions.map((d) => d.variable));
  visitFunction(fn, {
    stmt(s) {
      if (s.kind === 'assign') for (const t of s.targets) define(t, s.value);
    },
    expr(e) {
      // What an asynchronous call reads is read while it is waited for.
      if (e.kind === 'await' && e.value.span.start === check.start && e.value.span.end === check.end) found.push(e.span);
      if (e.kind !== 'name' || e.ref.kind !== 'variable') return;
      const { variable } = e.ref;
      if (lookedUp.has(variable) || !isParameter(fn, variable)) names.push({ variable, at: e.span });
    },
  });
  let ring: Span[] = [check];
  for (let depth = 0; depth < mostSteps && ring.length > 0; depth++) {
    const next: Span[] = [];
    for (const span of ring) {
      for (const { variable, at } of names) {
        if (at.start < span.start || at.end > span.end) continue;
        for (const d of definitions) {
          if (d.variable !== variable || d.value.end > check.start || found.some((f) => f.start === d.value.start)) continue;
          found.push(d.value);
          next.push(d.value);
        }
      }
    }
    ring = next;
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The hooks that gave a component what the check, in a function it made, looks at: that is as it was when it was rendered. */
export function copiesOf({ fn, check, module }: Candidate): Span[] {
  const looked = new Set<Variable>();
  const inside = module.functions.filter((f) => fn.span.start <= f.span.start && f.span.end <= fn.span.end);
  for (const f of [fn, ...inside])
    visitFunction(f, {
      expr(e) {
        if (e.kind === 'name' && e.ref.kind === 'variable' && check.start <= e.span.start && e.span.end <= check.end)
          looked.add(e.ref.variable);
      },
    });
  const found: Span[] = [];
  for (let outer = fn.parent; outer !== null && looked.size > 0 && outer.kind !== 'module'; outer = outer.parent)
    for (const { variables, hook } of stateHooks(outer)) if (variables.some((v) => looked.has(v))) found.push(hook);
  return found;
}

/** `const [open, setOpen] = useState(false)`: the variables, and the call. */
function stateHooks(fn: FunctionDef): { variables: Variable[]; hook: Span }[] {
  const found: { variables: Variable[]; hook: Span }[] = [];
  visitFunction(fn, {
    stmt(s) {
      if (s.kind !== 'assign' || s.value.kind !== 'call' || hookName(s.value) === null) return;
      const variables: Variable[] = [];
      const add = (target: Target): void => {
        if (target.kind === 'name' && target.ref.kind === 'variable') variables.push(target.ref.variable);
        if (target.kind === 'sequence') for (const item of target.items) if (item !== null) add(item.target);
        if (target.kind === 'objectPattern') for (const p of target.properties) add(p.target);
      };
      s.targets.forEach(add);
      found.push({ variables, hook: s.value.span });
    },
  });
  return found;
}

/** The whole condition that the check is a part of: `a is None or a.closed`; null when it is all of it, or no condition. */
export function conditionOf({ fn, check }: Candidate): Span | null {
  let found: Span | null = null;
  const around = (test: Expr): void => {
    const { span } = test;
    const inner = test.kind === 'unary' ? test.operand : test;
    // Of one comparison there is no other part.
    if (inner.kind !== 'logical') return;
    if (span.start <= check.start && check.end <= span.end && span.end - span.start > check.end - check.start) found = span;
  };
  visitFunction(fn, {
    stmt(s) {
      if (s.kind === 'if' || s.kind === 'while') around(s.test);
    },
    expr(e) {
      if (e.kind === 'conditional') around(e.test);
    },
  });
  return found;
}

function isParameter(fn: FunctionDef, variable: Variable): boolean {
  return fn.params.some((p) => p.target.kind === 'name' && p.target.ref.kind === 'variable' && p.target.ref.variable === variable);
}

/** Writing: assignment, update and removal of names, attributes, elements and patterns. */
import type { Expr, Span, Target, Variable } from '../../program/program.ts';
import { type Place, place } from '../shared.ts';
import { isSnapshot } from '../client-stores.ts';
import { stateHook } from '../hooks.ts';
import { act, isStale, read } from './events.ts';
import { attribute, derived, evalExpr, evalReference, isSharedVariable, isState } from './expressions.ts';
import { type ActKind, type Control, type Value, type Walk, copyFlow, joinFlows, nothing, union } from './state.ts';

/** `x += v`: the value is read and written as two steps unless the language's runtime says otherwise. */
export function evalUpdate(w: Walk, e: Extract<Expr, { kind: 'update' }>): Value {
  const { target } = e;
  if (target.kind === 'sequence' || target.kind === 'objectPattern') return nothing;
  if (target.kind === 'name' && target.ref.kind === 'variable' && !isSharedVariable(w, target.ref.variable)) {
    const before = w.flow.env.get(target.ref.variable) ?? nothing;
    const added = derived(before, evalExpr(w, e.value));
    w.flow.env.set(target.ref.variable, added);
    return added;
  }
  const reference = targetReference(w, target);
  if (reference.place === null) {
    const value = evalExpr(w, e.value);
    const row = rowOf(w, target);
    if (row !== null) writeRow(w, row, { ...value, reads: union(row.reads, value.reads) }, e.span);
    return derived(reference, value);
  }
  const isElement = target.kind === 'index';
  const r = read(w, reference.place, target.span, isElement ? 'element' : 'value', isElement ? w.info.text(target.index.span) : null);
  const added = evalExpr(w, e.value);
  const value = { ...nothing, reads: union([r], added.reads), made: added.made };
  act(w, 'update', reference.place, actSpan(w, e.span), { value, through: reference.reads, stale: isStale(w, reference) !== null });
  return value;
}

export function evalLogicalAssign(w: Walk, e: Extract<Expr, { kind: 'logicalAssign' }>): Value {
  const { target } = e;
  if (target.kind === 'sequence' || target.kind === 'objectPattern') return nothing;
  const reference = targetReference(w, target);
  const before = w.flow.controls;
  const controls: Control[] = [];
  if (reference.place !== null) {
    const r = read(w, reference.place, target.span, target.kind === 'index' ? 'lookup' : 'value');
    controls.push({ read: r, shape: target.kind === 'index' ? 'membership' : 'absence', span: target.span, source: 'test' });
  }
  const skipped = copyFlow(w.flow);
  w.flow.controls = [...before, ...controls];
  const value = evalExpr(w, e.value);
  write(w, target, reference, value, e.span);
  w.flow = joinFlows(skipped, w.flow, before);
  // `const room = (rooms[id] ??= { players: [] })` is what is there from now on.
  const isThing = e.value.kind === 'object' || e.value.kind === 'list' || e.value.kind === 'new';
  return {
    ...value,
    ...(isThing && reference.place !== null ? { place: reference.place, fresh: false } : {}),
    reads: union(
      value.reads,
      controls.map((c) => c.read),
    ),
  };
}

/** The place a target denotes, its object and key evaluated. */
function targetReference(w: Walk, target: Extract<Target, { kind: 'name' | 'attr' | 'index' }>): Value {
  if (target.kind === 'name') return evalReference(w, { kind: 'name', span: target.span, ref: target.ref });
  if (target.kind === 'attr')
    return evalReference(w, {
      kind: 'attr',
      span: target.span,
      object: target.object,
      name: target.name,
      nameSpan: target.nameSpan,
      optional: false,
    });
  return evalReference(w, { kind: 'index', span: target.span, object: target.object, index: target.index, optional: false });
}

/** The whole statement when the expression is all of it but for a semicolon. */
export function actSpan(w: Walk, span: Span): Span {
  const s = w.statement;
  return s !== null && s.start === span.start && s.end - span.end <= 1 && s.end >= span.end ? span : span;
}

export function assign(w: Walk, target: Target, value: Value, span: Span, source: Expr | null = null): void {
  switch (target.kind) {
    case 'sequence': {
      const items = source !== null && (source.kind === 'tuple' || source.kind === 'list') ? source.items : null;
      target.items.forEach((item, i) => {
        if (item === null) return;
        if (item.default !== null) evalExpr(w, item.default);
        // React: `const [x, setX] = useState(…)`.
        const hook = i === 1 && source !== null ? stateHook(source) : null;
        const first = target.items[0];
        if (
          hook !== null &&
          item.target.kind === 'name' &&
          item.target.ref.kind === 'variable' &&
          first?.target.kind === 'name' &&
          first.target.ref.kind === 'variable'
        ) {
          const { variable } = first.target.ref;
          setters.set(item.target.ref.variable, { at: place({ kind: 'variable', variable }), sets: hook });
          copies.add(variable);
          return;
        }
        assign(w, item.target, items === null ? { ...nothing, reads: value.reads, awaited: value.awaited, made: value.made } : value, span);
      });
      return;
    }
    case 'objectPattern':
      for (const p of target.properties) {
        if (p.default !== null) evalExpr(w, p.default);
        const name = 'name' in p.key ? p.key.name : null;
        const part = name === null ? { ...nothing, reads: value.reads } : attribute(w, value, name, p.target.span);
        let reads = part.reads;
        // What `get()` of a store gives is as it was then.
        const at = source !== null && isSnapshot(value) ? source.span : p.target.span;
        if (part.place !== null && isState(w, part.place)) reads = union(reads, [read(w, part.place, at, 'value')]);
        assign(w, p.target, { ...part, reads, awaited: value.awaited }, span);
      }
      if (target.rest !== null) assign(w, target.rest, { ...nothing, reads: value.reads }, span);
      return;
    case 'name':
      if (target.ref.kind === 'variable' && !isSharedVariable(w, target.ref.variable)) {
        w.flow.env.set(target.ref.variable, value);
        return;
      }
      if (target.ref.kind === 'variable') w.flow.env.set(target.ref.variable, value);
      break;
    default:
      break;
  }
  const row = rowOf(w, target);
  if (row !== null) writeRow(w, row, value, span);
  else write(w, target, targetReference(w, target), value, span);
}

/** The row a target is a column of, when it is held by a local. */
function rowOf(w: Walk, target: Extract<Target, { kind: 'name' | 'attr' | 'index' }>): Value | null {
  if (target.kind === 'name' || target.object.kind !== 'name' || target.object.ref.kind !== 'variable') return null;
  const value = w.flow.env.get(target.object.ref.variable);
  return value?.row ? value : null;
}

function writeRow(w: Walk, row: Value, value: Value, span: Span): void {
  if (row.row?.through === true) act(w, 'mutate', row.row.table, span, { value, through: row.reads });
}

export interface Setter {
  at: Place;
  /** What it is handed: the state to be, or what a reducer makes it of. */
  sets: 'set' | 'reduce';
}

/** State setters of React by variable. */
const setters = new WeakMap<Variable, Setter>();
export function setterOf(variable: Variable): Setter | null {
  return setters.get(variable) ?? null;
}

/** Variables that hold a component's state as it was when it was rendered. */
const copies = new WeakSet<Variable>();
export function isCopy({ root }: Place): boolean {
  return root.kind === 'variable' && copies.has(root.variable);
}

function write(w: Walk, target: Extract<Target, { kind: 'name' | 'attr' | 'index' }>, reference: Value, value: Value, span: Span): void {
  if (reference.place === null) return;
  if (target.kind === 'name') {
    if (target.ref.kind === 'global' && w.fn.kind === 'module' && w.info.constantGlobals.get(target.ref.name) === true) return;
    if (target.ref.kind === 'variable' && !target.ref.variable.reassigned) return;
  }
  const kind: ActKind = target.kind === 'index' ? 'set' : 'assign';
  const keyText = target.kind === 'index' ? w.info.text(target.index.span) : null;
  act(w, kind, reference.place, span, { keyText, value, through: reference.reads, stale: isStale(w, reference) !== null });
}

export function remove(w: Walk, target: Target, span: Span): void {
  if (target.kind === 'sequence') {
    for (const item of target.items) if (item !== null) remove(w, item.target, span);
    return;
  }
  if (target.kind === 'objectPattern' || target.kind === 'name') return;
  const reference = targetReference(w, target);
  if (reference.place === null) return;
  act(w, 'remove', reference.place, span, {
    keyText: target.kind === 'index' ? w.info.text(target.index.span) : null,
    through: reference.reads,
  });
}

/**
 * `fixes`: edits that repair a finding. Every one of them was tried: the edited text is parsed and the
 * same function is simulated again under the same kinds of driver, and what fails in any execution,
 * is not reached, or does not parse as well as before is not offered.
 */
import { innermostFunction } from '../core/program/functions.ts';
import { harnesses } from '../core/detect/index.ts';
import type { Candidate, Harness } from '../core/detect/candidate.ts';
import { lineStarts, toRange } from '../core/program/lines.ts';
import type { FunctionDef, Module } from '../core/program/program.ts';
import { applyEdits, isReplaced, mapSpan, ordered, type Proposal } from '../core/repair/edit.ts';
import { proposals } from '../core/repair/strategies.ts';
import { sameState } from '../core/repair/site.ts';
import { isInterference, type Wrong } from '../core/oracle/judge.ts';
import type { Control, Engine, EngineOptions, Fix, ReadFile, SourceFile } from './api.ts';
import { buildTrace } from './build-trace.ts';
import { idOf, refuse } from './check.ts';
import { moduleOf, planFile, runUnit, type EngineContext, type Judged, type Plan } from './plan.ts';

/** As many as a menu shows. */
const mostFixes = 5;
/** Drivers that a fix has to survive, and those tried to find the one that shows the race. */
const mostDrivers = 3;

export function createFixes(context: EngineContext): Engine['fixes'] {
  return (file, findingId, options, control, readFile) => {
    if (refuse(file.text, lineStarts(file.text).length) !== null) return [];
    const { module, problems } = moduleOf(context, file);
    const plan = planFile(context, module, options, readFile);
    const candidate = plan.candidates.find((c) => idOf(c) === findingId);
    if (!candidate) return [];
    const trial: Trial = {
      context,
      file,
      old: plan,
      candidate,
      problems: problems.length,
      options,
      control,
      readFile,
      raisedBefore: new Map(),
    };
    const fixes: Fix[] = [];
    const held = new Set<string>();
    for (const proposal of proposals(candidate, plan.candidates)) {
      if (control.cancelled() || fixes.length >= mostFixes) break;
      if (held.has(proposal.strategy)) continue;
      const fix = verify(trial, proposal);
      if (!fix) continue;
      held.add(proposal.strategy);
      fixes.push(fix);
    }
    return fixes;
  };
}

/** What a proposal is tried against. */
interface Trial {
  context: EngineContext;
  file: SourceFile;
  old: Plan;
  candidate: Candidate;
  /** Syntax problems of the old text. */
  problems: number;
  options: EngineOptions;
  control: Control;
  readFile: ReadFile | undefined;
  /** Per driver: what the old text raised elsewhere, which a fix of this state need not cure. */
  raisedBefore: Map<number, Set<string>>;
}

function verify(trial: Trial, proposal: Proposal): Fix | null {
  const { context, file, candidate, options, control } = trial;
  const text = applyEdits(file.text, proposal.edits);
  if (text === null || text === file.text) return null;
  const fixed: SourceFile = { ...file, text };
  const { module, problems } = moduleOf(context, fixed);
  if (problems.length > trial.problems) return null;
  const plan = planFile(context, module, options, trial.readFile);
  const moved = follow(candidate, trial.old.target, module, proposal);
  if (!moved) return null;
  // The old check and act where they are now, and whatever is found in the same function about the
  // same state; the others are watched so that their faults are known to be theirs.
  const own = [moved, ...plan.candidates.filter((c) => c.fn === moved.fn && sameState(c, moved))];
  const watched = [...own, ...plan.candidates.filter((c) => !own.includes(c))];
  const shortened: EngineOptions = { ...options, all: true, timeoutMs: options.timeoutMs / 2 };
  let shown: Judged | null = null;
  for (const [index, harness] of driversFor(plan, moved, options).entries()) {
    if (control.cancelled()) return null;
    const judged = runUnit(context, plan.program, harness, watched, shortened, control);
    if (!judged) continue;
    const j = judged.judgement;
    if (j.unsupported) return null;
    if (j.wrongs.some((w) => w.candidate >= 0 && w.candidate < own.length)) return null;
    if (j.wrongs.some((w) => w.candidate < 0 && !isOld(trial, index, w, module, isInterference(w.kind) ? moved.fn : null))) return null;
    // A lock taken twice, or an exception, in every order alike: no race, but no repair either.
    if (j.serialOutcomes.length > 0 && j.serialOutcomes.every((o) => /^stuck /m.test(o))) return null;
    if (j.serialOutcomes.some((outcome) => raisedIn({ outcome }, module).length > 0 && !isOld(trial, index, { outcome }, module, null)))
      return null;
    if (own.every((_, i) => j.unreached.includes(i))) continue;
    if (!shown || j.executions > shown.judgement.executions) shown = judged;
  }
  if (!shown || shown.judgement.executions === 0) return null;
  const trace = buildTrace({
    file: fixed,
    running: shown.running,
    judgement: shown.judgement,
    wrong: null,
    elapsedMs: shown.elapsedMs,
    all: false,
  });
  if (trace.verdict !== 'verified' && trace.verdict !== 'bounded') return null;
  const starts = lineStarts(file.text);
  const edits = (ordered(proposal.edits) ?? []).map((e) => ({ range: toRange(starts, { start: e.start, end: e.end }), newText: e.text }));
  return { title: proposal.title, rule: candidate.rule, edits, trace };
}

/** The old text raised the same under the same driver; and not in the function that is repaired. */
function isOld(trial: Trial, index: number, wrong: Pick<Wrong, 'outcome'>, module: Module, repaired: FunctionDef | null): boolean {
  const raised = raisedIn(wrong, module);
  if (raised.length === 0 || raised.some((r) => r.fn === repaired)) return false;
  let before = trial.raisedBefore.get(index);
  if (!before) {
    before = new Set();
    const { context, old, candidate, options, control } = trial;
    const harness = driversFor(old, candidate, options)[index];
    const judged = harness
      ? runUnit(context, old.program, harness, old.candidates, { ...options, all: true, timeoutMs: options.timeoutMs / 2 }, control)
      : null;
    const outcomes = judged ? [...judged.judgement.wrongs, ...judged.judgement.serialOutcomes.map((outcome) => ({ outcome }))] : [];
    for (const w of outcomes) for (const r of raisedIn(w, old.target)) before.add(`${r.fn.qualifiedName} ${r.text}`);
    trial.raisedBefore.set(index, before);
  }
  return raised.every((r) => before.has(`${r.fn.qualifiedName} ${r.text}`));
}

/** The exceptions of a wrong execution with the innermost functions they were raised in. */
function raisedIn(wrong: Pick<Wrong, 'outcome'>, module: Module): { text: string; fn: FunctionDef }[] {
  return wrong.outcome.split('\n').flatMap((line) => {
    const match = /^raised (.*) at (\d+)$/.exec(line);
    if (!match) return [];
    const at = Number(match[2]);
    return [{ text: match[1] ?? '', fn: innermostFunction(module, { start: at, end: at }) }];
  });
}

function driversFor(plan: Plan, candidate: Candidate, options: EngineOptions): Harness[] {
  const found = harnesses(plan.program, candidate).slice(0, mostDrivers);
  if (options.harness === null) return found;
  const evidence = found[0]?.evidence ?? { kind: 'none', text: 'your own driver', spans: [] };
  return [{ kind: 'synthesised', text: options.harness, evidence, contexts: [] }];
}

/** The candidate in the edited module; null when its function is gone. */
function follow(candidate: Candidate, from: Module, to: Module, proposal: Proposal): Candidate | null {
  const span = mapSpan(from.text, proposal.edits, candidate.fn.nameSpan);
  const fn = functionAt(to, candidate, span.start);
  if (!fn) return null;
  const owner = candidate.owner === null ? null : (to.classes.find((c) => c.qualifiedName === candidate.owner?.qualifiedName) ?? null);
  const act = mapSpan(from.text, proposal.edits, candidate.act);
  return {
    ...candidate,
    module: to,
    fn,
    owner,
    // A test that is gone is now part of what acts.
    check: isReplaced(from.text, proposal.edits, candidate.check) ? act : mapSpan(from.text, proposal.edits, candidate.check),
    act,
    gap: candidate.gap ? mapSpan(from.text, proposal.edits, candidate.gap) : null,
  };
}

function functionAt(module: Module, candidate: Candidate, nameStart: number): FunctionDef | null {
  if (candidate.fn.kind === 'module') return module.body;
  return (
    module.functions.find((f) => f.kind === candidate.fn.kind && f.nameSpan.start === nameStart) ??
    module.functions.find((f) => f.qualifiedName === candidate.fn.qualifiedName) ??
    null
  );
}

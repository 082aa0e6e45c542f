/**
 * `fixes`: edits that repair a finding. Every one of them was tried: the edited text is parsed and the
 * same function is simulated again under the same kinds of driver, and what fails in any execution,
 * is not reached, or does not parse as well as before is not offered.
 */
import { harnesses } from '../core/detect/index.ts';
import type { Candidate, Harness } from '../core/detect/candidate.ts';
import { lineStarts, toRange } from '../core/program/lines.ts';
import type { FunctionDef, Module } from '../core/program/program.ts';
import { applyEdits, isReplaced, mapSpan, ordered, type Proposal } from '../core/repair/edit.ts';
import { proposals } from '../core/repair/strategies.ts';
import { sameState } from '../core/repair/site.ts';
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
    const fixes: Fix[] = [];
    const held = new Set<string>();
    for (const proposal of proposals(candidate, plan.candidates)) {
      if (control.cancelled() || fixes.length >= mostFixes) break;
      if (held.has(proposal.strategy)) continue;
      const fix = verify(context, file, plan, candidate, problems.length, proposal, options, control, readFile);
      if (!fix) continue;
      held.add(proposal.strategy);
      fixes.push(fix);
    }
    return fixes;
  };
}

function verify(
  context: EngineContext,
  file: SourceFile,
  old: Plan,
  candidate: Candidate,
  oldProblems: number,
  proposal: Proposal,
  options: EngineOptions,
  control: Control,
  readFile: ReadFile | undefined,
): Fix | null {
  const text = applyEdits(file.text, proposal.edits);
  if (text === null || text === file.text) return null;
  const fixed: SourceFile = { ...file, text };
  const { module, problems } = moduleOf(context, fixed);
  if (problems.length > oldProblems) return null;
  const plan = planFile(context, module, options, readFile);
  const moved = follow(candidate, old.target, module, proposal);
  if (!moved) return null;
  // The old check and act where they are now, and whatever is found in the same function about the
  // same state; the others are watched so that their faults are known to be theirs.
  const own = [moved, ...plan.candidates.filter((c) => c.fn === moved.fn && sameState(c, moved))];
  const watched = [...own, ...plan.candidates.filter((c) => !own.includes(c))];
  const replaced = isReplaced(proposal.edits, candidate.check) || isReplaced(proposal.edits, candidate.act);
  let shown: { judged: Judged; executions: number } | null = null;
  for (const harness of driversFor(plan, moved, options)) {
    if (control.cancelled()) return null;
    const judged = runUnit(context, plan.program, harness, watched, { ...options, all: true, timeoutMs: options.timeoutMs / 2 }, control);
    if (!judged) continue;
    const j = judged.judgement;
    if (j.unsupported || j.wrongs.some((w) => w.candidate < own.length)) return why(proposal, j.unsupported ? j.unsupported.what : own.length+JSON.stringify(j.wrongs.map(w=>[w.kind,w.candidate,watched[w.candidate]?.fn.name,watched[w.candidate]?.rule, w.outcome.slice(-100)])));
    const ran = own.some((_, i) => !j.unreached.includes(i));
    if (!ran) {why(proposal,'not reached '+harness.kind);continue;}
    // Where check and act are no longer two places, only the outcome can tell.
    if (replaced && j.wrongs.length === 0 && [...j.outcomes.values()].some((o) => !o.serial)) return why(proposal, 'outcomes '+JSON.stringify([...j.outcomes]));
    if (!shown || j.executions > shown.executions) shown = { judged, executions: j.executions };
  }
  if (!shown || shown.executions === 0) return null;
  const { judged } = shown;
  const trace = buildTrace({ file: fixed, running: judged.running, judgement: judged.judgement, wrong: null, elapsedMs: judged.elapsedMs, all: false });
  if (trace.verdict !== 'verified' && trace.verdict !== 'bounded') return null;
  const starts = lineStarts(file.text);
  const edits = (ordered(proposal.edits) ?? []).map((e) => ({ range: toRange(starts, { start: e.start, end: e.end }), newText: e.text }));
  return { title: proposal.title, rule: candidate.rule, edits, trace };
}

function why(p:Proposal,t:string):null{(globalThis as any).RR_WHY?.(p.title+': '+t);return null}
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
  return {
    ...candidate,
    module: to,
    fn,
    owner,
    check: mapSpan(from.text, proposal.edits, candidate.check),
    act: mapSpan(from.text, proposal.edits, candidate.act),
    gap: candidate.gap ? mapSpan(from.text, proposal.edits, candidate.gap) : null,
  };
}

function functionAt(module: Module, candidate: Candidate, nameStart: number): FunctionDef | null {
  if (candidate.fn.kind === 'module') return module.body;
  return module.functions.find((f) => f.kind === candidate.fn.kind && f.nameSpan.start === nameStart) ?? module.functions.find((f) => f.qualifiedName === candidate.fn.qualifiedName) ?? null;
}

/** `simulate`: the trace of one finding, of the function at a line, or of the worst in a file. */
import { lineStarts, toRange } from '../core/program/lines.ts';
import type { Candidate } from '../core/detect/candidate.ts';
import type { Trace, Verdict } from '../core/trace/trace.ts';
import { answersTo } from '../core/oracle/baseline.ts';
import { stuckKind, wrongActs, type Wrong } from '../core/oracle/judge.ts';
import { failuresOf, outcomeOf } from '../core/oracle/outcome.ts';
import { contextSwitches } from '../core/explore/bounded.ts';
import { moveHarness, moveSchedule } from '../core/witness/moved.ts';
import { followSchedule, type ScheduleRun } from '../core/witness/schedule.ts';
import type { Engine, EngineOptions, SimulateRequest } from './api.ts';
import { buildTrace, verdictOf } from './build-trace.ts';
import { idOf, refuse } from './check.ts';
import { sha256Of } from './hash.ts';
import { moduleOf, planFile, runPlan, runUnit, type CandidateResult, type EngineContext, type Judged, type Plan } from './plan.ts';
import { asksOf } from './units.ts';

export function createSimulate(context: EngineContext): Engine['simulate'] {
  return (request, given, control, readFile) => {
    const { file, scheduleText } = request;
    const harness =
      scheduleText === undefined || given.harness === null ? given.harness : moveHarness(given.harness, scheduleText, file.text);
    const options = { ...given, harness };
    const chosen = choose(context, request, options, control, readFile);
    if ('trace' in chosen) return chosen.trace;
    const { judged, wrong, notes } = chosen;
    const trace = buildTrace({
      file,
      running: judged.running,
      judgement: judged.judgement,
      wrong,
      elapsedMs: judged.elapsedMs,
      all: options.all,
      reached: chosen.reached,
      stuck: chosen.stuck ?? null,
    });
    for (const text of notes) trace.assumptions.push({ text, range: null });
    return trace;
  };
}

export interface Chosen {
  judged: Judged;
  wrong: Judged['judgement']['wrongs'][number] | null;
  notes: string[];
  candidate: Candidate | null;
  /** The check and the act both ran in some execution (true when nothing was asked for). */
  reached: boolean;
  /** Where the schedule that was asked for could not be followed any more. */
  stuck?: ScheduleRun['stuck'];
}

const rank: Record<Verdict, number> = { violation: 3, unsupported: 2, bounded: 1, verified: 0 };

/** Finds what to show: runs the candidates asked for and takes the worst. */
export function choose(
  context: EngineContext,
  request: SimulateRequest,
  options: EngineOptions,
  control: Parameters<Engine['simulate']>[2],
  readFile: Parameters<Engine['simulate']>[3],
): Chosen | { trace: Trace } {
  const { file } = request;
  const starts = lineStarts(file.text);
  const refused = refuse(file.text, starts.length);
  if (refused !== null) return { trace: nothing(request, options, refused) };
  const { module, problems } = moduleOf(context, file);
  const plan = planFile(context, module, options, readFile);
  const candidates = select(plan, request, starts);
  const notes: string[] = [];
  if (candidates.length === 0) {
    const first = problems[0];
    if (first && plan.candidates.length === 0)
      return { trace: nothing(request, options, `${first.message} (line ${toRange(starts, first.span).line})`) };
    const judged = runUnit(
      context,
      plan.program,
      options.harness === null ? driver : { ...driver, kind: 'synthesised', text: options.harness, contexts: [] },
      [],
      options,
      control,
    );
    if (!judged) return { trace: nothing(request, options, 'the harness could not be parsed') };
    if (judged.judgement.executions <= 1 && judged.judgement.wrongs.length === 0) {
      notes.push('nothing in this file runs at the same time as something else, and no check-then-act was found');
    }
    const wrong = judged.judgement.wrongs[0] ?? null;
    return applySchedule(context, request, { judged, wrong, notes, candidate: null, reached: true });
  }
  const results = runPlan(context, plan, candidates, options, control);
  const best = worst(results);
  if (!best) return { trace: nothing(request, options, 'no way to run this code was found') };
  if (best.harness.evidence.kind === 'none') notes.push('nothing here starts a second thread: simulated as if two threads called it');
  const wrong = best.wrong ?? best.judged.judgement.wrongs.find((w) => w.candidate < 0) ?? null;
  return applySchedule(context, request, { judged: best.judged, wrong, notes, candidate: best.candidate, reached: best.reached });
}

/** The file run as the program it is, whatever of it has findings: what it can come to by itself. */
export function chooseProgram(
  context: EngineContext,
  request: SimulateRequest,
  options: EngineOptions,
  control: Parameters<Engine['simulate']>[2],
  readFile: Parameters<Engine['simulate']>[3],
): Chosen | { trace: Trace } {
  const { file } = request;
  const refused = refuse(file.text, lineStarts(file.text).length);
  if (refused !== null) return { trace: nothing(request, options, refused) };
  const { module } = moduleOf(context, file);
  const plan = planFile(context, module, options, readFile);
  const judged = runUnit(context, plan.program, driver, plan.candidates, options, control);
  if (!judged) return { trace: nothing(request, options, 'the program could not be run') };
  return { judged, wrong: judged.judgement.wrongs[0] ?? null, notes: [], candidate: null, reached: true };
}

const driver = { kind: 'driver' as const, evidence: { kind: 'code' as const, text: 'the program as it is', spans: [] } };

function select(plan: Plan, request: SimulateRequest, starts: number[]): Candidate[] {
  if (request.findingId !== undefined) {
    const exact = plan.candidates.filter((c) => idOf(c) === request.findingId);
    if (exact.length > 0) return exact;
  }
  const { line } = request;
  if (line === null) return plan.candidates;
  const within = plan.candidates.filter((c) => {
    const r = toRange(starts, c.fn.span);
    return c.fn.kind !== 'module' && r.line <= line && line <= r.endLine;
  });
  const at = plan.candidates.filter((c) => toRange(starts, c.check).line <= line && line <= toRange(starts, c.act).endLine);
  return at.length > 0 ? at : within.length > 0 ? within : plan.candidates;
}

function worst(results: readonly CandidateResult[]): CandidateResult | null {
  let best: CandidateResult | null = null;
  const score = (r: CandidateResult): number => {
    const v = verdictOf(r.judged.judgement, r.wrong, r.reached);
    const evidence = r.harness.evidence.kind === 'code' ? 2 : r.harness.evidence.kind === 'contract' ? 1 : 0;
    return rank[v] * 1000 + evidence * 100 + (r.reached ? 50 : 0) + r.candidate.specificity;
  };
  for (const r of results) if (!best || score(r) > score(best)) best = r;
  return best;
}

/** Replays a schedule in the chosen unit instead of showing the witness that was found. */
function applySchedule(context: EngineContext, request: SimulateRequest, chosen: Chosen): Chosen {
  if (request.schedule === undefined || request.schedule === '') return chosen;
  const { running, judgement } = chosen.judged;
  const { system } = running;
  const { file, scheduleText } = request;
  const schedule =
    scheduleText === undefined
      ? request.schedule
      : moveSchedule(request.schedule, moduleOf(context, { ...file, text: scheduleText }).module, running.unit.target);
  const run = followSchedule(system, schedule, 4000, scheduleText !== undefined);
  chosen.stuck = run.stuck;
  // Of another text's schedule, where it can no longer be followed is what was asked for, and told in the trace.
  if (scheduleText === undefined) for (const d of run.divergences) chosen.notes.push(`schedule: ${d}`);
  const outcome = outcomeOf(system.machine, (ns) => running.unit.program.modules.some((m) => m.path === ns.name));
  const stale = wrongActs(system, asksOf(running.unit));
  const failed = failuresOf(system.machine).length > 0;
  const stuck = stuckKind(system);
  const broken = (w: Wrong): boolean =>
    w.kind === 'deadlock' || w.kind === 'lost-wakeup' ? stuck !== null : w.kind !== 'stale-act' && w.kind !== 'non-serialisable' && failed;
  const same =
    judgement.wrongs.find((w) => w.kind === 'stale-act' && stale.some((s) => s.candidate === w.candidate)) ?? judgement.wrongs.find(broken);
  // What a stale act led to may be what a serial order gives; being stuck or failing was judged before.
  const own = same ? (stale.find((s) => s.candidate === same.candidate) ?? null) : null;
  const isSerial =
    same?.kind === 'stale-act' &&
    own?.anyway === undefined &&
    judgement.baseline.excuses(outcome, answersTo(system.machine.questions), undefined);
  const choices = run.choices;
  const switches = contextSwitches(system.path);
  if (same && !isSerial) {
    chosen.wrong = { ...same, stale: own, choices, switches, fewest: same.fewest && switches === same.switches, outcome };
  } else {
    chosen.wrong = null;
    judgement.anyChoices = choices;
    chosen.notes.push('followed the given schedule: it does not go wrong');
  }
  system.reset();
  return chosen;
}

/** A trace that says why there is nothing to show. */
export function nothing(request: SimulateRequest, options: EngineOptions, why: string): Trace {
  const { file } = request;
  return {
    version: 1,
    source: { path: file.path, sha256: sha256Of(file.text), language: file.language, text: file.text.slice(0, 200_000) },
    runtime: options.runtime ?? (file.language === 'python' ? 'cpython' : 'node'),
    verdict: 'unsupported',
    unsupported: { what: why, range: { line: 1, column: 1, endLine: 1, endColumn: 1 } },
    violation: null,
    explored: { executions: 0, redundant: 0, complete: false, bound: null, elapsedMs: 0, fewestSwitches: false, violations: 0 },
    contextSwitches: 0,
    runtimes: [],
    assumptions: [],
    harness: null,
    lanes: [],
    locations: {},
    initial: {},
    steps: [],
    staleCopies: [],
    outcome: { observed: {}, serial: [] },
    serialWitness: null,
    schedule: '',
  };
}

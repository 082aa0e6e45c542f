/**
 * From a judgement to a trace: records the witness (or, when nothing fails, a serial run), finds the
 * check, interference and act among its steps, compares with serial orders, and puts it in words.
 */
import { lineStarts, toRange } from '../core/program/lines.ts';
import { breakerMask, pythonRuntimes } from '../core/machine/runtimes.ts';
import { agree } from '../core/oracle/baseline.ts';
import { type Judgement, type SerialRun, type Wrong, wrongActs } from '../core/oracle/judge.ts';
import type { StaleAct } from '../core/oracle/stale.ts';
import { encodeSchedule, type ScheduleRun } from '../core/witness/schedule.ts';
import { record, type Recording } from '../core/witness/record.ts';
import { messageOf, storyOf, type StoryFacts } from '../core/witness/story.ts';
import type { Choice } from '../core/explore/event-log.ts';
import { serialised } from '../core/witness/serial.ts';
import type { RuntimeVerdict, Trace, TraceRange, TraceStaleCopy, TraceStep, TraceViolation, Verdict } from '../core/trace/trace.ts';
import type { SourceFile } from './api.ts';
import { sha256Of } from './hash.ts';
import { asksOf, type RunningUnit } from './units.ts';

export interface TraceInput {
  file: SourceFile;
  running: RunningUnit;
  judgement: Judgement;
  wrong: Wrong | null;
  elapsedMs: number;
  all: boolean;
  /** The check and the act both ran in some execution. */
  reached?: boolean;
  /** A schedule was followed no further than so many choices, and why. */
  stuck?: ScheduleRun['stuck'];
}

export const notReached = 'the check and the act did not both run in any of them';

/** Verified only when everything was explored and the check and act in question really ran. */
export function verdictOf(j: Judgement, wrong: Wrong | null, reached: boolean): Verdict {
  if (wrong) return 'violation';
  if (j.unsupported) return 'unsupported';
  return j.complete && reached ? 'verified' : 'bounded';
}

export function buildTrace(input: TraceInput): Trace {
  const { running, judgement: j, wrong, file } = input;
  const { system, unit } = running;
  const choices = wrong?.choices ?? j.anyChoices ?? [];
  const schedule = wrong ? encodeSchedule(system, wrong.choices) : '';
  const serial = serialComparison(running, j, wrong);
  const recording = record(system, choices, unit.target);
  const stale = wrong?.stale ? (wrongActs(system, asksOf(unit)).find((s) => s.candidate === wrong.candidate) ?? null) : null;
  const exceptionStep = wrong && isFailure(wrong.kind) ? lastException(recording) : null;
  const violation = wrong ? describe(input, wrong, recording, stale, exceptionStep, serial) : null;
  if (violation) paint(recording.steps, violation);
  const m = system.machine;
  const trace: Trace = {
    version: 1,
    source: { path: file.path, sha256: sha256Of(file.text), language: file.language, text: file.text },
    runtime: running.runtime,
    verdict: verdictOf(j, wrong, input.reached ?? true),
    unsupported: j.unsupported ? { what: j.unsupported.what, range: rangeIn(running, j.unsupported) } : null,
    violation,
    explored: {
      executions: j.executions,
      redundant: j.redundant,
      complete: j.complete,
      bound: !wrong && input.reached === false && j.complete ? { kind: 'not reached', detail: notReached } : j.bound,
      elapsedMs: Math.round(input.elapsedMs),
      fewestSwitches: wrong?.fewest ?? false,
      violations: j.wrongs.length,
    },
    contextSwitches: countSwitches(recording.steps),
    runtimes: wrong ? runtimesOf(running, choices) : [],
    assumptions: m.assumptions.map((a) => ({
      text: a.text,
      range: a.module === unit.target && a.span ? toRange(lineStarts(a.module.text), a.span) : null,
    })),
    harness: unit.harness.kind === 'synthesised' ? unit.harness.text : null,
    lanes: recording.lanes,
    locations: recording.locations,
    initial: recording.initial,
    steps: recording.steps,
    staleCopies: stale && violation ? staleCopies(recording, violation) : [],
    outcome: { observed: recording.final, serial: serial.finals },
    serialWitness: serial.recording && wrong ? { order: orderOf(serial.recording), steps: serial.recording.steps } : null,
    schedule,
  };
  if (input.stuck) {
    const { choices: followed, reason } = input.stuck;
    trace.divergence = { step: Math.max(0, recording.events.filter((event) => event < followed).length - 1), reason };
  }
  if (input.all) {
    trace.outcomes = [...j.outcomes.values()].map((o) => ({ state: o.state, executions: o.executions, serial: o.serial }));
  }
  system.reset();
  return trace;
}

function rangeIn(running: RunningUnit, at: { start: number; end: number; path: string }): TraceRange {
  const module = running.unit.program.modules.find((m) => m.path === at.path) ?? running.unit.target;
  const r: TraceRange = toRange(lineStarts(module.text), at);
  if (module !== running.unit.target) r.path = module.path;
  return r;
}

function lastException(r: Recording): TraceStep | null {
  return r.steps.findLast((s) => s.exception !== undefined) ?? null;
}

interface SerialComparison {
  recording: Recording | null;
  finals: Record<string, string>[];
}

/** Serial orders whose answers agree with those of a wrong execution and that end otherwise. */
function fittingRuns(j: Judgement, wrong: Wrong | null): SerialRun[] {
  return wrong === null ? j.serialRuns : j.serialRuns.filter((s) => s.outcome !== wrong.outcome && agree(s.answers, wrong.answers));
}

/** What a wrong execution is compared with; serial orders that work come first. */
function serialComparison(running: RunningUnit, j: Judgement, wrong: Wrong | null): SerialComparison {
  const finals: Record<string, string>[] = [];
  const seen = new Set<string>();
  let first: Recording | null = null;
  const fitting = fittingRuns(j, wrong);
  const runs = (fitting.length > 0 ? fitting : j.serialRuns).toSorted((a, b) => Number(a.fails) - Number(b.fails));
  for (const { choices } of runs.slice(0, 6)) {
    const r = serialised(running.system, () => record(running.system, choices, running.unit.target));
    first ??= r;
    const key = JSON.stringify(r.final);
    if (seen.has(key)) continue;
    seen.add(key);
    finals.push(r.final);
  }
  return { recording: first, finals };
}

function orderOf(r: Recording): string {
  const names = new Map(r.lanes.map((l) => [l.id, l.name]));
  const order: string[] = [];
  for (const s of r.steps) {
    const name = names.get(s.lane) ?? '';
    if (order.at(-1) !== name) order.push(name);
  }
  return order.length > 8 ? `${order.slice(0, 8).join(' → ')} → …` : order.join(' → ');
}

function stepAt(r: Recording, serial: number, lane: number): number | null {
  const i = r.serials.findIndex((s) => serial >= s.from && serial <= s.to);
  if (i >= 0) return i;
  // Between two steps: library code ran there, and the context's next step is the one it led to.
  const next = r.serials.findIndex((s, k) => s.from > serial && r.steps[k]?.lane === lane);
  return next < 0 ? null : next;
}

function describe(
  input: TraceInput,
  wrong: Wrong,
  r: Recording,
  stale: StaleAct | null,
  exceptionStep: TraceStep | null,
  serial: SerialComparison,
): TraceViolation {
  const { unit } = input.running;
  const candidate = unit.candidates[wrong.candidate] ?? null;
  const checkStep = stale ? stepAt(r, stale.check.serial, stale.lane) : null;
  const interferenceStep = stale ? stepAt(r, stale.interference.serial, stale.remoteLane) : null;
  let actStep = stale ? stepAt(r, stale.actSerial, stale.lane) : null;
  if (stale && actStep !== null && checkStep === actStep) actStep = laterInStatement(r, actStep, stale.lane) ?? actStep;
  if (actStep === null && exceptionStep) actStep = exceptionStep.index;
  const starts = lineStarts(unit.target.text);
  const rangeOf = (span: { start: number; end: number } | null): TraceRange | null => (span ? toRange(starts, span) : null);
  const laneName = (id: number | undefined): string | null => r.lanes.find((l) => l.id === id)?.name ?? null;
  const check = checkStep === null ? null : (r.steps[checkStep] ?? null);
  const act = actStep === null ? null : (r.steps[actStep] ?? null);
  const interference = interferenceStep === null ? null : (r.steps[interferenceStep] ?? null);
  const stuck = wrong.kind === 'deadlock' || wrong.kind === 'lost-wakeup' ? stuckSteps(r) : [];
  // A callback that runs later has a gap before it that no text stands for.
  const gap =
    candidate?.gap && candidate.gap.end > candidate.gap.start
      ? `\`${oneLine(unit.target.text.slice(candidate.gap.start, candidate.gap.end))}\``
      : candidate?.gap
        ? 'what comes before the callback'
        : 'a switch between the two';
  const facts: StoryFacts = {
    rule: candidate?.rule ?? ruleFor(wrong.kind),
    kind: wrong.kind,
    shared: candidate?.shared ?? '',
    victim: laneName(stale?.lane ?? act?.lane ?? stuck.at(-1)?.lane) ?? 'one context',
    culprit: laneName(stale?.remoteLane ?? stuck.at(-2)?.lane),
    stuck: stuck.filter((s) => !isJoin(s)).map((s) => laneName(s.lane) ?? ''),
    check,
    checkAt: check?.range.path === undefined ? null : rangeOf(candidate?.check ?? null),
    actAt: act?.range.path === undefined ? null : rangeOf(candidate?.act ?? null),
    interference,
    act,
    gap,
    difference: differenceOf(r, serial),
    exception: exceptionStep?.exception ?? null,
    anyway: stale?.anyway ?? null,
    early: stale?.early === true,
    own: candidate?.own ?? null,
    repeated: repeatedCall(
      wrong.outcome,
      fittingRuns(input.judgement, wrong).map((s) => s.outcome),
    ),
    order: orderOf(r),
    otherOrder: serial.recording ? orderOf(serial.recording) : null,
  };
  return {
    kind: wrong.kind,
    rule: facts.rule,
    message: messageOf(facts),
    story: storyOf(facts),
    shared: facts.shared,
    check: rangeOf(candidate?.check ?? null) ?? check?.range ?? null,
    act: rangeOf(candidate?.act ?? null) ?? act?.range ?? stuck.at(-1)?.range ?? null,
    interference: interference?.accesses.find((a) => a.kind !== 'read')?.range ?? interference?.range ?? null,
    checkStep,
    interferenceStep,
    actStep: actStep ?? stuck.at(-1)?.index ?? null,
    gap,
    evidence: unit.harness.evidence.text,
  };
}

/** Where each context is stuck: its last step, if it waits there; those that wait for a context to end last. */
function stuckSteps(r: Recording): TraceStep[] {
  const last = new Map<number, TraceStep>();
  for (const s of r.steps) last.set(s.lane, s);
  const waiting = [...last.values()].filter((s) => s.suspended !== undefined);
  return [...waiting.filter(isJoin), ...waiting.filter((s) => !isJoin(s))];
}

/** It waits for another context to end. */
function isJoin({ suspended }: TraceStep): boolean {
  return /to end$|^runs the event loop/.test(suspended ?? '');
}

/** The last step of the same statement by the same lane right after its read (`x += 1` in one go). */
function laterInStatement(r: Recording, from: number, lane: number): number | null {
  const start = r.steps[from];
  if (!start) return null;
  for (let i = from + 1; i < r.steps.length; i++) {
    const s = r.steps[i];
    if (s && s.lane === lane) return s.range.line === start.range.line && s.range.column === start.range.column ? i : null;
  }
  return null;
}

function isFailure(kind: Wrong['kind']): boolean {
  return kind === 'exception' || kind === 'assertion' || kind === 'order-violation' || kind === 'every-order';
}

function ruleFor(kind: Wrong['kind']): string {
  if (kind === 'order-violation' || kind === 'every-order') return 'order-violation';
  return kind === 'deadlock' ? 'lock-order' : kind === 'lost-wakeup' ? 'wait-without-loop' : 'check-then-act';
}

function oneLine(text: string): string {
  const t = text.replace(/\s+/g, ' ').trim();
  return t.length > 60 ? `${t.slice(0, 59)}…` : t;
}

function differenceOf(r: Recording, serial: SerialComparison): StoryFacts['difference'] {
  for (const [location, observed] of Object.entries(r.final)) {
    if (r.locations[location]?.kind === 'lock') continue;
    const values = [...new Set(serial.finals.map((f) => f[location]).filter((v): v is string => v !== undefined))];
    if (values.length > 0 && !values.includes(observed)) return { location, observed, serial: values };
  }
  return null;
}

/** The first call that the outcome has more often than every serial outcome. */
function repeatedCall(outcome: string, serial: readonly string[]): string | null {
  const calls = (o: string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const line of o.split('\n')) if (/^(call|gave) /.test(line)) counts.set(line, (counts.get(line) ?? 0) + 1);
    return counts;
  };
  if (serial.length === 0) return null;
  const most = new Map<string, number>();
  for (const s of serial) for (const [k, n] of calls(s)) most.set(k, Math.max(most.get(k) ?? 0, n));
  for (const [k, n] of calls(outcome))
    if (n > 1 && n > (most.get(k) ?? 0))
      return k.startsWith('call ')
        ? `\`${k.slice(5)}\` happens twice; one after the other it happens once`
        : /^gave (null|undefined|None)$/.test(k)
          ? null
          : `two callers get ${isShort(k.slice(5)) ? k.slice(5) : 'an equal result'}; one after the other only one does`;
  return null;
}

/** Whether a canonical value reads well in a sentence: a number, a string, something unknown. */
function isShort(value: string): boolean {
  return value.length <= 60 && /^([-\w.]+|".*"|<.*>)$/s.test(value);
}

function paint(steps: TraceStep[], v: TraceViolation): void {
  const { checkStep, actStep, interferenceStep } = v;
  const lane = actStep === null ? undefined : steps[actStep]?.lane;
  if (checkStep !== null && actStep !== null) {
    for (let i = checkStep + 1; i < actStep; i++) {
      const s = steps[i];
      if (s && s.lane === lane) s.role = 'gap';
    }
  }
  const set = (i: number | null, role: NonNullable<TraceStep['role']>): void => {
    const s = i === null ? undefined : steps[i];
    if (s) s.role = role;
  };
  set(interferenceStep, 'interference');
  set(checkStep, 'check');
  set(actStep, checkStep === null ? 'violation' : 'act');
}

function staleCopies(r: Recording, v: TraceViolation): TraceStaleCopy[] {
  if (v.checkStep === null || v.interferenceStep === null) return [];
  const check = r.steps[v.checkStep];
  if (!check) return [];
  const out: TraceStaleCopy[] = [];
  // The local may be set by the same statement's later step (the read and the store are two).
  for (let i = v.checkStep; i < r.steps.length && i <= v.checkStep + 2; i++) {
    const s = r.steps[i];
    if (!s || s.lane !== check.lane) continue;
    for (const [name, value] of Object.entries(s.locals)) {
      const source = check.accesses.find((a) => a.kind === 'read' && a.value === value);
      if (source && !out.some((c) => c.name === name)) {
        out.push({
          lane: check.lane,
          name,
          value,
          location: source.location,
          fromStep: i,
          staleStep: v.interferenceStep,
          endStep: v.actStep,
        });
      }
    }
  }
  return out;
}

function countSwitches(steps: readonly TraceStep[]): number {
  let n = 0;
  for (let i = 1; i < steps.length; i++) if (steps[i]?.lane !== steps[i - 1]?.lane) n++;
  return n;
}

/** On which interpreters each preemption of the witness can happen, by where they look for one. */
function runtimesOf(running: RunningUnit, choices: readonly Choice[]): RuntimeVerdict[] {
  if (running.unit.program.language !== 'python') return [{ runtime: 'node', possible: true }];
  const { system } = running;
  const m = system.machine;
  system.reset();
  const possible = new Map(pythonRuntimes.map((r) => [r, true]));
  let last: number | null = null;
  for (const c of choices) {
    const previous = last === null ? undefined : m.processes[last];
    if (previous && last !== c.process && previous.kind === 'thread' && system.isEnabled(previous.id)) {
      for (const r of pythonRuntimes) {
        const mask = breakerMask(r);
        if (mask !== null && (previous.breakerAtStop & mask) === 0) possible.set(r, false);
      }
    }
    if (!system.isEnabled(c.process)) break;
    system.step(c.process, c.alternative);
    last = c.process;
  }
  return pythonRuntimes.map((runtime) => ({ runtime, possible: possible.get(runtime) ?? true }));
}

/**
 * Runs one program (a driver with the contexts it starts) and judges its candidates: searches for an
 * execution that goes wrong, then proves or bounds its absence. An execution is wrong when an
 * exception, an assertion or a deadlock ends it that no serial order has, or when a candidate's act
 * was stale and the outcome is one that no execution without a stale act has. In a program that has its
 * own driver a failure that serial orders have too is told as what it is (`orders.ts`).
 */
import { explorePct } from '../explore/pct.ts';
import type { Machine } from '../machine/machine.ts';
import type { MachineEvent, MachineSystem } from '../machine/system.ts';
import type { Namespace } from '../machine/values.ts';
import { boundedSearch, Contention, contextSwitches, deviations, type SearchBudget } from '../explore/bounded.ts';
import type { Choice } from '../explore/event-log.ts';
import { serialSearch, type SerialBudget } from '../witness/serial.ts';
import { answersTo, Baseline, type Answers } from './baseline.ts';
import { answersOf, Orders, type OrderKind } from './orders.ts';
import { exploreDirected } from './directed.ts';
import { failuresOf, outcomeOf } from './outcome.ts';
import { staleActs, staleResponses, type StaleAct } from './stale.ts';
import { seenEarly } from './early.ts';
import { putLate } from './late.ts';
import { wokenInVain } from './woken.ts';

export type WrongKind = 'stale-act' | 'non-serialisable' | 'exception' | 'assertion' | 'deadlock' | 'lost-wakeup' | OrderKind;

/** Whether it takes an interleaving: not so what some or all serial orders have. */
export function isInterference(kind: WrongKind): boolean {
  return kind !== 'order-violation' && kind !== 'every-order';
}

export interface Wrong {
  kind: WrongKind;
  /** Index of the candidate, -1 when the execution is wrong whatever rule one asks. */
  candidate: number;
  stale: StaleAct | null;
  choices: Choice[];
  switches: number;
  /** Executions with fewer context switches were all searched. */
  fewest: boolean;
  outcome: string;
  /** What the unknown was in it. */
  answers: Answers;
  /** Where the exception was raised, for one nobody's candidate explains. */
  at: { start: number; end: number; path: string } | null;
  /** Where it is a failure: what the stale act of the candidate comes to in an execution in which nothing fails. */
  unfailing?: Wrong;
}

export interface Judgement {
  wrongs: Wrong[];
  executions: number;
  redundant: number;
  /** Every interleaving was explored. */
  complete: boolean;
  bound: { kind: string; detail: string } | null;
  unsupported: { what: string; start: number; end: number; path: string } | null;
  serialOutcomes: string[];
  /** The same, under the answers that gave them. */
  baseline: Baseline;
  /** A serial order, for comparison. */
  serialChoices: Choice[] | null;
  /** Some execution, to show when nothing fails. */
  anyChoices: Choice[] | null;
  /** One serial order for each distinct outcome and answers, at most 64. */
  serialRuns: SerialRun[];
  /** With `all`: every outcome and how many executions end in it. */
  outcomes: Map<string, { executions: number; serial: boolean; state: Record<string, string> }>;
  /** Candidates whose check or act never ran in any execution. */
  unreached: number[];
  /** Candidates between whose check and act another context ran in some execution. */
  overlapped: ReadonlySet<number>;
}

export interface SerialRun {
  choices: Choice[];
  answers: Answers;
  outcome: string;
  fails: boolean;
}

/** What is asked of candidates of some rules beyond staleness. */
export interface Asks {
  /** Candidates whose answers must not overtake each other. */
  responses: ReadonlySet<number>;
  /** Candidates that wait once for what they check. */
  waits: ReadonlySet<number>;
  /** Candidates whose act is a change of rows. */
  changes: ReadonlySet<number>;
  /** Candidates that use what they have set: only that it is nothing by then goes wrong. */
  sets: ReadonlySet<number>;
  /** Candidates that go on with what they put there themselves. */
  own: ReadonlySet<number>;
  /** Candidates whose check is what is waited for. */
  awaited: ReadonlySet<number>;
  /** Candidates that set what they check before what it stands for is there. */
  early: ReadonlySet<number>;
  /** Candidates that put something where others end what is there. */
  late: ReadonlySet<number>;
  /** Those of the early ones whose act makes ready what was set. */
  readied: ReadonlySet<number>;
}

export interface JudgeOptions {
  candidates: number;
  maxExecutions: number;
  /** Milliseconds for everything. */
  timeoutMs: number;
  now: () => number;
  cancelled: () => boolean;
  all: boolean;
  isUserModule: (ns: Namespace) => boolean;
  /** Acts after a wait that is not repeated: an exception there is wrong whatever order led to it. */
  waits: readonly { candidate: number; start: number; end: number }[];
  /** The program starts its contexts itself: the orders are its own, and not one that a driver of ours made up. */
  ownDriver: boolean;
  asks: Asks;
  /** Candidates about locks taken in two orders: only being stuck is wrong, not that others take and release. */
  locks: ReadonlySet<number>;
  /** Explores everything: the proof. Calls back at every complete execution. */
  prove: Prove;
  progress?: (executions: number) => void;
  /** Called when an execution shows a fault for the first time; whether it is one is known at the end. */
  suspected?: () => void;
}

export interface ProofResult {
  executions: number;
  redundant: number;
  complete: boolean;
  bound: string | null;
}

export type Prove = (
  system: MachineSystem,
  limits: { executions: number; stop: () => boolean },
  onExecution: () => 'continue' | 'stop',
) => ProofResult;

const maxSteps = 4000;
const delayBounds = 4;
const mostSerial = 400;
/** Parts of the time after which the baseline ends, without and with unusual answers: something must be left to compare with it. */
const baselineShare = 0.6;
const deviationsShare = 0.3;
/** Parts of the time: that the search with bounds has, when nothing is found, and that samples have after it. */
const findShare = 0.75;
const sampleShare = 0.08;
const mostSamples = 2000;
const mostFamiliar = 64;
const mostSerialRuns = 64;

interface Failure {
  choices: Choice[];
  kind: WrongKind;
  stale: StaleAct | null;
  outcome: string;
  answers: Answers;
  switches: number;
  at: Wrong['at'];
}

interface Seen {
  choices: Choice[];
  stale: StaleAct;
  outcome: string;
  answers: Answers;
  switches: number;
  fails: boolean;
}

export function judge(system: MachineSystem, options: JudgeOptions): Judgement {
  const start = options.now();
  const m = system.machine;
  const deadline = start + options.timeoutMs;
  const stop = (): boolean => options.cancelled() || options.now() > deadline;
  let serial = new Baseline();
  let serialFailures = new Baseline();
  /** Per candidate: outcomes of executions in which it was not stale. */
  const clean = Array.from({ length: options.candidates }, () => new Baseline());
  const suspects = new Map<number, Map<string, Seen>>();
  const failures = new Map<string, Failure>();
  /** Failures that serial orders have too, by what failed and the answers given. */
  const familiar = new Map<string, Failure>();
  const orders = new Orders();
  const reached = new Map<number, number>();
  const overlapped = new Set<number>();
  const outcomes: Judgement['outcomes'] = new Map();
  let executions = 0;
  let unsupported: Judgement['unsupported'] = null;
  let serialChoices: Choice[] | null = null;
  let serialRuns: SerialRun[] = [];
  let anyChoices: Choice[] | null = null;

  const failureOf = (
    signature: string,
    stuck: 'deadlock' | 'lost-wakeup' | null,
    stale: StaleAct | null,
    outcome: string,
    answers: Answers,
  ): Failure => {
    const kind: WrongKind =
      m.failures.length === 0 || signature === stuck
        ? (stuck ?? 'deadlock')
        : m.failures.some((f) => f.kind === 'assertion')
          ? 'assertion'
          : 'exception';
    const failed = m.failures.find((f) => signature.endsWith(` at ${f.span.start}`));
    return {
      choices: choicesOf(system.path),
      kind,
      stale,
      outcome,
      answers,
      switches: contextSwitches(system.path),
      at: failed ? { start: failed.span.start, end: failed.span.end, path: failed.module.path } : signature === stuck ? waitsAt(m) : null,
    };
  };
  const keepShorter = (map: Map<string, Failure>, key: string, known: Failure | undefined, make: () => Failure): void => {
    if (!known || contextSwitches(system.path) < known.switches) map.set(key, make());
  };
  /** Serial orders were tried with this many unusual answers; with more, nothing can be said. */
  let mostDeviations = Infinity;
  let unjudged = false;
  const examine = (isSerial: boolean): void => {
    executions++;
    if ((executions & 1023) === 0) options.progress?.(executions);
    if (m.unsupported) {
      unsupported ??= {
        what: m.unsupported.what,
        start: m.unsupported.span.start,
        end: m.unsupported.span.end,
        path: m.unsupported.module.path,
      };
      return;
    }
    const path = system.path;
    noteReached(path, reached, overlapped);
    if (!isSerial && mostDeviations < Infinity && deviations(path) > mostDeviations) {
      unjudged = true;
      return;
    }
    const outcome = outcomeOf(m, options.isUserModule);
    const answers = answersTo(m.questions);
    const stuck = stuckKind(system);
    const signature = [...failuresOf(m), ...(stuck ? [stuck] : [])].join('\n');
    if (options.all) {
      const o = outcomes.get(outcome);
      if (o) o.executions++;
      else outcomes.set(outcome, { executions: 1, serial: isSerial, state: shownState(m, options.isUserModule) });
      if (isSerial) (outcomes.get(outcome) as { serial: boolean }).serial = true;
    }
    const acts = allActs(system, options.asks);
    const stale = acts.filter((s) => s.candidate < options.candidates && s.isBefore !== true);
    if (isSerial) {
      const known = serial.has(outcome, answers);
      if (!known && serialRuns.length < mostSerialRuns)
        serialRuns.push({ choices: choicesOf(path), answers, outcome, fails: signature !== '' });
      serial.add(outcome, answers);
      for (const f of signature.split('\n')) serialFailures.add(f, answers);
      serialChoices ??= choicesOf(path);
    } else {
      anyChoices ??= choicesOf(path);
    }
    if (options.ownDriver) orders.note(path, isSerial, signature !== '');
    if (!isSerial && signature !== '') {
      const fresh = signature.split('\n').find((f) => !serialFailures.has(f, answers));
      if (fresh !== undefined) {
        const known = failures.get(fresh);
        if (!known) options.suspected?.();
        const led = stale.find((s) => !options.locks.has(s.candidate)) ?? null;
        keepShorter(failures, fresh, known, () => failureOf(fresh, stuck, led, outcome, answers));
      } else if (options.ownDriver && m.failures.length > 0) {
        const key = `${signature} ${answersOf(path)}`;
        const shown = failuresOf(m)[0] ?? '';
        if (familiar.has(key) || familiar.size < mostFamiliar)
          keepShorter(familiar, key, familiar.get(key), () => failureOf(shown, stuck, null, outcome, answers));
      }
    }
    for (const w of options.waits) {
      const failed = m.failures.find((f) => f.span.start >= w.start && f.span.end <= w.end);
      const known = failures.get(`wait ${w.candidate}`);
      const switches = contextSwitches(path);
      if (!failed || isSerial || (known && known.switches <= switches)) continue;
      if (!known) options.suspected?.();
      failures.set(`wait ${w.candidate}`, {
        choices: choicesOf(path),
        kind: 'exception',
        stale: stale.find((s) => s.candidate === w.candidate) ?? null,
        outcome,
        answers,
        switches,
        at: null,
      });
    }
    const staleOf = new Set(acts.map((s) => s.candidate % options.candidates));
    // What the baseline's world gives is clean only where the real one can give it too, or as serial.
    for (let c = 0; c < options.candidates; c++) if (!staleOf.has(c)) clean[c]?.add(outcome, answers);
    for (const s of stale) {
      if (options.locks.has(s.candidate)) continue;
      if (s.anyway ? isSerial : serial.excuses(outcome, answers, clean[s.candidate])) continue;
      let byOutcome = suspects.get(s.candidate);
      if (!byOutcome) suspects.set(s.candidate, (byOutcome = new Map()));
      if (byOutcome.size === 0) options.suspected?.();
      const switches = contextSwitches(path);
      const key = answers.text === '' ? outcome : `${outcome}\n${answers.text}`;
      const old = byOutcome.get(key);
      if (!old || switches < old.switches)
        byOutcome.set(key, { choices: choicesOf(path), stale: s, outcome, answers, switches, fails: signature !== '' });
    }
  };

  // The baseline first: what serial orders can do.
  let cut = false;
  /** There was no time for more unusual answers, rather than too many of them. */
  let isHurried = false;
  /** Runs of the level before. */
  let before = 0;
  for (let level = 0; ; level++) {
    const kept = { serial, serialFailures, serialRuns };
    serial = new Baseline();
    serialFailures = new Baseline();
    serialRuns = [];
    const share = level === 0 ? baselineShare : deviationsShare;
    const isLate = (): boolean => stop() || options.now() - start > options.timeoutMs * share;
    const serialBudget: SerialBudget = { executions: mostSerial, maxSteps, stop: isLate, deviations: level, isDriver: !options.ownDriver };
    const result = serialSearch(system, serialBudget, () => {
      examine(true);
      return unsupported ? 'stop' : 'continue';
    });
    cut ||= result.cut;
    const runs = mostSerial - serialBudget.executions;
    isHurried ||= result.ended === 'budget' && serialBudget.executions > 0;
    if (result.ended === 'budget' && level > 0) {
      ({ serial, serialFailures, serialRuns } = kept);
      mostDeviations = level - 1;
    } else if (result.ended === 'budget') {
      serial.loosen();
      serialFailures.loosen();
    } else if (m.learnTables() && !unsupported) {
      before = runs;
      continue;
    } else if (runs !== before && !unsupported) {
      // As many more again would be too many.
      const next = before === 0 ? runs : (runs * runs) / before;
      before = runs;
      if (next <= mostSerial * 1.5) continue;
      mostDeviations = level;
    }
    break;
  }

  // Find fast: few delays and few unusual answers first.
  const contention = new Contention();
  const isFindLate = (): boolean => stop() || options.now() - start > options.timeoutMs * findShare;
  const findBudget: SearchBudget = { executions: Math.min(options.maxExecutions, 4000), maxSteps, stop: isFindLate };
  const levels = mostDeviations === Infinity ? [Infinity] : Array.from({ length: mostDeviations + 1 }, (_, i) => i);
  let ended = false;
  for (let cost = 0; cost < levels.length + delayBounds - 1 && !ended; cost++) {
    for (const [level, few] of levels.entries()) {
      const delays = cost - level;
      if (delays < 0 || delays >= delayBounds) continue;
      if (unsupported || findBudget.executions <= 0 || isFindLate()) break;
      findBudget.deviations = few;
      const r = boundedSearch(system, 'delays', delays, contention, findBudget, () => {
        examine(false);
        return unsupported ? 'stop' : 'continue';
      });
      cut ||= r.cut;
      ended = (!options.all && suspects.size >= options.candidates && options.candidates > 0 && delays >= 2) || r.ended !== 'exhausted';
      if (ended) break;
    }
  }

  // Too large to be searched: the search goes through the ends of executions first, a sample through all of it.
  const isOpen = !unsupported && (options.all || (suspects.size === 0 && failures.size === 0));
  if (isOpen && (ended || findBudget.executions <= 0 || isFindLate())) {
    for (const explore of [exploreDirected, explorePct]) {
      const sampleEnd = options.now() + options.timeoutMs * sampleShare;
      const sample = explore(
        system,
        () => {
          examine(false);
          return unsupported || suspects.size > 0 || failures.size > 0 ? 'stop' : 'continue';
        },
        {
          seed: 1,
          samples: Math.min(options.maxExecutions, mostSamples),
          stepsPerExecution: maxSteps,
          cancelled: () => stop() || options.now() > sampleEnd,
          ...(mostDeviations < Infinity ? { deviations: mostDeviations } : {}),
        },
      );
      if (sample.run() === 'stopped') break;
      cut ||= sample.result().truncated > 0;
    }
  }

  // Prove: every interleaving once. Needed for the verdict and to know a suspect's outcome is new.
  let proof: ProofResult = { executions: 0, redundant: 0, complete: false, bound: null };
  const found = executions;
  if (!unsupported && !stop()) {
    const limit = options.maxExecutions;
    const quick = suspects.size > 0 && !options.all;
    const proofDeadline = quick ? Math.min(deadline, options.now() + Math.max(100, options.timeoutMs / 4)) : deadline;
    proof = options.prove(
      system,
      { executions: quick ? Math.min(limit, 5000) : limit, stop: () => stop() || options.now() > proofDeadline },
      () => {
        examine(false);
        return unsupported ? 'stop' : 'continue';
      },
    );
  }

  const wrongs: Wrong[] = [];
  for (const [candidate, byOutcome] of suspects) {
    const real = [...byOutcome.values()].filter(
      (s) => s.stale.anyway !== undefined || !serial.excuses(s.outcome, s.answers, clean[candidate]),
    );
    const isWrongAnyway = (s: Seen): number => (s.stale.anyway ? 0 : 1);
    const staleAct = ({ fails: _, ...seen }: Seen): Wrong => ({ kind: 'stale-act', candidate, ...seen, fewest: false, at: null });
    real.sort((a, b) => isWrongAnyway(a) - isWrongAnyway(b) || a.switches - b.switches || a.choices.length - b.choices.length);
    const [best] = real;
    const unfailing = real.find((s) => !s.fails);
    if (best) wrongs.push({ ...staleAct(best), ...(unfailing === undefined ? {} : { unfailing: staleAct(unfailing) }) });
  }
  for (const [signature, f] of failures) {
    const waited = /^wait (\d+)$/.exec(signature);
    if (waited) {
      const candidate = Number(waited[1]);
      if (!wrongs.some((w) => w.candidate === candidate))
        wrongs.push({
          kind: f.kind,
          candidate,
          stale: f.stale,
          choices: f.choices,
          switches: f.switches,
          fewest: false,
          outcome: f.outcome,
          answers: f.answers,
          at: null,
        });
      continue;
    }
    const known = f.stale ? wrongs.find((w) => w.candidate === f.stale?.candidate) : undefined;
    const wrong: Wrong = {
      kind: f.kind,
      candidate: f.stale?.candidate ?? -1,
      stale: f.stale,
      choices: f.choices,
      switches: f.switches,
      fewest: false,
      outcome: f.outcome,
      answers: f.answers,
      at: f.at,
    };
    if (!known) wrongs.push(wrong);
    else if (f.switches <= known.switches) Object.assign(known, wrong);
  }
  const told = orderWrong(familiar, orders);
  if (told) wrongs.push(told);
  for (const w of wrongs) {
    if (!stop()) shorten(system, w, options, stop);
    if (w.at === null) delete w.unfailing;
    else if (w.unfailing !== undefined && !stop()) shorten(system, w.unfailing, options, stop);
  }

  const unreached: number[] = [];
  for (let c = 0; c < options.candidates; c++) if ((reached.get(c) ?? 0) !== 3) unreached.push(c);
  const loopBound = [...m.bounds].map(([kind, detail]) => ({ kind, detail }))[0] ?? null;
  const bound = options.cancelled()
    ? { kind: 'cancelled', detail: 'cancelled before everything was explored' }
    : !proof.complete
      ? options.now() > deadline
        ? { kind: 'time', detail: `stopped after ${Math.round(options.timeoutMs)} ms, at ${proof.executions || found} executions` }
        : { kind: 'executions', detail: `stopped at ${proof.executions || found} executions` }
      : unjudged
        ? {
            kind: isHurried ? 'time' : 'answers',
            detail: `too many questions about the unknown: with more than ${mostDeviations} unusual answers nothing was judged`,
          }
        : cut
          ? { kind: 'steps', detail: `executions longer than ${maxSteps} steps were cut` }
          : loopBound;
  return {
    wrongs,
    executions: proof.executions > 0 ? proof.executions : found,
    redundant: proof.redundant,
    complete: proof.complete && !loopBound && !cut && !unjudged,
    bound,
    unsupported,
    serialOutcomes: serial.outcomes(),
    baseline: serial,
    serialChoices,
    serialRuns,
    anyChoices,
    outcomes,
    unreached,
    overlapped,
  };
}

/** The failure that serial orders have too, told as what it is: one that depends on the order before one that does not. */
function orderWrong(familiar: ReadonlyMap<string, Failure>, orders: Orders): Wrong | null {
  let best: Wrong | null = null;
  for (const f of familiar.values()) {
    const kind = orders.kindOf(f.choices);
    if (kind === null) continue;
    const earlier = best === null || (kind === best.kind ? f.switches < best.switches : kind === 'order-violation');
    if (earlier)
      best = {
        kind,
        candidate: -1,
        stale: null,
        choices: f.choices,
        switches: f.switches,
        fewest: false,
        outcome: f.outcome,
        answers: f.answers,
        at: f.at,
      };
  }
  return best;
}

/** The stale acts of the execution at hand, answers that overtook each other and waits in vain among them. */
export function wrongActs(system: MachineSystem, asks: Asks): StaleAct[] {
  return allActs(system, asks).filter((s) => s.isBefore !== true);
}

/** And those that are none, but not free of the race, either. */
function allActs(system: MachineSystem, { responses, waits, changes, sets, own, awaited, early, readied, late }: Asks): StaleAct[] {
  const { lanes } = system.machine;
  const stale = staleActs(system.path, lanes, changes, sets, own, awaited).filter((s) => !early.has(s.candidate) && !late.has(s.candidate));
  const acts = [...stale, ...seenEarly(system.path, early, readied), ...putLate(system.path, lanes, late)];
  if (responses.size === 0 && waits.size === 0) return acts;
  const asked = (lane: number): string =>
    system.machine.external
      .filter((e) => e.lane === lane)
      // The same question put again: values made in it are only numbered.
      .map((e) => e.text.replace(/ #\d+\b/g, ''))
      .join('\n');
  const others = [...staleResponses(system.path, responses, asked), ...wokenInVain(system.path, waits)];
  return [...acts.filter((s) => !others.some((o) => o.candidate === s.candidate)), ...others];
}

/**
 * Looks for an execution with the same fault and fewer context switches; among those with the fewest,
 * for the one whose check and act are closest.
 */
function shorten(system: MachineSystem, wrong: Wrong, options: JudgeOptions, stop: () => boolean): void {
  const m = system.machine;
  const contention = new Contention();
  const end = options.now() + options.timeoutMs / 4;
  const budget: SearchBudget = { executions: 20_000, maxSteps, stop: () => stop() || options.now() > end };
  let best = Infinity;
  const raised = wrong.stale === null ? raisedIn(wrong.outcome) : '';
  const answers = isInterference(wrong.kind) ? null : answersOf(wrong.choices);
  /** The same fault: what failed, or else the outcome. */
  const isSame = (path: readonly MachineEvent[]): boolean => {
    if (answers !== null && answersOf(path) !== answers) return false;
    if (raised !== '') return raisedIn(failuresOf(m).join('\n')) === raised;
    return outcomeOf(m, options.isUserModule) === wrong.outcome;
  };
  for (let bound = 0; bound <= wrong.switches; bound++) {
    const r = boundedSearch(system, 'switches', bound, contention, budget, (path) => {
      const switches = contextSwitches(path);
      if (switches > wrong.switches) return 'continue';
      const stale = wrong.stale ? (wrongActs(system, options.asks).find((s) => s.candidate === wrong.candidate) ?? null) : null;
      if (wrong.stale && !stale) return 'continue';
      const length = stale ? (stale.actEvent - stale.checkEvent) * 10_000 + path.length : path.length;
      if (length >= best && switches === wrong.switches) return 'continue';
      if (!isSame(path)) return 'continue';
      wrong.choices = choicesOf(path);
      wrong.outcome = outcomeOf(m, options.isUserModule);
      wrong.answers = answersTo(m.questions);
      wrong.switches = switches;
      wrong.stale = stale ?? wrong.stale;
      best = length;
      return 'continue';
    });
    if (r.ended === 'budget') return;
    if (best < Infinity) break;
  }
  wrong.fewest = true;
}

/** The lines of an outcome that tell of uncaught exceptions. */
export function raisedIn(outcome: string): string {
  return outcome
    .split('\n')
    .filter((line) => line.startsWith('raised '))
    .join('\n');
}

/** The program's globals as a person reads them, and what went wrong. */
function shownState(m: MachineSystem['machine'], isUserModule: JudgeOptions['isUserModule']): Record<string, string> {
  const state: Record<string, string> = {};
  for (const ns of m.namespaces.values()) {
    if (!isUserModule(ns)) continue;
    for (const cell of ns.cells.values()) {
      const v = cell.value;
      if (
        v === undefined ||
        (typeof v === 'object' && v !== null && /^(unbound|function|type|module|builtin_function_or_method|class)$/.test(v.type))
      )
        continue;
      const text = m.ops.show(v);
      state[cell.name] = text.length > 300 ? `${text.slice(0, 300)}…` : text;
    }
  }
  m.failures.forEach((f, i) => (state[`uncaught ${i + 1}`] = m.ops.show(f.exception)));
  return state;
}

export function choicesOf(path: readonly MachineEvent[]): Choice[] {
  return path.map((e) => ({ process: e.process, alternative: e.alternative }));
}

/** Whether an execution has ended with somebody waiting for ever, and how. */
export function stuckKind(system: MachineSystem): 'deadlock' | 'lost-wakeup' | null {
  const m = system.machine;
  if (system.enabled().length > 0) return null;
  const stuck = m.processes.filter((p) => p && !p.done && p.pending);
  if (stuck.length === 0 && m.openCalls > 0 && !m.processes.some((p) => p?.parked === true) && m.failures.length === 0) return 'deadlock';
  // A process cut at a bound might have woken the others.
  if (stuck.length === 0 || m.processes.some((p) => p?.parked === true)) return null;
  // The main program that runs an event loop waits for what its tasks wait for.
  const reasons = stuck.map((p) => p.pending?.reason() ?? '').filter((reason) => !reason.startsWith('runs the event loop'));
  const isWakeup =
    reasons.some((reason) => /notif|event|condition|item/.test(reason)) ||
    m.ops.stuckIn?.(m).some((name) => /^(Event|Condition)\.wait$|Queue\.(get|put|join)$/.test(name)) === true;
  return isWakeup ? 'lost-wakeup' : 'deadlock';
}

function noteReached(path: readonly MachineEvent[], reached: Map<number, number>, overlapped: Set<number>): void {
  const checked = new Map<number, { lane: number; index: number }>();
  path.forEach((e, index) => {
    for (const { watch, lane } of e.marks) {
      const { candidate, role } = watch;
      if (role !== 'act' && role !== 'fell') reached.set(candidate, (reached.get(candidate) ?? 0) | (role === 'acted' ? 2 : 1));
      const last = checked.get(candidate);
      if (role === 'act' && last?.lane === lane && !overlapped.has(candidate)) {
        if (path.slice(last.index + 1, index).some((other) => other.lane !== lane)) overlapped.add(candidate);
      } else if (role === 'check' || role === 'begin') checked.set(candidate, { lane, index });
    }
  });
}

/** Where the first that is stuck waits, but for those that wait for others to end. */
function waitsAt(m: Machine): Wrong['at'] {
  for (const p of m.processes) {
    if (!p || p.done || !p.pending || p.parked || p.pending.ready() || / to end$/.test(p.pending.reason())) continue;
    const at = p.fiber === null ? null : m.where(p.fiber);
    if (at) return { start: at.span.start, end: at.span.end, path: at.module.path };
  }
  return null;
}

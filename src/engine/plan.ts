/**
 * Which programs to run for which candidates: groups the candidates of a file into units, one per
 * driver, with alternative drivers for those that an earlier one did not convict.
 */
import type { Candidate, Harness } from '../core/detect/candidate.ts';
import { detect, harnesses, type ModelSet, modelsWith, readUserModels } from '../core/detect/index.ts';
import { compiledCodes } from '../core/machine/load.ts';
import { reach, type World } from '../core/oracle/reach.ts';
import { isInterference, type Judgement, type Wrong, wrongActs } from '../core/oracle/judge.ts';
import type { Module, Program } from '../core/program/program.ts';
import type { Control, EngineOptions, ReadFile, SourceFile } from './api.ts';
import { followImports, largestFollowed, type Parse } from './project.ts';
import type { Run, Runs, Slot } from './runs.ts';
import { asksOf, judgeUnit, makeUnit, runtimeFor, start, talliesOf, type RunningUnit, type Runtimes, type Unit } from './units.ts';

export interface EngineContext {
  parse: Parse;
  runtimes: Runtimes;
  /** Of earlier checks of the file in question. */
  runs?: Runs;
}

export interface Judged {
  running: RunningUnit;
  judgement: Judgement;
  /** By candidate, the answers under which it is reached, as far as that was tried. */
  worlds: readonly (World | null)[];
  elapsedMs: number;
}

export interface CandidateResult {
  candidate: Candidate;
  harness: Harness;
  judged: Judged;
  /** Its own wrong, or null. */
  wrong: Wrong | null;
  reached: boolean;
  /** Others ran between check and act, as they do where calls that began in turns of their own wait for something outside. */
  overlapped: boolean;
}

export interface Plan {
  program: Program;
  target: Module;
  candidates: Candidate[];
}

export function planFile(context: EngineContext, module: Module, options: EngineOptions, readFile: ReadFile | undefined): Plan {
  const program = followImports(module, context.parse, readFile);
  const usersOf = readFile?.usersOf;
  if (readFile !== undefined && usersOf !== undefined && module.language === 'python')
    program.users = once(() => usersOf(module.path).flatMap((path) => moduleAt(path, context.parse, readFile) ?? []));
  const candidates = detect(program, modelsOf(options.models)).candidates.filter(
    (c) => c.module === module && !options.disabledRules.includes(c.rule) && options.severities[c.rule] !== 'off',
  );
  return { program, target: module, candidates };
}

let usersModels: { content: string; models: ModelSet } | null = null;

/** The same for the same content, since what is known of a module goes by them. */
function modelsOf(given: unknown): ModelSet {
  const content = JSON.stringify(given) ?? '';
  if (usersModels?.content !== content) usersModels = { content, models: modelsWith(readUserModels(given).models) };
  return usersModels.models;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function moduleAt(path: string, parse: Parse, readFile: ReadFile): Module | null {
  const text = readFile(path);
  return text === null || text.length >= largestFollowed ? null : parse({ path, text, language: 'python' }).module;
}

/** Drivers tried for a candidate; further ones while none has reached its check and act. */
const mostAlternatives = 3;
const mostAttempts = 6;

/** Where everything was explored in so few executions, the state was hardly such that much could happen. */
const fewExecutions = 40;

function isSoonDone({ judged: { judgement } }: CandidateResult): boolean {
  return judgement.executions <= fewExecutions && judgement.bound?.kind !== 'time';
}

/** Worth more drivers than most: its rule says much, and it does not take those that end what is there. */
function isTelling(c: Candidate): boolean {
  return c.specificity >= 40 && c.ends === undefined;
}

/** The first look at a driver: part of the time it may take. */
const firstLook = 1 / 5;
/** From this specificity on, candidates are looked at in several ways before the others have their turn. */
const favoured = 70;

/** What says that the contexts of a candidate overlap; those with the best evidence come first. */
const evidenceRank = { code: 0, contract: 1, none: 2 } as const;

/**
 * Runs the candidates, each under its drivers in turn until one convicts it. Where nothing says that contexts overlap
 * a finding is a hint at most: those come last, with what is left of the time.
 */
export function runPlan(
  context: EngineContext,
  plan: Plan,
  candidates: readonly Candidate[],
  options: EngineOptions,
  control: Control,
): CandidateResult[] {
  const drivers = new Map(candidates.map((c) => [c, driversOf(plan.program, c, options)]));
  const rankOf = (c: Candidate): number => evidenceRank[drivers.get(c)?.[0]?.evidence.kind ?? 'none'];
  const results = [false, true].flatMap((isHint) => {
    const some = candidates.filter((c) => (rankOf(c) === evidenceRank.none) === isHint);
    some.sort((a, b) => rankOf(a) - rankOf(b) || b.specificity - a.specificity);
    return some.length === 0 ? [] : runCandidates(context, plan, some, drivers, options, control);
  });
  const order = new Map(candidates.map((c, i) => [c, i]));
  return results.sort((a, b) => (order.get(a.candidate) ?? 0) - (order.get(b.candidate) ?? 0));
}

/**
 * Each candidate gets a short look first, and the time it may take only then, so that those at the beginning of a file
 * do not use up what there is for all. Those that promise most come first, in more ways than one: in a long file time is up
 * before all had their turn.
 */
function runCandidates(
  context: EngineContext,
  plan: Plan,
  candidates: readonly Candidate[],
  drivers: ReadonlyMap<Candidate, readonly Harness[]>,
  options: EngineOptions,
  control: Control,
): CandidateResult[] {
  const results = new Map<Candidate, CandidateResult>();
  const quick: EngineOptions = { ...options, timeoutMs: options.timeoutMs * firstLook };
  const unfinished: { harness: Harness; members: readonly Candidate[] }[] = [];
  const tried = new Map<Candidate, number>();
  // Also further drivers of a favoured one that was not reached: a way to it that was not found is no reason to turn to less.
  const rounds = [favoured, -Infinity].flatMap((least) => [...Array(mostAttempts).keys()].map((round) => ({ round, least })));
  for (const { round, least } of rounds) {
    const groups = new Map<string, { harness: Harness; members: Candidate[] }>();
    for (const c of candidates) {
      const known = results.get(c);
      if (known?.wrong || control.cancelled() || c.specificity < least || (tried.get(c) ?? -1) >= round) continue;
      tried.set(c, round);
      const harness = drivers.get(c)?.[round];
      const isSameTurn = harness?.kind === 'synthesised' && harness.sameTurn === true;
      if (round >= mostAlternatives && known?.reached === true && !isSameTurn && !(isSoonDone(known) && isTelling(c))) continue;
      if (!harness || (known?.reached === true && harness.kind === 'synthesised' && harness.lastResort === true)) continue;
      if (known?.overlapped === true && isSameTurn) continue;
      const key = harness.kind === 'driver' ? 'driver' : harness.text;
      const group = groups.get(key);
      if (group) group.members.push(c);
      else groups.set(key, { harness, members: [c] });
    }
    for (const { harness, members } of groups.values()) {
      if (control.cancelled()) break;
      if (tryUnder(harness, members, quick)) unfinished.push({ harness, members });
    }
  }
  // The more that is known of them the sooner: their evidence, then how much the rule says.
  const promise = ({ harness, members }: (typeof unfinished)[number]): number =>
    Math.max(...members.map((c) => c.specificity)) - 1000 * evidenceRank[harness.evidence.kind];
  unfinished.sort((a, b) => promise(b) - promise(a));
  for (const { harness, members } of unfinished) {
    if (control.cancelled()) break;
    const left = members.filter((c) => !results.get(c)?.wrong);
    if (left.length > 0) tryUnder(harness, left, options);
  }
  return [...results.values()];

  /** Whether it ran out of time. */
  function tryUnder(harness: Harness, members: readonly Candidate[], given: EngineOptions): boolean {
    const judged = runUnit(context, plan.program, harness, members, given, control);
    if (!judged) return false;
    let isOpen = take(judged, harness, members);
    // What takes other answers to be reached is run with those.
    members.forEach((candidate, index) => {
      const world = judged.worlds[index];
      if (!world || !judged.judgement.unreached.includes(index) || control.cancelled()) return;
      const again = runUnit(context, plan.program, harness, [candidate], given, control, world);
      if (again && take(again, harness, [candidate])) isOpen = true;
    });
    return isOpen && judged.judgement.bound?.kind === 'time';
  }

  /** Takes the results of a run. Whether a candidate is left that it did not convict. */
  function take(judged: Judged, harness: Harness, members: readonly Candidate[]): boolean {
    let isOpen = false;
    members.forEach((candidate, index) => {
      const wrong = judged.judgement.wrongs.find((w) => w.candidate === index) ?? stuckWrong(judged, candidate, index);
      const reached = !judged.judgement.unreached.includes(index);
      const known = results.get(candidate);
      // The longer look at one driver says more than the short one did.
      if (!known || wrong || (reached && !known.reached) || known.harness === harness)
        results.set(candidate, {
          candidate,
          harness,
          judged,
          wrong,
          reached,
          overlapped: judged.judgement.overlapped.has(index) || known?.overlapped === true,
        });
      if (!wrong) isOpen = true;
    });
    return isOpen;
  }
}

/**
 * What no candidate's stale act explains but a candidate's own code did: an exception raised by its
 * check or act; a deadlock belongs to the lock-order candidates it went through, a lost wake-up to
 * the waits.
 */
function stuckWrong(judged: Judged, candidate: Candidate, index: number): Wrong | null {
  if (judged.judgement.unreached.includes(index) && candidate.rule !== 'mutate-while-iterating') return null;
  const inside = (w: Wrong, span: { start: number; end: number }): boolean =>
    w.at !== null && w.at.path === candidate.module.path && w.at.start >= span.start && w.at.end <= span.end;
  // In a driver of our own making such an exception may only mean that an argument was guessed wrong.
  const guessed = (w: Wrong): boolean =>
    judged.running.unit.harness.kind === 'synthesised' &&
    !(candidate.sets === true && usesNothing.test(w.outcome)) &&
    /^raised (AttributeError|TypeError|NameError|ReferenceError)/m.test(w.outcome);
  // What is to be taken out has gone: whoever was told that it was there waits for another.
  const waits = judged.judgement.wrongs.find((w) => w.candidate < 0 && w.kind === 'lost-wakeup' && inside(w, candidate.act));
  if (waits && /^check-then-/.test(candidate.rule)) return { ...waits, candidate: index };
  const failedIn = (...spans: { start: number; end: number }[]): Wrong | undefined =>
    judged.judgement.wrongs.find((w) => w.candidate < 0 && isInterference(w.kind) && !guessed(w) && spans.some((span) => inside(w, span)));
  // What is done on the way from the check to the act relies on the check, too.
  const between = { start: candidate.check.end, end: candidate.act.start };
  const failed = failedIn(candidate.check, candidate.act) ?? (candidate.rule.startsWith('check-then-') ? failedIn(between) : undefined);
  if (failed) return { ...failed, candidate: index };
  const kind = candidate.rule === 'lock-order' ? 'deadlock' : candidate.rule === 'wait-without-loop' ? 'lost-wakeup' : null;
  if (kind === null) return null;
  return (
    judged.judgement.wrongs.find((w) => w.candidate < 0 && (w.kind === kind || (w.kind === 'deadlock' && kind === 'lost-wakeup'))) ?? null
  );
}

/** What was there has been taken away: no argument that was guessed wrong. */
const usesNothing = /^raised (TypeError: Cannot (read|set) properties of (null|undefined)|AttributeError: 'NoneType' object)/m;

function driversOf(program: Program, candidate: Candidate, options: EngineOptions): Harness[] {
  const found = harnesses(program, candidate);
  if (options.harness === null) return found;
  const evidence = found[0]?.evidence ?? { kind: 'none', text: 'your own driver', spans: [] };
  return [{ kind: 'synthesised', text: options.harness, evidence, contexts: [] }];
}

/** Parts of the time of a unit in which answers that lead to the code are looked for: while none is reached, and all in all. */
const searchingShare = 0.6;
const reachingShare = 0.25;

/** Programs without the files that stand in the way of simulating the rest. */
const withoutObstacles = new WeakMap<Program, Program>();
const mostObstacles = 8;

/**
 * Runs and judges one unit. A file it imports that cannot be simulated, or fails while it is loaded, is taken for unknown
 * code, as a library is: the trace names what of it was used.
 */
export function runUnit(
  context: EngineContext,
  program: Program,
  harness: Harness,
  candidates: readonly Candidate[],
  options: EngineOptions,
  control: Control,
  world: World | null = null,
): Judged | null {
  const runOnce = (known: Program): Judged | null => {
    const unit: Unit | null = makeUnit(known, harness, [...candidates], context.parse);
    if (!unit) return null;
    const begun = control.now();
    const running = start(unit, runtimeFor(unit, options), options, context.runtimes);
    const { machine } = running.system;
    const isLate = (any: boolean): boolean =>
      control.cancelled() || control.now() - begun > options.timeoutMs * (any ? reachingShare : searchingShare);
    const isSought = world === null && candidates.length > 0;
    const reached = isSought ? reach(running.system, compiledCodes(machine), candidates.length, isLate) : null;
    machine.preferred = world ?? reached?.best ?? new Map();
    // Where nobody comes to any check and act there is little to judge.
    const isLost = reached?.worlds.every((w) => w === null) === true && harness.kind === 'synthesised';
    const left = isLost
      ? Math.max(options.timeoutMs / 20, options.timeoutMs * searchingShare - (control.now() - begun))
      : options.timeoutMs;
    const judgement = judgeUnit(running, { ...options, timeoutMs: left }, control);
    return { running, judgement, worlds: reached?.worlds ?? [], elapsedMs: control.now() - begun };
  };
  const whole = context.runs ? makeUnit(program, harness, [...candidates], context.parse) : null;
  const slot =
    whole && context.runs?.slotOf({ program, target: whole.target, harness, candidates, options, world, unread: talliesOf(whole) });
  const again = whole && slot?.run ? runAgain(context, program, whole, options, slot.run) : null;
  if (again) return again;
  for (let obstacles = 0; ; obstacles++) {
    const known = withoutObstacles.get(program) ?? program;
    const judged = runOnce(known);
    const obstacle = judged === null || obstacles >= mostObstacles || control.cancelled() ? null : obstacleOf(judged);
    if (obstacle !== null) {
      withoutObstacles.set(program, { ...known, modules: known.modules.filter((m) => m.path !== obstacle) });
      continue;
    }
    if (judged && slot && !control.cancelled()) keep(slot, judged, program, known);
    return judged;
  }
}

function keep(slot: Slot, { running, judgement, worlds, elapsedMs }: Judged, program: Program, known: Program): void {
  const { machine } = running.system;
  const { preferred, processNumbers } = machine;
  const without = program.modules.flatMap((m) => (known.modules.includes(m) ? [] : [m.path]));
  slot.keep(running.unit, machine, { judgement, worlds, elapsedMs, preferred, processNumbers, without });
}

/** What an earlier run found, on a machine that is only made when something is to be shown. */
function runAgain(context: EngineContext, program: Program, whole: Unit, options: EngineOptions, run: Run): Judged | null {
  const known = { ...program, modules: program.modules.filter((m) => !run.without.includes(m.path)) };
  const unit = run.without.length === 0 ? whole : makeUnit(known, whole.harness, whole.candidates, context.parse);
  if (!unit) return null;
  const runtime = runtimeFor(unit, options);
  let started: RunningUnit | null = null;
  const running: RunningUnit = {
    unit,
    runtime,
    get system() {
      if (!started) {
        started = start(unit, runtime, options, context.runtimes);
        const { machine } = started.system;
        machine.preferred = run.preferred;
        machine.processNumbers = new Map(run.processNumbers);
      }
      return started.system;
    },
  };
  const { judgement } = run;
  if (!judgement.wrongs.flatMap((w) => [w, ...(w.unfailing ? [w.unfailing] : [])]).every((w) => isStillWrong(running, w))) return null;
  return { running, judgement, worlds: run.worlds, elapsedMs: run.elapsedMs };
}

/** Whether the execution goes as it went, up to the same stale act. */
function isStillWrong({ system, unit }: RunningUnit, wrong: Wrong): boolean {
  system.reset();
  const goes = wrong.choices.every(({ process, alternative }) => {
    if (!system.isEnabled(process) || alternative >= system.alternatives(process)) return false;
    system.step(process, alternative);
    return true;
  });
  const isWrong = goes && (wrong.stale === null || wrongActs(system, asksOf(unit)).some((s) => s.candidate === wrong.candidate));
  system.reset();
  return isWrong;
}

/** Path of an imported file because of which nothing of the unit could be judged. */
function obstacleOf({ running, judgement }: Judged): string | null {
  const { unit, system } = running;
  const imported = (path: string | undefined): string | null =>
    path !== undefined && path !== unit.target.path && unit.program.modules.some((m, i) => i > 0 && m.path === path) ? path : null;
  if (judgement.wrongs.length > 0) return null;
  if (judgement.unsupported !== null) return imported(judgement.unsupported.path);
  if (unit.harness.kind === 'driver' || judgement.unreached.length < unit.candidates.length) return null;
  const m = system.machine;
  system.reset();
  // Files are loaded before anything else begins.
  while (system.isEnabled(0) && m.failures.length === 0 && system.path.length < mostLoading) system.step(0, 0);
  const path = imported(m.failures[0]?.module.path);
  system.reset();
  return path;
}

const mostLoading = 200;

export function moduleOf(context: EngineContext, file: SourceFile): ReturnType<Parse> {
  return context.parse(file);
}

/**
 * Executions driven by hand: the user says which lane moves next, or by which strategy the execution
 * runs on; the machine moves it. The same oracles that judge a search tell when the race was hit.
 */
import type { Process } from '../core/machine/process.ts';
import type { MachineSystem } from '../core/machine/system.ts';
import { choicesOf } from '../core/oracle/judge.ts';
import type { Trace } from '../core/trace/trace.ts';
import { contextSwitches } from '../core/explore/bounded.ts';
import type { Choice } from '../core/explore/event-log.ts';
import { record } from '../core/witness/record.ts';
import { encodeSchedule, followSchedule } from '../core/witness/schedule.ts';
import type { DriveFrom } from '../protocol/lsp.ts';
import type { DriveOutcome, DriveState, LaneChoice, QuietMove, RanOn, RunOn } from '../protocol/panel.ts';
import type { Control, DriveSession, Engine, SourceFile } from './api.ts';
import { buildTrace } from './build-trace.ts';
import { createDriveJudge, type Settled } from './drive-judge.ts';
import type { EngineContext } from './plan.ts';
import { advance, randomly, roundRobin, searchOn, serially, type Search, type Strategy } from './run-on.ts';
import { choose, chooseProgram, type Chosen } from './simulate.ts';

const mostSteps = 4000;
/** Executions that one search for a violation may try. */
const mostExecutions = 100_000;
/** And the time it may take at the most, in milliseconds: a person waits. */
const longestSearch = 10_000;

export function createDrive(context: EngineContext): Engine['drive'] {
  return (request, from, options, control, readFile) => {
    // Whether a program fails is a matter of the program as it is; a finding may have a driver of its own.
    const select = from.goal === 'failure' ? chooseProgram : choose;
    const chosen = select(context, request, { ...options, all: false }, control, readFile);
    if ('trace' in chosen) return frozen(chosen.trace);
    return session(request.file, chosen, from, options.timeoutMs);
  };
}

function frozen(trace: Trace): DriveSession {
  const state = (): DriveState => ({ trace, choices: [], moves: 0, quiet: null, ending: 'safe', ran: null, reached: null });
  return { state, move: state, undo: state, rewind: state, run: state };
}

/** The moves that a session begins with. */
function beginning(chosen: Chosen, from: DriveFrom): Choice[] {
  const { running, judgement } = chosen.judged;
  if (from.moves !== null) {
    const { choices, scheduled } = followSchedule(running.system, from.moves, mostSteps);
    return choices.slice(0, scheduled);
  }
  if (from.goal === 'failure' && from.step === 0) return untilChoice(running.system);
  const witness = chosen.wrong?.choices ?? judgement.anyChoices ?? [];
  return from.step > 0 ? upTo(chosen, witness, from.step) : [];
}

/** The moves before the first that is somebody's to choose. */
function untilChoice(system: MachineSystem): Choice[] {
  system.reset();
  advance(system, serially, mostSteps, () => system.enabled().length > 1);
  return choicesOf(system.path);
}

/** The machine's steps that belong to what comes before a step of the trace. */
function upTo(chosen: Chosen, choices: readonly Choice[], step: number): Choice[] {
  const { system, unit } = chosen.judged.running;
  const { events } = record(system, choices, unit.target);
  return choices.slice(0, step < events.length ? (events[step] ?? 0) : choices.length);
}

function session(file: SourceFile, chosen: Chosen, from: DriveFrom, timeoutMs: number): DriveSession {
  const { running, judgement } = chosen.judged;
  const { system } = running;
  const judge = createDriveJudge(chosen, from.goal, mostSteps);
  let choices = beginning(chosen, from);
  /** The moves before each request, for undo. */
  const past: Choice[][] = [];
  let ran: RanOn | null = null;
  /** The lane of the last request, if that was a move. */
  let mover: number | null = null;
  /** The steps of the last state. */
  let told = '';
  /** The execution that fails with the fewest switches, once it was searched for. */
  let shortest: Search | null = null;

  const replay = (): void => {
    system.reset();
    for (const c of choices) if (system.isEnabled(c.process)) system.step(c.process, c.alternative);
  };
  const become = (next: Choice[]): void => {
    if (!isSame(next, choices)) past.push(choices);
    choices = next;
  };
  const search = (bound: number, control: Control): Search => {
    const end = control.now() + Math.min(timeoutMs, longestSearch);
    const stop = (): boolean => control.cancelled() || control.now() > end;
    return searchOn(system, () => judge.wrongHere() !== null, { bound, executions: mostExecutions, maxSteps: mostSteps, stop });
  };

  /** The shortest execution that fails, searched for among those with fewer switches than a known one. */
  const shortestBelow = (known: Choice[] | null, control: Control): Search => {
    const switches = known === null ? Infinity : switchesOf(known);
    if (shortest === null || (shortest.found === null && !shortest.exhausted)) {
      system.reset();
      shortest = search(switches - 1, control);
    }
    if (known !== null && switches < shortest.switches) shortest = { ...shortest, found: known, switches };
    return shortest;
  };
  const switchesOf = (whole: readonly Choice[]): number => {
    system.reset();
    for (const c of whole) system.step(c.process, c.alternative);
    return contextSwitches(system.path);
  };

  const compare = (settled: Settled, control: Control): DriveOutcome => {
    const best = shortestBelow(settled.choices, control);
    return { switches: settled.switches, fewest: best.switches, proved: best.exhausted };
  };

  const state = (control: Control): DriveState => {
    replay();
    const settled = judge.settled();
    const { wrong, ended } = settled;
    const choicesNow = lanesOf(system);
    const bound = { kind: 'driven', detail: 'you chose this interleaving' };
    const trace = buildTrace({
      file,
      running,
      judgement: { ...judgement, anyChoices: choices, complete: false, bound },
      wrong,
      elapsedMs: 0,
      all: false,
    });
    // Also of an execution that does not fail: it can be copied, and gone on with.
    trace.schedule = encodeSchedule(system, choices);
    const ending = wrong ? 'violation' : ended ? 'safe' : 'running';
    const before = told;
    told = JSON.stringify(trace.steps);
    const quiet = before === told ? quietMove(choicesNow, mover) : null;
    return { trace, choices: choicesNow, moves: choices.length, quiet, ending, ran, reached: wrong ? compare(settled, control) : null };
  };

  /** Runs on until the execution fails or nobody may move. */
  const runOn = (strategy: Strategy): Choice[] => {
    advance(system, strategy, mostSteps, () => judge.settled().wrong !== null);
    return choicesOf(system.path);
  };
  /** Moves of a whole execution, up to where it has failed. */
  const untilWrong = (whole: readonly Choice[]): Choice[] => {
    const begun = system.path.length;
    const rest = whole.slice(begun);
    return runOn(() => rest.shift() ?? { process: -1, alternative: 0 });
  };
  const perform = (how: RunOn, control: Control): { next: Choice[]; search: Search | null } => {
    switch (how.strategy) {
      case 'serial':
        return { next: runOn(serially), search: null };
      case 'round-robin':
        return { next: runOn(roundRobin), search: null };
      case 'random':
        return { next: runOn(randomly(how.seed)), search: null };
      case 'violation': {
        const result = search(Infinity, control);
        return { next: result.found === null ? choices : untilWrong(result.found), search: result };
      }
      case 'shortest': {
        const result = shortestBelow(chosen.wrong !== null && from.goal === 'race' ? chosen.wrong.choices : null, control);
        system.reset();
        return { next: result.found === null ? choices : untilWrong(result.found), search: result };
      }
    }
  };

  return {
    state,
    move(lane, alternative, control) {
      replay();
      ran = null;
      mover = lane;
      const process = system.enabled().find((p) => system.machine.processes[p]?.lane.id === lane);
      if (process !== undefined && choices.length < mostSteps) {
        const most = system.alternatives(process) - 1;
        become([...choices, { process, alternative: Math.min(alternative, most) }]);
      }
      return state(control);
    },
    undo(control) {
      ran = null;
      mover = null;
      choices = past.pop() ?? choices.slice(0, -1);
      return state(control);
    },
    rewind(step, control) {
      ran = null;
      mover = null;
      become(upTo(chosen, choices, step));
      return state(control);
    },
    run(how, control) {
      replay();
      mover = null;
      const { next, search: searched } = perform(how, control);
      const failed = searched !== null && searched.found === null;
      ran = {
        how,
        moves: how.strategy === 'shortest' ? next.length : next.length - choices.length,
        search: failed ? { executions: searched.executions, exhausted: searched.exhausted } : null,
      };
      become(next);
      return state(control);
    },
  };
}

function isSame(a: readonly Choice[], b: readonly Choice[]): boolean {
  return a.length === b.length && a.every((c, i) => c.process === b[i]?.process && c.alternative === b[i]?.alternative);
}

/** What came of a move that changed no step. */
function quietMove(choices: readonly LaneChoice[], mover: number | null): QuietMove | null {
  const lane = choices.find((choice) => choice.lane === mover);
  return lane === undefined ? null : { lane: lane.lane, inside: lane.next, reason: lane.reason };
}

/** What each lane could do next, or why it cannot. */
function lanesOf(system: MachineSystem): LaneChoice[] {
  const byLane = new Map<number, LaneChoice>();
  for (const p of system.machine.processes) {
    if (!p) continue;
    const enabled = system.isEnabled(p.id);
    const old = byLane.get(p.lane.id);
    if (old?.enabled === true) continue;
    byLane.set(p.lane.id, {
      lane: p.lane.id,
      name: p.lane.name,
      enabled,
      reason: enabled
        ? ''
        : p.parked
          ? 'its loop has reached the bound'
          : p.done
            ? 'has ended'
            : (p.pending?.reason() ?? 'waits for its turn'),
      next: enabled ? nextOf(p) : '',
      alternatives: enabled && p.choice ? [...p.choice.alternatives] : [],
    });
  }
  return [...byLane.values()];
}

/** Source text of what a process would do next. */
function nextOf(p: Process): string {
  const top = p.fiber?.top ?? null;
  for (let f = top; f; f = f.caller) {
    if (f.code.internal) continue;
    // A caller is past its call, which it is still in.
    const i = f.code.instructions[f === top ? f.pc : f.pc - 1];
    if (i) return f.code.module.text.slice(i.statement.start, i.statement.end).trim().slice(0, 120);
  }
  return p.lane.name;
}

/**
 * Judges an execution that is being driven: whether it has gone wrong at the point it has come to,
 * and still will have when it is over. The second matters because a stale act may turn out harmless.
 */
import { answersTo } from '../core/oracle/baseline.ts';
import { choicesOf, isInterference, raisedIn, stuckKind, type Wrong, wrongActs } from '../core/oracle/judge.ts';
import { failuresOf, outcomeOf } from '../core/oracle/outcome.ts';
import { contextSwitches } from '../core/explore/bounded.ts';
import type { Choice } from '../core/explore/event-log.ts';
import type { DriveGoal } from './api.ts';
import { advance, serially } from './run-on.ts';
import type { Chosen } from './simulate.ts';
import { asksOf } from './units.ts';

export interface DriveJudge {
  /** What is wrong at the point the system is at, before it is known how it ends. */
  wrongHere(): Wrong | null;
  /** The same if the execution still is wrong when it runs on to its end without preemption; the system stays where it is. */
  settled(): Settled;
}

export interface Settled {
  wrong: Wrong | null;
  ended: boolean;
  /** The whole execution, run on to its end. */
  choices: Choice[];
  switches: number;
}

/** `goal`: what counts as wrong. */
export function createDriveJudge(chosen: Chosen, goal: DriveGoal, mostSteps: number): DriveJudge {
  const { running, judgement } = chosen.judged;
  const { system, unit } = running;
  const m = system.machine;
  const told = chosen.wrong;
  const isUser = new Set(unit.program.modules.map((module) => module.path));
  const asks = asksOf(unit);

  const wrongOf = (kind: Wrong['kind'], stale: Wrong['stale'], outcome: string): Wrong => ({
    kind,
    candidate: stale?.candidate ?? -1,
    stale,
    choices: choicesOf(system.path),
    switches: contextSwitches(system.path),
    fewest: false,
    outcome,
    answers: answersTo(m.questions),
    at: null,
  });

  /** The stale act that the session is about; any when it is about none. */
  const ownStale = (): Wrong['stale'] => {
    const own = unit.candidates;
    const acts = wrongActs(system, asks).filter(({ candidate }) => own[candidate] !== undefined && own[candidate].rule !== 'lock-order');
    const wanted = told?.candidate ?? -1;
    return (wanted >= 0 ? acts.find((act) => act.candidate === wanted) : acts[0]) ?? null;
  };

  /** An uncaught exception or a wait without end; null when there is none, or serial orders have it too. */
  const failure = (stale: Wrong['stale']): Wrong | null => {
    const failures = failuresOf(m);
    const stuck = stuckKind(system);
    const outcome = [...failures, ...(stuck === null ? [] : [stuck])].join('\n');
    if (outcome === '') return null;
    const kind = failures.length === 0 ? stuck : m.failures.some((f) => f.kind === 'assertion') ? 'assertion' : 'exception';
    const isFamiliar = judgement.serialOutcomes.some((serial) =>
      failures.length > 0 ? failures.every((f) => serial.includes(f)) : /^stuck /m.test(serial),
    );
    if (goal === 'failure' || !isFamiliar) return wrongOf(kind ?? 'exception', stale, outcome);
    // A failure that serial orders have too is told as what it is.
    const isTold = told !== null && !isInterference(told.kind) && raisedIn(told.outcome) === raisedIn(outcome);
    return isTold ? wrongOf(told.kind, null, outcome) : null;
  };

  const wrongHere = (): Wrong | null => {
    const stale = ownStale();
    if (goal === 'race' && stale !== null) {
      if (system.enabled().length > 0) return wrongOf('stale-act', stale, '');
      const outcome = outcomeOf(m, (ns) => isUser.has(ns.name));
      const isExcused = stale.anyway === undefined && judgement.baseline.excuses(outcome, answersTo(m.questions), undefined);
      if (!isExcused) return wrongOf('stale-act', stale, outcome);
    }
    return failure(stale);
  };

  const settled = (): Settled => {
    const here = wrongHere();
    const ended = system.enabled().length === 0;
    if (here === null || ended) return { wrong: here, ended, choices: choicesOf(system.path), switches: contextSwitches(system.path) };
    const depth = system.depth();
    advance(system, serially, mostSteps);
    const last = wrongHere();
    const choices = choicesOf(system.path);
    const switches = contextSwitches(system.path);
    while (system.depth() > depth) system.undo();
    return { wrong: last === null ? null : here, ended, choices, switches };
  };

  return { wrongHere, settled };
}

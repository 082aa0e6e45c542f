/**
 * Executions driven by hand: the user says which lane moves next; the machine moves it. The same
 * oracles that judge a search tell when the race was hit.
 */
import type { Engine } from './api.ts';
import type { DriveSession } from './api.ts';
import type { DriveState, LaneChoice } from '../protocol/panel.ts';
import type { Trace } from '../core/trace/trace.ts';
import type { Process } from '../core/machine/process.ts';
import { answersTo } from '../core/oracle/baseline.ts';
import { type Wrong, wrongActs } from '../core/oracle/judge.ts';
import { failuresOf, outcomeOf } from '../core/oracle/outcome.ts';
import { responsesOf } from './units.ts';
import { contextSwitches, type Choice } from '../core/witness/find.ts';
import { record } from '../core/witness/record.ts';
import { buildTrace } from './build-trace.ts';
import type { EngineContext } from './plan.ts';
import { choose, type Chosen } from './simulate.ts';

const mostSteps = 4000;

export function createDrive(context: EngineContext): Engine['drive'] {
  return (request, fromStep, options, control, readFile) => {
    const chosen = choose(context, request, { ...options, all: false }, control, readFile);
    if ('trace' in chosen) return frozen(chosen.trace);
    return session(request.file, chosen, fromStep);
  };
}

function frozen(trace: Trace): DriveSession {
  const state = (): DriveState => ({ trace, choices: [], ending: 'safe' });
  return { state, move: state, undo: state, run: state };
}

function session(file: Parameters<Engine['simulate']>[0]['file'], chosen: Chosen, fromStep: number): DriveSession {
  const { running, judgement } = chosen.judged;
  const { system } = running;
  const m = system.machine;
  const witness = chosen.wrong?.choices ?? [];
  let choices: Choice[] = [];

  const replay = (): void => {
    system.reset();
    for (const c of choices) if (system.isEnabled(c.process)) system.step(c.process, c.alternative);
  };

  // Fork at a step of the trace: the machine steps that belong to what comes before it.
  const base = witness.length > 0 ? witness : (judgement.anyChoices ?? []);
  if (fromStep > 0 && base.length > 0) {
    const recording = record(system, base, running.unit.target);
    const event = recording.events[Math.min(fromStep, recording.events.length - 1)] ?? 0;
    choices = base.slice(0, event);
  }

  const verdictNow = (): { wrong: Wrong | null; ended: boolean } => {
    const ended = system.enabled().length === 0;
    const stale = wrongActs(system, responsesOf(running.unit));
    const own = chosen.wrong && chosen.wrong.candidate >= 0 ? stale.find((s) => s.candidate === chosen.wrong?.candidate) : stale[0];
    const failures = failuresOf(m);
    if (own) {
      const outcome = ended ? outcomeOf(m, (ns) => running.unit.program.modules.some((x) => x.path === ns.name)) : '';
      if (ended && own.overtaken !== true && judgement.baseline.excuses(outcome, answersTo(m.questions), undefined))
        return { wrong: null, ended };
      return { wrong: wrongOf('stale-act', own.candidate, own, outcome), ended };
    }
    if (failures.length > 0 && !judgement.serialOutcomes.some((o) => failures.every((f) => o.includes(f))))
      return { wrong: wrongOf('exception', -1, null, ''), ended };
    return { wrong: null, ended };
  };
  const wrongOf = (kind: Wrong['kind'], candidate: number, stale: Wrong['stale'], outcome: string): Wrong => ({
    kind,
    candidate,
    stale,
    choices,
    switches: contextSwitches(system.path),
    fewest: false,
    outcome,
    answers: answersTo(m.questions),
    at: null,
  });

  const state = (): DriveState => {
    replay();
    const { wrong, ended } = verdictNow();
    const trace = buildTrace({
      file,
      running,
      judgement: { ...judgement, anyChoices: choices, complete: false, bound: { kind: 'driven', detail: 'you chose this interleaving' } },
      wrong,
      elapsedMs: 0,
      all: false,
    });
    replay();
    const ending = wrong ? 'violation' : ended ? 'safe' : 'running';
    return { trace, choices: lanes(), ending };
  };

  const lanes = (): LaneChoice[] => {
    const byLane = new Map<number, LaneChoice>();
    for (const p of m.processes) {
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
  };

  const nextOf = (p: Process): string => {
    for (let f = p.fiber?.top ?? null; f; f = f.caller) {
      if (f.code.internal) continue;
      const i = f.code.instructions[f.pc];
      if (i) return f.code.module.text.slice(i.statement.start, i.statement.end).trim().slice(0, 120);
    }
    return p.lane.name;
  };

  const processOf = (lane: number): number | undefined => system.enabled().find((p) => m.processes[p]?.lane.id === lane);

  return {
    state,
    move(lane, alternative) {
      replay();
      const process = processOf(lane);
      if (process !== undefined && choices.length < mostSteps) {
        const most = system.alternatives(process) - 1;
        choices = [...choices, { process, alternative: Math.min(alternative, most) }];
      }
      return state();
    },
    undo() {
      choices = choices.slice(0, -1);
      return state();
    },
    run(strategy, seed) {
      replay();
      if (strategy === 'witness') choices = [...witness];
      else {
        let random = seed >>> 0 || 1;
        let lane = system.path.at(-1)?.lane ?? 0;
        while (choices.length < mostSteps) {
          const enabled = system.enabled();
          if (enabled.length === 0) break;
          // xorshift32 (Marsaglia, 2003): the seed is the caller's.
          random ^= random << 13;
          random ^= random >>> 17;
          random ^= random << 5;
          const next =
            strategy === 'random'
              ? enabled[(random >>> 0) % enabled.length]
              : (enabled.find((p) => m.processes[p]?.lane.id === lane) ?? enabled[0]);
          if (next === undefined) break;
          const choice = { process: next, alternative: 0 };
          system.step(choice.process, choice.alternative);
          lane = system.path.at(-1)?.lane ?? lane;
          choices = [...choices, choice];
        }
      }
      return state();
    },
  };
}

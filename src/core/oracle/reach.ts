/**
 * Answers to questions about the unknown under which code is reached. Real functions ask many before
 * they come to the point (`if (!options.url) throw …`), and among all combinations those that come that
 * far are few. So one context runs alone, and where it ends before the point is reached, the last answer
 * is given otherwise: what sends it away is asked just before. The answers found say which alternative
 * comes first; all others are explored as well.
 */
import type { MachineSystem } from '../machine/system.ts';

/** By question, the index of the answer that comes first. */
export type World = ReadonlyMap<string, number>;

export interface Reach {
  /** For each candidate the world in which its check and act both ran; null when none was found. */
  worlds: (World | null)[];
  /** The world in which most of them ran; empty when that is the one without preferences. */
  best: World;
}

const mostRuns = 120;
const mostSteps = 1500;
const empty: World = new Map();

interface Decision {
  alternative: number;
  count: number;
  /** Asked by the driver or by the first context: only their answers are tried otherwise. */
  isOwn: boolean;
}

/** Runs the contexts one after the other, again and again, until `stop` says so. Leaves the system at its initial state. */
export function reach(system: MachineSystem, candidates: number, stop: () => boolean): Reach {
  const m = system.machine;
  const worlds: (World | null)[] = Array.from({ length: candidates }, () => null);
  let best = empty;
  let most = -1;
  let forced: number[] = [];
  for (let runs = 0; runs < mostRuns && !stop() && worlds.some((w) => w === null); runs++) {
    system.reset();
    const decisions = runSerially(system, forced, stop);
    const reached = reachedIn(system);
    const world = worldOf(m.questions);
    for (const c of reached) if (c < candidates) worlds[c] ??= runs === 0 ? empty : world;
    const score = reached.filter((c) => c < candidates).length;
    if (score > most) {
      most = score;
      best = runs === 0 ? empty : world;
    }
    if (m.unsupported && runs === 0 && decisions.length === 0) break;
    const last = decisions.findLastIndex((d) => d.isOwn && d.alternative + 1 < d.count);
    const turn = decisions[last];
    if (turn === undefined) break;
    forced = [...decisions.slice(0, last).map((d) => d.alternative), turn.alternative + 1];
  }
  system.reset();
  return { worlds, best };
}

function runSerially(system: MachineSystem, forced: readonly number[], stop: () => boolean): Decision[] {
  const { processes } = system.machine;
  const decisions: Decision[] = [];
  let lane = 0;
  let firstLane = 0;
  while (system.path.length < mostSteps && !(system.path.length % 64 === 63 && stop())) {
    const enabled = system.enabled();
    const process = enabled.find((p) => processes[p]?.lane.id === lane) ?? enabled[0];
    if (process === undefined) break;
    const count = system.alternatives(process);
    const alternative = count > 1 ? Math.min(forced[decisions.length] ?? 0, count - 1) : 0;
    ({ lane } = system.step(process, alternative));
    if (firstLane === 0) firstLane = lane;
    if (count > 1) decisions.push({ alternative, count, isOwn: lane === 0 || lane === firstLane });
  }
  return decisions;
}

/** Candidates whose check and act both ran. */
function reachedIn({ path }: MachineSystem): number[] {
  const roles = new Map<number, number>();
  for (const { marks } of path)
    for (const { watch } of marks)
      roles.set(watch.candidate, (roles.get(watch.candidate) ?? 0) | (watch.role === 'act' ? 2 : watch.role === 'check' ? 1 : 0));
  return [...roles].filter(([, ran]) => ran === 3).map(([candidate]) => candidate);
}

function worldOf(questions: readonly { what: string; answer: string }[]): World {
  const world = new Map<string, number>();
  for (const { what, answer } of questions) if (/^\d+$/.test(answer) && !world.has(what)) world.set(what, Number(answer));
  return world;
}

/**
 * Answers to questions about the unknown under which code is reached. Real functions ask many before
 * they come to the point (`if (!options.url) throw …`), and among all combinations those that come that
 * far are few. So one context runs alone, and where it leaves the way to the point (`way.ts`) the answer
 * given last before that is given otherwise. The answers found say which alternative comes first; all
 * others are explored as well.
 */
import type { Code } from '../machine/code.ts';
import type { Frame } from '../machine/frame.ts';
import type { Fiber } from '../machine/process.ts';
import type { Machine, Tracer } from '../machine/machine.ts';
import type { MachineSystem } from '../machine/system.ts';
import { wayTo } from './way.ts';

/** By question, the index of the answer that comes first. */
export type World = ReadonlyMap<string, number>;

export interface Reach {
  /** For each candidate the world in which its check and act both ran; null when none was found. */
  worlds: (World | null)[];
  /** The world in which most of them ran; empty when that is the one without preferences. */
  best: World;
}

/** Without a goal, and towards one candidate. */
const mostRuns = 40;
const mostDirected = 80;
const mostSteps = 1500;
const empty: World = new Map();

interface Decision {
  alternative: number;
  count: number;
  lane: number;
  /** Steps before it, the lane of the last of them, and how far the guide was. */
  at: number;
  before: number;
  progress: Progress | null;
}

/** How far a run has come towards a candidate. */
interface Progress {
  checked: boolean;
  acted: boolean;
  lane: number | null;
}

/**
 * Runs the contexts one after the other, again and again, until `isLate`, which is told whether any candidate was reached
 * so far, says so. Leaves the system at its initial state.
 */
export function reach(system: MachineSystem, codes: readonly Code[], candidates: number, isLate: (any: boolean) => boolean): Reach {
  const m = system.machine;
  const stop = (): boolean => isLate(most > 0);
  const worlds: (World | null)[] = Array.from({ length: candidates }, () => null);
  let best = empty;
  let most = -1;
  const search = (guide: Guide | null, mostRuns: number, isDone: () => boolean): void => {
    system.reset();
    guide?.resume({ checked: false, acted: false, lane: null });
    const decisions: Decision[] = [];
    let next: { alternative: number; lane: number } = { alternative: 0, lane: 0 };
    for (let runs = 0; runs < mostRuns && !stop() && !isDone(); runs++) {
      m.tracer = guide?.tracer ?? null;
      runSerially(system, decisions, next, guide, stop);
      m.tracer = null;
      const reached = reachedIn(system).filter((c) => c < candidates);
      const world = runs === 0 ? empty : worldOf(m.questions);
      for (const c of reached) worlds[c] ??= world;
      if (reached.length > most && guide?.isLost !== true) {
        most = reached.length;
        best = world;
      }
      if (m.unsupported && decisions.length === 0) break;
      // Answers of the driver and of the context at hand; the first has the questions of the second, too.
      const own = guide?.lane ?? decisions.find((d) => d.lane !== 0)?.lane ?? 0;
      const last = decisions.findLastIndex((d) => (d.lane === 0 || d.lane === own) && d.alternative + 1 < d.count);
      const turn = decisions[last];
      if (turn === undefined) break;
      decisions.splice(last);
      while (system.path.length > turn.at) system.undo();
      if (turn.progress !== null) guide?.resume(turn.progress);
      next = { alternative: turn.alternative + 1, lane: turn.before };
    }
  };
  search(null, mostRuns, () => worlds.every((w) => w !== null));
  for (let c = 0; c < candidates && !stop(); c++) {
    const isFound = (): boolean => worlds[c] !== null;
    if (isFound()) continue;
    const guide = guideTo(m, codes, c);
    search(guide, mostDirected, isFound);
    if (isFound() || stop()) continue;
    // Parts of what is handed in that are taken to be there may be what sends it away.
    m.doubts = true;
    search(guide, mostDirected, isFound);
    m.doubts = false;
  }
  system.reset();
  return { worlds, best };
}

interface Guide {
  tracer: Tracer;
  /** Goes on from there. */
  resume: (at: Progress) => void;
  progress: () => Progress;
  /** The context has left the way to the candidate's check and act. */
  isLost: boolean;
  /** Who is on it, once somebody is. */
  lane: number | null;
}

/** Watches whether a run can still come to a candidate's check, and then to its act, in the calls it is in. */
function guideTo(m: Machine, codes: readonly Code[], candidate: number): Guide {
  const has = (role: 'check' | 'acted') => (i: Code['instructions'][number]) =>
    i.watch?.some((w) => w.candidate === candidate && w.role === role) === true;
  const ways = new Map<Code, { check: Uint8Array | null; act: Uint8Array | null }>();
  const wayIn = (code: Code, isGoal: ReturnType<typeof has>): Uint8Array | null =>
    code.instructions.some(isGoal) ? wayTo(code, isGoal) : null;
  for (const code of codes) {
    const check = wayIn(code, has('check'));
    const act = wayIn(code, has('acted'));
    if (check !== null || act !== null) ways.set(code, { check, act });
  }
  let checked = false;
  let acted = false;
  const guide: Guide = {
    tracer: {
      instruction(fiber: Fiber, frame: Frame | null): void {
        const way = frame === null ? undefined : ways.get(frame.code);
        if (frame === null || way === undefined || guide.isLost || acted) return;
        guide.lane ??= fiber.lane.id;
        if (fiber.lane.id !== guide.lane) return;
        const at = frame.pc - 1;
        const watches = frame.code.instructions[at]?.watch ?? [];
        for (const { candidate: c, role } of watches) {
          if (c !== candidate) continue;
          if (role === 'check') checked = true;
          if (role === 'acted' && checked) acted = true;
        }
        if (acted) return;
        const onward = checked ? way.act : (way.check ?? way.act);
        if (onward !== null && onward[at] === 0) guide.isLost = true;
      },
      exception(): void {
        if (acted || guide.lane === null || m.fiber?.lane.id !== guide.lane) return;
        for (let frame = m.fiber.top; frame; frame = frame.caller) {
          const at = frame.pc - 1;
          if (frame.code.protectedRanges.some((r) => at >= r.start && at < r.end)) return;
          if (ways.has(frame.code)) guide.isLost = true;
        }
      },
      access(): void {},
      output(): void {},
      suspended(): void {},
      jobEnded(): void {},
      jobBegan(): void {},
    },
    resume(at: Progress): void {
      ({ checked, acted, lane: guide.lane } = at);
      guide.isLost = false;
    },
    progress: () => ({ checked, acted, lane: guide.lane }),
    isLost: false,
    lane: null,
  };
  return guide;
}

/** Goes on from where the system is: the next question is answered with `next`, further ones as comes first. */
function runSerially(
  system: MachineSystem,
  decisions: Decision[],
  next: { alternative: number; lane: number },
  guide: Guide | null,
  stop: () => boolean,
): void {
  const { processes } = system.machine;
  let { lane } = next;
  let alternative = next.alternative;
  while (system.path.length < mostSteps && guide?.isLost !== true && !(system.path.length % 64 === 63 && stop())) {
    const enabled = system.enabled();
    const process = enabled.find((p) => processes[p]?.lane.id === lane) ?? enabled[0];
    if (process === undefined) break;
    const count = system.alternatives(process);
    const before = { at: system.path.length, before: lane, progress: guide?.progress() ?? null };
    ({ lane } = system.step(process, count > 1 ? alternative : 0));
    if (count > 1) {
      decisions.push({ alternative, count, lane, ...before });
      alternative = 0;
    }
  }
}

/** Candidates whose check ran, and whose act came to its end. */
function reachedIn({ path }: MachineSystem): number[] {
  const roles = new Map<number, number>();
  for (const { marks } of path)
    for (const { watch } of marks)
      roles.set(watch.candidate, (roles.get(watch.candidate) ?? 0) | (watch.role === 'acted' ? 2 : watch.role === 'check' ? 1 : 0));
  return [...roles].filter(([, ran]) => ran === 3).map(([candidate]) => candidate);
}

function worldOf(questions: readonly { what: string; answer: string }[]): World {
  const world = new Map<string, number>();
  for (const { what, answer } of questions) if (/^\d+$/.test(answer) && !world.has(what)) world.set(what, Number(answer));
  return world;
}

/**
 * Schedules as short text, `rr1:…`: which context runs until where. A segment is
 *
 *     PATH [~ALTERNATIVES] @FUNCTION+LINE*K     run until stopped for the K-th time at that line
 *     PATH [~ALTERNATIVES] #N                   run N steps
 *
 * PATH names a process by who created it (`0.1`: the second one created by the first); LINE is
 * relative to the function's first line, so that edits elsewhere in the file do not matter;
 * ALTERNATIVES are the answers at data choices, in order. Segments are joined by `;`.
 */
import { lineIndex, lineStarts } from '../program/lines.ts';
import type { Module } from '../program/program.ts';
import type { MachineSystem } from '../machine/system.ts';
import type { Process } from '../machine/process.ts';
import type { Choice } from '../explore/event-log.ts';

const prefix = 'rr1:';
const startsCache = new WeakMap<Module, number[]>();

function startsOf(module: Module): number[] {
  let s = startsCache.get(module);
  if (!s) startsCache.set(module, (s = lineStarts(module.text)));
  return s;
}

/** Where a process is stopped, `function+line`, null when it is between turns or has ended. */
function positionOf(process: Process | undefined): string | null {
  if (!process || process.done) return null;
  for (let f = process.fiber?.top ?? null; f; f = f.caller) {
    if (f.code.internal) continue;
    const i = f.code.instructions[f.pc] ?? f.code.instructions[f.pc - 1];
    if (!i) return null;
    const starts = startsOf(f.code.module);
    const line = lineIndex(starts, i.span.start) - lineIndex(starts, f.code.fn.span.start);
    return `${f.code.qualifiedName}+${line}`;
  }
  return null;
}

/** Text of the schedule that makes these choices from the initial state. Leaves the system reset. */
export function encodeSchedule(system: MachineSystem, choices: readonly Choice[]): string {
  system.reset();
  const m = system.machine;
  const segments: string[] = [];
  let current: { process: Process; steps: number; alternatives: number[]; positions: (string | null)[] } | null = null;
  const flush = (): void => {
    if (!current) return;
    const last = current.positions.at(-1) ?? null;
    const alternatives = current.alternatives.length > 0 ? `~${current.alternatives.join('.')}` : '';
    const k = current.positions.filter((p) => p === last).length;
    const until = last !== null && current.process.kind === 'thread' ? `@${last}*${k}` : `#${current.steps}`;
    segments.push(`${current.process.path}${alternatives}${until}`);
  };
  for (const c of choices) {
    if (!system.isEnabled(c.process)) break;
    const process = m.processes[c.process] as Process;
    if (current?.process.path !== process.path) {
      flush();
      current = { process, steps: 0, alternatives: [], positions: [] };
    }
    if (system.alternatives(c.process) > 1) current.alternatives.push(c.alternative);
    system.step(c.process, c.alternative);
    current.steps++;
    current.positions.push(positionOf(m.processes[c.process]));
  }
  flush();
  system.reset();
  return prefix + segments.join(';');
}

export interface ScheduleRun {
  choices: Choice[];
  /** How many of them the schedule told; the others came after it. */
  scheduled: number;
  /** Where the schedule did not fit and what was done instead. Empty: followed exactly. */
  divergences: string[];
  /** The first point from which it could not be followed: after how many choices, and why. */
  stuck: { choices: number; reason: string } | null;
}

/** Why a context cannot get where a schedule wants it; null when it has simply ended. */
function obstacle(system: MachineSystem, path: string): string | null {
  const known = system.machine.processes.filter((p) => p?.path === path);
  const process = known.find((p) => p?.done === false) ?? known.at(-1);
  if (!process) return 'what was to run next is never started';
  const { name } = process.lane;
  if (process.parked) return `the loop of ${name} has reached its bound`;
  if (process.done) return null;
  if (process.pending && !process.pending.ready()) return `${name} ${process.pending.reason()}`;
  return `${name} waits for its turn`;
}

/**
 * Follows a schedule from the initial state, then goes on without preemption. Leaves the system at the end.
 * `isOfOtherText`: the program may take other numbers of steps than the one that the schedule is of.
 */
export function followSchedule(system: MachineSystem, schedule: string, maxSteps: number, isOfOtherText = false): ScheduleRun {
  system.reset();
  const m = system.machine;
  const choices: Choice[] = [];
  const divergences: string[] = [];
  let stuck: ScheduleRun['stuck'] = null;
  const take = (process: number, alternative: number): void => {
    system.step(process, alternative);
    choices.push({ process, alternative });
  };
  if (!schedule.startsWith(prefix)) divergences.push(`not a schedule: it should begin with ${prefix}`);
  else {
    for (const [n, text] of schedule.slice(prefix.length).split(';').entries()) {
      if (text === '') continue;
      const match = /^([0-9.]+)(?:~([0-9.]+))?(?:@(.+)\*(\d+)|#(\d+))$/.exec(text.trim());
      if (!match) {
        divergences.push(`segment ${n + 1} is not understood: ${text}`);
        continue;
      }
      const [, path = '', alternatives = '', position, occurrence, count] = match;
      const answers = alternatives === '' ? [] : alternatives.split('.').map(Number);
      let seen = 0;
      let steps = 0;
      const wanted = count === undefined ? Number(occurrence) : Number(count);
      const limit = count === undefined ? maxSteps : wanted;
      let reached = false;
      while (!reached && steps < limit && choices.length < maxSteps) {
        const process = m.processes.find((p) => p?.path === path && !p.done);
        if (!process || !system.isEnabled(process.id)) break;
        const many = system.alternatives(process.id);
        const answer = many > 1 ? (answers.shift() ?? 0) : 0;
        take(process.id, Math.min(answer, many - 1));
        steps++;
        if (count !== undefined) reached = steps >= wanted;
        else if (positionOf(m.processes[process.id]) === position) reached = ++seen >= wanted;
      }
      const process = m.processes.find((p) => p?.path === path && !p.done);
      // A thread whose steps are counted had ended after them. One that waits instead does not come to its end.
      const waits = isOfOtherText && count !== undefined && process?.kind === 'thread' && process.pending?.ready() === false;
      if (reached && !waits) continue;
      const why = obstacle(system, path);
      divergences.push(
        `segment ${n + 1} (${text}): the context did not get there${why === null ? '' : ` (${why})`}; went on from where it stopped`,
      );
      // A count of steps says how far a context went that then ended: it may have fewer now. One that
      // waits for the others to end is further than it was to be.
      if ((why === null && count !== undefined) || why?.endsWith(' to end') === true) continue;
      const ended = (): string =>
        `${m.processes.findLast((p) => p?.path === path)?.lane.name ?? 'it'} ended without being where it was interrupted`;
      stuck ??= { choices: choices.length, reason: why ?? ended() };
    }
  }
  const scheduled = choices.length;
  let lane = system.path.at(-1)?.lane ?? 0;
  while (choices.length < maxSteps) {
    const enabled = system.enabled();
    const next = enabled.find((p) => m.processes[p]?.lane.id === lane) ?? enabled[0];
    if (next === undefined) break;
    take(next, 0);
    lane = system.path.at(-1)?.lane ?? lane;
  }
  return { choices, scheduled, divergences, stuck };
}

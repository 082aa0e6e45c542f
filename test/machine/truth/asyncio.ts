/**
 * Runs gated asyncio programs: in the machine by a random walk, which gives the schedule (a batch of the
 * event loop, or the opening of a gate between two of them); and in a real event loop that follows it.
 */
import { execFileSync } from 'node:child_process';
import { load } from '../python/run.ts';
import { loopOf } from '../../../src/core/machine/python/asyncio.ts';

export interface Trial {
  source: string;
  /** -1 is a batch of the loop; other numbers are gates. */
  schedule: number[];
  lines: string[];
  problem: string | null;
}

const given = `import asyncio as _asyncio
_gates = 0
def log(*words):
    print(*words)
async def gate(v):
    global _gates
    n = _gates
    _gates = n + 1
    print("gate", n)
    await opaque("gate")
    print("open", n)
    return v
async def refuse(v):
    await gate(v)
    raise ValueError(f"refused {v}")
`;

export function trial(source: string, pick: (below: number) => number): Trial {
  const system = load(given + source);
  const m = system.machine;
  const schedule: number[] = [];
  const gates: number[] = [];
  for (let n = 0; n < 4000 && !m.unsupported; n++) {
    const enabled = system.enabled();
    if (enabled.length === 0) break;
    const process = enabled[pick(enabled.length)] as number;
    const gate = gates.indexOf(process);
    if (gate >= 0) schedule.push(gate);
    else if (m.processes[process]?.kind === 'loop' && loopOf(m)?.batch === 0) schedule.push(-1);
    const event = system.step(process, 0);
    for (const p of event.spawned) if (m.processes[p]?.kind === 'turn') gates.push(p);
  }
  const stuck = m.processes.some((p) => p !== undefined && !p.done && p.pending !== null);
  const lines = m.output.map((o) => o.text.trimEnd());
  for (const f of m.failures) if (f.process === 0) lines.push(`uncaught ${m.ops.show(f.exception)}`);
  if (stuck) lines.push('stuck');
  return { source, schedule, lines, problem: m.unsupported?.what ?? null };
}

const controller = new URL('./asyncio_controller.py', import.meta.url).pathname;

/** What a real interpreter prints, trial by trial. */
export function inAsyncio(python: string, trials: readonly Trial[]): string[][] {
  const out = execFileSync(python, ['-W', 'ignore', controller], {
    input: JSON.stringify(trials.map((t) => ({ source: t.source, schedule: t.schedule }))),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 600_000,
  });
  return JSON.parse(out) as string[][];
}

/**
 * Runs gated programs: in the machine by a random walk, whose order of openings is the schedule; and in
 * Node, which opens its gates in that order, each in a turn of its own.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../javascript/machine.ts';

export interface Trial {
  source: string;
  /** Numbers of the gates in the order in which they open. */
  schedule: number[];
  lines: string[];
  problem: string | null;
}

/** In the machine a gate is an operation of the outside world, which completes in a turn of its own. */
const driver = `
let gates = 0;
const enter = (settle) => {
  const id = gates++;
  console.log("gate " + id);
  return __rr_io(() => { console.log("open " + id); return settle(); });
};
main(
  (...words) => console.log(words.join(" ")),
  (v) => enter(() => v),
  (v) => enter(() => { throw new Error("refused " + v); }),
);
`;

export function trial(source: string, pick: (below: number) => number): Trial {
  const system = load(source + driver, 'program.cjs');
  const m = system.machine;
  for (let n = 0; n < 2000 && !m.unsupported; n++) {
    const enabled = system.enabled();
    if (enabled.length === 0) break;
    system.step(enabled[pick(enabled.length)] as number, 0);
  }
  const lines = m.output.map((o) => o.text);
  for (const f of m.failures) lines.push(`uncaught ${m.ops.show(f.exception)}`);
  return {
    source,
    schedule: lines.flatMap((line) => (line.startsWith('open ') ? [Number(line.slice(5))] : [])),
    lines,
    problem: m.unsupported?.what ?? null,
  };
}

/** What Node prints, trial by trial: all in one process, one after another. */
export function inNode(trials: readonly Trial[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'race-replay-gated-'));
  try {
    const file = join(folder, 'batch.cjs');
    const sources = [...new Set(trials.map((t) => t.source))];
    const programs = sources.map((s) => `(() => { ${s}\n return main; })(),`).join('\n');
    const jobs = trials.map((t) => [sources.indexOf(t.source), t.schedule]);
    writeFileSync(file, `const programs = [\n${programs}\n];\nconst jobs = ${JSON.stringify(jobs)};\n${controller}`);
    return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 600_000 })) as string[][];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const controller = `
const out = jobs.map(() => []);
let at = 0;
process.on("unhandledRejection", (e) => out[at].push("unhandled " + e));
process.on("uncaughtException", (e) => out[at].push("uncaught " + e));
function run() {
  if (at === jobs.length) { console.log(JSON.stringify(out)); return; }
  const [program, schedule] = jobs[at];
  const lines = out[at];
  const gates = [];
  const enter = (settle) => new Promise((resolve, reject) => {
    const id = gates.length;
    lines.push("gate " + id);
    gates.push(() => { lines.push("open " + id); try { resolve(settle()); } catch (e) { reject(e); } });
  });
  let next = 0;
  const open = () => {
    if (next === schedule.length) { at++; setImmediate(run); return; }
    const gate = gates[schedule[next++]];
    setImmediate(open);
    if (gate) gate(); else lines.push("no such gate");
  };
  setImmediate(open);
  programs[program](
    (...words) => lines.push(words.join(" ")),
    (v) => enter(() => v),
    (v) => enter(() => { throw new Error("refused " + v); }),
  );
}
setImmediate(run);
`;

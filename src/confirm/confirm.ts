/**
 * Runs the witness of a trace on the real interpreter. The user's file is read from where it is and
 * never changed; the controller and the driver live in a temporary folder that is removed. A result
 * is `confirmed` only when the schedule was followed to its end and the state or exception that the
 * trace promises was seen.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Trace } from '../core/trace/trace.ts';
import { nodeController } from './node-controller.ts';
import { pythonController } from './python-controller.ts';
import { planOf, type Plan } from './plan.ts';

export interface Confirmation {
  confirmed: boolean;
  /** `CPython 3.11.7`, `Node 20.20.2`; empty when the interpreter did not start. */
  interpreter: string;
  /** What was seen, or why it was not reproduced. */
  detail: string;
}

export interface ConfirmOptions {
  /** Command of the Python interpreter. */
  python: string;
  /** Milliseconds until the run is ended. */
  timeoutMs: number;
  /** The source text as JavaScript with an inline source map, for TypeScript. */
  transpile: ((text: string, path: string) => string) | null;
}

/** What will be run, for the question asked first. */
export function commandFor(trace: Trace, options: ConfirmOptions): string[] {
  return trace.source.language === 'python'
    ? [options.python, 'controller.py', 'plan.json']
    : [process.execPath, '--enable-source-maps', 'controller.cjs', 'plan.json'];
}

export async function confirm(trace: Trace, text: string, options: ConfirmOptions): Promise<Confirmation> {
  if (!trace.violation) return { confirmed: false, interpreter: '', detail: 'the trace has no violation to confirm' };
  const folder = mkdtempSync(join(tmpdir(), 'race-replay-confirm-'));
  try {
    const path = resolve(trace.source.path);
    const plan: Plan = planOf(trace, path, text, options.transpile);
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    const python = trace.source.language === 'python';
    writeFileSync(join(folder, python ? 'controller.py' : 'controller.cjs'), python ? pythonController : nodeController);
    const [command = '', ...args] = commandFor(trace, options);
    const run = await runProcess(
      command,
      args.map((a) => (/^(controller\.|plan\.json)/.test(a) ? join(folder, a) : a)),
      dirname(path),
      options.timeoutMs,
    );
    return read(run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  output: string;
  errors: string;
  ended: 'exit' | 'timeout' | 'not started';
}

/** Runs a command in a process group of its own, and ends that group when the time is up. */
function runProcess(command: string, args: string[], cwd: string, timeoutMs: number): Promise<Run> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
    const run: Run = { output: '', errors: '', ended: 'exit' };
    const kill = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    const timer = setTimeout(() => {
      run.ended = 'timeout';
      kill();
    }, timeoutMs);
    process.once('exit', kill);
    child.stdout.on('data', (d: Buffer) => (run.output = (run.output + d.toString('utf8')).slice(-2_000_000)));
    child.stderr.on('data', (d: Buffer) => (run.errors = (run.errors + d.toString('utf8')).slice(-20_000)));
    child.on('error', (e) => {
      clearTimeout(timer);
      process.off('exit', kill);
      done({ ...run, errors: e.message, ended: 'not started' });
    });
    child.on('close', () => {
      clearTimeout(timer);
      process.off('exit', kill);
      done(run);
    });
  });
}

const mark = '\u001erace-replay ';

function read(run: Run): Confirmation {
  const at = run.output.lastIndexOf(mark);
  if (run.ended === 'not started') return { confirmed: false, interpreter: '', detail: `the interpreter did not start: ${run.errors}` };
  if (at < 0) {
    const last = run.errors.trim().split('\n').at(-1) ?? '';
    return {
      confirmed: false,
      interpreter: '',
      detail:
        run.ended === 'timeout'
          ? 'not reproduced: the run did not end in time'
          : `not reproduced: the run ended without a result${last === '' ? '' : ` (${last})`}`,
    };
  }
  const line = run.output.slice(at + mark.length).split('\n')[0] ?? '';
  try {
    const json: unknown = JSON.parse(line);
    if (typeof json === 'object' && json !== null && 'confirmed' in json && 'interpreter' in json && 'detail' in json) {
      return { confirmed: json.confirmed === true, interpreter: String(json.interpreter), detail: String(json.detail) };
    }
  } catch {
    // Falls through: a line cut short is no result.
  }
  return { confirmed: false, interpreter: '', detail: 'not reproduced: the result could not be read' };
}

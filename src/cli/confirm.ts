/** `race-replay confirm`: asks, then runs the witness of a file or a saved trace on the real interpreter. */
import { createInterface } from 'node:readline/promises';
import { commandFor, confirm, type ConfirmOptions } from '../confirm/confirm.ts';
import type { Trace } from '../core/trace/trace.ts';
import { readSource } from './files.ts';
import { optionsOf, positive, type SimulationFlags } from './load.ts';
import { readTrace, simulate, sourceAt } from './simulate.ts';
import { transpile } from './transpile.ts';
import { exitStatus, UsageError } from './usage.ts';

export interface ConfirmFlags extends SimulationFlags {
  yes?: boolean;
  python?: string;
  language?: string;
}

/** 0: confirmed. 1: not reproduced, or nothing to confirm. */
export async function runConfirm(target: string, flags: ConfirmFlags): Promise<number> {
  const timeoutMs = positive(flags.timeout ?? '20', '--timeout') * 1000;
  const { timeout: _, ...simulation } = flags;
  const { trace, text } = await witness(target, simulation);
  if (!trace.violation) {
    process.stderr.write(`race-replay: nothing to confirm: ${trace.unsupported?.what ?? 'no interleaving fails'}\n`);
    return exitStatus.findings;
  }
  const options: ConfirmOptions = { python: flags.python ?? 'python3', timeoutMs, transpile };
  if (flags.yes !== true) await ask(commandFor(trace, options), trace);
  const result = await confirm(trace, text, options);
  process.stdout.write(
    result.confirmed
      ? `confirmed on ${result.interpreter}: ${result.detail}\n`
      : `${result.detail}${result.interpreter === '' ? '' : ` (${result.interpreter})`}\n`,
  );
  return result.confirmed ? exitStatus.clean : exitStatus.findings;
}

async function witness(target: string, flags: SimulationFlags & { language?: string }): Promise<{ trace: Trace; text: string }> {
  if (target.endsWith('.race.json')) {
    const trace = readTrace(target);
    return { trace, text: trace.source.text ?? readSource(trace.source.path, trace.source.language).text };
  }
  const { file, line } = sourceAt(target, flags.language);
  if (file.path === '-') throw new UsageError('confirm needs a file, not standard input');
  return { trace: await simulate({ file, line }, optionsOf(flags)), text: file.text };
}

async function ask(command: readonly string[], trace: Trace): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UsageError('confirm runs your code; without a terminal to ask on, give --yes');
  process.stderr.write(`This runs ${trace.source.path} for real, by: ${command.join(' ')}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const said = await terminal.question('Go on? [y/N] ');
    if (!/^y(es)?$/i.test(said.trim())) throw new UsageError('not run');
  } finally {
    terminal.close();
  }
}

/**
 * The command line. A contract: other tools call it. Exit status 0: nothing at or above the severity,
 * 1: findings or a violation, 2: wrong usage, unreadable file or internal error, with one clear line
 * on standard error.
 */
import { Command, CommanderError } from 'commander';
import { type CheckFlags, runCheck } from './check.ts';
import { runConfirm, type ConfirmFlags } from './confirm.ts';
import { runFix, type FixFlags } from './fix.ts';
import { version } from './load.ts';
import { runMcp } from './mcp.ts';
import { runReplay, runSimulate, type SimulateFlags } from './simulate.ts';
import { exitStatus, UsageError } from './usage.ts';
import { isWorker, serve } from './work.ts';

const program = new Command();
let status: number = exitStatus.clean;

program
  .name('race-replay')
  .description('Finds check-then-act races in Python and TypeScript/JavaScript and replays the losing interleaving.')
  .version(version(), '-V, --version')
  .exitOverride()
  .configureOutput({ outputError: () => undefined });

program
  .command('check')
  .description('check files and folders (default: the current folder)')
  .argument('[path...]')
  .option('--format <format>', 'pretty, json, sarif or github', 'pretty')
  .option('--severity <severity>', 'least severity that counts: hint, information or warning', 'warning')
  .option('--shard <i/n>', 'only the I-th of N parts')
  .option('--jobs <n>', 'threads to use (default: one less than the cores, at most 4)')
  .option('--no-cache', 'check everything again')
  .option('--runtime <name>', 'interpreter to behave as')
  .option('--max-executions <n>', 'executions per candidate')
  .option('--timeout <seconds>', 'time per candidate')
  .option('--language <language>', 'language of standard input')
  .exitOverride()
  .action(async (paths: string[], flags: CheckFlags) => {
    status = await runCheck(paths, flags);
  });

program
  .command('simulate')
  .description('simulate a file, or the function at a line of it')
  .argument('<file[:line]>')
  .option('--format <format>', 'pretty, json, html or mermaid', 'pretty')
  .option('--out <file>', 'write there instead of standard output')
  .option('--all', 'explore everything even after a violation, and list all outcomes')
  .option('--runtime <name>', 'interpreter to behave as')
  .option('--schedule <schedule>', 'follow this schedule (rr1:…)')
  .option('--max-executions <n>', 'executions to try')
  .option('--timeout <seconds>', 'time to take')
  .option('--preemptions <n>', 'most preemptions of one execution')
  .option('--language <language>', 'language of standard input')
  .exitOverride()
  .action(async (target: string, flags: SimulateFlags) => {
    status = await runSimulate(target, flags);
  });

program
  .command('replay')
  .description('show a saved trace')
  .argument('<trace.race.json>')
  .option('--format <format>', 'pretty, html or mermaid', 'pretty')
  .option('--out <file>', 'write there instead of standard output')
  .exitOverride()
  .action((path: string, flags: { format?: string; out?: string }) => {
    status = runReplay(path, flags);
  });

program
  .command('fix')
  .description('print the fix that simulation verified, as a diff')
  .argument('<file[:line]>')
  .option('--write', 'apply it to the file')
  .option('--runtime <name>', 'interpreter to behave as')
  .option('--max-executions <n>', 'executions to try')
  .option('--timeout <seconds>', 'time to take for each try')
  .option('--language <language>', 'language of standard input')
  .exitOverride()
  .action(async (target: string, flags: FixFlags) => {
    status = await runFix(target, flags);
  });

program
  .command('confirm')
  .description('run the losing interleaving on the real interpreter (your code is executed)')
  .argument('<file[:line] | trace.race.json>')
  .option('--yes', 'run without asking')
  .option('--python <command>', 'the Python to use', 'python3')
  .option('--timeout <seconds>', 'time the run may take', '20')
  .option('--runtime <name>', 'interpreter to simulate')
  .option('--language <language>', 'language of the file')
  .exitOverride()
  .action(async (target: string, flags: ConfirmFlags) => {
    status = await runConfirm(target, flags);
  });

program
  .command('mcp')
  .description('serve the same to AI agents over MCP (standard input and output)')
  .exitOverride()
  .action(async () => {
    status = await runMcp();
  });

/** One clear line for what went wrong. */
function complain(e: unknown): void {
  if (e instanceof CommanderError && (e.code === 'commander.help' || e.code === 'commander.helpDisplayed')) return;
  const message =
    e instanceof UsageError || e instanceof CommanderError
      ? e.message.replace(/^error: /, '')
      : `internal error: ${e instanceof Error ? e.message : String(e)}`;
  process.stderr.write(`race-replay: ${message.split('\n')[0] ?? ''}\n`);
  if (!(e instanceof UsageError || e instanceof CommanderError) && process.env['RACE_REPLAY_DEBUG'])
    process.stderr.write(`${e instanceof Error ? (e.stack ?? '') : ''}\n`);
}

function handleSignals(): void {
  const end = (code: number) => (): void => {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    process.exit(code);
  };
  process.on('SIGINT', end(130));
  process.on('SIGTERM', end(143));
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') complain(e);
    process.exit(e.code === 'EPIPE' ? status : exitStatus.failure);
  });
  process.stderr.on('error', () => undefined);
}

async function main(): Promise<void> {
  handleSignals();
  try {
    await program.parseAsync(process.argv);
  } catch (e) {
    if (e instanceof CommanderError && e.exitCode === 0) {
      process.exitCode = 0;
      return;
    }
    complain(e);
    process.exitCode = exitStatus.failure;
    return;
  }
  process.exitCode = status;
}

if (isWorker()) serve();
else void main();

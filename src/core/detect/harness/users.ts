/** What other files say of who runs a function: handlers and threads there that call it. */
import type { FunctionDef, Program } from '../../program/program.ts';
import { fileName } from '../../trace/words.ts';
import { analyse, analysisOf } from '../analysis.ts';
import type { Candidate, Evidence } from '../candidate.ts';
import { describe } from './evidence.ts';
import { type Start, type Starts, startsOf } from './starts.ts';

/** Evidence that a file which imports this one calls the function in threads that overlap; null for none. */
export function evidenceOfUsers(program: Program, { fn, module }: Candidate): Evidence | null {
  const users = program.users?.() ?? [];
  const { models } = analysisOf(module).info;
  for (const user of users) {
    const modules = [user, module, ...users.filter((other) => other !== user)];
    const { info } = analyse(user, models, { language: program.language, modules });
    const callers = info.links?.callersOf(fn) ?? new Set();
    if (callers.size === 0) continue;
    const starts = startsOf(info);
    const reaching = starts.starts.filter((s) => isThreaded(s) && s.entries.some((e) => runs(starts, e, callers)));
    if (reaching.length === 0) continue;
    return { kind: 'code', text: `called in ${fileName(user.path)}: ${describe(info, reaching).text}`, spans: [fn.nameSpan] };
  }
  return null;
}

/** Runs as a thread beside others of its kind: not a task of the event loop, nor a process, which has state of its own. */
function isThreaded({ kind, many }: Start): boolean {
  return kind === 'handler' || ((kind === 'thread' || kind === 'timer') && many);
}

function runs(starts: Starts, entry: FunctionDef, callers: ReadonlySet<FunctionDef>): boolean {
  return !entry.isAsync && [...callers].some((c) => c === entry || starts.reaches(entry, c));
}

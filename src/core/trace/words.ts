/**
 * What every view says about a trace in words: the verdict, the honest line, runtimes, lanes and
 * roles. One place, so that the panel, the terminal and the exports never disagree.
 */
import type { RuntimeVerdict, Trace, TraceRange, TraceStep } from './trace.ts';

/** Gives a text in the reader's language, `{0}`, `{1}`, … replaced by the values. */
export type Say = (message: string, ...values: (string | number)[]) => string;

/** Replaces `{0}`, `{1}`, … in a text; what stands in the values stays as it is. */
export function fill(message: string, values: readonly (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, at: string) => String(values[Number(at)] ?? hole));
}

const english: Say = (message, ...values) => fill(message, values);

export type StepRole = NonNullable<TraceStep['role']>;

/** What a role's tag says. */
export const roleWords: Readonly<Record<StepRole, string>> = {
  check: 'check',
  gap: 'gap',
  interference: 'interferes',
  act: 'act',
  violation: 'violation',
};

/** A, B, … Z, AA, AB, … by position in `lanes`. */
export function laneLetter(position: number): string {
  const first = Math.floor(position / 26);
  const last = String.fromCharCode(65 + (position % 26));
  return first === 0 ? last : laneLetter(first - 1) + last;
}

/** `12,345`, the same in every locale. */
export function thousands(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 step`, `2 steps`, given both with `{0}` for the number. */
export function counted(count: number, one: string, many: string, say: Say = english): string {
  return say(count === 1 ? one : many, thousands(count));
}

const steps = (count: number, say: Say): string => counted(count, '{0} step', '{0} steps', say);
const switches = (count: number, say: Say): string => counted(count, '{0} context switch', '{0} context switches', say);

/** The step at which the execution is wrong, or null: the act, else a step marked so, else the last. */
export function violationStep(trace: Trace): number | null {
  if (!trace.violation) return null;
  const marked = trace.steps.findIndex((step) => step.role === 'violation');
  const act = trace.violation.actStep;
  if (marked >= 0) return marked;
  // What was made use of before its time was so after the act had begun.
  if (act !== null && act >= 0 && act < trace.steps.length) return Math.max(act, trace.violation.interferenceStep ?? act);
  return trace.steps.length > 0 ? trace.steps.length - 1 : null;
}

/** How much was searched: `all 143 interleavings explored`, `stopped at 10,000 executions`. */
export function exploredWords(trace: Trace, say: Say = english): string {
  const { executions, complete, bound } = trace.explored;
  const some = (one: string, many: string): string => counted(executions, one, many, say);
  if (complete && !bound) return some('the only interleaving explored', 'all {0} interleavings explored');
  if (executions === 0) return bound ? bound.detail : say('nothing explored');
  if (trace.verdict === 'violation' && !bound) return some('found after {0} interleaving', 'found after {0} interleavings');
  if (!bound) return some('{0} interleaving explored, not all', '{0} interleavings explored, not all');
  return `${some('{0} interleaving explored', '{0} interleavings explored')}; ${bound.detail}`;
}

/** `7 steps, 2 context switches, none with fewer`. Empty for a trace without steps. */
export function sizeWords(trace: Trace, say: Say = english): string {
  if (trace.steps.length === 0) return '';
  const fewest = trace.verdict === 'violation' && trace.explored.fewestSwitches && trace.contextSwitches > 0;
  const parts = [steps(trace.steps.length, say), switches(trace.contextSwitches, say)];
  if (fewest) parts.push(say('none with fewer'));
  return parts.join(', ');
}

/** The honest line: size and extent of the search, separated by a middle dot. */
export function honestLine(trace: Trace, say: Say = english): string {
  return [sizeWords(trace, say), exploredWords(trace, say)].filter((part) => part !== '').join(' · ');
}

/** One headline per verdict: the story of a violation, or what was found instead. */
export function headline(trace: Trace, say: Say = english): string {
  const { executions } = trace.explored;
  switch (trace.verdict) {
    case 'violation':
      return trace.violation?.story ?? say('This execution goes wrong.');
    case 'verified':
      return counted(executions, 'The only interleaving does not fail.', '0 of {0} interleavings fail.', say);
    case 'bounded':
      return executions === 0
        ? say('No interleaving was explored.')
        : counted(
            executions,
            'None of the {0} interleaving explored fails, but not all were explored.',
            'None of the {0} interleavings explored fails, but not all were explored.',
            say,
          );
    case 'unsupported':
      return trace.unsupported ? say('This could not be simulated: {0}.', trace.unsupported.what) : say('This could not be simulated.');
  }
}

interface RuntimeName {
  family: string;
  version: string;
}

function runtimeParts(id: string): RuntimeName {
  const dash = id.indexOf('-');
  const family = dash < 0 ? id : id.slice(0, dash);
  const version = dash < 0 ? '' : id.slice(dash + 1);
  const known = family === 'cpython' ? 'CPython' : family === 'node' ? 'Node.js' : family;
  return { family: known, version };
}

/** `cpython-3.13t` as a person says it: `CPython 3.13 (free-threaded)`. */
export function runtimeName(id: string, say: Say = english): string {
  const { family, version } = runtimeParts(id);
  if (version === '') return family;
  return version.endsWith('t') ? say('{0} {1} (free-threaded)', family, version.slice(0, -1)) : `${family} ${version}`;
}

/** Versions that follow one another in `all` are joined: `3.10–3.13`; free-threaded builds stay apart. */
function versionList(group: readonly RuntimeVerdict[], all: readonly RuntimeVerdict[], say: Say): string {
  const runs: { family: string; versions: string[]; lastAt: number }[] = [];
  for (const item of group) {
    const at = all.indexOf(item);
    const { family, version } = runtimeParts(item.runtime);
    const run = runs[runs.length - 1];
    const previous = run?.versions[run.versions.length - 1];
    const plain = !version.endsWith('t') && version !== '' && previous !== undefined && !previous.endsWith('t');
    if (run && run.family === family && run.lastAt === at - 1 && plain) {
      run.versions.push(version);
      run.lastAt = at;
    } else runs.push({ family, versions: version === '' ? [] : [version], lastAt: at });
  }
  let family = '';
  const parts = runs.map((run) => {
    const [first, last] = [run.versions[0], run.versions[run.versions.length - 1]];
    const named = (version: string): string => (version.endsWith('t') ? say('{0} free-threaded', version.slice(0, -1)) : version);
    const span = first === undefined || last === undefined ? '' : first === last ? named(first) : `${first}–${last}`;
    const prefix = run.family === family ? '' : run.family;
    family = run.family;
    return [prefix, span].filter((part) => part !== '').join(' ');
  });
  if (parts.length < 2) return parts.join('');
  return say('{0} and {1}', parts.slice(0, -1).join(', '), parts[parts.length - 1] ?? '');
}

/** On which runtimes the violation can happen: `on CPython 3.9 and 3.13 free-threaded; not on 3.10–3.13`. */
export function runtimeWords(trace: Trace, say: Say = english): string {
  if (trace.verdict !== 'violation' || trace.runtimes.length === 0) return '';
  const yes = trace.runtimes.filter((item) => item.possible);
  const no = trace.runtimes.filter((item) => !item.possible);
  if (no.length === 0) return say('on {0}', versionList(yes, trace.runtimes, say));
  if (yes.length === 0) return say('not on {0}', versionList(no, trace.runtimes, say));
  const negative = versionList(no, trace.runtimes, say);
  const sameFamily = runtimeParts(yes[0]?.runtime ?? '').family;
  return say(
    'on {0}; not on {1}',
    versionList(yes, trace.runtimes, say),
    negative.startsWith(`${sameFamily} `) ? negative.slice(sameFamily.length + 1) : negative,
  );
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}

/** `line 9`, or `models.py, line 9` for a followed import. */
export function placeWords(range: TraceRange, say: Say = english): string {
  const name = range.path === undefined ? '' : fileName(range.path);
  return name ? say('{0}, line {1}', name, range.line) : say('line {0}', range.line);
}

/** The name of a shared location for people; its key when the trace names none. */
export function locationName(trace: Trace, key: string): string {
  return trace.locations[key]?.name ?? key;
}

/** A lane's name, or `lane 3` for an id the trace does not list. */
export function laneName(trace: Trace, id: number): string {
  return trace.lanes.find((lane) => lane.id === id)?.name ?? `lane ${id}`;
}

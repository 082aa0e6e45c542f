/**
 * Reads a trace from JSON that may come from anywhere (a file in a repository, a message): closed,
 * hand-written validation of the version 1 type and of what refers to what, so that every view may
 * rely on a trace it is given. Problems name the place in the value. The published JSON schema
 * (media/schemas) says the same for editors.
 */
import type { Trace } from './trace.ts';

export interface ParsedTrace {
  value: Trace | null;
  /** Empty exactly when `value` is there. At most 20. */
  problems: string[];
}

type Check = (value: unknown, path: string, report: (problem: string) => void) => void;

const text: Check = (value, path, report) => {
  if (typeof value !== 'string') report(`${path} must be a string`);
};
const bool: Check = (value, path, report) => {
  if (typeof value !== 'boolean') report(`${path} must be true or false`);
};
const int: Check = (value, path, report) => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) report(`${path} must be a whole number, 0 or more`);
};
const ordinal: Check = (value, path, report) => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) report(`${path} must be a whole number, 1 or more`);
};
const number: Check = (value, path, report) => {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) report(`${path} must be a number, 0 or more`);
};
const oneOf =
  (...allowed: readonly (string | number)[]): Check =>
  (value, path, report) => {
    if (!allowed.some((item) => item === value)) report(`${path} must be one of ${allowed.join(', ')}`);
  };
const nullable =
  (check: Check): Check =>
  (value, path, report) => {
    if (value !== null) check(value, path, report);
  };
const list =
  (check: Check): Check =>
  (value, path, report) => {
    if (!Array.isArray(value)) return report(`${path} must be a list`);
    value.forEach((item: unknown, index) => check(item, `${path}[${index}]`, report));
  };
const dictionary =
  (check: Check): Check =>
  (value, path, report) => {
    if (!isObject(value)) return report(`${path} must be an object`);
    for (const [key, item] of Object.entries(value)) check(item, `${path}.${key.slice(0, 40)}`, report);
  };
const object =
  (required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value, path, report) => {
    if (!isObject(value)) return report(`${path} must be an object`);
    for (const [key, check] of Object.entries(required)) {
      if (Object.hasOwn(value, key)) check(value[key], `${path}.${key}`, report);
      else report(`${path}.${key} is missing`);
    }
    for (const [key, item] of Object.entries(value)) {
      if (Object.hasOwn(required, key)) continue;
      const check = Object.hasOwn(optional, key) ? optional[key] : undefined;
      if (check) check(item, `${path}.${key}`, report);
      else report(`${path}.${key.slice(0, 40)} is not part of a trace`);
    }
  };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const range = object({ line: ordinal, column: ordinal, endLine: ordinal, endColumn: ordinal }, { path: text });
const texts = dictionary(text);
const accessFields = { kind: oneOf('read', 'write', 'delete', 'sync'), location: text };
const accessExtras = { value: text, before: text, operation: text };
const waiting = object({ lane: nullable(int), text, range: nullable(range) }, { due: number });
const queues = object({
  turn: nullable(oneOf('script', 'ready', 'timer', 'immediate', 'completion')),
  job: oneOf('callback', 'tick', 'microtask'),
  waiting: list(
    object({
      kind: oneOf('ticks', 'microtasks', 'ready', 'timers', 'completions', 'immediates'),
      count: int,
      first: list(waiting),
    }),
  ),
});
const stepOf = (access: Check, extras: Readonly<Record<string, Check>> = {}): Check =>
  object(
    {
      index: int,
      lane: int,
      range,
      text,
      summary: text,
      accesses: list(access),
      before: texts,
      after: texts,
      locals: texts,
      visible: bool,
    },
    {
      role: oneOf('check', 'gap', 'interference', 'act', 'violation'),
      suspended: text,
      output: text,
      exception: text,
      clock: list(int),
      ...extras,
    },
  );
const step = stepOf(object({ ...accessFields, range }, accessExtras), { queues });
/** In the serial order an access may come without its range. */
const serialStep = stepOf(object(accessFields, { ...accessExtras, range }));
const trace = object(
  {
    version: oneOf(1),
    source: object({ path: text, sha256: text, language: oneOf('python', 'typescript', 'javascript') }, { text }),
    runtime: text,
    verdict: oneOf('violation', 'verified', 'bounded', 'unsupported'),
    unsupported: nullable(object({ what: text, range })),
    violation: nullable(
      object({
        kind: oneOf('stale-act', 'non-serialisable', 'exception', 'assertion', 'deadlock', 'lost-wakeup', 'order-violation', 'every-order'),
        rule: text,
        message: text,
        story: text,
        shared: text,
        check: nullable(range),
        act: nullable(range),
        interference: nullable(range),
        checkStep: nullable(int),
        interferenceStep: nullable(int),
        actStep: nullable(int),
        gap: text,
        evidence: text,
      }),
    ),
    explored: object({
      executions: int,
      redundant: int,
      complete: bool,
      bound: nullable(object({ kind: text, detail: text })),
      elapsedMs: number,
      fewestSwitches: bool,
      violations: int,
    }),
    contextSwitches: int,
    runtimes: list(object({ runtime: text, possible: bool })),
    assumptions: list(object({ text, range: nullable(range) })),
    harness: nullable(text),
    lanes: list(
      object({
        id: int,
        name: text,
        kind: oneOf('main', 'thread', 'task', 'request', 'callback', 'timer', 'loop'),
        startedAt: nullable(range),
      }),
    ),
    locations: dictionary(object({ name: text, kind: oneOf('value', 'lock', 'file', 'table', 'output') })),
    initial: texts,
    steps: list(step),
    staleCopies: list(
      object({ lane: int, name: text, value: text, location: text, fromStep: int, staleStep: int, endStep: nullable(int) }),
    ),
    outcome: object({ observed: texts, serial: list(texts) }),
    serialWitness: nullable(object({ order: text, steps: list(serialStep) })),
    schedule: text,
  },
  { divergence: object({ step: int, reason: text }), outcomes: list(object({ state: texts, executions: int, serial: bool })) },
);

const mostProblems = 20;

/**
 * Checks a value that should be a trace.
 * @param json the parsed JSON value, or JSON text
 * @returns the trace, or null with the problems found; never throws
 */
export function parseTrace(json: unknown): ParsedTrace {
  let value = json;
  if (typeof json === 'string') {
    try {
      value = JSON.parse(json);
    } catch (error) {
      return { value: null, problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
    }
  }
  const problems: string[] = [];
  const report = (problem: string): void => {
    if (problems.length < mostProblems) problems.push(problem);
  };
  trace(value, 'trace', report);
  if (problems.length > 0) return { value: null, problems };
  const checked = value as Trace;
  references(checked, report);
  return problems.length > 0 ? { value: null, problems } : { value: checked, problems: [] };
}

/** What refers to a step or lane must find it. */
function references(value: Trace, report: (problem: string) => void): void {
  const lanes = new Set(value.lanes.map((lane) => lane.id));
  if (lanes.size !== value.lanes.length) report('trace.lanes has an id twice');
  const steps = (found: Trace['steps'], path: string): void =>
    found.forEach((item, index) => {
      if (item.index !== index) report(`${path}[${index}].index must be ${index}`);
      if (!lanes.has(item.lane)) report(`${path}[${index}].lane is not among the lanes`);
      for (const queue of item.queues?.waiting ?? [])
        for (const { lane } of queue.first)
          if (lane !== null && !lanes.has(lane)) report(`${path}[${index}].queues.lane is not among the lanes`);
    });
  steps(value.steps, 'trace.steps');
  if (value.serialWitness) steps(value.serialWitness.steps, 'trace.serialWitness.steps');
  const known = (index: number | null, path: string): void => {
    if (index !== null && index >= value.steps.length) report(`${path} is not a step`);
  };
  if (value.violation) {
    known(value.violation.checkStep, 'trace.violation.checkStep');
    known(value.violation.interferenceStep, 'trace.violation.interferenceStep');
    known(value.violation.actStep, 'trace.violation.actStep');
  }
  if (value.divergence) known(value.divergence.step, 'trace.divergence.step');
  value.staleCopies.forEach((copy, index) => {
    known(copy.fromStep, `trace.staleCopies[${index}].fromStep`);
    known(copy.staleStep, `trace.staleCopies[${index}].staleStep`);
    known(copy.endStep, `trace.staleCopies[${index}].endStep`);
    if (!lanes.has(copy.lane)) report(`trace.staleCopies[${index}].lane is not among the lanes`);
  });
  if (value.verdict === 'violation' && !value.violation) report('trace.violation is missing for a violation');
}

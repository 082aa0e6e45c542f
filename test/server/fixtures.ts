/** A small engine for the server's tests: a finding is a line with the word RACE, and slow text is slow. */
import type { CheckResult, Engine, EngineOptions, Finding, SourceFile } from '../../src/engine/api.ts';
import type { Trace, TraceRange } from '../../src/core/trace/trace.ts';

function rangeOf(line: number, text: string): TraceRange {
  return { line, column: 1, endLine: line, endColumn: text.length + 1 };
}

export function findingAt(line: number, text: string): Finding {
  const range = rangeOf(line, text);
  return {
    id: `finding-${text.trim()}`,
    rule: 'check-then-act',
    severity: 'warning',
    message: `race: ${text.trim()}`,
    shared: 'stack',
    check: range,
    act: range,
    interference: null,
    gap: null,
    contexts: ['a', 'b'],
    evidence: 'code',
    verdict: 'violation',
    schedule: 'rr1:x',
    contextSwitches: 2,
  };
}

export function emptyTrace(file: SourceFile, verdict: Trace['verdict'] = 'verified'): Trace {
  return {
    version: 1,
    source: { path: file.path, sha256: '', language: file.language, text: file.text },
    runtime: 'cpython',
    verdict,
    unsupported: null,
    violation: null,
    explored: { executions: 96, redundant: 0, complete: true, bound: null, elapsedMs: 1, fewestSwitches: true, violations: 0 },
    contextSwitches: 0,
    runtimes: [],
    assumptions: [],
    harness: null,
    lanes: [],
    locations: {},
    initial: {},
    steps: [],
    staleCopies: [],
    outcome: { observed: {}, serial: [] },
    serialWitness: null,
    schedule: 'rr1:x',
  };
}

export interface Calls {
  checked: SourceFile[];
  options: EngineOptions[];
}

/** `from NAME` brings in the findings of NAME beside the file. Text with SPIN keeps `check` busy until it is cancelled; HANG for 400 ms whatever happens. */
export function markerEngine(calls: Calls = { checked: [], options: [] }): Engine {
  return {
    check(file, options, control, readFile): CheckResult {
      calls.checked.push(file);
      calls.options.push(options);
      while (file.text.includes('SPIN') && !control.cancelled());
      const until = control.now() + (file.text.includes('HANG') ? 400 : 0);
      while (control.now() < until);
      const lines = file.text.split('\n');
      const follows = [...file.text.matchAll(/^from (\w+)$/gm)].map(([, name = '']) => file.path.replace(/\w+\.py$/, `${name}.py`));
      const isRacy = (text: string, index: number): boolean =>
        text.includes('RACE') || (index === 0 && follows.some((path) => readFile?.(path)?.includes('RACE') === true));
      const findings = lines.flatMap((text, index) => (isRacy(text, index) ? [findingAt(index + 1, text)] : []));
      const subjects = lines.flatMap((text, index) => {
        const name = /def (\w+)/.exec(text)?.[1];
        if (name === undefined) return [];
        const nameRange = { line: index + 1, column: 5, endLine: index + 1, endColumn: 5 + name.length };
        const own = findings.filter((f) => f.act.line > index + 1 && !lines.slice(index + 1, f.act.line).some((l) => l.startsWith('def')));
        return [
          {
            name,
            nameRange,
            range: nameRange,
            verdict: own.length > 0 ? ('violation' as const) : ('verified' as const),
            findings: own.map((f) => f.id),
            detail: '96 interleavings explored, none fails',
          },
        ];
      });
      return { path: file.path, language: file.language, lines: lines.length, problems: [], findings, subjects, follows };
    },
    simulate: ({ file }) => emptyTrace(file),
    drive({ file }) {
      let moves = 0;
      const state = () => ({
        trace: { ...emptyTrace(file, 'bounded'), contextSwitches: moves },
        choices: [],
        moves,
        quiet: null,
        ending: 'running' as const,
        ran: null,
        reached: null,
      });
      return {
        state,
        move: () => (moves++, state()),
        undo: () => (moves--, state()),
        rewind: (step) => ((moves = step), state()),
        run: () => state(),
      };
    },
    fixes: (file) => [
      { title: 'Hold a lock', rule: 'check-then-act', edits: [{ range: rangeOf(1, ''), newText: '# fixed\n' }], trace: emptyTrace(file) },
    ],
  };
}

/** Python threading programs as transition systems, and two ways of running all their executions. */
import { exploreDpor } from '../../../src/core/explore/dpor.ts';
import type { SearchResult } from '../../../src/core/explore/budget.ts';
import { loadProgram } from '../../../src/core/machine/load.ts';
import { createSystem, type MachineSystem } from '../../../src/core/machine/system.ts';
import { outcomeOf } from '../../../src/core/oracle/outcome.ts';
import { frontEnd, runtime } from '../python/run.ts';

const path = 'program.py';

/** A fresh machine about to run `source`; throws when it does not parse. */
export function systemOf(source: string, loopBound = 200): MachineSystem {
  const { module, problems } = frontEnd.parse(path, source);
  if (problems[0]) throw new Error(problems[0].message);
  const machine = loadProgram({ language: 'python', modules: [module] }, runtime, {
    runtime: 'cpython',
    loopBound,
    fuel: 100_000,
    recursionLimit: 1000,
  });
  return createSystem(machine, runtime);
}

/** The final state as text. */
export function outcome(system: MachineSystem): string {
  return outcomeOf(system.machine, (ns) => ns.name === path);
}

/** What optimal DPOR finds: how often each outcome, and the figures of the search. */
export function byDpor(system: MachineSystem): { outcomes: Map<string, number>; result: SearchResult } {
  const outcomes = new Map<string, number>();
  const search = exploreDpor(system, () => {
    const text = outcome(system);
    outcomes.set(text, (outcomes.get(text) ?? 0) + 1);
    return 'continue';
  });
  search.run();
  return { outcomes, result: search.result() };
}

/**
 * The outcomes of every interleaving of every visible operation, one by one; null when there are more
 * than `limit` interleavings. `visit` is called at every state on the way down and up.
 */
export function byBruteForce(system: MachineSystem, limit: number): { outcomes: Set<string>; executions: number } | null {
  const outcomes = new Set<string>();
  let executions = 0;
  const descend = (): boolean => {
    const enabled = [...system.enabled()];
    if (enabled.length === 0) {
      executions++;
      outcomes.add(outcome(system));
      return executions <= limit;
    }
    for (const process of enabled) {
      const alternatives = system.alternatives(process);
      for (let alternative = 0; alternative < alternatives; alternative++) {
        system.step(process, alternative);
        const go = descend();
        system.undo();
        if (!go) return false;
      }
    }
    return true;
  };
  return descend() ? { outcomes, executions } : null;
}

/** Everything there is to a machine's state, as text: what undoing must bring back exactly. */
export function snapshot(system: MachineSystem): string {
  const m = system.machine;
  const seen = new Map<object, number>();
  // What is kept across executions on purpose: numbers, locations, caches, the running step's own fields.
  const kept = new Set([
    'trail',
    'objectLocations',
    'locations',
    'processNumbers',
    'locationCount',
    'epoch',
    'serial',
    'fuel',
    'accesses',
    'spawned',
    'joined',
    'marks',
    'ops',
    'options',
    'policy',
    'code',
    'module',
    'depthOfPush',
    'thrownAt',
    'closures',
    'fiber',
    'process',
    'loader',
    'alternative',
    'atPending',
    'atChoice',
    'visibleDone',
    'visibleAt',
    'atomicDepth',
    'breaker',
    'decidedBy',
    'decidedAt',
    'stepLane',
    'runtimeState',
    'singletons',
    'unknownCode',
    'assumptions',
    'bounds',
  ]);
  const text = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? 'fn' : String(value);
    // Syntax never changes, but constants in compiled code are made when they are first needed.
    if ('span' in value || 'functions' in value) return 'syntax';
    const known = seen.get(value);
    if (known !== undefined) return `#${known}`;
    seen.set(value, seen.size);
    if (Array.isArray(value)) {
      // Places of processes that other executions made stay behind, empty.
      let length = value.length;
      while (length > 0 && value[length - 1] === undefined) length--;
      return `[${value.slice(0, length).map(text).join()}]`;
    }
    if (value instanceof Map) return `Map{${[...value].map(([k, v]) => `${text(k)}=>${text(v)}`).join()}}`;
    if (value instanceof Set) return `Set{${[...value].map(text).join()}}`;
    return `{${Object.entries(value)
      .filter(([key]) => !kept.has(key))
      .map(([key, v]) => `${key}:${text(v)}`)
      .join()}}`;
  };
  return text(m);
}

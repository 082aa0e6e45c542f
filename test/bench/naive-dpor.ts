/**
 * The yardstick of the exploration benchmark: source-DPOR (POPL 2014, Algorithm 1) as one writes it
 * down from the paper. It runs every execution from the start, copies clocks and sleep sets as plain
 * arrays and maps, and finds races by looking back over the path at each step. It knows no locks, so
 * it is only for programs without blocking.
 */

import { type Access, AccessKind } from '../../src/core/explore/system.ts';
import type { Model } from '../explore/model.ts';

interface Step {
  process: number;
  accesses: Access[];
  clock: number[];
  ordinal: number;
}

interface Node {
  backtrack: Set<number>;
  /** Processes asleep here, with what their next step accesses. */
  sleep: Map<number, Access[]>;
  done: Set<number>;
  process: number;
}

function conflict(a: readonly Access[], b: readonly Access[]): boolean {
  return a.some((x) => b.some((y) => x.location === y.location && !(x.kind === AccessKind.Read && y.kind === AccessKind.Read)));
}

function happensBefore(a: Step, b: Step): boolean {
  return (b.clock[a.process] ?? 0) >= a.ordinal;
}

export interface NaiveResult {
  executions: number;
  redundant: number;
  steps: number;
}

/** Explores all executions of a model without locks, spawns and data choices, or the first `most`. */
export function naiveDpor(system: Model, most = Infinity): NaiveResult {
  const result: NaiveResult = { executions: 0, redundant: 0, steps: 0 };
  const nodes: Node[] = [];
  const newNode = (sleep: Map<number, Access[]>): Node | null => {
    const process = system.enabled().find((candidate) => !sleep.has(candidate));
    return process === undefined ? null : { backtrack: new Set([process]), sleep, done: new Set(), process };
  };
  for (;;) {
    system.reset();
    const path: Step[] = [];
    for (let depth = 0; ; depth++) {
      if (depth === nodes.length) {
        const above = nodes[depth - 1];
        const last = path[depth - 1];
        const sleep = new Map<number, Access[]>();
        if (above !== undefined && last !== undefined) {
          for (const [process, accesses] of above.sleep) {
            if (process !== last.process && !conflict(accesses, last.accesses)) {
              sleep.set(process, accesses);
            }
          }
        }
        const node = newNode(sleep);
        if (node === null) {
          if (system.enabled().length === 0) {
            result.executions++;
          } else {
            result.redundant++;
          }
          break;
        }
        nodes.push(node);
      }
      const process = (nodes[depth] as Node).process;
      const event = system.step(process, 0);
      result.steps++;
      addStep(path, process, structuredAccesses(event.accesses), nodes);
    }
    if (result.executions >= most) {
      return result;
    }
    // Back to the deepest node with something left.
    for (;;) {
      const node = nodes.at(-1);
      if (node === undefined) {
        return result;
      }
      node.done.add(node.process);
      node.sleep.set(node.process, (path[nodes.length - 1] as Step).accesses);
      const next = [...node.backtrack].find((process) => !node.done.has(process) && !node.sleep.has(process));
      if (next !== undefined) {
        node.process = next;
        break;
      }
      nodes.pop();
    }
  }
}

function structuredAccesses(accesses: readonly Access[]): Access[] {
  return accesses.map((access) => ({ ...access }));
}

/** Appends a step with its clock and adds the backtracking points of its races. */
function addStep(path: Step[], process: number, accesses: Access[], nodes: Node[]): void {
  const previous = path.findLast((step) => step.process === process);
  const clock = previous === undefined ? [] : [...previous.clock];
  const step: Step = { process, accesses, clock, ordinal: (previous?.ordinal ?? 0) + 1 };
  const races: number[] = [];
  for (let i = path.length - 1; i >= 0; i--) {
    const other = path[i] as Step;
    if (other.process !== process && conflict(other.accesses, accesses)) {
      if (!happensBefore(other, step)) {
        races.push(i);
        for (const [index, value] of other.clock.entries()) {
          clock[index] = Math.max(clock[index] ?? 0, value ?? 0);
        }
      }
    }
  }
  clock[process] = step.ordinal;
  path.push(step);
  for (const first of races) {
    addBacktrack(path, first, nodes);
  }
}

/** The initials of notdep(e, E).e': one of them must be in the backtrack set at e. */
function addBacktrack(path: readonly Step[], first: number, nodes: Node[]): void {
  const early = path[first] as Step;
  const sequence = path.slice(first + 1).filter((step, index, rest) => index === rest.length - 1 || !happensBefore(early, step));
  const initials: number[] = [];
  for (const [index, step] of sequence.entries()) {
    if (!sequence.slice(0, index).some((before) => happensBefore(before, step))) {
      initials.push(step.process);
    }
  }
  const backtrack = (nodes[first] as Node).backtrack;
  if (!initials.some((process) => backtrack.has(process))) {
    backtrack.add(initials[0] as number);
  }
}

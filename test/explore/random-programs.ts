/** Random small programs for the property tests (fast-check). */

import fc from 'fast-check';
import type { Instruction, Program } from './model.ts';

const cells = ['x', 'y', 'z'];
const locks = ['l', 'm'];
const semaphores = ['s', 't'];
const registers = ['r', 'q'];

const cell = fc.constantFrom(...cells);
const lock = fc.constantFrom(...locks);
const semaphore = fc.constantFrom(...semaphores);
const register = fc.constantFrom(...registers);
const value = fc.oneof(fc.constantFrom(...registers), fc.integer({ min: 0, max: 2 }));

/** One instruction with a single access, or two that make sense only together. */
const simple: fc.Arbitrary<Instruction[]> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ op: fc.constant('load' as const), into: register, cell }).map(one) },
  { weight: 5, arbitrary: fc.record({ op: fc.constant('store' as const), cell, value }).map(one) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('claim' as const), into: register, cell, value }).map(one) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('lock' as const), cell: lock }).map(one) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('unlock' as const), cell: lock }).map(one) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('load' as const), into: register, cell: lock }).map(one) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('down' as const), cell: semaphore }).map(one) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('up' as const), cell: semaphore }).map(one) },
  { weight: 1, arbitrary: fc.constant(one({ op: 'pause' as const })) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('choose' as const), into: register, alternatives: fc.integer({ min: 2, max: 3 }) }).map(one),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(lock, cell, value).map(([l, c, v]): Instruction[] => [
      { op: 'lock', cell: l },
      { op: 'store', cell: c, value: v },
      { op: 'unlock', cell: l },
    ]),
  },
);

/** Steps with two accesses on locations that are known beforehand. */
const compound: fc.Arbitrary<Instruction[]> = fc.oneof(
  fc.record({ op: fc.constant('copy' as const), from: cell, to: cell }).map(one),
  fc.record({ op: fc.constant('lockAndLoad' as const), lock, into: register, cell }).map(one),
);

/** Steps whose second location depends on what they read. */
const dependent: fc.Arbitrary<Instruction[]> = fc
  .record({ op: fc.constant('follow' as const), into: register, pointer: cell })
  .map(({ op, into, pointer }) => one({ op, into, pointer, array: 'a', size: 2 }));
const conditional: fc.Arbitrary<Instruction[]> = fc.record({ op: fc.constant('actIfZero' as const), check: cell, cell, value }).map(one);
const dependentStore: fc.Arbitrary<Instruction[]> = fc
  .tuple(fc.constantFrom(0, 1), value)
  .map(([index, v]) => one({ op: 'store' as const, cell: ['a', index], value: v }));

function one(instruction: Instruction): Instruction[] {
  return [instruction];
}

interface Block {
  body: Instruction[];
  /** Skip the body unless this register has this value. */
  guard: { register: string; value: number } | null;
}

function flatten(blocks: readonly Block[]): Instruction[] {
  return blocks.flatMap((block, index) => {
    if (block.guard === null) {
      return block.body;
    }
    const end = `end${index}`;
    return [
      { op: 'jumpIf' as const, left: block.guard.register, is: '!=' as const, right: block.guard.value, to: end },
      ...block.body,
      { op: 'label' as const, name: end },
    ];
  });
}

export type Ingredients = 'simple' | 'compound' | 'dependent';

/** Programs of two to four processes, of which the last may be spawned and joined by the first. */
export function randomProgram(ingredients: Ingredients, maxBlocks: number): fc.Arbitrary<Program> {
  const step =
    ingredients === 'simple'
      ? simple
      : ingredients === 'compound'
        ? fc.oneof({ weight: 2, arbitrary: simple }, { weight: 1, arbitrary: compound })
        : fc.oneof(
            { weight: 3, arbitrary: simple },
            { weight: 1, arbitrary: compound },
            { weight: 2, arbitrary: dependent },
            { weight: 2, arbitrary: conditional },
            { weight: 1, arbitrary: dependentStore },
          );
  const block: fc.Arbitrary<Block> = fc.record({
    body: step,
    guard: fc.option(fc.record({ register, value: fc.integer({ min: 0, max: 2 }) }), { freq: 3 }),
  });
  return fc
    .record({
      bodies: fc.array(fc.array(block, { minLength: 1, maxLength: maxBlocks }), {
        minLength: 2,
        maxLength: 4,
      }),
      /** How many different cells, locks and semaphores: the fewer, the more conflicts. */
      variety: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
      counts: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 1 })),
      spawn: fc.option(fc.record({ at: fc.nat(5), joinAt: fc.option(fc.nat(5)), guarded: fc.boolean() }), { freq: 2 }),
    })
    .map(({ bodies, variety, counts, spawn }) => {
      const pools = [cells, locks, semaphores].map((names, kind) => ({ names, size: variety[kind] as number }));
      const lists = bodies.map((blocks) => flatten(blocks).map((i) => renamed(i, pools)));
      const names = lists.map((_, index) => `p${index}`);
      const program: Program = {
        shared: { x: 0, y: 0, z: 0, l: 0, m: 0, s: counts[0], t: counts[1], a: [0, 0] },
        processes: {},
      };
      const last = names.at(-1) as string;
      if (spawn !== null) {
        const first = lists[0] as Instruction[];
        const at = insertionPoint(first, spawn.at);
        first.splice(at, 0, { op: 'spawn', process: last });
        if (spawn.joinAt !== null) {
          const end = insertionPoint(first, at + 1 + spawn.joinAt);
          first.splice(Math.max(end, at + 1), 0, { op: 'join', process: last });
        }
        program.spawned = [last];
      }
      names.forEach((name, index) => {
        program.processes[name] = lists[index] as Instruction[];
      });
      return program;
    });
}

/** The instruction with its cells drawn from the first `size` names of their kind only. */
function renamed(instruction: Instruction, pools: readonly { names: readonly string[]; size: number }[]): Instruction {
  const entries = Object.entries(instruction).map(([key, value]) => {
    for (const { names, size } of pools) {
      const index = typeof value === 'string' && key !== 'op' ? names.indexOf(value) : -1;
      if (index >= 0) {
        return [key, names[index % size]];
      }
    }
    return [key, value];
  });
  return Object.fromEntries(entries) as Instruction;
}

function insertionPoint(list: readonly Instruction[], wanted: number): number {
  return Math.min(wanted, list.length);
}

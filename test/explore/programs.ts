/**
 * Programs with known numbers of Mazurkiewicz traces, from the papers on partial order reduction:
 * lastzero, readers, indexer, filesystem (Flanagan and Godefroid, POPL 2005; Abdulla et al., POPL
 * 2014) and the source-set example of the latter; fib_bench is from SV-COMP.
 */

import type { Instruction, Program } from './model.ts';

function many(count: number, make: (index: number) => readonly [string, Instruction[]]) {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
}

/** A reader looks for the last zero while writer j computes `a[j] = a[j-1] + 1`. */
export function lastzero(n: number): Program {
  return {
    shared: { a: Array<number>(n + 1).fill(0) },
    processes: {
      reader: [
        { op: 'set', into: 'i', value: n },
        { op: 'label', name: 'again' },
        { op: 'load', into: 'v', cell: ['a', 'i'] },
        { op: 'jumpIf', left: 'v', is: '==', right: 0, to: 'found' },
        { op: 'add', into: 'i', left: 'i', right: -1 },
        { op: 'jump', to: 'again' },
        { op: 'label', name: 'found' },
      ],
      ...many(n, (index) => [
        `writer${index + 1}`,
        [
          { op: 'load', into: 'v', cell: ['a', index] },
          { op: 'add', into: 'v', left: 'v', right: 1 },
          { op: 'store', cell: ['a', index + 1], value: 'v' },
        ],
      ]),
    },
  };
}

/** One writer, n readers. */
export function readers(n: number): Program {
  return {
    shared: { x: 0 },
    processes: {
      writer: [{ op: 'store', cell: 'x', value: 1 }],
      ...many(n, (index) => [`reader${index}`, [{ op: 'load', into: 'v', cell: 'x' }]]),
    },
  };
}

/** n threads insert four keys each into a hash table of 128 with an atomic insert-if-empty. */
export function indexer(n: number): Program {
  return {
    shared: { table: Array<number>(128).fill(0) },
    processes: many(n, (tid) => [
      `thread${tid}`,
      [
        { op: 'set', into: 'm', value: 0 },
        { op: 'label', name: 'next' },
        { op: 'jumpIf', left: 'm', is: '==', right: 4, to: 'end' },
        { op: 'add', into: 'm', left: 'm', right: 1 },
        { op: 'mul', into: 'w', left: 'm', right: 11 },
        { op: 'add', into: 'w', left: 'w', right: tid },
        { op: 'mul', into: 'h', left: 'w', right: 7 },
        { op: 'mod', into: 'h', left: 'h', right: 128 },
        { op: 'label', name: 'try' },
        { op: 'claim', into: 'done', cell: ['table', 'h'], value: 'w' },
        { op: 'jumpIf', left: 'done', is: '==', right: 1, to: 'next' },
        { op: 'add', into: 'h', left: 'h', right: 1 },
        { op: 'mod', into: 'h', left: 'h', right: 128 },
        { op: 'jump', to: 'try' },
        { op: 'label', name: 'end' },
      ],
    ]),
  };
}

/** n threads allocate a block for an inode each: 32 inode locks, 26 block locks. */
export function filesystem(n: number): Program {
  const inodes = 32;
  const blocks = 26;
  return {
    shared: {
      locki: Array<number>(inodes).fill(0),
      inode: Array<number>(inodes).fill(0),
      lockb: Array<number>(blocks).fill(0),
      busy: Array<number>(blocks).fill(0),
    },
    processes: many(n, (tid) => {
      const i = tid % inodes;
      return [
        `thread${tid}`,
        [
          { op: 'lock', cell: ['locki', i] },
          { op: 'load', into: 'v', cell: ['inode', i] },
          { op: 'jumpIf', left: 'v', is: '!=', right: 0, to: 'end' },
          { op: 'set', into: 'b', value: (i * 2) % blocks },
          { op: 'label', name: 'again' },
          { op: 'lock', cell: ['lockb', 'b'] },
          { op: 'load', into: 'v', cell: ['busy', 'b'] },
          { op: 'jumpIf', left: 'v', is: '!=', right: 0, to: 'taken' },
          { op: 'store', cell: ['busy', 'b'], value: 1 },
          { op: 'add', into: 'v', left: 'b', right: 1 },
          { op: 'store', cell: ['inode', i], value: 'v' },
          { op: 'unlock', cell: ['lockb', 'b'] },
          { op: 'jump', to: 'end' },
          { op: 'label', name: 'taken' },
          { op: 'unlock', cell: ['lockb', 'b'] },
          { op: 'add', into: 'b', left: 'b', right: 1 },
          { op: 'mod', into: 'b', left: 'b', right: blocks },
          { op: 'jump', to: 'again' },
          { op: 'label', name: 'end' },
          { op: 'unlock', cell: ['locki', i] },
        ],
      ];
    }),
  };
}

/** Figure 3 of the POPL 2014 paper: `x=1 || y=1 || if y==0: z=1 || if z==1: if y==0: x=2`. */
export function sourceSetExample(): Program {
  return {
    shared: { x: 0, y: 0, z: 0 },
    processes: {
      p: [{ op: 'store', cell: 'x', value: 1 }],
      q: [{ op: 'store', cell: 'y', value: 1 }],
      r: [
        { op: 'load', into: 'm', cell: 'y' },
        { op: 'jumpIf', left: 'm', is: '!=', right: 0, to: 'end' },
        { op: 'store', cell: 'z', value: 1 },
        { op: 'label', name: 'end' },
      ],
      s: [
        { op: 'load', into: 'n', cell: 'z' },
        { op: 'jumpIf', left: 'n', is: '!=', right: 1, to: 'end' },
        { op: 'load', into: 'l', cell: 'y' },
        { op: 'jumpIf', left: 'l', is: '!=', right: 0, to: 'end' },
        { op: 'store', cell: 'x', value: 2 },
        { op: 'label', name: 'end' },
      ],
    },
  };
}

/** n threads take and release one lock once. */
export function oneLock(n: number): Program {
  return {
    shared: { l: 0 },
    processes: many(n, (index) => [
      `thread${index}`,
      [
        { op: 'lock', cell: 'l' },
        { op: 'unlock', cell: 'l' },
      ],
    ]),
  };
}

/** `for k < n: i += j` beside `for k < n: j += i`, while main reads i and then j. */
export function fibBench(n: number): Program {
  const adder = (target: string, other: string): Instruction[] => {
    const body: Instruction[] = [];
    for (let k = 0; k < n; k++) {
      body.push(
        { op: 'load', into: 'u', cell: target },
        { op: 'load', into: 'v', cell: other },
        { op: 'add', into: 'u', left: 'u', right: 'v' },
        { op: 'store', cell: target, value: 'u' },
      );
    }
    return body;
  };
  return {
    shared: { i: 1, j: 1 },
    processes: {
      main: [
        { op: 'spawn', process: 't1' },
        { op: 'spawn', process: 't2' },
        { op: 'load', into: 'u', cell: 'i' },
        { op: 'load', into: 'v', cell: 'j' },
      ],
      t1: adder('i', 'j'),
      t2: adder('j', 'i'),
    },
    spawned: ['t1', 't2'],
  };
}

/**
 * A program some of whose traces are missed when only the races of the newly executed part of an
 * execution are reversed; brute force finds 38.
 */
export function lateReversal(): Program {
  return {
    shared: { x: 0, y: 0 },
    processes: {
      p: [{ op: 'store', cell: 'y', value: 0 }],
      q: [
        { op: 'store', cell: 'x', value: 1 },
        { op: 'load', into: 'r', cell: 'y' },
      ],
      r: [{ op: 'store', cell: 'x', value: 'r' }],
      s: [
        { op: 'load', into: 'r', cell: 'x' },
        { op: 'load', into: 'r', cell: 'x' },
        { op: 'jumpIf', left: 'r', is: '!=', right: 0, to: 'end' },
        { op: 'load', into: 'q', cell: 'y' },
        { op: 'label', name: 'end' },
      ],
    },
  };
}

/** The same where what must come late is below a covered branch; brute force finds 28. */
export function lateReversalBelow(): Program {
  return {
    shared: { x: 0, y: 0, l: 0, s: 0 },
    processes: {
      p: [
        { op: 'store', cell: 'y', value: 'q' },
        { op: 'load', into: 'q', cell: 'l' },
      ],
      q: [
        { op: 'up', cell: 's' },
        { op: 'store', cell: 'x', value: 1 },
        { op: 'claim', into: 'r', cell: 'y', value: 1 },
      ],
      r: [
        { op: 'lock', cell: 'l' },
        { op: 'load', into: 'r', cell: 'x' },
        { op: 'down', cell: 's' },
      ],
      s: [
        { op: 'down', cell: 's' },
        { op: 'store', cell: 'x', value: 0 },
      ],
    },
  };
}

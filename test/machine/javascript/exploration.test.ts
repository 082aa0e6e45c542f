/** Which interleavings a JavaScript program has: completions and requests in any order, turns whole, timers in Node's order. */
import { describe, expect, it } from 'vitest';
import { exploreDpor } from '../../../src/core/explore/dpor.ts';
import type { System } from '../../../src/core/explore/system.ts';
import { load, runText } from './machine.ts';

const limit = 2000;

/** All outputs a program can have, by brute force over every choice. */
function outputs(text: string): string[] {
  const system = load(text, 'program.mjs');
  const found = new Set<string>();
  let executions = 0;
  const visit = (): void => {
    const enabled = [...system.enabled()];
    if (enabled.length === 0) {
      if (++executions > limit) throw new Error('too many executions');
      found.add(summary(system));
      return;
    }
    for (const id of enabled) {
      for (let k = 0; k < system.alternatives(id); k++) {
        system.step(id, k);
        visit();
        system.undo();
      }
    }
  };
  visit();
  return [...found].sort();
}

function summary(system: ReturnType<typeof load>): string {
  const m = system.machine;
  if (m.unsupported) throw new Error(m.unsupported.what);
  return [...m.output.map((o) => o.text), ...m.failures.map((f) => `! ${m.ops.show(f.exception)}`)].join(' | ');
}

/** The outputs the explorer finds; it must find them all. */
function explored(text: string): { outputs: string[]; executions: number; redundant: number } {
  const system = load(text, 'program.mjs');
  const found = new Set<string>();
  let executions = 0;
  const search = exploreDpor(system as System, () => {
    executions++;
    found.add(summary(system));
    return 'continue';
  });
  while (search.run() === 'paused');
  return { outputs: [...found].sort(), executions, redundant: search.result().redundant };
}

/** What ran in which order is shared state: `note` keeps it and prints it after `count` calls. */
const note = (count: number): string =>
  `const seen = []; const note = (x) => { seen.push(x); if (seen.length === ${count}) console.log(seen.join(' ')); };`;

const bank = `
class Bank { balance = 100; async withdraw(n) { if (this.balance >= n) { await fetch(); this.balance -= n; } } }
const b = new Bank();
await concurrently(() => b.withdraw(80), () => b.withdraw(80));
console.log(b.balance);
`;

/** Events come for the listeners that begin at these texts. */
const comes = (text: string, ...listeners: string[]): string => {
  const calls = listeners.map((l) => `comes(2, ${String(text.indexOf(l) + 1)});`);
  return `${calls.join(' ')}\n${text}`;
};
const net = `import { open } from 'net-of-some-kind';`;

const programs: Record<string, { text: string; outputs: string[] }> = {
  'a check, an await, an act': { text: bank, outputs: ['-60', '20'] },
  'no await between check and act': {
    text: `let n = 1; const take = async () => { if (n > 0) { n--; console.log('took'); } else console.log('none'); };
      await concurrently(take, take);`,
    outputs: ['took | none'],
  },
  'microtasks never interleave with another turn': {
    text: `let n = 1; const take = async () => { if (n > 0) { await null; await 0; n--; } };
      await concurrently(take, take); console.log(n);`,
    outputs: ['0'],
  },
  'equal timers fire in the order they were set': {
    text: `${note(3)} setTimeout(note, 5, 'a'); setTimeout(note, 5, 'b'); setTimeout(note, 9, 'c');`,
    outputs: ['a b c'],
  },
  'a longer timer set first may fire on either side of a shorter one': {
    text: `${note(2)} setTimeout(note, 10, 'long'); setTimeout(note, 1, 'short');`,
    outputs: ['long short', 'short long'],
  },
  'a timer whose delay is unknown may fire on either side of any other': {
    text: `import { backoff } from 'somewhere'; ${note(2)} setTimeout(note, 1, 'short'); setTimeout(note, backoff(1), 'unknown');`,
    outputs: ['short unknown', 'unknown short'],
  },
  'clearing a timer that may have fired': {
    text: `const t = setTimeout(() => console.log('late'), 50); setTimeout(() => { clearTimeout(t); console.log('clear'); }, 10);`,
    outputs: ['clear', 'late | clear'],
  },
  'clearing a timer when an answer comes': {
    text: `const asked = fetch('a'); const t = setTimeout(() => console.log('late'), 50); await asked; clearTimeout(t); console.log('clear');`,
    outputs: ['clear', 'late | clear'],
  },
  'immediates keep their order, timers go where they like': {
    text: `${note(3)} setImmediate(note, 'i1'); setImmediate(note, 'i2'); setTimeout(note, 1, 't');`,
    outputs: ['i1 i2 t', 'i1 t i2', 't i1 i2'],
  },
  'an unknown condition is asked once and remembered': {
    text: `import api from 'somewhere'; const flag = api.check(); const a = Boolean(flag); const b = flag ? 'yes' : 'no'; console.log(a, b);`,
    outputs: ['false no', 'true yes'],
  },
  'a turn in which something unknown is asked about comes before and after any other': {
    text: `import api from 'somewhere'; const seen = [];
      concurrently(async () => { await fetch('b'); seen.push('after'); }); concurrently(() => { if (api.check()) seen.push('close'); }); setTimeout(() => console.log(seen.join()), 5);`,
    outputs: ['', 'after', 'after,close', 'close', 'close,after'],
  },
  'two responses arrive in either order': {
    text: `let shown; async function search(q) { const r = await fetch(q); shown = q; } const one = search('first'); const two = search('second'); await one; await two; console.log(shown);`,
    outputs: ['first', 'second'],
  },
  'files are checked and made': {
    text: `import fs from 'node:fs/promises'; import { existsSync } from 'node:fs';
      const make = async (who) => { if (!existsSync('f')) { await fetch(who); await fs.writeFile('f', who, { flag: 'wx' }); } };
      await fs.rm('f', { force: true }); const r = await Promise.allSettled([make('a'), make('b')]); console.log(r.map((x) => x.status).sort().join());`,
    outputs: ['fulfilled,rejected'],
  },
  'a folder is looked for at once and made later': {
    text: `import fs, { promises as named } from 'node:fs'; import * as all from 'fs';
      await named.rm('d', { force: true, recursive: true });
      const make = async (p) => { if (!fs.existsSync('d')) { await p.mkdir('d'); } };
      const r = await Promise.allSettled([make(all.promises), make(named)]); console.log(r.map((x) => x.status).sort().join());`,
    outputs: ['fulfilled,rejected'],
  },
  'what an async function returns without awaiting it is waited for': {
    text: `const seen = []; const load = async (k) => fetch(k); const open = async (k) => { seen.push('ask'); await load(k); seen.push('got'); };
      await concurrently(() => open('a'), () => open('b')); console.log(seen.join(' '));`,
    outputs: ['ask ask got got', 'ask got ask got'],
  },
  'parts of something unknown have places, and it has none, one or two items': {
    text: `import { some } from 'somewhere'; const list = some(); const [a, b] = list; let n = 0; for (const x of list) n++;
      console.log(a === list[0], b === list[1], n);`,
    outputs: ['true true 0', 'true true 1', 'true true 2'],
  },
  'a mutex makes it safe': {
    text: `import { Mutex } from 'async-mutex'; const m = new Mutex(); let n = 0;
      const inc = () => m.runExclusive(async () => { const v = n; await fetch(); n = v + 1; });
      await concurrently(inc, inc); console.log(n);`,
    outputs: ['2'],
  },
  'an aborted call is rejected at once, one that was answered before is not': {
    text: `const c = new AbortController(); const got = fetch('a', { signal: c.signal }).then((r) => r.json()).then(() => console.log('answer'), (e) => console.log(e.name));
      await fetch('b'); c.abort(); await null; console.log('aborted');`,
    outputs: ['aborted | AbortError', 'answer | aborted'],
  },
  'an unknown promise that is handled with then() settles in one turn': {
    text: `const seen = []; fetch('a').then(() => { seen.push('a'); }); setImmediate(() => { seen.push(1); setImmediate(() => { seen.push(2); console.log(seen.join(' ')); }); });`,
    outputs: ['1 2', '1 a 2', 'a 1 2'],
  },
  'a listener of an unknown emitter is called once, at any time after it is registered': {
    text: comes(
      `${net} const seen = []; await concurrently(async () => { const c = open('a'); c.on('close', () => seen.push('close')); seen.push('on'); await fetch('b'); seen.push('after'); }); setTimeout(() => console.log(seen.join(' ')), 1e6);`,
      `() => seen.push('close')`,
    ),
    outputs: ['on after', 'on after close', 'on close after'],
  },
  'data comes before the end, the end before the closing': {
    text: comes(
      `${net} ${note(3)} await concurrently(() => { const c = open('a'); c.on('data', () => note('data')); c.on('end', () => note('end')); c.on('close', () => note('close')); });`,
      `() => note('data')`,
      `() => note('end')`,
      `() => note('close')`,
    ),
    outputs: ['data end close'],
  },
  'an error or the end, not both': {
    text: `${net} await concurrently(async () => { const c = open('a');
        console.log(await new Promise((resolve, reject) => { c.once('error', reject); c.once('end', resolve); }).then(() => 'fine', () => 'failed')); });`,
    outputs: ['failed', 'fine'],
  },
  'a listener that was taken away is not called': {
    text: comes(
      `${net} await concurrently(() => { const c = open('a'); const f = () => console.log('close'); c.on('close', f); c.off('close', f); const s = c.onData(() => console.log('data')); s.dispose(); const stop = c.subscribe(() => console.log('next')); stop(); console.log('done'); });`,
      `() => console.log('close')`,
      `() => console.log('data')`,
      `() => console.log('next')`,
    ),
    outputs: ['done'],
  },
  'a listener that registers itself again is called twice at the most': {
    text: comes(
      `${net} await concurrently(() => { const c = open('a'); const again = () => { console.log('again'); c.once('close', again); }; c.once('close', again); });`,
      '() => { console.log',
    ),
    outputs: ['again | again'],
  },
  'an update of an element of a typed array is lost': {
    text: `const a = new Uint32Array(2); const up = async (i) => { const n = a[i]; await fetch(); a[i] = n + 1; };
      await concurrently(() => up(1), () => up(1)); console.log(a.join());`,
    outputs: ['0,1', '0,2'],
  },
  'views of one buffer are views of the same bytes': {
    text: `const a = new Uint16Array(1); const v = new DataView(a.buffer); const b = new Uint8Array(a.buffer, 1);
      await concurrently(async () => { const n = v.getUint8(1); await fetch(); v.setUint8(1, n + 1); }, async () => { const n = b[0]; await fetch(); b[0] = n + 1; });
      console.log(a[0] >> 8);`,
    outputs: ['1', '2'],
  },
  'a listener that no driver says an event comes for is not called': {
    text: `${net} await concurrently(() => { open('a').on('close', () => console.log('close')); console.log('done'); });`,
    outputs: ['done'],
  },
};

describe('every order and no other', () => {
  for (const [name, program] of Object.entries(programs)) {
    it(name, () => {
      expect(outputs(program.text)).toEqual(program.outputs);
      const found = explored(program.text);
      expect(found.outputs).toEqual(program.outputs);
      expect(found.redundant).toBe(0);
    });
  }
});

describe('failures', () => {
  it('an uncaught exception ends the program', () => {
    const o = runText(`setTimeout(() => { throw new TypeError('boom'); }, 1); setTimeout(() => console.log('never'), 1);`);
    expect(o).toEqual({ lines: [], failure: 'TypeError: boom', unsupported: null });
  });
  it('a rejection nobody handles by the end of the turn', () => {
    expect(runText(`Promise.reject(new Error('x')); console.log('a');`)).toEqual({ lines: ['a'], failure: 'Error: x', unsupported: null });
    expect(
      runText(`const p = Promise.reject(new Error('x')); queueMicrotask(() => p.catch(() => console.log('in time')));`).failure,
    ).toBeNull();
  });
  it('what is not simulated says so', () => {
    expect(runText(`Atomics.wait(new Int32Array(1), 0, 0);`).unsupported).toBe('Atomics.wait');
    expect(runText(`new Function('return 1');`).unsupported).not.toBeNull();
  });
});

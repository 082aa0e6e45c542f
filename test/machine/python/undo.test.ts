/** Undoing takes everything back: the same schedule run again after undoing gives the same events. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load } from './run.ts';

const snippets = new URL('./snippets/', import.meta.url);

describe('undo', () => {
  for (const file of [
    'threads_basic.py',
    'threads_sync.py',
    'futures.py',
    'asyncio_basic.py',
    'asyncio_sync.py',
    'asyncio_cancel.py',
    'generators.py',
    'collections.py',
    'files.py',
  ]) {
    it(file, () => {
      const system = load(readFileSync(new URL(file, snippets), 'utf8'));
      const m = system.machine;
      const perform = (choices: readonly number[]): string => {
        const seen: string[] = [];
        for (const c of choices) {
          const enabled = system.enabled();
          if (enabled.length === 0) break;
          const process = enabled[c % enabled.length] as number;
          const event = system.step(process, c % system.alternatives(process));
          seen.push(
            `${process} ${event.accesses.map((a) => `${a.location}:${a.kind}:${a.needs}:${a.held}`).join(' ')} +${event.spawned.join()}`,
          );
        }
        return `${seen.join('\n')}\n${m.output.map((o) => o.text).join('')}\n${m.failures.map((f) => m.ops.show(f.exception)).join()}`;
      };
      fc.assert(
        fc.property(fc.array(fc.nat(11), { minLength: 5, maxLength: 120 }), fc.nat(60), (choices, keep) => {
          const first = perform(choices);
          while (system.depth() > 0) system.undo();
          const start = perform(choices.slice(0, keep));
          system.reset();
          const again = perform(choices);
          system.reset();
          expect(again).toBe(first);
          expect(start).toBeTypeOf('string');
        }),
        { numRuns: 12, seed: 5 },
      );
    });
  }
});

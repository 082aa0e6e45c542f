/** The library code written in Python, by module. Atomic ones run without preemption, as C code does. */
import { asyncioPrelude } from './asyncio.ts';
import { builtinsPrelude } from './builtins.ts';
import { futuresPrelude, queuePrelude } from './concurrency.ts';
import { abcPrelude } from './abc.ts';
import { collectionsPrelude, contextlibPrelude, dataclassesPrelude, enumPrelude, functoolsPrelude, itertoolsPrelude } from './data.ts';
import { filePreludes } from './files.ts';
import { guardsPrelude } from './guards.ts';
import { smallPreludes } from './small.ts';
import { threadingPrelude } from './threading.ts';

const plain = (text: string): { text: string; atomic: boolean } => ({ text, atomic: false });

export const preludes: Record<string, { text: string; atomic: boolean }> = {
  asyncio: plain(asyncioPrelude),
  builtins: plain(builtinsPrelude),
  collections: plain(collectionsPrelude),
  'collections.abc': plain(abcPrelude),
  'concurrent.futures': plain(futuresPrelude),
  contextlib: plain(contextlibPrelude),
  dataclasses: plain(dataclassesPrelude),
  enum: plain(enumPrelude),
  functools: plain(functoolsPrelude),
  guards: plain(guardsPrelude),
  itertools: plain(itertoolsPrelude),
  queue: plain(queuePrelude),
  threading: plain(threadingPrelude),
  ...Object.fromEntries(Object.entries({ ...smallPreludes, ...filePreludes }).map(([k, v]) => [k, plain(v)])),
};
// C in CPython: no other thread runs in the middle.
preludes.heapq = { text: smallPreludes.heapq ?? '', atomic: true };

/** The library code written in Python, by module. Atomic ones run without preemption, as C code does. */
import { asyncioPrelude } from './asyncio.ts';
import { builtinsPrelude } from './builtins.ts';
import { futuresPrelude, futureStatesPrelude, queuePrelude } from './concurrency.ts';
import { abcPrelude } from './abc.ts';
import { collectionsPrelude } from './collections.ts';
import { contextlibPrelude } from './contextlib.ts';
import { contextvarsPrelude } from './contextvars.ts';
import { dataclassesPrelude } from './dataclasses.ts';
import { enumPrelude } from './enum.ts';
import { functoolsPrelude } from './functools.ts';
import { heapqMergePrelude, heapqPrelude } from './heapq.ts';
import { itertoolsPrelude } from './itertools.ts';
import { jsonPrelude } from './json.ts';
import { loggingPrelude } from './logging.ts';
import { singledispatchPrelude } from './singledispatch.ts';
import { datetimePrelude } from './datetime.ts';
import { structPrelude } from './struct.ts';
import { randomPreludes } from './random.ts';
import { textPreludes } from './texts.ts';
import { tracebackPrelude } from './traceback.ts';
import { weakrefPrelude } from './weakref.ts';
import { exceptionGroupsPrelude } from './exception-groups.ts';
import { filePreludes } from './files.ts';
import { guardsPrelude } from './guards.ts';
import { hashPreludes } from './hashlib.ts';
import { smallPreludes } from './small.ts';
import { threadingPrelude } from './threading.ts';

const plain = (text: string): { text: string; atomic: boolean } => ({ text, atomic: false });

export const preludes: Record<string, { text: string; atomic: boolean }> = {
  asyncio: plain(asyncioPrelude),
  builtins: plain(builtinsPrelude),
  collections: plain(collectionsPrelude),
  'collections.abc': plain(abcPrelude),
  'concurrent.futures': plain(futuresPrelude),
  _rr_futures: { text: futureStatesPrelude, atomic: true },
  contextlib: plain(contextlibPrelude),
  datetime: plain(datetimePrelude),
  dataclasses: plain(dataclassesPrelude),
  // No module has a name with a space: nothing can import it.
  'exception groups': plain(exceptionGroupsPrelude),
  enum: plain(enumPrelude),
  functools: plain(functoolsPrelude + singledispatchPrelude),
  contextvars: plain(contextvarsPrelude),
  guards: plain(guardsPrelude),
  // C in CPython: no other thread runs in the middle.
  heapq: { text: heapqPrelude, atomic: true },
  'heapq merge': plain(heapqMergePrelude),
  itertools: plain(itertoolsPrelude),
  json: plain(jsonPrelude),
  logging: plain(loggingPrelude),
  queue: plain(queuePrelude),
  struct: plain(structPrelude),
  threading: plain(threadingPrelude),
  traceback: plain(tracebackPrelude),
  weakref: plain(weakrefPrelude),
  ...Object.fromEntries(
    Object.entries({ ...smallPreludes, ...filePreludes, ...hashPreludes, ...randomPreludes, ...textPreludes }).map(([k, v]) => [
      k,
      plain(v),
    ]),
  ),
};

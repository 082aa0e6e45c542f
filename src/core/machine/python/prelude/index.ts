/** The library code written in Python, by module. Atomic ones run without preemption, as C code does. */
import { asyncioPrelude } from './asyncio.ts';
import { builtinsPrelude } from './builtins.ts';
import { threadingPrelude } from './threading.ts';

export const preludes: Readonly<Record<string, { text: string; atomic: boolean }>> = {
  asyncio: { text: asyncioPrelude, atomic: false },
  builtins: { text: builtinsPrelude, atomic: false },
  threading: { text: threadingPrelude, atomic: false },
};

/**
 * Whether an unknown value that is taken to be there is there. What a driver hands in and a module imports is; their
 * parts (`options.reset`) are as well, unless a point in the code is reached only without one of them: that is looked for
 * with doubts (`oracle/reach.ts`), and what was found then holds throughout an execution.
 */
import { STOP } from './language.ts';
import type { Machine } from './machine.ts';
import type { Opaque } from './values.ts';

/** STOP when it must be asked first. */
export function isThere(m: Machine, o: Opaque): boolean | typeof STOP {
  return o.from?.kind === 'part' ? isNamedThere(m, o.name) : true;
}

/** The same for what has a name only, as an item that nobody has looked up yet. */
export function isNamedThere(m: Machine, name: string): boolean | typeof STOP {
  const question = `${name} is there`;
  if (!m.doubts) {
    if (m.preferred.get(question) !== 1) return true;
    m.assume(`\`${name}\` is taken not to be given`);
    return false;
  }
  const answer = m.chooseOnce(question, question, ['yes', 'no']);
  return answer < 0 ? STOP : answer === 0;
}

/** The same, the other way round. */
export function isMissing(m: Machine, o: Opaque): boolean | typeof STOP {
  const there = isThere(m, o);
  return there === STOP ? STOP : there !== true;
}

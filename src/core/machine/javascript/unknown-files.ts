/**
 * Whether a file is there, asked of a function of a file that nobody can see into (`await fileExists(path)`, by name:
 * `../../program/file-names.ts`): what the virtual files say.
 */
import { asksForFile } from '../../program/file-names.ts';
import { isImported, type Machine } from '../machine.ts';
import type { Opaque, Value } from '../values.ts';
import { prelude } from './iteration.ts';
import { state } from './state.ts';

/** What such a call gives; undefined for any other. */
export function fileQuestion(m: Machine, f: Opaque, args: readonly Value[]): Value {
  const asks = args.length === 0 ? null : asksForFile(f.name);
  const helper = asks === 'now' ? 'fileIsThere' : 'fileIsSaidToBeThere';
  if (asks === null || !isImported(f) || !state(m).prelude.has(helper)) return undefined;
  m.assume(`\`${f.name}\` was taken to say whether the file is there, by its name`);
  return prelude(m, helper, [args[0]]);
}

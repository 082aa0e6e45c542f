/**
 * Folders that are listed: what a listing gave is taken to be there until it is used, `for name in os.listdir(folder):
 * os.remove(os.path.join(folder, name))`. Its entries are one place, `folder/…`.
 */
import type { Span } from '../../program/program.ts';
import { type Place, place } from '../shared.ts';
import { read } from './events.ts';
import { type Read, type Value, type Walk, nothing } from './state.ts';

const entries = '/…';

/** What a call that lists a folder gives. `folder`: the path as text; `type`: of the entries, where they are no texts. */
export function listing(w: Walk, folder: string, span: Span, type: Value['type']): Value {
  const name = `${folder}${entries}`;
  const r = read(w, place({ kind: 'file', name }), span, 'membership');
  return { ...nothing, reads: [r], path: name, type, made: true, fresh: true };
}

export function isListing({ path }: Value): boolean {
  return path?.endsWith(entries) === true;
}

/** One entry of what was listed: a name or path of one's own, known by the name of the variable. */
export function entryOf(w: Walk, listed: Value, target: Span): Partial<Value> {
  return isListing(listed) ? { path: w.info.text(target), type: listed.type, fresh: true } : {};
}

/** The listing that a path comes from; null where there is none, or where somebody has looked at that very path since. */
export function listingOf(w: Walk, given: Value, at: Place): Read | null {
  const found = given.reads.find((r) => r.place.root.kind === 'file' && r.place.root.name.endsWith(entries));
  const isAskedFor = w.flow.controls.some((c) => c.read.place.key === at.key);
  return found === undefined || isAskedFor ? null : found;
}

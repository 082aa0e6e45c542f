/**
 * Questions put to unknown objects by calling them (`socket.isOpen()`, `user.has_perm('x')`, `group.getId()`),
 * told by their names. Whoever asks what another context has asked gets the same answer, as nothing is known
 * to have changed; a context that asks again may be waiting for a change and gets an answer of its own.
 */
import type { Machine } from './machine.ts';
import type { Value } from './values.ts';

const asksName =
  /(^|\.)(is|has|can|was|were|are|should|supports|exists|contains|includes|equals|matches|startsWith|endsWith)(_\w+|[A-Z]\w*)?$/;

/** `group.getStringId()`: what it is called does not change. */
const tellsIdentity =
  /(^|\.)get_?\w*?(Id|Key|Name|Path|Dir|Directory|Folder|Ur[il]|Type|Hash|Host|Port|_id|_key|_name|_path|_dir|_directory|_folder|_ur[il]|_type|_hash)$/;

export interface Predicate {
  value: Value;
  lanes: readonly number[];
}

/** Answers the call of an unknown function when it is such a question; `make` makes a new answer. */
export function predicate(m: Machine, name: string, text: string, make: () => Value): Value {
  const isIdentity = tellsIdentity.test(name) && text.endsWith('()');
  if (!isIdentity && !asksName.test(name)) return undefined;
  const lane = m.fiber?.lane.id ?? 0;
  const known = m.predicates.get(text);
  const isNew = known === undefined || (!isIdentity && known.lanes.includes(lane));
  const value = isNew ? make() : known.value;
  m.externalCall(text, true);
  m.trail.mapSet(m.predicates, text, { value, lanes: isNew ? [lane] : [...known.lanes, lane] });
  return value;
}

/**
 * What a request says is the same whenever it is asked: `await request.json()`, `request.headers.get('x-id')`. Of a
 * request (or any other object) that a driver hands to two contexts, both are told the same.
 */
import { HeapObject, Opaque, type Value } from './values.ts';

const wholes = /(?:^|\.)(?:json|text|formData|form_data|form|post|blob|bytes|body|arrayBuffer|get_json|get_data|getBody)$/;
const tables =
  /(?:^|\.)(?:headers|cookies|searchParams|query|params|args|form|values|GET|POST|COOKIES|META|FILES|match_info|query_params|path_params)\.(?:get|getAll|get_all|getlist)$/;
const ofRequest = /(?:^|\.)(?:get_argument|get_query_argument|get_body_argument|getHeader|header|param)$/;

/** Does a call of it read a part of something that was handed in, which stays as it is? */
export function readsRequest(o: Opaque, args: readonly Value[]): boolean {
  const { name, from } = o;
  if (from?.kind !== 'part' || args.some((a) => a instanceof HeapObject)) return false;
  if (args.length === 0 ? !wholes.test(name) : !tables.test(name) && !ofRequest.test(name)) return false;
  return isHandedIn(from.of);
}

function isHandedIn(v: Value): boolean {
  let at = v;
  for (let depth = 0; at instanceof Opaque && depth < 6; depth++) {
    if (at.root) return true;
    if (at.from?.kind !== 'part') return false;
    at = at.from.of;
  }
  return false;
}

/**
 * What a request says is the same whenever it is asked: `await request.json()`, `request.headers.get('x-id')`. Of a
 * request (or any other object) that a driver hands to two contexts, both are told the same.
 */
import { HeapObject, Opaque, type Value } from './values.ts';

const wholes = /(?:^|\.)(?:json|text|formData|form_data|form|post|blob|bytes|body|arrayBuffer|get_json|get_data|getBody)$/;
const tables =
  /(?:^|\.)(?:headers|cookies|searchParams|query|params|args|form|values|GET|POST|COOKIES|META|FILES|match_info|query_params|path_params|(?:formData|form)\(\)(?: #\d+)?)\.(?:get|getAll|get_all|getlist)$/;
const ofRequest = /(?:^|\.)(?:get_argument|get_query_argument|get_body_argument|getHeader|header|param)$/;

/** What is made of a text: `request.url.split('/')`. */
const ofText =
  /\.(?:split|trim|trimStart|trimEnd|toLowerCase|toUpperCase|slice|substring|substr|replace|replaceAll|at|charAt|normalize|strip|lstrip|rstrip|lower|upper|removeprefix|removesuffix|decode)$/;

/** What functions of Nuxt's server read of the event they are handed. */
const ofEvent =
  /^(?:read(?:Raw|Validated)?Body|read(?:Multipart)?FormData|get(?:Validated)?Query|get(?:Validated)?RouterParams?|get(?:Request)?Headers?|getCookie|parseCookies)(?: #\d+)?$/;

/** Does a call of it read a part of something that was handed in, which stays as it is? */
export function readsRequest(o: Opaque, args: readonly Value[]): boolean {
  const { name, from } = o;
  if (from === null && args[0] instanceof Opaque && ofEvent.test(name.replace(/^.*[./]/, ''))) return isHandedIn(args[0]);
  if (from?.kind !== 'part' || args.some((a) => a instanceof HeapObject)) return false;
  if (!ofText.test(name) && (args.length === 0 ? !wholes.test(name) : !tables.test(name) && !ofRequest.test(name))) return false;
  return isHandedIn(from.of);
}

/** Is it a part of something that a driver hands in, or told alike to all who are handed that? */
export function isHandedIn(v: Value): boolean {
  let at = v;
  for (let depth = 0; at instanceof Opaque && depth < 6; depth++) {
    if (at.root || at.same !== null) return true;
    if (at.from?.kind !== 'part') return false;
    at = at.from.of;
  }
  return false;
}

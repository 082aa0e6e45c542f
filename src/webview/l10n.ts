/**
 * The panel's words in the user's language. The host puts VS Code's bundle of translations (English
 * text to translation, see l10n/) into the page as data, in an element with the id `words`; a page
 * without one is in English. Read once, when this module loads: constants may be translated too.
 */
import { fill } from '../core/trace/words.ts';
import type { Say } from '../core/trace/words.ts';

function readBundle(): ReadonlyMap<string, string> {
  const text = typeof document === 'undefined' ? null : document.getElementById('words')?.textContent;
  if (text === null || text === undefined) return new Map();
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return new Map();
    return new Map(Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return new Map();
  }
}

const bundle = readBundle();

/** A text in the user's language with `{0}`, `{1}`, … replaced. `message` is a literal of this program, never a program's text. */
export const t: Say = (message, ...values) => fill(bundle.get(message) ?? message, values);

/** The same with elements among what is put in: the parts, in the order of the translation. */
export function parts<T>(message: string, ...values: readonly T[]): (string | T)[] {
  return (bundle.get(message) ?? message).split(/\{(\d+)\}/).map((part, at) => (at % 2 === 0 ? part : (values[Number(part)] ?? '')));
}

/**
 * Text with unknown values in it, as files hold it: `⟨name⟩` stands for a value nobody knows. What is
 * written and read back is the same unknown value again, with what the program changed in it:
 * `{**⟨JSON of content of /work/a⟩, "n": ⟨(JSON of content of /work/a['n'] + 1)⟩}`.
 */
import { Opaque, type Value } from './values.ts';

const open = '⟨';
const close = '⟩';

export function placeholder(name: string): string {
  return `${open}${name.replace(/[⟨⟩]/g, '')}${close}`;
}

export function hasUnknown(text: string): boolean {
  return text.includes(open);
}

/** The name of the value when the text is nothing but one. */
export function onlyUnknown(text: string): string | null {
  return /^⟨([^⟨⟩]*)⟩$/.exec(text)?.[1] ?? null;
}

/** Marks an item that the program took away. */
export const deletedName = 'deleted';

/** An unknown value in a host value: its name, and the items the program set or (undefined) took away. */
export interface UnknownJson {
  readonly name: string;
  readonly items: readonly (readonly [string, unknown])[];
}

/** A JSON text with unknown parts as one that JSON.parse takes. */
export function plainText(text: string): string {
  if (!hasUnknown(text)) return text;
  return text
    .replace(/\{\*\*⟨([^⟨⟩]*)⟩/g, (_, name: string) => `{"${open}":${JSON.stringify(name)}`)
    .replace(/⟨([^⟨⟩"]*)⟩(?!")/g, (_, name: string) => `{"${open}":${JSON.stringify(name)}}`);
}

/** A value of JSON.parse seen as what it stands for. */
export function unknownJson(v: unknown): UnknownJson | null {
  if (typeof v !== 'object' || v === null || Array.isArray(v)) return null;
  const name = (v as Record<string, unknown>)[open];
  if (typeof name !== 'string') return null;
  const items = Object.entries(v as Record<string, unknown>)
    .filter(([k]) => k !== open)
    .map(([k, x]): [string, unknown] => [k, unknownJson(x)?.name === deletedName ? undefined : x]);
  return { name, items };
}

/** The name of an unknown value with the changes (`.append(x)`) that were made to it. */
export function changedName(o: Opaque): string {
  let { name } = o;
  for (const [key, change] of o.parts) if (key.startsWith('(')) name += String(change);
  return name;
}

/** A part that the program put there, or changed in its place. */
export function isOwnPart(o: Opaque, v: Value): boolean {
  return v !== undefined && (!(v instanceof Opaque && v.from?.kind === 'part' && v.from.of === o) || isChanged(v));
}

/** Was anything in it set, added or taken away by the program? */
function isChanged(o: Opaque): boolean {
  for (const [key, v] of o.parts) if (v !== undefined && (key.startsWith('(') || key.startsWith('!') || isOwnPart(o, v))) return true;
  return false;
}

/** What an edit changed: the one part by which two texts differ. UTF-16 offsets, ends exclusive. */
export interface Change {
  start: number;
  oldEnd: number;
  newEnd: number;
}

const block = 4096;

/** All between the common beginning and the common end; null when the texts are equal. */
export function changeBetween(before: string, after: string): Change | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  // Block by block first: comparing substrings is far faster than comparing characters.
  let start = 0;
  while (start + block <= shorter && before.startsWith(after.slice(start, start + block), start)) start += block;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same + block <= shorter - start &&
    before.endsWith(after.slice(after.length - same - block, after.length - same), before.length - same)
  )
    same += block;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

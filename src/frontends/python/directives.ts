/** Comments that speak to Race Replay: `# race-replay-disable-next-line RULE[, RULE…]: reason`. */
import { lineIndex, lineStarts } from '../../core/program/lines.ts';
import type { Module } from '../../core/program/program.ts';

const marker = 'race-replay-disable-next-line';
const comment = new RegExp(`^#+\\s*${marker}(?:\\s+([\\w-]+(?:\\s*,\\s*[\\w-]+)*))?\\s*(?::(.*))?$`);

/**
 * The directives of a text. `isComment` tells whether the character at an offset is inside a
 * comment, so that the same words in a string say nothing. Without a rule the list of rules is
 * empty: every rule is meant. The line acted on is the next one that is not blank or a comment.
 */
export function readDirectives(text: string, isComment: (offset: number) => boolean): Module['directives'] {
  const directives: Module['directives'] = [];
  let at = text.indexOf(marker);
  if (at < 0) return directives;
  const starts = lineStarts(text);
  for (; at >= 0; at = text.indexOf(marker, at + marker.length)) {
    if (!isComment(at)) continue;
    const index = lineIndex(starts, at);
    const line = text.slice(starts[index] ?? 0, starts[index + 1] ?? text.length);
    const match = comment.exec(line.slice(line.lastIndexOf('#', at - (starts[index] ?? 0))).trimEnd());
    if (match === null) continue;
    let next = index + 1;
    while (next < starts.length - 1 && /^\s*(#.*)?$/.test(text.slice(starts[next] ?? 0, starts[next + 1] ?? text.length).trimEnd())) next++;
    directives.push({ line: next, rules: match[1]?.split(/\s*,\s*/) ?? [], reason: (match[2] ?? '').trim() });
  }
  return directives;
}

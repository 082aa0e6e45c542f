/**
 * A trace as a Mermaid sequence diagram: one participant per lane, a note per step, the interfering
 * write as an arrow to the lane whose check it makes stale. Text is escaped by Mermaid's own entity
 * codes, so that no source text can end a statement or open markup.
 */
import type { Trace } from './trace.ts';
import { shorten } from './visible.ts';
import { headline, honestLine, laneLetter, locationName, placeWords, roleWords, violationStep } from './words.ts';

const mostSteps = 200;

/** `#` and `;` have meaning in Mermaid; so have angle brackets in the HTML it makes. */
function escapeMermaid(text: string, limit: number): string {
  return shorten(text, limit).replace(/[#;<>&"`{}%:\\]/g, (character) => `#${character.charCodeAt(0)};`);
}

/** The diagram's text, ending in a newline. Long traces show the steps around the story. */
export function toMermaid(trace: Trace): string {
  const position = new Map(trace.lanes.map((lane, index) => [lane.id, index]));
  const id = (lane: number): string => `L${position.get(lane) ?? 0}`;
  const out = ['sequenceDiagram'];
  trace.lanes.forEach((lane, index) => out.push(`  participant L${index} as ${laneLetter(index)} ${escapeMermaid(lane.name, 40)}`));
  const wrong = violationStep(trace);
  const end = Math.min(trace.steps.length, Math.max(mostSteps, (wrong ?? 0) + 20));
  const start = Math.max(0, end - mostSteps);
  const first = trace.lanes[0];
  const last = trace.lanes[trace.lanes.length - 1];
  const everyone = first && last && first !== last ? `${id(first.id)},${id(last.id)}` : first ? id(first.id) : 'L0';
  if (start > 0) out.push(`  Note over ${everyone}: ${start} steps before`);
  for (const step of trace.steps.slice(start, end)) {
    const role = step.role ? `${roleWords[step.role].toUpperCase()} ` : '';
    const changes = Object.keys({ ...step.before, ...step.after })
      .filter((key) => step.before[key] !== step.after[key])
      .map((key) => `${locationName(trace, key)} = ${Object.hasOwn(step.after, key) ? shorten(step.after[key] ?? '', 40) : 'deleted'}`);
    const told = [`${role}${step.index + 1}. ${step.text}`, `${placeWords(step.range)}, ${step.summary}`, ...changes].map((part) =>
      escapeMermaid(part, 90),
    );
    out.push(`  Note over ${id(step.lane)}: ${told.join('<br/>')}`);
    const check = trace.violation?.checkStep;
    const checkLane = check === null || check === undefined ? undefined : trace.steps[check]?.lane;
    if (step.index === trace.violation?.interferenceStep && checkLane !== undefined && checkLane !== step.lane) {
      out.push(`  ${id(step.lane)}-->>${id(checkLane)}: makes the check stale`);
    }
    if (step.index === wrong) out.push(`  Note over ${everyone}: VIOLATION<br/>${escapeMermaid(headline(trace), 200)}`);
  }
  if (end < trace.steps.length) out.push(`  Note over ${everyone}: ${trace.steps.length - end} steps more`);
  if (trace.steps.length === 0) out.push(`  Note over ${everyone}: ${escapeMermaid(headline(trace), 200)}`);
  out.push(`  Note over ${everyone}: ${escapeMermaid(honestLine(trace), 200)}`);
  return `${out.join('\n')}\n`;
}

/** The text V8 puts before "is not a function": the callee as written, simple parts only. */
import type { Span } from '../../program/program.ts';
import { type Instruction, Op } from '../code.ts';
import type { Frame } from '../frame.ts';
import type { Machine } from '../machine.ts';

/** Callee of the call the running frame is at, null when it cannot be told. */
export function calleeText(m: Machine): string | null {
  const frame = m.fiber?.top;
  if (!frame) return null;
  const i = frame.code.instructions[frame.pc - 1];
  if (!i || (i.op !== Op.Call && i.op !== Op.CallMethod && i.op !== Op.New)) return null;
  let text = frame.code.module.text.slice(i.span.start, i.span.end).trim();
  if (i.op === Op.New) text = text.replace(/^new\s+/, '');
  if (text.endsWith(')')) {
    let depth = 0;
    let at = text.length - 1;
    for (; at >= 0; at--) {
      const c = text[at];
      if (c === ')' || c === ']' || c === '}') depth++;
      else if (c === '(' || c === '[' || c === '{') depth--;
      if (depth === 0) break;
    }
    text = text.slice(0, at).trim();
  }
  return render(text) + returned(frame.code.module.text, i.span.start);
}

/** What V8 adds where the result would be iterated at once. */
function returned(source: string, start: number): string {
  return /(\.\.\.|\bof)[\s(]*$/.test(source.slice(Math.max(0, start - 20), start))
    ? ' is not a function or its return value is not iterable'
    : '';
}

/** As V8's call printer: names and dotted names as they are, anything else `(intermediate value)`. */
function render(text: string): string {
  const t = text
    .replace(/\(([\w$#]+)\)(?=\??\.)/g, '$1')
    .replace(/\?\.$/, '')
    .replace(/\?\./g, '?.')
    .replace(/!$/, '')
    .replace(/!\./g, '.');
  if (/^[\w$#]+(\s*\??\.\s*[\w$#]+)*$/.test(t)) return t.replace(/\s+/g, '');
  const index = /^([\w$#]+(?:\.[\w$#]+)*)\[(.*)\]$/s.exec(t);
  if (index) return /^(['"]).*\1$/s.test(index[2] ?? '') ? `${index[1]}.${(index[2] ?? '').slice(1, -1)}` : `${index[1]}[${index[2]}]`;
  const last = /\.([\w$#]+)$/.exec(t);
  if (last && !/^[\w$#.]+$/.test(t)) {
    const call = /^([\w$#.]+)\(.*\)\.([\w$#]+)$/s.exec(t);
    if (call) return `${call[1]}(...).${call[2]}`;
    return `(intermediate value).${last[1]}`;
  }
  const call = /^([\w$#.]+)\(.*\)$/s.exec(t);
  if (call) return `${call[1]}(...)`;
  return '(intermediate value)';
}

/** What is iterated at the present instruction, as written; undefined in library code. */
export function iteratedText(m: Machine): string | undefined {
  const frame = m.fiber?.top;
  const i = frame?.code.instructions[frame.pc - 1];
  if (!frame || !i || frame.code.internal) return undefined;
  if (i.op === Op.ListExtend || i.op === Op.GetIter) {
    // In an array literal, what is spread.
    const span = i.op === Op.ListExtend && i.x !== null ? (i.x as Span) : i.span;
    const text = frame.code.module.text.slice(span.start, span.end);
    if (span !== i.span) return `[...${render(text)}]`;
    return text.startsWith('[') || /^[\w$.]+$/.test(text) || text === '{}' ? text : render(text);
  }
  return undefined;
}

/** The whole pattern: what takes one property has the span of that. */
function patternOf(i: Instruction): Span {
  return i.op === Op.GetIndex && i.x !== null ? (i.x as Span) : i.span;
}

/** What a destructuring statement takes apart, as written; null when it has no initialiser of its own. */
export function destructuredText(m: Machine): string | null {
  const frame = m.fiber?.top;
  const i = frame?.code.instructions[frame.pc - 1];
  if (!frame || !i || frame.code.internal) return null;
  const text = frame.code.module.text.slice(patternOf(i).end, i.statement.end);
  const after = /^[\s)]*(?::[^=]*)?=\s*([^;]*?)\s*;?\s*$/s.exec(text);
  if (!after?.[1]) return null;
  const given = /[([{]/.test(after[1]) ? after[1] : after[1].replace(/\)+$/, '');
  return given === '{}' ? '{}' : render(given);
}

/** Is it an assignment to names that are there, not a declaration or a parameter? */
export function isAssignment(m: Machine): boolean {
  const frame = m.fiber?.top;
  const i = frame?.code.instructions[frame.pc - 1];
  return frame !== undefined && frame !== null && i !== undefined && /^[([]/.test(frame.code.module.text.slice(i.statement.start));
}

/** The present instruction takes a property, which has no default, out of a pattern that is not inside another one. */
export function isTopPattern(frame: Frame): boolean {
  const i = frame.code.instructions[frame.pc - 1];
  return i?.op === Op.GetIndex && i.x !== null && !/[{[]/.test(frame.code.module.text.slice(i.statement.start, patternOf(i).start));
}

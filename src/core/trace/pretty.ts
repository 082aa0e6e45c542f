/**
 * The story of a trace in plain text for a terminal: what went wrong, the lanes step by step (side by
 * side where the width allows, a rail with one lane mark per step where it does not), the shared
 * state before and after, and the honest line. Only box-drawing characters; colours come from outside.
 */
import { columnsOf, fit, shorten, wrap } from './visible.ts';
import {
  headline,
  honestLine,
  laneLetter,
  locationName,
  fileName,
  placeWords,
  roleWords,
  runtimeName,
  runtimeWords,
  violationStep,
} from './words.ts';
import { stateHistory } from './states.ts';
import type { Trace, TraceStep } from './trace.ts';

/** How to colour: each function gets plain text and returns it with the terminal's codes around. */
export interface Paint {
  bold: (text: string) => string;
  dim: (text: string) => string;
  good: (text: string) => string;
  bad: (text: string) => string;
  warn: (text: string) => string;
  /** Colour of the lane at this position (0-based; more lanes than colours wrap around). */
  lane: (position: number, text: string) => string;
}

export interface PrettyOptions {
  /** Width of the terminal; at least 40 is used, at most 160. */
  columns: number;
  /** None: plain text. */
  colour: Paint | null;
}

const plain: Paint = {
  bold: (text) => text,
  dim: (text) => text,
  good: (text) => text,
  bad: (text) => text,
  warn: (text) => text,
  lane: (_position, text) => text,
};

const roleMarks: Readonly<Record<NonNullable<TraceStep['role']>, string>> = {
  check: '◀ check',
  gap: '┆ gap',
  interference: '◀ interferes',
  act: '◀ act',
  violation: '◀ violation',
};

/** One line of the picture: a step, or a run of steps with nothing worth a line each. */
type Line = { kind: 'step'; step: TraceStep } | { kind: 'run'; lane: number; from: number; to: number };

/** Runs of at least this many quiet local steps of one lane are told in one line. */
const shortestRun = 4;

function quiet(step: TraceStep): boolean {
  return !step.visible && !step.role && !step.output && !step.exception && step.accesses.length === 0;
}

function linesOf(trace: Trace): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < trace.steps.length; ) {
    const step = trace.steps[at];
    if (!step) break;
    let end = at;
    while (trace.steps[end]?.lane === step.lane && quiet(trace.steps[end] as TraceStep)) end++;
    if (end - at >= shortestRun) {
      lines.push({ kind: 'run', lane: step.lane, from: at, to: end - 1 });
      at = end;
    } else {
      lines.push({ kind: 'step', step });
      at++;
    }
  }
  return lines;
}

/** What a step did, one part per thing to tell: its summary, what it changed, printed, raised. */
function effects(trace: Trace, step: TraceStep): string[] {
  const parts = [step.summary];
  for (const key of Object.keys({ ...step.before, ...step.after })) {
    const before = Object.hasOwn(step.before, key) ? shorten(step.before[key] ?? '', 40) : 'nothing';
    const after = Object.hasOwn(step.after, key) ? shorten(step.after[key] ?? '', 40) : 'nothing';
    if (before !== after) parts.push(`${locationName(trace, key)}: ${before} → ${after}`);
  }
  if (step.output) parts.push(`prints ${shorten(step.output.replace(/\n$/, ''), 60)}`);
  if (step.exception && !shorten(step.summary, 160).includes('raises ')) parts.push(`raises ${shorten(step.exception, 60)}`);
  return parts.filter((part) => part !== '').map((part) => shorten(part, 160));
}

/** The effects of a step as lines of at most `width` columns, at most `limit` of them. */
function told(trace: Trace, step: TraceStep, width: number, limit: number): string[] {
  // The line is one of another file.
  const elsewhere = step.range.path === undefined ? [] : [`in ${fileName(step.range.path)}`];
  const lines = [...elsewhere, ...effects(trace, step)].flatMap((part) => wrap(part, Math.max(8, width)));
  return lines.length <= limit
    ? lines
    : [...lines.slice(0, limit - 1), `${fit(lines[limit - 1] ?? '', Math.max(6, width - 2)).trimEnd()} …`];
}

/**
 * The whole trace as text, ending in a newline.
 * @param options width in columns and the paint; see {@link PrettyOptions}
 */
export function toPretty(trace: Trace, options: PrettyOptions): string {
  const width = Math.max(40, Math.min(160, Math.floor(options.columns) || 80));
  const paint = options.colour ?? plain;
  const out: string[] = [...title(trace, width, paint), ''];
  if (trace.steps.length > 0) out.push(...picture(trace, width, paint), '');
  out.push(...stateTable(trace, width, paint));
  out.push(...footer(trace, width, paint));
  return `${out.map((line) => line.replace(/ +$/, '')).join('\n')}\n`;
}

function title(trace: Trace, width: number, paint: Paint): string[] {
  const about = [shorten(trace.source.path, 120)];
  if (trace.violation) about.push(`${shorten(trace.violation.rule, 60)} on ${shorten(trace.violation.shared, 60)}`);
  about.push(shorten(runtimeName(trace.runtime), 60));
  const [mark, colour] =
    trace.verdict === 'violation' ? ['✗', paint.bad] : trace.verdict === 'verified' ? ['✓', paint.good] : ['!', paint.warn];
  const text = wrap(shorten(headline(trace), 2_000), width - 2);
  return [
    ...wrap(about.join(' · '), width).map((line) => paint.dim(line)),
    '',
    ...text.map((line, index) => (index === 0 ? `${colour(mark)} ${paint.bold(line)}` : `  ${paint.bold(line)}`)),
    ...(trace.verdict === 'unsupported' && trace.unsupported ? [`  ${paint.dim(placeWords(trace.unsupported.range))}`] : []),
  ];
}

function picture(trace: Trace, width: number, paint: Paint): string[] {
  const position = new Map(trace.lanes.map((lane, index) => [lane.id, index]));
  const numbers = Math.max(2, String(trace.steps.length).length);
  const lineDigits = Math.max(4, ...trace.steps.map((step) => String(step.range.line).length));
  const gutter = numbers + 1 + lineDigits + 2;
  const context: Picture = { trace, width, paint, position, numbers, lineDigits, gutter };
  const columns = columnWidths(context);
  return columns ? sideBySide(context, columns) : rail(context);
}

/** Width of each lane's column, by need; null where the lanes do not fit side by side. */
function columnWidths({ trace, width, gutter, position }: Picture): number[] | null {
  const lanes = trace.lanes.length;
  if (lanes < 2) return null;
  const needs = trace.lanes.map((lane, index) => columnsOf(`${laneLetter(index)} ${shorten(lane.name, 30)}`));
  for (const step of trace.steps) {
    const at = position.get(step.lane) ?? 0;
    const code = columnsOf(shorten(step.text, 200)) + (step.role ? columnsOf(roleMarks[step.role]) + 1 : 0);
    const effect = Math.min(46, Math.max(0, ...effects(trace, step).map((part) => columnsOf(part) + 2)));
    needs[at] = Math.max(needs[at] ?? 0, code, effect);
  }
  const room = width - gutter - (lanes - 1) * 3;
  const widths = needs.map((need) => Math.min(need, 27));
  let spare = room - widths.reduce((sum, width) => sum + width, 0);
  if (spare < 0) return null;
  while (spare > 0) {
    const short = widths.map((_, index) => index).filter((index) => (widths[index] ?? 0) < (needs[index] ?? 0));
    if (short.length === 0) break;
    const share = Math.max(1, Math.floor(spare / short.length));
    for (const index of short) {
      const more = Math.min(share, (needs[index] ?? 0) - (widths[index] ?? 0), spare);
      widths[index] = (widths[index] ?? 0) + more;
      spare -= more;
    }
  }
  return widths;
}

interface Picture {
  trace: Trace;
  width: number;
  paint: Paint;
  position: Map<number, number>;
  numbers: number;
  lineDigits: number;
  gutter: number;
}

function gutterOf(picture: Picture, step: TraceStep | null): string {
  const { numbers, lineDigits, paint } = picture;
  const number = step ? String(step.index + 1) : '';
  const line = step ? String(step.range.line) : '';
  return paint.dim(`${number.padStart(numbers)} ${line.padStart(lineDigits)}  `);
}

function paintRole(paint: Paint, role: TraceStep['role'], text: string): string {
  if (role === 'act' || role === 'violation') return paint.bad(text);
  if (role === 'gap') return paint.dim(text);
  return role ? paint.warn(text) : text;
}

function violationRule(picture: Picture): string {
  const label = '── violation ';
  return picture.paint.bad(label + '─'.repeat(Math.max(0, picture.width - columnsOf(label))));
}

/** One column per lane; each step takes a line of code and a line per thing it did. */
function sideBySide(picture: Picture, columns: readonly number[]): string[] {
  const { trace, paint, position, numbers, lineDigits } = picture;
  const bar = ` ${paint.dim('│')} `;
  const row = (gutter: string, at: number, painted: string): string =>
    gutter + columns.map((column, index) => (index === at ? painted : ' '.repeat(column))).join(bar);
  const out: string[] = [
    paint.dim(`${'#'.padStart(numbers)} ${'line'.padStart(lineDigits)}  `) +
      trace.lanes
        .map((lane, index) => paint.bold(paint.lane(index, fit(`${laneLetter(index)} ${shorten(lane.name, 60)}`, columns[index] ?? 0))))
        .join(bar),
    paint.dim('─'.repeat(picture.gutter - 1) + '─' + columns.map((column) => '─'.repeat(column)).join('─┼─')),
  ];
  const wrong = violationStep(trace);
  let previous: number | null = null;
  for (const line of linesOf(trace)) {
    const lane = line.kind === 'step' ? line.step.lane : line.lane;
    const at = position.get(lane) ?? 0;
    const column = columns[at] ?? 0;
    if (previous !== null && previous !== at) out.push(switchLine(picture, columns, previous, at));
    previous = at;
    if (line.kind === 'run') {
      out.push(row(gutterOf(picture, null), at, paint.dim(fit(`… ${line.to - line.from + 1} local steps`, column))));
      continue;
    }
    const { step } = line;
    const mark = step.role ? roleMarks[step.role] : '';
    const room = Math.max(0, column - (mark ? columnsOf(mark) + 1 : 0));
    const code = paint.lane(at, fit(shorten(step.text, 200), room));
    out.push(row(gutterOf(picture, step), at, code + (mark ? ` ${paintRole(paint, step.role, mark)}` : '')));
    for (const part of told(trace, step, column - 2, 4)) {
      out.push(row(gutterOf(picture, null), at, paint.dim(fit(`  ${part}`, column))));
    }
    if (step.index === wrong) out.push(violationRule(picture));
  }
  return out;
}

/** The connector drawn between two lanes where the processor switches: `╰────▶`. */
function switchLine(picture: Picture, columns: readonly number[], from: number, to: number): string {
  const left = (lane: number): number => columns.slice(0, lane).reduce((sum, column) => sum + column + 3, 0);
  return ' '.repeat(picture.gutter) + picture.paint.dim(connector(left(from), left(to)));
}

function connector(from: number, to: number): string {
  const middle = '─'.repeat(Math.max(0, Math.abs(to - from) - 1));
  return ' '.repeat(Math.min(from, to)) + (from < to ? `╰${middle}▶` : `◀${middle}╯`);
}

/** A rail needs this many columns beside the lane marks to show code and effect side by side. */
const narrowest = 48;

/** One mark per lane on the left, then code and effect; for narrow terminals and many lanes. */
function rail(picture: Picture): string[] {
  const { trace, paint, position, gutter, width } = picture;
  const lanes = trace.lanes.length;
  const track = lanes <= 12;
  const railWidth = track ? lanes * 2 + 1 : 5;
  const rest = width - gutter - railWidth;
  const marks = (at: number, mark: string): string => {
    if (!track) return `${paint.bold(paint.lane(at, fit(mark === '' ? '' : laneLetter(at), 4)))} `;
    const cells = trace.lanes.map((_, index) => (index === at && mark ? paint.bold(paint.lane(index, mark)) : paint.dim('·')));
    return `${cells.join(' ')}  `;
  };
  const out: string[] = trace.lanes.flatMap((lane, index) =>
    wrap(`${laneLetter(index)} ${shorten(lane.name, 60)}${lane.startedAt ? `, started at ${placeWords(lane.startedAt)}` : ''}`, width).map(
      (text) => paint.lane(index, text),
    ),
  );
  out.push('');
  const wrong = violationStep(trace);
  const widest = Math.max(0, ...trace.steps.map((step) => columnsOf(shorten(step.text, 200))));
  const code = Math.min(widest, Math.max(12, Math.floor(rest * 0.48)));
  let previous: number | null = null;
  for (const line of linesOf(trace)) {
    const lane = line.kind === 'step' ? line.step.lane : line.lane;
    const at = position.get(lane) ?? 0;
    if (previous !== null && previous !== at) {
      out.push(' '.repeat(gutter) + paint.dim(track ? connector(previous * 2, at * 2) : '┄┄┄┄'));
    }
    previous = at;
    if (line.kind === 'run') {
      out.push(gutterOf(picture, null) + marks(at, '┊') + paint.dim(`… ${line.to - line.from + 1} local steps`));
      continue;
    }
    const { step } = line;
    const mark = step.role ? roleMarks[step.role] : '';
    const tail = mark ? ` ${paintRole(paint, step.role, mark)}` : '';
    const markRoom = mark ? columnsOf(mark) + 1 : 0;
    const start = gutterOf(picture, step) + marks(at, laneLetter(at));
    const indent = gutterOf(picture, null) + marks(at, '');
    if (rest < narrowest) {
      // No room for two columns: what the step did goes below its code.
      out.push(start + paint.lane(at, fit(shorten(step.text, 200), Math.max(0, rest - markRoom))) + tail);
      for (const more of told(trace, step, rest - 2, 4)) out.push(`${indent}  ${paint.dim(more)}`);
    } else {
      const room = rest - code - 2;
      const lines = told(trace, step, room - markRoom, 4);
      const first = mark ? fit(lines[0] ?? '', Math.max(0, room - markRoom)) : (lines[0] ?? '');
      out.push(`${start}${paint.lane(at, fit(shorten(step.text, 200), code))}  ${first}${tail}`);
      for (const more of lines.slice(1)) out.push(indent + ' '.repeat(code + 2) + paint.dim(more));
    }
    if (step.index === wrong) out.push(violationRule(picture));
  }
  return out;
}

/** Shared state before and after, and what a serial order gives where that differs. */
function stateTable(trace: Trace, width: number, paint: Paint): string[] {
  if (trace.steps.length === 0) return [];
  const history = stateHistory(trace);
  const serial = trace.outcome.serial;
  const last = trace.steps.length - 1;
  const rows = history.keys.slice(0, 40).map((key) => {
    const first = history.valueAt(key, -1);
    const end = history.valueAt(key, last);
    const others = [...new Set(serial.filter((state) => Object.hasOwn(state, key)).map((state) => state[key] ?? ''))];
    const shown = others
      .slice(0, 4)
      .map((value) => shorten(value, 60))
      .join(' or ');
    return [
      shorten(locationName(trace, key), 40),
      first === undefined ? '–' : shorten(first, 60),
      end === undefined ? '–' : shorten(end, 60),
      shown,
    ];
  });
  if (rows.length === 0) return [];
  const head = ['shared state', 'before', 'after', ...(serial.length > 0 ? ['in a serial order'] : [])];
  const needed = head.map((text, at) => Math.max(columnsOf(text), ...rows.map((cells) => columnsOf(cells[at] ?? ''))));
  const fair = Math.floor((width - (head.length - 1) * 2) / head.length);
  const spare = needed.reduce((sum, need) => sum + Math.max(0, fair - need), 0);
  const greedy = needed.filter((need) => need > fair).length || 1;
  const widths = needed.map((need) => Math.min(need, Math.max(need <= fair ? need : 0, fair + Math.floor(spare / greedy))));
  const line = (cells: string[]): string => head.map((_, at) => fit(cells[at] ?? '', widths[at] ?? 8)).join('  ');
  return [
    paint.dim(line(head)),
    ...rows.map((cells) => {
      const differs = serial.length > 0 && cells[3] !== '' && !(cells[3] ?? '').split(' or ').includes(cells[2] ?? '');
      return differs ? paint.bold(line(cells)) : line(cells);
    }),
    '',
  ];
}

function footer(trace: Trace, width: number, paint: Paint): string[] {
  const out: string[] = [];
  const add = (label: string, text: string): void => {
    const lines = wrap(shorten(text, 4_000), Math.max(20, width - 12));
    lines.forEach((line, index) => out.push(paint.dim((index === 0 ? label : '').padEnd(12)) + line));
  };
  add('explored', honestLine(trace));
  const runtimes = runtimeWords(trace);
  if (runtimes) add('happens', runtimes);
  if (trace.violation) {
    const { check, act, interference, gap, evidence } = trace.violation;
    const places = [
      check ? `${roleWords.check} at ${placeWords(check)}` : '',
      gap ? `gap: ${gap}` : '',
      interference ? `${roleWords.interference} at ${placeWords(interference)}` : '',
      act ? `${roleWords.act} at ${placeWords(act)}` : '',
    ].filter((part) => part !== '');
    if (places.length > 0) add('where', places.join(' · '));
    if (evidence) add('why', evidence);
  }
  for (const { text, range } of trace.assumptions.slice(0, 20)) add('assumed', range ? `${text} (${placeWords(range)})` : text);
  if (trace.schedule) add('schedule', trace.schedule);
  return out;
}

/**
 * A trace as one SVG picture: lanes as columns, steps down, the thread of execution that jumps at
 * context switches, gap, arrow and violation line as in the panel. Follows the viewer's light or dark
 * preference; plain shapes and text only, nothing external.
 */
import type { Trace, TraceStep } from './trace.ts';
import { stateHistory } from './states.ts';
import { columnsOf, shorten, wrap } from './visible.ts';
import { headline, honestLine, laneLetter, locationName, placeWords, roleWords, violationStep } from './words.ts';

const laneWidth = 250;
const stateWidth = 200;
const gutter = 40;
const rowHeight = 44;
const switchRoom = 14;
const mostSteps = 300;
const dashes = ['none', '7 3', '2 3', '10 3 2 3', '4 6', '14 4', '2 2 2 6', '7 2 2 2 2 2'];
const light = ['#0063b1', '#8033b3', '#0b7261', '#a14a00', '#3a7300', '#b0226e', '#4650c8', '#5d5d46'];
const dark = ['#4fc1ff', '#d7a0ff', '#4ec9b0', '#e8a87c', '#9cdc6a', '#f092c0', '#9aa8ff', '#c8c8a9'];

/** Text for XML: markup characters escaped; `visible` has already removed what XML forbids. */
export function escapeXml(text: string, limit = 200): string {
  return shorten(text, limit).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function styles(): string {
  const lanes = (colours: string[]): string =>
    colours.map((colour, index) => `.l${index}{stroke:${colour}}.f${index}{fill:${colour}}`).join('');
  return [
    'svg{background:#fff;color:#1f1f1f;font:13px system-ui,sans-serif}text{fill:currentColor}.mono{font-family:ui-monospace,monospace;font-size:12px}',
    '.dim{fill:#616161;font-size:11px}.on{fill:#fff;font-weight:700;font-size:10px}.idle{stroke-opacity:.35;fill:none}.run{stroke-width:3;fill:none}',
    '.switch{stroke:#767676;stroke-width:1.5;fill:none}.bad{stroke:#c72e2e;stroke-width:1.5;fill:none}.badfill{fill:#c72e2e}.gap{fill:#b07000;fill-opacity:.12}',
    `.check{fill:#b07000;fill-opacity:.14}.act,.interference,.violation{fill:#c72e2e;fill-opacity:.12}${lanes(light)}`,
    '@media (prefers-color-scheme:dark){svg{background:#1f1f1f;color:#ddd}.dim{fill:#9d9d9d}.on{fill:#1f1f1f}.bad{stroke:#f85149}.badfill{fill:#f85149}',
    `.check,.gap{fill:#e2b93d}.act,.interference,.violation{fill:#f85149}${lanes(dark)}}`,
  ].join('');
}

/** The picture as SVG text. Traces longer than 300 steps are drawn around the violation. */
export function toSvg(trace: Trace): string {
  const wrong = violationStep(trace);
  const end = Math.min(trace.steps.length, Math.max(mostSteps, (wrong ?? 0) + 20));
  const start = Math.max(0, end - mostSteps);
  const steps = trace.steps.slice(start, end);
  const history = stateHistory(trace);
  const keys = history.keys.filter((key) => history.nextChange(key, -1) !== null).slice(0, 3);
  const position = new Map(trace.lanes.map((lane, index) => [lane.id, index]));
  const lanes = Math.max(1, trace.lanes.length);
  const width = gutter + lanes * laneWidth + keys.length * stateWidth + 20;
  const x = (lane: number): number => gutter + 24 + (position.get(lane) ?? 0) * laneWidth;
  const out: string[] = [];
  const story = wrap(shorten(headline(trace), 600), Math.floor((width - 40) / 8));
  story.forEach((line, index) =>
    out.push(`<text x="20" y="${30 + index * 20}" font-size="16" font-weight="600">${escapeXml(line, 400)}</text>`),
  );
  let y = 30 + story.length * 20;
  out.push(`<text x="20" y="${y}" class="dim">${escapeXml(`${trace.source.path} · ${honestLine(trace)}`, 400)}</text>`);
  y += 34;
  trace.lanes.forEach((lane, index) => {
    out.push(badge(x(lane.id), y - 5, index), `<text x="${x(lane.id) + 16}" y="${y}" font-weight="600">${escapeXml(lane.name, 28)}</text>`);
  });
  keys.forEach((key, index) =>
    out.push(`<text x="${stateX(lanes, index)}" y="${y}" class="mono" font-weight="600">${escapeXml(locationName(trace, key), 26)}</text>`),
  );
  y += 14;
  const tops: number[] = [];
  const startY = y;
  steps.forEach((step, index) => {
    const before = steps[index - 1];
    if (before && before.lane !== step.lane) y += switchRoom;
    tops.push(y);
    y += rowHeight;
  });
  const under: string[] = trace.lanes.map(
    (lane, index) =>
      `<path d="M${x(lane.id)} ${startY}V${y}" class="idle l${index % 8}" stroke-dasharray="${dashes[index % 8] ?? 'none'}"/>`,
  );
  const centre = (index: number): number => (tops[index] ?? 0) + 15;
  const rowOf = (step: number | null | undefined): number | null =>
    step === null || step === undefined || step < start || step >= end ? null : step - start;
  const check = rowOf(trace.violation?.checkStep);
  const act = rowOf(trace.violation?.actStep);
  const write = rowOf(trace.violation?.interferenceStep);
  if (check !== null && act !== null && act > check) {
    under.push(
      `<rect class="gap" x="${x(steps[check]?.lane ?? 0) - 10}" y="${centre(check)}" width="20" height="${centre(act) - centre(check)}"/>`,
    );
  }
  steps.forEach((step, index) => {
    const before = steps[index - 1];
    if (before)
      under.push(thread(x(before.lane), centre(index - 1), x(step.lane), centre(index), tops[index] ?? 0, position.get(step.lane) ?? 0));
  });
  steps.forEach((step, index) => out.push(...stepMarks(trace, step, x(step.lane), tops[index] ?? 0, position.get(step.lane) ?? 0)));
  steps.forEach((step, index) => {
    keys.forEach((key, column) => {
      const change = history.changeAt(key, step.index);
      if (!change) return;
      const at = stateX(lanes, column);
      out.push(`<text x="${at}" y="${(tops[index] ?? 0) + 19}" class="mono">${escapeXml(change.after ?? 'deleted', 26)}</text>`);
      if (change.before !== undefined)
        out.push(`<text x="${at}" y="${(tops[index] ?? 0) + 35}" class="dim mono">was ${escapeXml(change.before, 24)}</text>`);
    });
  });
  if (check !== null && write !== null && check !== write) {
    const [cx, wx] = [x(steps[check]?.lane ?? 0), x(steps[write]?.lane ?? 0)];
    const channel = Math.min(cx, wx) - 18;
    out.push(
      `<path class="bad" d="M${wx - 10} ${centre(write)}H${channel}V${centre(check)}H${cx - 15}"/>`,
      `<path class="badfill" d="M${cx - 10} ${centre(check)}l-7 -4v8z"/>`,
    );
  }
  const wrongRow = rowOf(wrong);
  if (wrongRow !== null) {
    const at = (tops[wrongRow] ?? 0) + rowHeight;
    out.push(
      `<path class="bad" stroke-width="2" d="M0 ${at}H${width}"/>`,
      `<text x="${width - 20}" y="${at - 4}" text-anchor="end" class="badfill" font-size="11">violation</text>`,
    );
  }
  const height = y + 20;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escapeXml(headline(trace), 300)}</title><style>${styles()}</style>${under.join('')}${out.join('')}</svg>\n`;
}

function stateX(lanes: number, column: number): number {
  return gutter + lanes * laneWidth + column * stateWidth + 10;
}

function badge(x: number, y: number, lane: number): string {
  return `<rect x="${x - 9}" y="${y - 9}" width="18" height="18" rx="3" class="f${lane % 8}"/><text x="${x}" y="${y + 4}" class="on" text-anchor="middle">${laneLetter(lane)}</text>`;
}

function thread(ax: number, ay: number, bx: number, by: number, top: number, lane: number): string {
  if (ax === bx) return `<path d="M${ax} ${ay}V${by}" class="run l${lane % 8}" stroke-dasharray="${dashes[lane % 8] ?? 'none'}"/>`;
  const middle = top - switchRoom / 2;
  return `<path d="M${ax} ${ay}V${middle}H${bx}V${by}" class="switch"/>`;
}

function stepMarks(trace: Trace, step: TraceStep, x: number, top: number, lane: number): string[] {
  const role =
    step.role && step.role !== 'gap'
      ? `<rect x="${x + 12}" y="${top + 1}" width="${laneWidth - 34}" height="${rowHeight - 4}" rx="3" class="${step.role}"/>`
      : '';
  const word = step.role ? roleWords[step.role] : '';
  const room = 30 - (word ? word.length + 1 : 0);
  const code = shorten(step.text, room);
  return [
    role,
    `<text x="8" y="${top + 19}" class="dim">${step.index + 1}</text>`,
    badge(x, top + 15, lane),
    `<text x="${x + 17}" y="${top + 19}" class="mono" xml:space="preserve">${escapeXml(code, room)}</text>`,
    word ? `<text x="${x + 24 + columnsOf(code) * 7.3}" y="${top + 19}" class="dim" font-weight="700">${word}</text>` : '',
    `<text x="${x + 17}" y="${top + 35}" class="dim">${escapeXml(`${placeWords(step.range)} · ${step.summary}`, 38)}</text>`,
  ];
}

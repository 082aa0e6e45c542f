/**
 * Where every lane is, shown in the real editor: the lane's letter and colour in the gutter, and
 * after the line what its last step did. The step at the cursor stands out from the others.
 */
import * as vscode from 'vscode';
import type { Trace, TraceRange, TraceStep } from '../core/trace/trace.ts';
import { laneLetter } from '../core/trace/words.ts';

const laneCount = 8;
/** The same as the contributed colours' defaults; an icon cannot refer to a theme colour. */
const darkColours = ['#4FC1FF', '#D7A0FF', '#4EC9B0', '#E8A87C', '#9CDC6A', '#F092C0', '#9AA8FF', '#C8C8A9'];
const lightColours = ['#0063B1', '#8033B3', '#0B7261', '#A14A00', '#3A7300', '#B0226E', '#4650C8', '#5D5D46'];

export interface LaneDecorations {
  /** Shows the lanes of `trace` as they are after step `cursor` in every visible editor of `uri`. */
  show(uri: vscode.Uri, trace: Trace, cursor: number): void;
  clear(): void;
  dispose(): void;
}

function gutterIcon(letter: string, colour: string, text: string): vscode.Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect x="1" y="1" width="14" height="14" rx="3" fill="${colour}"/><text x="8" y="12" font-family="sans-serif" font-size="11" font-weight="bold" text-anchor="middle" fill="${text}">${letter}</text></svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${btoa(svg)}`);
}

function decorationType(position: number): vscode.TextEditorDecorationType {
  const colour = position % laneCount;
  const letter = laneLetter(position);
  const theme = new vscode.ThemeColor(`raceReplay.lane${colour + 1}`);
  return vscode.window.createTextEditorDecorationType({
    light: { gutterIconPath: gutterIcon(letter, lightColours[colour] ?? '#000', '#FFF') },
    dark: { gutterIconPath: gutterIcon(letter, darkColours[colour] ?? '#FFF', '#000') },
    gutterIconSize: 'contain',
    overviewRulerColor: theme,
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    after: { color: theme, margin: '0 0 0 2em' },
  });
}

/** Each lane's last step up to the cursor, in the order of the lanes; lanes not yet begun have none. */
export function laneSteps(trace: Trace, cursor: number): { position: number; step: TraceStep }[] {
  const last = new Map<number, TraceStep>();
  for (const step of trace.steps) {
    if (step.index > cursor) break;
    last.set(step.lane, step);
  }
  return trace.lanes.flatMap((lane, position) => {
    const step = last.get(lane.id);
    return step === undefined ? [] : [{ position, step }];
  });
}

export function toVsRange(range: TraceRange): vscode.Range {
  return new vscode.Range(range.line - 1, range.column - 1, range.endLine - 1, range.endColumn - 1);
}

export function createLaneDecorations(): LaneDecorations {
  const types = new Map<number, vscode.TextEditorDecorationType>();
  const current = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.stackFrameHighlightBackground'),
  });
  const typeOf = (position: number): vscode.TextEditorDecorationType => {
    const known = types.get(position) ?? decorationType(position);
    types.set(position, known);
    return known;
  };
  const clear = (): void => {
    for (const editor of vscode.window.visibleTextEditors) {
      for (const type of types.values()) editor.setDecorations(type, []);
      editor.setDecorations(current, []);
    }
  };
  return {
    show(uri, trace, cursor) {
      const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document.uri.toString() === uri.toString());
      const steps = laneSteps(trace, cursor).filter(({ step }) => step.range.path === undefined);
      for (const editor of editors) {
        const shown = new Set<number>();
        for (const { position, step } of steps) {
          shown.add(position);
          const here = step.index === cursor;
          const contentText = `${laneLetter(position)} ${step.exception ?? step.summary}${here && step.suspended !== undefined && !step.summary.includes(step.suspended) ? ` (${step.suspended})` : ''}`;
          const line = Math.min(step.range.line, editor.document.lineCount) - 1;
          const end = editor.document.lineAt(line).range.end;
          editor.setDecorations(typeOf(position), [
            { range: new vscode.Range(end, end), renderOptions: { after: { contentText, ...(here ? { fontWeight: 'bold' } : {}) } } },
          ]);
          if (here) editor.setDecorations(current, [new vscode.Range(end, end)]);
        }
        for (const [position, type] of types) if (!shown.has(position)) editor.setDecorations(type, []);
        if (!steps.some(({ step }) => step.index === cursor)) editor.setDecorations(current, []);
      }
    },
    clear,
    dispose() {
      clear();
      for (const type of types.values()) type.dispose();
      current.dispose();
    },
  };
}

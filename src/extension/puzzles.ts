/**
 * The bundled puzzles: small programs that work when their threads run one after the other, and fail
 * in some other order, which is for the user to find. Nothing about them is known beforehand: the
 * machine runs the moves, and the search says how few context switches are enough.
 */
import * as vscode from 'vscode';
import { ensureOpen } from './open-document.ts';
import type { Views } from './panel.ts';
import { languageOf, openBundled } from './samples.ts';
import type { Server } from './server.ts';
import { simulateInto } from './simulating.ts';
import type { ReplayView } from './view.ts';

export interface Puzzle {
  /** Name of its program in media/puzzles. */
  file: string;
  title: string;
  /** What is to be made to happen. */
  task: string;
}

/** From the easiest to the hardest. */
const puzzles: readonly Puzzle[] = [
  {
    file: 'last_seat.py',
    title: vscode.l10n.t('The last seat'),
    task: vscode.l10n.t('Ann and Bob want the last seat. Sell it to both of them.'),
  },
  {
    file: 'search_box.ts',
    title: vscode.l10n.t('The search box'),
    task: vscode.l10n.t('Each letter typed asks the server again. Leave the results of an earlier query on the page.'),
  },
  {
    file: 'philosophers.py',
    title: vscode.l10n.t('The philosophers'),
    task: vscode.l10n.t('Three philosophers need two forks each. Let them wait for one another for ever.'),
  },
  {
    file: 'careful_bank.py',
    title: vscode.l10n.t('The careful bank'),
    task: vscode.l10n.t('Every access to the balance holds the lock. Make a deposit disappear all the same.'),
  },
  {
    file: 'smallest_total.py',
    title: vscode.l10n.t('The smallest total'),
    task: vscode.l10n.t('Two threads add 1 to the total three times each. Make it come out as 2.'),
  },
];

/** The fewest switches each was solved with, by file name. */
const solvedKey = 'raceReplay.puzzles';

function solvedOf(context: vscode.ExtensionContext): Record<string, number> {
  return context.globalState.get<Record<string, number>>(solvedKey, {});
}

export function puzzleOf(file: unknown): Puzzle | null {
  return puzzles.find((puzzle) => puzzle.file === file) ?? null;
}

/** Remembers that a puzzle was solved, and the best way it was. */
export function noteSolved(context: vscode.ExtensionContext, { file }: Puzzle, switches: number): void {
  const solved = solvedOf(context);
  if (switches < (solved[file] ?? Infinity)) void context.globalState.update(solvedKey, { ...solved, [file]: switches });
}

/** Opens the puzzle of that file name, or asks which, and has it driven in the panel. */
export async function choosePuzzle(context: vscode.ExtensionContext, server: Server, views: Views, name?: unknown): Promise<void> {
  const puzzle = puzzleOf(name) ?? (await ask(solvedOf(context)));
  if (puzzle === null) return;
  const document = await openBundled(vscode.Uri.joinPath(context.extensionUri, 'media', 'puzzles'), puzzle.file);
  await playPuzzle(server, views.panel(), puzzle, document.uri.toString(), null);
}

async function ask(solved: Readonly<Record<string, number>>): Promise<Puzzle | null> {
  const items = puzzles.map((puzzle) => {
    const best = solved[puzzle.file];
    const icon = new vscode.ThemeIcon(best === undefined ? 'circle-large-outline' : 'pass-filled');
    const item = { label: puzzle.title, detail: puzzle.task, iconPath: icon, puzzle };
    if (best === undefined) return item;
    return {
      ...item,
      description: best === 1 ? vscode.l10n.t('solved with 1 context switch') : vscode.l10n.t('solved with {0} context switches', best),
    };
  });
  const pick = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Puzzles: make the program fail'),
    placeHolder: vscode.l10n.t('Choose which thread moves next, until it goes wrong'),
    matchOnDetail: true,
  });
  return pick?.puzzle ?? null;
}

/** Has a puzzle driven in a view, after these moves if there are any. `uri`: the document with its program. */
export async function playPuzzle(server: Server, view: ReplayView, puzzle: Puzzle, uri: string, moves: string | null): Promise<void> {
  try {
    await ensureOpen(vscode.Uri.parse(uri), languageOf(puzzle.file));
  } catch (error) {
    view.post({ type: 'error', text: error instanceof Error ? error.message : String(error) });
    return;
  }
  const params = { uri, line: null, findingId: null, schedule: null, harness: null };
  await simulateInto(server, view, params, (replay) => view.play(replay, puzzle, moves));
}

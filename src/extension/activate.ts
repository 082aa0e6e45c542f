/** Puts the extension together; the same for both hosts, which give it a way to make the client. */
import type * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { registerDebugger } from './debug/register.ts';
import { createLaneDecorations } from './decorations.ts';
import { registerModels } from './models.ts';
import { createViews, type Views } from './panel.ts';
import { noteSolved, playPuzzle, puzzleOf } from './puzzles.ts';
import { registerScratch } from './scratch.ts';
import { type MakeClient, type Server, startServer } from './server.ts';
import { followOld, simulateInto } from './simulating.ts';
import { registerStatus } from './status.ts';
import { registerTools } from './tools.ts';
import { registerTraceEditor } from './trace-editor.ts';
import { registerTree } from './tree.ts';
import type { ReplayView, ViewServices } from './view.ts';

/** What the extension gives to others (and to its tests). */
export interface Api {
  /** Index of the step that the replay on show is at; null without one. */
  step(): number | null;
}

export function apiOf(views: Views): Api {
  return { step: () => views.active()?.cursor ?? null };
}

/** Returns what the parts that only one host has are built on. */
export async function activateWith(
  context: vscode.ExtensionContext,
  make: MakeClient,
  dist: string | null,
): Promise<{ server: Server; views: Views }> {
  const server = await startServer(context, make, dist);
  const decorations = createLaneDecorations();
  const simulate = async (view: ReplayView, params: Parameters<ViewServices['simulate']>[1]): Promise<void> => {
    await simulateInto(server, view, params);
  };
  const services: ViewServices = {
    extension: context.extensionUri,
    server,
    decorations,
    simulate,
    followOld: (view, old) => followOld(server, view, old),
    async restore(view, { params, moves, puzzle, language }) {
      const known = puzzleOf(puzzle);
      if (known !== null) return playPuzzle(server, view, known, params.uri, moves);
      await simulateInto(server, view, params, undefined, language ?? null);
      if (moves !== null) await view.resume(moves);
    },
    changed: (view) => views.remember(view),
    solved: (puzzle, switches) => noteSolved(context, puzzle, switches),
  };
  const views = createViews(context, services);
  registerCommands(context, server, views, simulate);
  context.subscriptions.push(
    decorations,
    registerScratch(),
    registerTraceEditor(services, views),
    ...registerDebugger(views),
    registerTree(server),
    registerStatus(server),
    registerModels(server, (text) => console.warn(`Race Replay: ${text}`)),
    ...registerTools(server),
  );
  return { server, views };
}

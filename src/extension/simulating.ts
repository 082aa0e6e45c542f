/**
 * Simulating for a person: the panel opens at once, says how far the search is, offers to cancel
 * when it takes long, and shows the replay at its violation.
 */
import * as vscode from 'vscode';
import type { Trace } from '../core/trace/trace.ts';
import type { SimulateParams } from '../protocol/lsp.ts';
import { ensureOpen } from './open-document.ts';
import type { Server } from './server.ts';
import type { Replay, ReplayView } from './view.ts';

/** A search shorter than this shows no progress outside the panel, in milliseconds. */
const quietMs = 1_000;

/** How a result is worded when there is no violation to look at. */
export function bannerOf(trace: Trace): string | null {
  const { executions, bound } = trace.explored;
  switch (trace.verdict) {
    case 'violation':
      return null;
    case 'verified':
      return vscode.l10n.t('0 of {0} interleavings fail: every one was explored.', executions);
    case 'bounded':
      return vscode.l10n.t('None of {0} interleavings failed; {1}.', executions, bound?.detail ?? vscode.l10n.t('not all were explored'));
    case 'unsupported':
      return trace.unsupported === null ? null : vscode.l10n.t('Not simulated: {0}', trace.unsupported.what);
  }
}

/** Asks the server; a search that takes longer shows a notification with Cancel. */
async function ask(server: Server, params: SimulateParams): Promise<{ trace: Trace | null; error: string | null }> {
  const cancel = new vscode.CancellationTokenSource();
  const answer = server.simulate(params, cancel.token);
  const done = answer.then(
    () => undefined,
    () => undefined,
  );
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Simulating'), cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => cancel.cancel());
        const said = server.onProgress(({ executions }) => progress.report({ message: vscode.l10n.t('{0} interleavings', executions) }));
        return done.finally(() => void said.dispose());
      },
    );
  }, quietMs);
  try {
    return await answer;
  } catch (error) {
    return {
      trace: null,
      error: cancel.token.isCancellationRequested ? vscode.l10n.t('Cancelled.') : error instanceof Error ? error.message : String(error),
    };
  } finally {
    clearTimeout(timer);
    cancel.dispose();
  }
}

/**
 * Simulates and shows the result in `view`, or does with it what `present` says. A later call for the
 * same view wins over an earlier one that is still on its way. `language`: that of an unsaved document,
 * which may have come back without it. Resolves to the trace, or null.
 */
export async function simulateInto(
  server: Server,
  view: ReplayView,
  params: SimulateParams,
  present: (replay: Replay) => Promise<void> | void = (replay) => view.show(replay),
  language: string | null = null,
): Promise<Trace | null> {
  const turn = (turns.get(view) ?? 0) + 1;
  turns.set(view, turn);
  const isLast = (): boolean => turns.get(view) === turn;
  view.post({ type: 'progress', text: vscode.l10n.t('Simulating…') });
  const uri = vscode.Uri.parse(params.uri);
  try {
    // The server simulates what is open in the editor, saved or not.
    await ensureOpen(uri, language);
  } catch (error) {
    if (isLast()) view.post({ type: 'error', text: error instanceof Error ? error.message : String(error) });
    return null;
  }
  const said = server.onProgress(({ uri: of, executions }) => {
    if (of === params.uri && isLast()) view.post({ type: 'progress', text: vscode.l10n.t('Simulating… {0} interleavings', executions) });
  });
  const { trace, error } = await ask(server, params).finally(() => void said.dispose());
  if (!isLast()) return null;
  if (trace === null) {
    view.post({ type: 'error', text: error ?? vscode.l10n.t('The simulation gave no result.') });
    return null;
  }
  await present({ trace, source: uri, params, banner: bannerOf(trace) });
  return trace;
}

/**
 * Has the interleaving by which an earlier text failed tried on the text as it is: the replay shows how
 * far it can be followed, and the banner why not further.
 */
export async function followOld(server: Server, view: ReplayView, old: Trace): Promise<void> {
  const params = view.replay?.params ?? null;
  const { text } = old.source;
  if (params === null || text === undefined) return;
  const asked = { ...params, schedule: old.schedule, scheduleText: text, harness: old.harness };
  await simulateInto(server, view, asked, (replay) => {
    const { divergence, violation } = replay.trace;
    const banner =
      divergence !== undefined
        ? vscode.l10n.t('Here your old interleaving can’t go on: {0}.', divergence.reason)
        : violation === null
          ? vscode.l10n.t('Your old interleaving can still be followed to its end, and does not fail any more.')
          : null;
    view.show({ ...replay, params, banner, followsOld: true }, divergence?.step ?? null);
  });
}

const turns = new WeakMap<ReplayView, number>();

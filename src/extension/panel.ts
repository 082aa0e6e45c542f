/**
 * The replay panel beside the editor: there is at most one, it is reused, and it comes back after a
 * reload by running its schedule again, driven executions too. Keeps the context keys that commands are enabled by.
 */
import * as vscode from 'vscode';
import { replayWebviewOptions } from './html.ts';
import { createReplayView, type ReplayView, type ViewMemory, type ViewServices } from './view.ts';

export const panelType = 'raceReplay.panel';

export interface Views {
  /** The view that commands are for: the focused one, else the one last seen. */
  active(): ReplayView | null;
  /** The panel's view, made and shown beside the editor unless it is there. */
  panel(): ReplayView;
  /** The panel's view if there is one. */
  existing(): ReplayView | null;
  all(): ReplayView[];
  /** Enters a view of another kind (the *.race.json editor) among them. */
  add(view: ReplayView, panel: vscode.WebviewPanel): void;
  /** Remembers what the view shows, if it is the panel's, for the next window. */
  remember(view: ReplayView): void;
}

const memoryKey = 'raceReplay.panel';

/** `services.restore` is called to show a restored panel's replay again. */
export function createViews(context: vscode.ExtensionContext, services: ViewServices): Views {
  const views = new Map<ReplayView, vscode.WebviewPanel>();
  let panelView: ReplayView | null = null;
  let last: ReplayView | null = null;

  const updateContext = (): void => {
    const panels = [...views.values()];
    void vscode.commands.executeCommand(
      'setContext',
      'raceReplay.panelVisible',
      panels.some((panel) => panel.visible),
    );
    void vscode.commands.executeCommand(
      'setContext',
      'raceReplay.panelFocused',
      panels.some((panel) => panel.active),
    );
  };

  const add = (view: ReplayView, panel: vscode.WebviewPanel): void => {
    views.set(view, panel);
    last = view;
    panel.onDidChangeViewState(() => {
      if (panel.active) last = view;
      updateContext();
      view.refresh();
    });
    panel.onDidDispose(() => {
      views.delete(view);
      if (last === view) last = null;
      if (panelView === view) panelView = null;
      view.dispose();
      updateContext();
    });
    updateContext();
  };

  const adopt = (panel: vscode.WebviewPanel): ReplayView => {
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'races.svg');
    const view = createReplayView(panel.webview, services, () => panel.visible);
    panelView = view;
    add(view, panel);
    return view;
  };

  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(panelType, {
      async deserializeWebviewPanel(panel) {
        const view = adopt(panel);
        const memory = context.workspaceState.get<ViewMemory>(memoryKey);
        if (memory === undefined) view.post({ type: 'progress', text: vscode.l10n.t('Simulate a race to see it here.') });
        else await services.restore(view, memory);
      },
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
      // Only what the person did; the panel's own reveals come without a kind.
      if (kind === undefined || kind === vscode.TextEditorSelectionChangeKind.Command) return;
      const line = selections[0]?.active.line;
      if (line !== undefined) for (const view of views.keys()) view.editorCursor(textEditor.document.uri, line + 1);
    }),
    vscode.window.onDidChangeVisibleTextEditors(() => last?.refresh()),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) for (const view of views.keys()) view.edited(document.uri);
    }),
  );

  return {
    active: () => {
      for (const [view, panel] of views) if (panel.active) return view;
      return last;
    },
    panel() {
      const existing = panelView === null ? undefined : views.get(panelView);
      if (panelView !== null && existing !== undefined) {
        if (!existing.visible) existing.reveal(undefined, true);
        return panelView;
      }
      const panel = vscode.window.createWebviewPanel(
        panelType,
        'Race Replay',
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        replayWebviewOptions(context.extensionUri),
      );
      return adopt(panel);
    },
    existing: () => panelView,
    all: () => [...views.keys()],
    add,
    remember(view) {
      const memory = view === panelView ? view.memory() : null;
      if (memory !== null) void context.workspaceState.update(memoryKey, memory);
    },
  };
}

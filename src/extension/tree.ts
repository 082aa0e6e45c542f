/** The Races view: every finding of the open files, by file, with severity and verdict. */
import * as vscode from 'vscode';
import { type FileState, type SimulateArguments, simulateCommand } from '../protocol/lsp.ts';
import type { Server } from './server.ts';

type Finding = FileState['findings'][number];
type Node = { kind: 'file'; state: FileState } | { kind: 'finding'; state: FileState; finding: Finding };

const icons = { warning: 'warning', information: 'info', hint: 'lightbulb' } as const;

/** The words for a verdict, as the view and the tools say it. */
export function verdictWords(verdict: string): string {
  switch (verdict) {
    case 'violation':
      return vscode.l10n.t('replay found');
    case 'verified':
      return vscode.l10n.t('every interleaving explored, none fails');
    case 'bounded':
      return vscode.l10n.t('none fails within the bound');
    default:
      return vscode.l10n.t('could not be simulated');
  }
}

function fileItem(state: FileState): vscode.TreeItem {
  const uri = vscode.Uri.parse(state.uri);
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = vscode.ThemeIcon.File;
  item.description = state.findings.length === 1 ? vscode.l10n.t('1 race') : vscode.l10n.t('{0} races', state.findings.length);
  return item;
}

function findingItem(state: FileState, finding: Finding): vscode.TreeItem {
  const where =
    finding.function === ''
      ? vscode.l10n.t('line {0}', finding.range.line)
      : vscode.l10n.t('{0}, line {1}', finding.function, finding.range.line);
  const item = new vscode.TreeItem(`${finding.shared}: ${where}`);
  item.id = `${state.uri}#${finding.id}`;
  item.description = `${finding.rule} · ${verdictWords(finding.verdict)}`;
  item.tooltip = finding.message;
  const colour = { warning: 'list.warningForeground', information: 'editorInfo.foreground', hint: 'editorHint.foreground' }[
    finding.severity
  ];
  item.iconPath = new vscode.ThemeIcon(icons[finding.severity], new vscode.ThemeColor(colour));
  item.accessibilityInformation = { label: `${finding.severity}: ${finding.message} ${verdictWords(finding.verdict)}` };
  const args: SimulateArguments = [state.uri, finding.range.line, finding.id];
  item.command = { title: vscode.l10n.t('Simulate Race'), command: simulateCommand, arguments: args };
  return item;
}

/** Registers the view; its badge counts the findings. */
export function registerTree(server: Server): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const withFindings = (): FileState[] =>
    [...server.files.values()].filter((state) => state.findings.length > 0).sort((a, b) => a.uri.localeCompare(b.uri));
  const view = vscode.window.createTreeView<Node>('raceReplay.races', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren(node) {
        if (node === undefined) return withFindings().map((state) => ({ kind: 'file', state }));
        if (node.kind === 'finding') return [];
        const { state } = node;
        return [...state.findings].sort((a, b) => a.range.line - b.range.line).map((finding) => ({ kind: 'finding', state, finding }));
      },
      getTreeItem: (node) => (node.kind === 'file' ? fileItem(node.state) : findingItem(node.state, node.finding)),
    },
  });
  const subscription = server.onFileState(({ state }) => {
    if (state?.running === true) return;
    changed.fire();
    const value = withFindings().reduce((sum, each) => sum + each.findings.length, 0);
    view.badge = value === 0 ? undefined : { value, tooltip: vscode.l10n.t('{0} races in open files', value) };
  });
  return vscode.Disposable.from(changed, view, subscription);
}

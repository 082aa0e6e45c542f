/** Offers the command line's MCP server to VS Code's agents, where VS Code knows such definitions. */
import * as vscode from 'vscode';

/** The part of the API that the oldest VS Code supported here does not have yet. */
interface McpApi {
  registerMcpServerDefinitionProvider(id: string, provider: { provideMcpServerDefinitions(): unknown[] }): vscode.Disposable;
}
type StdioDefinition = new (label: string, command: string, args: string[], env: Record<string, string>, version: string) => unknown;

/** Registers the provider; nothing where the API is missing. */
export function registerMcp(context: vscode.ExtensionContext): vscode.Disposable[] {
  const api = vscode.lm as unknown as Partial<McpApi> | undefined;
  const Definition = (vscode as unknown as { McpStdioServerDefinition?: StdioDefinition }).McpStdioServerDefinition;
  if (typeof api?.registerMcpServerDefinitionProvider !== 'function' || typeof Definition !== 'function') return [];
  const cli = vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath;
  const { version } = context.extension.packageJSON as { version: string };
  const provider = {
    provideMcpServerDefinitions: () => [
      new Definition('Race Replay', process.execPath, [cli, 'mcp'], { ELECTRON_RUN_AS_NODE: '1' }, version),
    ],
  };
  try {
    return [api.registerMcpServerDefinitionProvider('raceReplay.mcp', provider)];
  } catch {
    // VS Code 1.100 has the function under an earlier form of the contribution, and refuses.
    return [];
  }
}

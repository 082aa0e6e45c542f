/** The page of a replay webview: one script, one style sheet, the translated words as data, and a policy that allows nothing else. */
import * as vscode from 'vscode';
import { embedJson } from '../core/trace/html.ts';

/** What a replay webview may load: dist/ only. */
export function replayWebviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist')] };
}

/** A nonce from the platform's cryptographic random source, as hexadecimal. */
function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function replayHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const resource = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', name)).toString();
  const nonce = makeNonce();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Race Replay</title>
<link rel="stylesheet" href="${resource('webview.css')}">
</head>
<body>
<div id="root"></div>
<script type="application/json" id="words">${embedJson(vscode.l10n.bundle ?? {})}</script>
<script nonce="${nonce}" src="${resource('webview.js')}"></script>
</body>
</html>`;
}

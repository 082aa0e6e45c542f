/**
 * A trace as one HTML page that opens from disk with no network: the panel's bundle, its style sheet
 * and the trace as data. The trace is JSON in a script element that is never executed, with every `<`
 * escaped, and the page's own policy forbids any loading.
 */
import type { Trace } from './trace.ts';
import { escapeXml } from './svg.ts';
import { headline } from './words.ts';

export interface StandaloneAssets {
  /** Text of the standalone bundle (an IIFE, not a module: modules do not load from file://). */
  script: string;
  css: string;
}

/** JSON that can stand inside a script element: no `<`, and no line separators. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The bundle is ours, but a string in it must not end the element either. */
function embedScript(script: string): string {
  return script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
}

/** The whole page. `assets` are the texts of the standalone bundle and style sheet. */
export function toStandaloneHtml(trace: Trace, assets: StandaloneAssets): string {
  const title = `${trace.source.path.split(/[\\/]/).pop() ?? 'trace'}: ${headline(trace)}`;
  const policy =
    "default-src 'none'; script-src 'nonce-race-replay'; style-src 'nonce-race-replay'; img-src data:; base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeXml(title, 200)}</title>
<style nonce="race-replay">${assets.css.replace(/<\/(style)/gi, '<\\/$1')}</style>
</head>
<body class="standalone">
<div id="root"></div>
<script type="application/json" id="trace">${embedJson(trace)}</script>
<script nonce="race-replay">${embedScript(assets.script)}</script>
</body>
</html>
`;
}

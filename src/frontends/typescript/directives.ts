/** Comments that silence a rule on the next line: `// race-replay-disable-next-line RULE[, RULE…]: reason`. */
import ts from 'typescript';
import { lineIndex, lineStarts } from '../../core/program/lines.ts';
import type { Module } from '../../core/program/program.ts';

const MARK = 'race-replay-disable-next-line';
const pattern = /(?:\/\/|\/\*)[ \t*]*race-replay-disable-next-line\b[ \t]*([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?[ \t]*(?::([^\r\n]*))?/g;

/** Directives of the file; `line` is the 0-based line each acts on. */
export function findDirectives(file: ts.SourceFile): Module['directives'] {
  if (!file.text.includes(MARK)) return [];
  const starts = lineStarts(file.text);
  const found: { own: number; directive: Module['directives'][number] }[] = [];
  for (const match of file.text.matchAll(pattern)) {
    if (isInsideToken(file, match.index)) continue;
    const rules = (match[1] ?? '')
      .split(',')
      .map((rule) => rule.trim())
      .filter((rule) => rule !== '');
    const isBlock = match[0].startsWith('/*');
    const end = isBlock ? file.text.indexOf('*/', match.index + 2) : -1;
    const own = lineIndex(starts, end < 0 ? match.index : end);
    const reason = (match[2] ?? '').replace(/\*\/.*$/, '').trim();
    found.push({ own, directive: { line: own + 1, rules, reason } });
  }
  // Directives on consecutive lines all act on the line after the last of them.
  for (let i = found.length - 2; i >= 0; i--) {
    const current = found[i];
    const next = found[i + 1];
    if (current && next && current.directive.line === next.own && isCommentOnly(file.text, starts, next.own))
      current.directive.line = next.directive.line;
  }
  return found.map((f) => f.directive);
}

function isCommentOnly(text: string, starts: readonly number[], line: number): boolean {
  return /^\s*(\/\/|\/\*)/.test(text.slice(starts[line] ?? 0, starts[line + 1] ?? text.length));
}

/** Whether the offset lies in a string, template, regular expression or JSX text rather than in a comment. */
function isInsideToken(file: ts.SourceFile, offset: number): boolean {
  let node: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(node, (child) =>
      child.getStart(file) <= offset && offset < child.end ? child : undefined,
    );
    if (!inner) break;
    node = inner;
  }
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isJsxText(node)
  );
}

/**
 * Messages for what the parser could not read. tree-sitter only says where it skipped or inserted
 * something, so the text itself is looked at the way Python's tokenizer does: brackets and strings
 * first, since one left open explains everything after it, then the statement's colon, then the
 * token at fault.
 */
import type { Problem, Span } from '../../core/program/program.ts';
import { stringEnd } from './layout.ts';
import type { SyntaxNode } from './syntax.ts';

const mostProblems = 100;

/** One problem for each place the tree has an error; at most a hundred, at most one a line. */
export function syntaxProblems(root: SyntaxNode, text: string): Problem[] {
  if (!root.hasError) return [];
  const problems: Problem[] = tokenProblems(text);
  const explained = problems[0]?.span.start ?? Number.POSITIVE_INFINITY;
  const lines = new Set(problems.map((problem) => lineStart(text, problem.span.start)));
  visitErrors(root, (node) => {
    if (problems.length >= mostProblems) return false;
    // What follows an open bracket or string is its consequence, and so is what the recovery made of the text around it.
    if (node.start >= explained || node.end > explained) return true;
    const problem = describeError(node, text);
    const line = lineStart(text, problem.span.start);
    if (!lines.has(line)) {
      lines.add(line);
      problems.push(problem);
    }
    return true;
  });
  return problems.sort((a, b) => a.span.start - b.span.start);
}

/** Outermost error and missing nodes, in order, until `visit` returns false. */
function visitErrors(node: SyntaxNode, visit: (node: SyntaxNode) => boolean): boolean {
  if (node.type === 'ERROR' || node.missing) return visit(node);
  for (const child of node.children) if (child.hasError && !visitErrors(child, visit)) return false;
  return true;
}

const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** String openings, comments, and brackets: all that decides what is open at the end of a text. */
const tokenPattern = /#[^\n\r]*|("""|'''|"|')|[()[\]{}]/g;

/** Unclosed and unmatched brackets and unterminated strings, the first of each kind. */
function tokenProblems(text: string): Problem[] {
  const stack: { bracket: string; at: number }[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(text); match !== null; match = tokenPattern.exec(text)) {
    const token = match[0];
    const at = match.index;
    if (token.startsWith('#')) continue;
    if (match[1] !== undefined) {
      const end = stringEnd(text, at + token.length, token);
      if (end === null) {
        const message = token.length === 3 ? 'unterminated triple-quoted string literal' : 'unterminated string literal';
        return [{ message, span: { start: at, end: token.length === 3 ? at + 3 : lineEnd(text, at) } }];
      }
      tokenPattern.lastIndex = end;
      continue;
    }
    const opener = openers[token];
    if (opener === undefined) {
      stack.push({ bracket: token, at });
      continue;
    }
    const open = stack.pop();
    if (open === undefined) return [{ message: `unmatched '${token}'`, span: { start: at, end: at + 1 } }];
    if (open.bracket !== opener) {
      return [
        {
          message: `closing parenthesis '${token}' does not match opening parenthesis '${open.bracket}'`,
          span: { start: at, end: at + 1 },
        },
      ];
    }
  }
  const open = stack[0];
  return open === undefined ? [] : [{ message: `unclosed '${open.bracket}'`, span: { start: open.at, end: open.at + 1 } }];
}

const tokenNames: Readonly<Record<string, string>> = {
  identifier: 'a name',
  string_end: 'the end of the string',
  _newline: 'the end of the line',
  _indent: 'an indented block',
  _dedent: 'the end of the block',
  block: 'an indented block',
  integer: 'a number',
};

const headers = /^\s*(?:async\s+)?(def|class|if|elif|else|for|while|try|except|finally|with)\b/;

function describeError(node: SyntaxNode, text: string): Problem {
  if (node.missing) {
    const span = visibleSpan(node, text);
    return { message: `expected ${tokenNames[node.type] ?? `'${node.type}'`}`, span };
  }
  const start = lineStart(text, node.start);
  const line = text.slice(start, lineEnd(text, node.start));
  const header = headers.exec(line);
  if (header !== null && !withoutStrings(line).includes(':')) {
    const end = start + line.replace(/\s*(#.*)?$/, '').length;
    return { message: "expected ':'", span: { start: Math.max(start, end - 1), end } };
  }
  const span = visibleSpan(node, text);
  const skipped = text.slice(span.start, span.end);
  const code = withoutStrings(skipped);
  const illegal = /[$?\0`]/.exec(code)?.[0];
  if (illegal !== undefined) {
    const at = span.start + skipped.indexOf(illegal);
    return {
      message: illegal === '\0' ? 'source code cannot contain null bytes' : `invalid character '${illegal}'`,
      span: { start: at, end: at + 1 },
    };
  }
  const rest = text.slice(span.end, lineEnd(text, span.end)).trim();
  if (/[^=!<>:+*/%@&|^-]=$/.test(code.trimEnd()) && rest !== '') {
    return {
      message: 'cannot assign to this expression',
      span: { start: span.start, end: span.start + Math.max(1, skipped.lastIndexOf('=')) },
    };
  }
  const dangling = /(?:[-+*/%@&|^~<>=.]+|\b(?:not|and|or|in|is|if|else|for|import|lambda|await))\s*$/.exec(skipped)?.[0].trim();
  if (dangling !== undefined && (rest === '' || rest.startsWith('#'))) {
    const at = span.start + skipped.lastIndexOf(dangling);
    return { message: `expected something after '${dangling}'`, span: { start: at, end: at + dangling.length } };
  }
  const token = /^(?:[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]{1,3})/u.exec(skipped)?.[0];
  return { message: token === undefined ? 'invalid syntax' : `invalid syntax at '${token}'`, span };
}

function withoutStrings(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#.*/g, '').replace(/\[[^\]]*\]|\{[^}]*\}|\([^)]*\)/g, '');
}

/** The part of an error on its first line with text; at least one character wide where there is one. */
function visibleSpan(node: SyntaxNode, text: string): Span {
  let start = node.start;
  while (start < node.end && /\s/.test(text.charAt(start))) start++;
  const end = Math.min(node.end, lineEnd(text, start));
  if (end > start) return { start, end };
  const at = Math.min(node.start, text.length);
  return at > 0 ? { start: at - 1, end: at } : { start: 0, end: Math.min(1, text.length) };
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const stop = end < 0 ? text.length : end;
  return stop > offset && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
}

/** Names a Python edit needs: how a module is imported here, or the line that imports it. */
import type { Module, Stmt } from '../program/program.ts';
import type { Edit } from './edit.ts';
import { indentAt, layoutOf, lineEnd, nextLine, trimEnd } from './layout.ts';

/** The expression for `module.name` (`threading.Lock`, `Lock`), with the edit that imports it when nothing does yet. */
export function qualified(module: Module, from: string, name: string): { text: string; edits: Edit[] } {
  for (const s of module.body.body) {
    if (s.kind !== 'import' || s.level !== 0 || s.module !== from) continue;
    for (const n of s.names) {
      const local = n.local?.kind === 'name' ? localName(n.local) : null;
      if (n.imported === null && local !== null) return { text: `${local}.${name}`, edits: [] };
      if (n.imported === name && local !== null) return { text: local, edits: [] };
    }
  }
  return { text: `${from}.${name}`, edits: [importLine(module, `import ${from}`)] };
}

function localName(target: { ref: { kind: string } } & { ref: { name?: string; variable?: { name: string } } }): string | null {
  return target.ref.name ?? target.ref.variable?.name ?? null;
}

/** Adds a line after the imports at the top, or after the docstring and comments when there are none. */
export function importLine(module: Module, line: string): Edit {
  const { text } = module;
  const { eol } = layoutOf(text);
  const { body } = module.body;
  let last: Stmt | null = null;
  for (const s of body) {
    if (s.kind === 'import') last = s;
    else if (last !== null || !isDocstring(s)) break;
  }
  if (last) {
    const at = nextLine(text, trimEnd(text, last.span));
    const atEnd = lineEnd(text, trimEnd(text, last.span)) === text.length;
    return { start: at, end: at, text: atEnd ? `${eol}${indentAt(text, last.span.start)}${line}` : `${line}${eol}` };
  }
  const first = body[0];
  const at = first && isDocstring(first) ? nextLine(text, trimEnd(text, first.span)) : afterComments(text);
  return { start: at, end: at, text: `${line}${eol}${/^\s*(\r?\n|$)/.test(text.slice(at)) ? '' : eol}` };
}

export function isDocstring(s: Stmt): boolean {
  return s.kind === 'expr' && s.value.kind === 'const' && s.value.value.type === 'string';
}

/** After the `#!` line and the comments that open the file. */
function afterComments(text: string): number {
  let at = 0;
  while (at < text.length && text.startsWith('#', at)) {
    const next = nextLine(text, at);
    if (next <= at) break;
    at = next;
  }
  return at;
}

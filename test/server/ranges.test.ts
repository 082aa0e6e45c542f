/** Ranges under edits against the text itself, and paths against URIs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOf, shiftRange, uriOf } from '../../src/server/ranges.ts';

describe('shiftRange', () => {
  it('keeps the marked word marked, whatever is edited outside of it', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é'), maxLength: 12 });
    fc.assert(
      fc.property(piece, piece, piece, fc.boolean(), fc.nat(), fc.nat(), (before, after, inserted, ahead, x, y) => {
        const document = TextDocument.create('a:b', 'x', 1, `${before}WORD${after}`);
        const range = { start: document.positionAt(before.length), end: document.positionAt(before.length + 4) };
        const [low, high] = ahead ? [0, before.length] : [before.length + 4, before.length + 4 + after.length];
        const [from, to] = [low + (x % (high - low + 1)), low + (y % (high - low + 1))].sort((a, b) => a - b) as [number, number];
        const change = { range: { start: document.positionAt(from), end: document.positionAt(to) }, text: inserted };
        const edited = TextDocument.update(TextDocument.create('a:b', 'x', 1, document.getText()), [change], 2);
        const moved = shiftRange(range, [change]);
        // An insertion exactly at the end of the word may be taken in; nothing else may change.
        expect(edited.getText(moved).startsWith('WORD')).toBe(true);
      }),
    );
  });
});

describe('paths', () => {
  it.each([
    ['file:///home/me/a%20b.py', '/home/me/a b.py'],
    ['file:///c%3A/x/y.ts', 'c:\\x\\y.ts'],
    ['file://server/share/a.py', '//server/share/a.py'],
    ['untitled:Untitled-1', 'untitled:Untitled-1'],
    ['vscode-vfs://github/o/r/a.py', 'vscode-vfs://github/o/r/a.py'],
  ])('%s is %s', (uri, path) => {
    expect(pathOf(uri, 'python')).toBe(path);
    expect(decodeURIComponent(uriOf(path))).toBe(decodeURIComponent(uri));
  });

  it('tell the parser about JSX where the name does not', () => {
    expect(pathOf('untitled:Untitled-2', 'typescriptreact')).toBe('untitled:Untitled-2.tsx');
    expect(pathOf('file:///a.tsx', 'typescriptreact')).toBe('/a.tsx');
  });
});

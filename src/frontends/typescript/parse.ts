/**
 * The `typescript` package's parser, guarded: syntax errors come back as data, and text nested so
 * deeply that the recursive parser runs out of stack gives a problem instead of an exception.
 */
import ts from 'typescript';
import { changeBetween } from '../../core/program/change.ts';
import type { Problem } from '../../core/program/program.ts';
import { MAX_PROBLEMS } from './context.ts';
import { parseErrors } from './syntax-errors.ts';

/** UTF-16 units; larger texts are generated, and parsing them would hold up everything else. */
export const MAX_TEXT = 16_000_000;

const options: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  // Every file is parsed as a module, so that `await` at the top level is one.
  setExternalModuleIndicator: (file) => {
    (file as unknown as { externalModuleIndicator: unknown }).externalModuleIndicator = true;
  },
};

export function scriptKind(path: string, language: 'typescript' | 'javascript'): ts.ScriptKind {
  if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
  if (/\.jsx$/i.test(path)) return ts.ScriptKind.JSX;
  return language === 'typescript' ? ts.ScriptKind.TS : ts.ScriptKind.JS;
}

/** Parses the text, or says why it cannot. Never throws. */
export function parseText(
  path: string,
  text: string,
  language: 'typescript' | 'javascript',
): { file: ts.SourceFile } | { problem: string } {
  if (text.length > MAX_TEXT) return { problem: 'The file is too large to be analysed' };
  return guarded(() => ts.createSourceFile(path, text, options, false, scriptKind(path, language)));
}

/** Parses an edited text, reusing what the edit did not touch. The old tree must not be used again. */
export function reparse(old: ts.SourceFile, text: string): { file: ts.SourceFile } | { problem: string } {
  if (text.length > MAX_TEXT) return { problem: 'The file is too large to be analysed' };
  const change = changeBetween(old.text, text);
  if (!change) return { file: old };
  const { start, oldEnd, newEnd } = change;
  const range = ts.createTextChangeRange(ts.createTextSpan(start, oldEnd - start), newEnd - start);
  return guarded(() => ts.updateSourceFile(old, text, range));
}

function guarded(parse: () => ts.SourceFile): { file: ts.SourceFile } | { problem: string } {
  try {
    return { file: parse() };
  } catch (error) {
    // A parse that was cut short leaves state behind in the parser; a whole one clears it.
    ts.createSourceFile('empty.ts', '', options);
    const isOverflow = error instanceof RangeError;
    return { problem: isOverflow ? 'The file is nested too deeply to be analysed' : 'The parser failed on this file' };
  }
}

export function hasErrors(file: ts.SourceFile): boolean {
  return parseErrors(file).length > 0;
}

/** The parser's own messages and places, clamped to the text. */
export function syntaxProblems(file: ts.SourceFile): Problem[] {
  const length = file.text.length;
  return parseErrors(file)
    .slice(0, MAX_PROBLEMS)
    .map((d) => {
      const start = Math.max(0, Math.min(d.start, length));
      return {
        message: ts.flattenDiagnosticMessageText(d.messageText, '\n'),
        span: { start, end: Math.max(start, Math.min(d.start + d.length, length)) },
      };
    });
}

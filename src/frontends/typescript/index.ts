/**
 * The TypeScript and JavaScript front end: text in, core program and problems out, synchronously.
 * It parses with the `typescript` package's compiler (no type checker, no file system) and runs in
 * a browser worker as well. Nothing here throws on any text.
 */
import type ts from 'typescript';
import type { FrontEndResult, Problem } from '../../core/program/program.ts';
import { emptyModule, lowerFile } from './module.ts';
import { hasErrors, parseText, reparse } from './parse.ts';

export { intrinsics } from './intrinsics.ts';
export { type PathAliases, readPathAliases } from './path-aliases.ts';
export type { IntrinsicInfo, IntrinsicName } from './intrinsics.ts';

export type ScriptLanguage = 'typescript' | 'javascript';

/** What an edit starts from: keep it, hand it to the next call, and use it once only. */
export interface IncrementalResult extends FrontEndResult {
  readonly syntax: ts.SourceFile | null;
}

/**
 * Lowers one file. JSX is read by the path's extension (`.tsx`, `.jsx`; `.js` may hold it too).
 * Spans are UTF-16 offsets into `text`. Syntax errors are `problems`; what surrounds them is lowered.
 */
export function parseTypeScript(path: string, text: string, language: ScriptLanguage): FrontEndResult {
  const { module, problems } = parseTypeScriptIncremental(path, text, language, null);
  return { module, problems };
}

/**
 * The same result as `parseTypeScript`, cheaper after a small edit: unchanged statements keep their
 * syntax trees. `previous` is the result for an earlier text of the same path and language, and is
 * consumed: its `syntax` must not be used for another edit (its `module` stays valid).
 */
export function parseTypeScriptIncremental(
  path: string,
  text: string,
  language: ScriptLanguage,
  previous: IncrementalResult | null,
): IncrementalResult {
  const old = previous?.syntax;
  let parsed = old && old.fileName === path && previous.module.language === language ? reparse(old, text) : parseText(path, text, language);
  // What is broken is read by its neighbours, which are not always looked at again.
  if (old && ('problem' in parsed || hasErrors(parsed.file))) parsed = parseText(path, text, language);
  if ('problem' in parsed) return failed(path, text, language, parsed.problem);
  try {
    return { ...lowerFile(parsed.file, path, language), syntax: parsed.file };
  } catch (error) {
    const what =
      error instanceof RangeError
        ? 'The file is nested too deeply to be analysed'
        : `The file could not be analysed (${error instanceof Error ? error.message : 'unknown error'})`;
    return failed(path, text, language, what);
  }
}

function failed(path: string, text: string, language: ScriptLanguage, message: string): IncrementalResult {
  const problem: Problem = { message, span: { start: 0, end: Math.min(text.length, 1) } };
  return { module: emptyModule(path, text, language, message), problems: [problem], syntax: null };
}

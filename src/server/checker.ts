/**
 * Keeps every open document checked: waits for a pause in typing, runs the check in the worker,
 * cancels it when newer text arrives, and remembers the last answer, moved along with the edits, so
 * that lenses and hovers can be answered at once.
 */
import { CancellationTokenSource, type Range, type TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TraceLanguage } from '../core/trace/trace.ts';
import type { CheckResult, Finding, Fix, Subject } from '../engine/api.ts';
import { languageOf, pathOf, shiftRange, toRange } from './ranges.ts';
import type { Settings } from './settings.ts';
import { Cancelled, type Simulation } from './simulation.ts';

/** Milliseconds without an edit before a check begins. */
export const debounceMs = 150;
export const maxCharacters = 1_500_000;
export const maxLines = 60_000;
/** The same before files that import the one that was edited are checked again. */
export const followMs = 1500;
/** A check that takes longer than this is given up, in milliseconds. */
const checkLimitMs = 120_000;

export interface CheckedSubject {
  subject: Subject;
  nameRange: Range;
}

export interface CheckedDocument {
  uri: string;
  language: TraceLanguage;
  path: string;
  /** Version that `result` is of; -1 before the first. */
  version: number;
  running: boolean;
  result: CheckResult;
  /** Subjects where they are now, edits since the check taken into account. */
  subjects: CheckedSubject[];
  /** Quick fixes by finding id, computed when first asked for and dropped with the result. */
  fixes: Map<string, Promise<Fix[]>>;
}

export interface Checker {
  /** The document was opened (checked without waiting) or changed. */
  changed(document: TextDocument, opened: boolean): void;
  /** Moves the remembered ranges; called with every edit. */
  moved(uri: string, changes: TextDocumentContentChangeEvent[]): void;
  closed(uri: string): void;
  get(uri: string): CheckedDocument | null;
  all(): CheckedDocument[];
  /** Resolves when the document's present version has been checked. */
  settled(document: TextDocument): Promise<CheckedDocument | null>;
  /** Checks everything again: settings or effect models have changed. */
  recheck(documents: TextDocument[]): void;
}

export interface CheckerHost {
  simulation: Simulation;
  settings: (uri: string) => Promise<Settings>;
  /** A new answer, or that a check has begun (`running`), or that a document went away. */
  publish: (state: CheckedDocument) => void;
  closed: (uri: string) => void;
  log: (text: string) => void;
}

export function createChecker(host: CheckerHost): Checker {
  const states = new Map<string, CheckedDocument>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const checks = new Map<string, { source: CancellationTokenSource; version: number; done: Promise<void> }>();
  const documents = new Map<string, TextDocument>();
  /** Files that import one that was edited since they were checked, and those being checked for that reason. */
  const behind = new Set<string>();
  const following = new Set<string>();
  let followTimer: ReturnType<typeof setTimeout> | null = null;

  const stop = (uri: string): void => {
    const timer = timers.get(uri);
    if (timer !== undefined) clearTimeout(timer);
    timers.delete(uri);
    checks.get(uri)?.source.cancel();
    checks.delete(uri);
  };

  const accept = (state: CheckedDocument, result: CheckResult, version: number): void => {
    state.result = result;
    state.version = version;
    state.running = false;
    state.subjects = result.subjects.map((subject) => ({ subject, nameRange: toRange(subject.nameRange) }));
    state.fixes = new Map();
    host.publish(state);
  };

  const check = async (document: TextDocument, state: CheckedDocument, source: CancellationTokenSource): Promise<void> => {
    const { uri, version } = document;
    const text = document.getText();
    const settings = await host.settings(uri);
    if (source.token.isCancellationRequested) return;
    const nothing = emptyResult(state, document.lineCount);
    if (!settings.enable || text.trim() === '') {
      accept(state, nothing, version);
      return;
    }
    if (text.length > maxCharacters || document.lineCount > maxLines) {
      const size = `${document.lineCount} lines, ${Math.round(text.length / 1000)} KB`;
      const limit = `${maxLines} lines or ${Math.round(maxCharacters / 1000)} KB`;
      accept(
        state,
        {
          ...nothing,
          problems: [
            {
              message: `Not checked: the file is too large (${size}; the limit is ${limit}).`,
              range: { line: 1, column: 1, endLine: 1, endColumn: 1 },
            },
          ],
        },
        version,
      );
      return;
    }
    state.running = true;
    host.publish(state);
    host.simulation.setText(state.path, text);
    try {
      const file = { path: state.path, text, language: state.language };
      const result = await host.simulation.run(
        'check',
        { file, options: settings.options },
        { token: source.token, limitMs: checkLimitMs },
      );
      if (!source.token.isCancellationRequested) accept(state, result, version);
    } catch (error) {
      if (source.token.isCancellationRequested) return;
      const message =
        error instanceof Cancelled
          ? `Not checked: ${error.message}.`
          : `Not checked: internal error: ${error instanceof Error ? error.message : String(error)}`;
      host.log(`${uri}: ${message}`);
      accept(state, { ...nothing, problems: [{ message, range: { line: 1, column: 1, endLine: 1, endColumn: 1 } }] }, version);
    }
  };

  const begin = (document: TextDocument, state: CheckedDocument): Promise<void> => {
    stop(document.uri);
    const source = new CancellationTokenSource();
    const done = check(document, state, source).finally(() => {
      if (checks.get(document.uri)?.source === source) checks.delete(document.uri);
    });
    checks.set(document.uri, { source, version: document.version, done });
    return done;
  };

  const stateOf = (document: TextDocument): CheckedDocument | null => {
    const language = languageOf(document.languageId);
    if (language === null) return null;
    const known = states.get(document.uri);
    if (known !== undefined) return known;
    const path = pathOf(document.uri, document.languageId);
    const state: CheckedDocument = {
      uri: document.uri,
      language,
      path,
      version: -1,
      running: false,
      result: { path, language, lines: 0, problems: [], findings: [], subjects: [], follows: [] },
      subjects: [],
      fixes: new Map(),
    };
    states.set(document.uri, state);
    return state;
  };

  /** Who imports the file is checked again after a longer pause: what is typed in goes first. */
  const checkImporters = (edited: CheckedDocument): void => {
    for (const uri of following) {
      stop(uri);
      behind.add(uri);
    }
    following.clear();
    behind.delete(edited.uri);
    for (const { uri, result } of states.values()) if (uri !== edited.uri && result.follows.includes(edited.path)) behind.add(uri);
    if (followTimer !== null) clearTimeout(followTimer);
    followTimer = behind.size === 0 ? null : setTimeout(follow, followMs);
  };

  const follow = (): void => {
    for (const uri of behind) {
      const document = documents.get(uri);
      const state = states.get(uri);
      if (document === undefined || state === undefined) continue;
      following.add(uri);
      void begin(document, state).finally(() => following.delete(uri));
    }
    behind.clear();
  };

  return {
    changed(document, opened) {
      const state = stateOf(document);
      if (state === null) return;
      documents.set(document.uri, document);
      stop(document.uri);
      if (!opened) checkImporters(state);
      const empty = document.getText().trim() === '';
      if (empty) accept(state, emptyResult(state, document.lineCount), document.version);
      else if (opened) void begin(document, state);
      else
        timers.set(
          document.uri,
          setTimeout(() => void begin(document, state), debounceMs),
        );
    },
    moved(uri, changes) {
      const state = states.get(uri);
      if (state === undefined) return;
      for (const entry of state.subjects) entry.nameRange = shiftRange(entry.nameRange, changes);
    },
    closed(uri) {
      stop(uri);
      const state = states.get(uri);
      states.delete(uri);
      documents.delete(uri);
      behind.delete(uri);
      if (state === undefined) return;
      host.simulation.setText(state.path, null);
      host.closed(uri);
    },
    get: (uri) => states.get(uri) ?? null,
    all: () => [...states.values()],
    async settled(document) {
      const state = stateOf(document);
      if (state === null) return null;
      for (let attempt = 0; attempt < 20 && states.get(document.uri) === state; attempt++) {
        if (state.version === document.version && !state.running) return state;
        const running = checks.get(document.uri);
        await (running !== undefined && running.version === document.version ? running.done : begin(document, state));
      }
      return states.get(document.uri) ?? null;
    },
    recheck(documents) {
      for (const document of documents) {
        const state = stateOf(document);
        if (state !== null) void begin(document, state);
      }
    },
  };
}

function emptyResult(state: CheckedDocument, lines: number): CheckResult {
  return { path: state.path, language: state.language, lines, problems: [], findings: [], subjects: [], follows: [] };
}

/** The finding of that id in the last answer, or null. */
export function findingOf(state: CheckedDocument, id: string): Finding | null {
  return state.result.findings.find((finding) => finding.id === id) ?? null;
}

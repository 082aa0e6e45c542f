/**
 * Runs of earlier checks of a file, used again for as long as nothing that ran in them has changed: a
 * unit's executions are decided by the functions that they entered, by what runs while the file is
 * loaded, and by a few facts about the program as a whole. All of these are compared, text for text; what
 * is kept says where things are by function, so that an edit elsewhere only moves them. A witness is not kept
 * as a picture: the machine executes it again, on the text that is there now.
 */
import type { Candidate, Harness } from '../core/detect/candidate.ts';
import type { Code } from '../core/machine/code.ts';
import { compileModule } from '../core/machine/compile.ts';
import { compiledCodes, mentions, programFacts } from '../core/machine/load.ts';
import type { Machine } from '../core/machine/machine.ts';
import type { World } from '../core/oracle/reach.ts';
import type { Judgement, Wrong } from '../core/oracle/judge.ts';
import { innermostFunction } from '../core/program/functions.ts';
import { lineStarts } from '../core/program/lines.ts';
import type { FunctionDef, Module, Program, Span } from '../core/program/program.ts';
import type { EngineOptions } from './api.ts';
import { keepLast } from './keep-last.ts';
import type { Unit } from './units.ts';

/** What a run found, without the machine it ran on. */
export interface Run {
  judgement: Judgement;
  worlds: readonly (World | null)[];
  elapsedMs: number;
  /** Which answers came first in it. */
  preferred: World;
  /** Numbers of processes, which go by who is met first. */
  processNumbers: ReadonlyMap<string, number>;
  /** Imported files that were taken for unknown code. */
  without: readonly string[];
}

/** What a run is of. */
export interface RunRequest {
  program: Program;
  /** The file in question, one of its modules. */
  target: Module;
  harness: Harness;
  candidates: readonly Candidate[];
  options: EngineOptions;
  world: World | null;
  /** What the machine is told to leave out of outcomes. */
  unread: ReadonlySet<string>;
}

/** Where a run is kept: the one that still stands, or null, and how to put another in its place. */
export interface Slot {
  run: Run | null;
  keep(unit: Unit, machine: Machine, run: Run): void;
}

export interface Runs {
  slotOf(request: RunRequest): Slot;
  /** A check of the file has ended: what it had no use for goes. */
  endCheck(): void;
  /** How many runs the last check that ended had here, and how many it had to make. */
  readonly last: { found: number; made: number };
}

/** The runs of the files checked last, by path. */
export interface Shelf {
  of(path: string): Runs;
}

const mostFiles = 12;

export function createShelf(): Shelf {
  const files = new Map<string, Runs>();
  return {
    of(path) {
      const runs = files.get(path) ?? createRuns();
      keepLast(files, path, runs, mostFiles);
      return runs;
    },
  };
}

interface Entry {
  run: Run;
  /** Functions of the file that were entered, by name, with what of them counts. */
  entered: readonly (readonly [name: string, signature: string])[];
  facts: string;
  mentioned: readonly { pattern: RegExp; found: boolean }[];
  /** By wrong, then of the unsupported construct: where it is. */
  places: readonly (Place | null)[];
}

/** A span by the function it is in. */
interface Place {
  fn: string;
  start: number;
  end: number;
}

const mostRuns = 600;

function createRuns(): Runs {
  let before = new Map<string, Entry>();
  let now = new Map<string, Entry>();
  let counts = { found: 0, made: 0 };
  let last = counts;
  return {
    get last() {
      return last;
    },
    slotOf(request) {
      const { program, target } = request;
      const key = keyOf(request);
      const entry = now.get(key) ?? before.get(key);
      const stands = entry !== undefined && isSame(entry, request);
      if (stands) now.set(key, entry);
      counts[stands ? 'found' : 'made']++;
      return {
        run: stands ? moved(entry, target) : null,
        keep(unit, machine, run) {
          if (now.size < mostRuns) now.set(key, entryOf(program, unit, machine, run));
        },
      };
    },
    endCheck() {
      before = now;
      now = new Map();
      last = counts;
      counts = { found: 0, made: 0 };
    },
  };
}

function entryOf(program: Program, { target, candidates }: Unit, machine: Machine, run: Run): Entry {
  const names = namesOf(target);
  const entered = compiledCodes(machine)
    .filter((code) => code.module === target && (code.entered || candidates.some((c) => c.fn === code.fn)))
    .map((code) => [names.of.get(code.fn) ?? '', signatureOf(code)] as const);
  const place = (at: { start: number; end: number; path: string } | null): Place | null =>
    at !== null && at.path === target.path ? placeOf(target, at) : null;
  return {
    run,
    entered,
    facts: factsOf(program),
    mentioned: [...machine.mentioned.values()],
    places: [...run.judgement.wrongs.map((w) => place(w.at)), place(run.judgement.unsupported)],
  };
}

function keyOf({ target, harness, candidates, options, world, unread }: RunRequest): string {
  const { severities: _, hints: __, disabledRules: ___, ...rest } = options;
  const place = (span: Span): Place => placeOf(target, span);
  return JSON.stringify([
    harness.kind === 'driver' ? null : namedPositions(harness.text, target),
    harness.kind === 'synthesised' && harness.sameTurn === true,
    candidates.map((c) => [
      c.rule,
      place(c.check),
      place(c.act),
      c.gap && place(c.gap),
      c.inside.map((at) => (at.module === undefined ? place(at) : [at.module.path, placeOf(at.module, at)])),
      c.ends?.map(place),
      [c.shared, c.sharedName, c.specificity, c.uses, c.sets, c.own, c.early, c.readies, c.isMild],
      namesOf(target).of.get(c.fn),
    ]),
    rest,
    world && [...world],
    [...unread],
  ]);
}

/** A driver's text with the functions that it names by line and column named by what they are. */
function namedPositions(text: string, target: Module): string {
  const starts = lineStarts(target.text);
  const names = namesOf(target);
  return text.replace(/\b(functionAt|comes)\((\d+), (\d+)\)/g, (_, name: string, line: string, column: string) => {
    const at = (starts[Number(line) - 1] ?? 0) + Number(column) - 1;
    const fn = target.functions.find((f) => f.span.start === at || f.nameSpan.start === at);
    return `${name}(${fn ? (names.of.get(fn) ?? '') : JSON.stringify(placeOf(target, { start: at, end: at }))})`;
  });
}

function isSame(entry: Entry, { program, target }: RunRequest): boolean {
  if (entry.facts !== factsOf(program)) return false;
  const names = namesOf(target);
  const codes = codesOf(target);
  const isAlike = ([name, signature]: readonly [string, string]): boolean => {
    const fn = names.functions.get(name);
    const code = fn && codes.get(fn);
    return code !== undefined && signatureOf(code) === signature;
  };
  return entry.entered.every(isAlike) && entry.mentioned.every(({ pattern, found }) => isMentioned(program, pattern) === found);
}

/** The run with its places where they are now. */
function moved({ run, places }: Entry, target: Module): Run {
  const { judgement } = run;
  const at = <T extends { start: number; end: number; path: string }>(old: T | null, place: Place | null | undefined): T | null => {
    const fn = place ? namesOf(target).functions.get(place.fn) : undefined;
    return old && place && fn ? { ...old, start: fn.span.start + place.start, end: fn.span.start + place.end } : old;
  };
  const wrongs = judgement.wrongs.map((w, i): Wrong => ({ ...w, at: at(w.at, places[i]) }));
  return { ...run, elapsedMs: 0, judgement: { ...judgement, wrongs, unsupported: at(judgement.unsupported, places.at(-1)) } };
}

/** The innermost function around a span, and where in it that is. */
function placeOf(module: Module, span: Span): Place {
  const fn = innermostFunction(module, span);
  return { fn: namesOf(module).of.get(fn) ?? '', start: span.start - fn.span.start, end: span.end - fn.span.start };
}

interface Names {
  of: ReadonlyMap<FunctionDef, string>;
  functions: ReadonlyMap<string, FunctionDef>;
}

const names = new WeakMap<Module, Names>();

/** Functions by qualified name; those of the same name in their order. */
function namesOf(module: Module): Names {
  let known = names.get(module);
  if (known) return known;
  const counts = new Map<string, number>();
  const of = new Map<FunctionDef, string>();
  for (const fn of module.functions) {
    const n = (counts.get(fn.qualifiedName) ?? 0) + 1;
    counts.set(fn.qualifiedName, n);
    of.set(fn, `${fn.qualifiedName}#${String(n)}`);
  }
  known = { of, functions: new Map([...of].map(([fn, name]) => [name, fn])) };
  names.set(module, known);
  return known;
}

const codes = new WeakMap<Module, ReadonlyMap<FunctionDef, Code>>();

function codesOf(module: Module): ReadonlyMap<FunctionDef, Code> {
  let known = codes.get(module);
  if (!known) {
    known = new Map(compileModule(module, { internal: false, atomic: false }).all.map((code) => [code.fn, code]));
    codes.set(module, known);
  }
  return known;
}

const signatures = new WeakMap<Code, string>();

/**
 * What of a function decides what it does: its own text, without the bodies of functions inside it, and what the compiler
 * makes of its names, which depends on the functions around it.
 */
function signatureOf(code: Code): string {
  let known = signatures.get(code);
  if (known === undefined) {
    const shape = [code.freeSources, code.locals, code.registerCount, code.instructions.map((i) => [i.op, i.d, i.a, i.b, i.c])];
    known = `${ownText(code.module, code.fn)}\n${JSON.stringify(shape)}`;
    signatures.set(code, known);
  }
  return known;
}

/** Lines between statements that are empty or say nothing to the machine do not count. */
function ownText({ text, functions, body }: Module, fn: FunctionDef): string {
  const cuts = functions
    .flatMap((f) => (f.parent === fn && f !== fn && f.body[0] ? [{ start: f.body[0].span.start, end: f.span.end }] : []))
    .sort((a, b) => a.start - b.start);
  let next = 0;
  const slice = (from: number, to: number): string => {
    let at = from;
    let own = '';
    for (; next < cuts.length && (cuts[next]?.start ?? 0) < to; next++) {
      const cut = cuts[next];
      if (!cut || cut.start < at) continue;
      own += text.slice(at, cut.start).trimEnd();
      at = cut.end;
    }
    return own + text.slice(at, to);
  };
  const bare = (between: string): string => between.replace(/^[ \t]*(?:#.*|\/\/.*)?(?:\n|$)/gm, '').trim();
  let at = fn === body ? 0 : fn.span.start;
  const parts: string[] = [];
  for (const { span } of [...fn.body].sort((a, b) => a.span.start - b.span.start)) {
    if (span.start < at) continue;
    parts.push(bare(slice(at, span.start)), slice(span.start, span.end));
    at = Math.max(span.end, cuts[next - 1]?.end ?? 0);
  }
  if (at < fn.span.end) parts.push(bare(slice(at, fn.span.end)));
  return parts.filter((part) => part !== '').join('\n');
}

const facts = new WeakMap<Program, string>();

/** The program as a whole: what the machine asks of it, which globals never change, and the other files. */
function factsOf(program: Program): string {
  let known = facts.get(program);
  if (known === undefined) {
    const { mutableAttributes, moduleAttributes } = programFacts(program);
    const [target, ...others] = program.modules;
    known = JSON.stringify([
      target?.path,
      mutableAttributes && [...mutableAttributes].sort(),
      [...moduleAttributes].sort(),
      target?.globals.map((g) => [g.name, g.kind, g.constant]),
      target?.exports,
      others.map((m) => [m.path, m.text]),
    ]);
    facts.set(program, known);
  }
  return known;
}

const asked = new WeakMap<Program, Map<string, boolean>>();

function isMentioned(program: Program, pattern: RegExp): boolean {
  let known = asked.get(program);
  if (!known) asked.set(program, (known = new Map()));
  let found = known.get(String(pattern));
  if (found === undefined) known.set(String(pattern), (found = mentions(program, pattern)));
  return found;
}

/**
 * Units of simulation: a program with its driver and the candidates it can show. Builds the machine,
 * judges it, and keeps what is needed to make traces of it later.
 */
import type { Candidate, Evidence, Harness } from '../core/detect/candidate.ts';
import { exploreDpor } from '../core/explore/dpor.ts';
import { isRuntime, type RuntimeName } from '../core/machine/runtimes.ts';
import { compiledCodes, loadProgram, type LanguageRuntime } from '../core/machine/load.ts';
import { remembering } from '../core/machine/remember.ts';
import { createSystem, type MachineSystem } from '../core/machine/system.ts';
import { judge, type Asks, type Judgement, type Prove } from '../core/oracle/judge.ts';
import { conditionOf, copiesOf, inputsOf } from '../core/detect/inputs.ts';
import { watch } from '../core/oracle/stale.ts';
import { letFail } from '../core/oracle/failing.ts';
import type { Module, Program } from '../core/program/program.ts';
import type { Control, EngineOptions } from './api.ts';
import type { Parse } from './project.ts';

export interface Runtimes {
  python: LanguageRuntime;
  javascript: LanguageRuntime;
}

export interface Unit {
  program: Program;
  /** The module under test (with a harness, the second one). */
  target: Module;
  harness: Harness;
  candidates: Candidate[];
}

export interface RunningUnit {
  unit: Unit;
  runtime: RuntimeName;
  system: MachineSystem;
}

export const noEvidence: Evidence = { kind: 'none', text: 'run as if two threads called it', spans: [] };

export function makeUnit(program: Program, harness: Harness, candidates: Candidate[], parse: Parse): Unit | null {
  const target = program.modules[0];
  if (!target) return null;
  if (harness.kind === 'driver') return { program, target, harness, candidates };
  // As JavaScript, where no import is ever erased for looking like one of a type; failing that (a
  // driver edited with annotations) as what the file is.
  const python = program.language === 'python';
  let parsed = parse({ path: python ? '<harness>.py' : '<harness>.js', text: harness.text, language: python ? 'python' : 'javascript' });
  if (parsed.problems.length > 0 && program.language === 'typescript')
    parsed = parse({ path: '<harness>.ts', text: harness.text, language: 'typescript' });
  const { module, problems } = parsed;
  if (problems.length > 0) return null;
  return { program: { ...program, modules: [module, ...program.modules] }, target, harness, candidates };
}

export function runtimeFor(unit: Unit, options: EngineOptions): RuntimeName {
  if (unit.program.language !== 'python') return 'node';
  return options.runtime !== null && isRuntime(options.runtime) && options.runtime !== 'node' ? options.runtime : 'cpython';
}

export function start(unit: Unit, runtime: RuntimeName, options: EngineOptions, runtimes: Runtimes): RunningUnit {
  const language = unit.program.language === 'python' ? runtimes.python : runtimes.javascript;
  const m = loadProgram(unit.program, language, { runtime, loopBound: options.loopBound, fuel: 50_000, recursionLimit: 1000 });
  const sites = unit.candidates.flatMap((c, candidate) => {
    const site = {
      candidate,
      check: c.check,
      act: c.act,
      module: c.module,
      inside: c.inside,
      inputs: c.ends || c.own ? [] : inputsOf(c),
      ends: c.ends ?? [],
      copies: copiesOf(c),
      ...(c.rule === 'wait-without-loop' && c.gap ? { wait: c.gap } : {}),
    };
    // Who goes by another part of the condition that is stale is not free of the race, either.
    const condition = c.early === true || c.ends || c.own ? null : conditionOf(c);
    if (condition !== null) return [site, { ...site, candidate: unit.candidates.length + candidate, check: condition }];
    // Every further step of an iteration relies on the ones before it.
    return c.rule === 'mutate-while-iterating' ? [site, { ...site, act: c.check }] : [site];
  });
  watch(m, compiledCodes(m), sites);
  // A section that is split to give something back when it failed is left to what else it does.
  const { candidates } = unit;
  letFail(m, compiledCodes(m), (index) => candidates[index % candidates.length]?.rule !== 'split-critical-section');
  m.unread = talliesOf(unit);
  m.tellsEnds = unit.candidates.some((c) => c.rule === 'stale-after-await' && c.uses === true);
  return { unit, runtime, system: createSystem(m, language) };
}

/**
 * Attributes that the code under a driver of our own does nothing with but count up (`self.misses += 1`):
 * that something happened twice is told by what it did, not by them. One that a candidate is about is state.
 */
export function talliesOf(unit: Unit): Set<string> {
  const tallies = new Set<string>();
  if (unit.harness.kind === 'driver') return tallies;
  const text = unit.program.modules
    .slice(1)
    .map((m) => m.text)
    .join('\n');
  for (const [, name = ''] of text.matchAll(/\b(?:self|this)\.(\w{1,80})\s*(?:\+=\s*1\b|\+\+)/g)) {
    if (tallies.has(name) || unit.candidates.some((c) => c.sharedName === name)) continue;
    const all = text.match(new RegExp(`\\.${name}\\b`, 'g'))?.length ?? 0;
    const counted =
      text.match(
        new RegExp(
          `\\b(?:self|this)\\.${name}\\s*(?:\\+=\\s*1\\b|\\+\\+|(?::\\s*\\w+\\s*)?=\\s*(?:(?:self|this)\\.\\w+\\s*=\\s*)*0\\b)`,
          'g',
        ),
      )?.length ?? 0;
    if (all === counted) tallies.add(name);
  }
  return tallies;
}

export function asksOf(unit: Unit): Asks {
  const { harness } = unit;
  // Two answers to one question may come in any order.
  const isOneQuestion = harness.kind === 'synthesised' && callsAlike(harness.text);
  return {
    responses: isOneQuestion ? new Set() : candidatesOf(unit, 'stale-response'),
    waits: candidatesOf(unit, 'wait-without-loop'),
    sets: candidatesWhere(unit, (c) => c.sets === true),
    own: candidatesWhere(unit, (c) => c.own !== undefined),
    awaited: candidatesWhere(unit, isOfAwaited),
    early: candidatesWhere(unit, (c) => c.early === true),
    late: candidatesWhere(unit, (c) => c.ends !== undefined),
    readied: candidatesWhere(unit, (c) => c.readies === true),
    changes: new Set([...candidatesOf(unit, 'db-check-then-act'), ...candidatesOf(unit, 'lost-update')]),
  };
}

/** `await this.pending`: the check is what is waited for, and no condition. */
function isOfAwaited({ check, gap, module }: Candidate): boolean {
  if (gap === null || gap.start > check.start || check.end > gap.end) return false;
  return /^await\s+[\w$.#!?]+$/.test(module.text.slice(gap.start, gap.end));
}

/** Do all contexts of a JavaScript driver make the same call of a method that is given nothing? */
function callsAlike(text: string): boolean {
  const [, block = ''] = /^await concurrently\(\n([\s\S]*?)\n\);$/m.exec(text) ?? [];
  const calls = block.split('\n').map((line) => line.trim());
  return calls.length > 1 && calls.every((call) => call === calls[0] && /^\(\) => [\w$.]+\(\),$/.test(call));
}

function candidatesWhere(unit: Unit, is: (c: Candidate) => boolean): Set<number> {
  return new Set(unit.candidates.flatMap((c, i) => (is(c) ? [i] : [])));
}

function candidatesOf(unit: Unit, rule: Candidate['rule']): Set<number> {
  return candidatesWhere(unit, (c) => c.rule === rule);
}

const prove: Prove = (inner, limits, onExecution) => {
  inner.reset();
  const system = remembering(inner);
  const visit = (): 'continue' | 'stop' => {
    system.settle();
    return onExecution();
  };
  const search = exploreDpor(system, visit, {
    executions: limits.executions,
    stepsPerExecution: 4000,
    cancelled: limits.stop,
  });
  search.run();
  const r = search.result();
  search.abandon();
  return { executions: r.executions, redundant: r.redundant, complete: r.complete && r.truncated === 0, bound: r.bound };
};

export function judgeUnit(running: RunningUnit, options: EngineOptions, control: Control): Judgement {
  const user = new Set(running.unit.program.modules.map((m) => m.path));
  return judge(running.system, {
    candidates: running.unit.candidates.length,
    maxExecutions: options.maxExecutions,
    timeoutMs: options.timeoutMs,
    now: control.now,
    cancelled: control.cancelled,
    all: options.all,
    isUserModule: (ns) => user.has(ns.name),
    waits: running.unit.candidates.flatMap((c, candidate) =>
      c.rule === 'wait-without-loop' ? [{ candidate, start: c.act.start, end: c.act.end }] : [],
    ),
    asks: asksOf(running.unit),
    locks: candidatesOf(running.unit, 'lock-order'),
    ownDriver: running.unit.harness.kind === 'driver',
    prove,
    ...(control.progress ? { progress: control.progress } : {}),
    ...(control.suspected ? { suspected: control.suspected } : {}),
  });
}

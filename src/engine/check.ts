/** `check`: every finding of a file. A finding exists only where a witness was found. */
import { lineStarts, toRange } from '../core/program/lines.ts';
import type { Candidate } from '../core/detect/candidate.ts';
import { isInterference } from '../core/oracle/judge.ts';
import type { TraceRange, Verdict } from '../core/trace/trace.ts';
import type { CheckResult, Control, Engine, EngineOptions, Finding, Severity, Subject } from './api.ts';
import { buildTrace, notReached, verdictOf } from './build-trace.ts';
import { sha256Of } from './hash.ts';
import type { Shelf } from './runs.ts';
import { moduleOf, planFile, runPlan, type CandidateResult, type EngineContext, type Judged, type Plan } from './plan.ts';

const largestText = 1_500_000;
const mostLines = 60_000;
/** A whole file's check takes at most this many times the budget of one candidate. */
const fileBudgets = 8;

/** With a shelf, what did not change since the last check of a file is not run again. */
export function createCheck(context: EngineContext, shelf: Shelf | null): { check: Engine['check'] } {
  return {
    check(file, options, control, readFile) {
      const starts = lineStarts(file.text);
      const empty: CheckResult = {
        path: file.path,
        language: file.language,
        lines: file.text === '' ? 0 : starts.length,
        problems: [],
        findings: [],
        subjects: [],
        follows: [],
      };
      const unreadable = refuse(file.text, starts.length);
      if (unreadable !== null)
        return { ...empty, problems: [{ message: unreadable, range: { line: 1, column: 1, endLine: 1, endColumn: 1 } }] };
      const { module, problems } = moduleOf(context, file);
      const result: CheckResult = { ...empty, problems: problems.map((p) => ({ message: p.message, range: toRange(starts, p.span) })) };
      const limited = limit(options, control);
      const plan = planFile(context, module, options, readFile);
      result.follows = plan.program.modules.slice(1).map((m) => m.path);
      if (plan.candidates.length === 0) return result;
      const runs = shelf?.of(file.path);
      const results = runPlan(runs ? { ...context, runs } : context, plan, plan.candidates, options, limited);
      if (!limited.cancelled()) runs?.endCheck();
      const found = mostSpecific(results.filter((r) => r.wrong !== null));
      for (const r of found) {
        const finding = findingOf(plan, r, options, starts, file.path);
        if (finding && !silenced(plan, r.candidate, starts)) result.findings.push(finding);
      }
      result.findings.push(...unattributed(plan, results, options, starts, file, found));
      result.findings.sort((a, b) => a.check.line - b.check.line || a.act.line - b.act.line);
      result.subjects = subjectsOf(plan, results, result.findings, starts);
      return result;
    },
  };
}

export function refuse(text: string, lines: number): string | null {
  if (text.includes('\u0000')) return 'this is not text (it contains NUL bytes); nothing was checked';
  if (text.length > largestText) return `this file is too large to check (${text.length} characters; the limit is ${largestText})`;
  if (lines > mostLines) return `this file is too long to check (${lines} lines; the limit is ${mostLines})`;
  return null;
}

function limit(options: EngineOptions, control: Control): Control {
  const end = control.now() + options.timeoutMs * fileBudgets;
  return { ...control, cancelled: () => control.cancelled() || control.now() > end };
}

/** Whether what the other one raised was raised in this one's own check or act. */
function failsAt({ candidate: { check, act, module } }: CandidateResult, { wrong }: CandidateResult): boolean {
  const at = wrong?.kind === 'exception' || wrong?.kind === 'assertion' ? wrong.at : null;
  return at !== null && at.path === module.path && [check, act].some((span) => at.start >= span.start && at.end <= span.end);
}

/** Among convicted candidates at one act, the most specific rule; among equals, the first. */
function mostSpecific(all: readonly CandidateResult[]): CandidateResult[] {
  // What fails in the check or act of another is that one's; this one's is what it does where nothing fails.
  const results = all.flatMap((r) => {
    if (failsAt(r, r) || !all.some((other) => failsAt(other, r))) return [r];
    return r.wrong?.unfailing === undefined ? [] : [{ ...r, wrong: r.wrong.unfailing }];
  });
  const best = new Map<string, CandidateResult>();
  for (const r of results) {
    const key = `${r.candidate.fn.id}:${r.candidate.act.start}:${r.candidate.act.end}`;
    const old = best.get(key);
    if (!old || r.candidate.specificity > old.candidate.specificity) best.set(key, r);
  }
  // The race is inside the function that is called: told there, where check and act are close, unless what is asked
  // before the call says more than what is inside does.
  for (const [key, { candidate }] of best) {
    const asked = results.map((r) => r.candidate).filter((c) => c.fn === candidate.fn && c.act.start === candidate.act.start);
    // Functions that call each other in a circle have their own act inside.
    const inner = [...best].filter(
      ([other, { candidate: c }]) =>
        other !== key &&
        asked.some(({ inside }) =>
          inside.some((span) => c.module === candidate.module && c.act.start === span.start && c.act.end === span.end),
        ),
    );
    if (inner.length === 0) continue;
    const saysMore = inner.every(
      ([, { candidate: c }]) => c.specificity < candidate.specificity && asked.some((a) => a.sharedName === c.sharedName),
    );
    for (const told of saysMore ? inner.map(([k]) => k) : [key]) best.delete(told);
  }
  // One race of one piece of state in one function is one finding, unless the rules differ in kind; so is one answer that
  // came late, wherever its parts are stored.
  const byState = new Map<string, CandidateResult>();
  for (const r of best.values()) {
    const about = r.candidate.ends ? 'late' : r.candidate.rule === 'stale-response' ? 'answer' : r.candidate.sharedName;
    const key = `${r.candidate.fn.id}:${about}:${r.candidate.check.start}`;
    const old = byState.get(key);
    if (
      !old ||
      r.candidate.specificity > old.candidate.specificity ||
      (r.candidate.specificity === old.candidate.specificity && r.candidate.act.start < old.candidate.act.start)
    )
      byState.set(key, r);
  }
  return [...byState.values()];
}

export function severityOf(rule: string, evidence: 'code' | 'contract' | 'none', options: EngineOptions, isMild = false): Severity | null {
  const set = options.severities[rule];
  if (set === 'off') return null;
  if (evidence === 'none') return options.hints ? 'hint' : null;
  return set ?? (isMild ? 'information' : 'warning');
}

export function fingerprint(rule: string, fn: string, check: string, act: string): string {
  return sha256Of([rule, fn, check.replace(/\s+/g, ' '), act.replace(/\s+/g, ' ')].join('\n')).slice(0, 16);
}

export function idOf(candidate: Candidate): string {
  const text = candidate.module.text;
  return fingerprint(
    candidate.rule,
    candidate.fn.qualifiedName,
    text.slice(candidate.check.start, candidate.check.end),
    text.slice(candidate.act.start, candidate.act.end),
  );
}

function findingOf(plan: Plan, r: CandidateResult, options: EngineOptions, starts: number[], path: string): Finding | null {
  if (!r.wrong) return null;
  const { evidence } = r.harness;
  const file = { path, text: plan.target.text, language: plan.target.language };
  const trace = buildTrace({
    file,
    running: r.judged.running,
    judgement: r.judged.judgement,
    wrong: r.wrong,
    elapsedMs: r.judged.elapsedMs,
    all: false,
  });
  const v = trace.violation;
  // That another process may have the file is not enough where nothing fails because of what it did.
  const isIdle =
    evidence.isMild === true && r.candidate.rule === 'file-toctou' && (r.wrong.kind !== 'exception' || v?.interference == null);
  const kind = isIdle ? 'none' : evidence.kind;
  const severity = severityOf(r.candidate.rule, kind, options, r.candidate.isMild ?? evidence.isMild);
  if (!severity) return null;
  return {
    id: idOf(r.candidate),
    rule: r.candidate.rule,
    severity,
    message: v?.message ?? '',
    shared: r.candidate.shared,
    check: toRange(starts, r.candidate.check),
    act: toRange(starts, r.candidate.act),
    interference: v?.interference && v.interference.path?.startsWith('<') !== true ? v.interference : null,
    gap: r.candidate.gap ? toRange(starts, r.candidate.gap) : null,
    contexts: trace.lanes.map((l) => l.name),
    evidence: kind,
    verdict: 'violation',
    schedule: trace.schedule,
    contextSwitches: trace.contextSwitches,
  };
}

/** Faults no candidate explains (a deadlock, an exception of a driver's own threads). */
function unattributed(
  plan: Plan,
  results: readonly CandidateResult[],
  options: EngineOptions,
  starts: number[],
  file: { path: string },
  found: readonly CandidateResult[],
): Finding[] {
  const out: Finding[] = [];
  const seen = new Set<Judged>();
  for (const r of results) {
    // In a driver of our own making an exception may only mean that an argument was guessed wrong.
    if (seen.has(r.judged) || r.harness.evidence.kind === 'none' || r.harness.kind !== 'driver') continue;
    seen.add(r.judged);
    for (const wrong of r.judged.judgement.wrongs) {
      // What fails in every order is not a race; any run of the program shows it.
      if (wrong.candidate >= 0 || wrong.kind === 'every-order') continue;
      const source = { path: file.path, text: plan.target.text, language: plan.target.language };
      const trace = buildTrace({
        file: source,
        running: r.judged.running,
        judgement: r.judged.judgement,
        wrong,
        elapsedMs: r.judged.elapsedMs,
        all: false,
      });
      const v = trace.violation;
      const at: TraceRange | null = v?.act ?? v?.check ?? null;
      if (!v || !at || at.path !== undefined) continue;
      // The same failure seen through a candidate is already a finding.
      if (found.some((f) => Math.abs(toRange(starts, f.candidate.act).line - at.line) <= 0)) continue;
      const severity = severityOf(v.rule, r.harness.evidence.kind, options);
      if (!severity) continue;
      const text = plan.target.text.split('\n')[at.line - 1]?.trim() ?? '';
      out.push({
        id: fingerprint(v.rule, wrong.kind, text, text),
        rule: v.rule,
        severity,
        message: v.message,
        shared: v.shared,
        check: v.check ?? at,
        act: at,
        interference: null,
        gap: null,
        contexts: trace.lanes.map((l) => l.name),
        evidence: r.harness.evidence.kind,
        verdict: 'violation',
        schedule: trace.schedule,
        contextSwitches: trace.contextSwitches,
      });
    }
  }
  return out;
}

function silenced(plan: Plan, candidate: Candidate, starts: number[]): boolean {
  const lines = [toRange(starts, candidate.check).line - 1, toRange(starts, candidate.act).line - 1];
  return plan.target.directives.some((d) => lines.includes(d.line) && (d.rules.length === 0 || d.rules.includes(candidate.rule)));
}

const rank: Record<Verdict, number> = { violation: 3, unsupported: 2, bounded: 1, verified: 0 };

function subjectsOf(plan: Plan, results: readonly CandidateResult[], findings: readonly Finding[], starts: number[]): Subject[] {
  const byFunction = new Map<number, CandidateResult[]>();
  for (const r of results) {
    const list = byFunction.get(r.candidate.fn.id);
    if (list) list.push(r);
    else byFunction.set(r.candidate.fn.id, [r]);
  }
  const subjects: Subject[] = [];
  for (const list of byFunction.values()) {
    const fn = list[0]?.candidate.fn;
    if (!fn) continue;
    const own = findings.filter((f) => list.some((r) => idOf(r.candidate) === f.id));
    let worst: { verdict: Verdict; result: CandidateResult } | null = null;
    for (const r of list) {
      const verdict: Verdict = verdictOf(r.judged.judgement, r.wrong, r.reached);
      if (!worst || rank[verdict] > rank[worst.verdict]) worst = { verdict, result: r };
    }
    if (!worst) continue;
    subjects.push({
      name: fn.kind === 'module' ? 'this file' : fn.qualifiedName,
      nameRange: fn.kind === 'module' ? { line: 1, column: 1, endLine: 1, endColumn: 1 } : toRange(starts, fn.nameSpan),
      range: toRange(starts, fn.span),
      verdict: worst.verdict,
      findings: own.map((f) => f.id),
      detail: detailOf(worst.verdict, worst.result, own),
    });
  }
  return subjects;
}

function detailOf(verdict: Verdict, r: CandidateResult, own: readonly Finding[]): string {
  const j = r.judged.judgement;
  switch (verdict) {
    case 'violation':
      return own[0]?.message ?? 'an interleaving goes wrong';
    case 'verified':
      if (j.wrongs.some((w) => !isInterference(w.kind)))
        return `all ${j.executions} interleavings explored, no race; but the program fails in serial orders too`;
      return `all ${j.executions} interleavings explored, none fails`;
    case 'bounded':
      return `none of ${j.executions} interleavings fails; ${r.reached ? (j.bound?.detail ?? 'not everything was explored') : notReached}`;
    case 'unsupported':
      return `cannot be simulated: ${j.unsupported?.what ?? 'an unsupported construct'}`;
    default:
      return verdict satisfies never;
  }
}

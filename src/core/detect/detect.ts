/**
 * Detection: finds every place of a program where a check on shared state and an act that relies on
 * it may be separated, and says how to run it. Generous on purpose: a candidate only costs
 * simulation time, and a warning needs a witness. Reads the core tree alone.
 */
import type { Program } from '../program/program.ts';
import type { Candidate, DetectResult } from './candidate.ts';
import { javascript } from './models/javascript.ts';
import { type Model, type ModelSet, modelSet } from './models/model.ts';
import { python } from './models/python.ts';
import { analyse, builtInModels } from './analysis.ts';
import { rules } from './rules/registry.ts';

/** The built-in models with a user's on top. */
export function modelsWith(user: readonly Model[]): ModelSet {
  return user.length === 0 ? builtInModels : modelSet([python, javascript, user]);
}

/** Candidates of the main module, in source order; at one act the most specific rule first. */
export function detect(program: Program, models: ModelSet = builtInModels): DetectResult {
  const [module] = program.modules;
  if (module === undefined) return { candidates: [] };
  const context = analyse(module, models, program);
  const best = new Map<string, Candidate>();
  for (const rule of rules) {
    for (const c of rule.detect(context)) {
      const key = `${String(c.fn.id)}:${String(c.check.start)}:${String(c.act.start)}:${String(c.act.end)}:${c.ends ? 'late' : ''}`;
      const known = best.get(key);
      if (known === undefined || known.specificity < c.specificity) best.set(key, c);
    }
  }
  // Where a check guards what it looked at, what else it guards adds nothing.
  const telling = new Set([...best.values()].filter((c) => c.specificity >= 35).map((c) => `${String(c.fn.id)}:${String(c.check.start)}`));
  const kept = [...best.values()].filter((c) => c.specificity > 30 || !telling.has(`${String(c.fn.id)}:${String(c.check.start)}`));
  const candidates = kept.sort((a, b) => a.act.start - b.act.start || b.specificity - a.specificity || b.check.start - a.check.start);
  return { candidates };
}

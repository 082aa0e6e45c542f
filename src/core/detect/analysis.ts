/** The analysis of a module, kept as long as the module: detection and harnesses both need it. */
import type { Module } from '../program/program.ts';
import { javascript } from './models/javascript.ts';
import { type ModelSet, modelSet } from './models/model.ts';
import { python } from './models/python.ts';
import { moduleInfo } from './module-info.ts';
import { type RuleContext, ruleContext } from './rules/rule.ts';
import { walkModule } from './walk/walk.ts';

export const builtInModels = modelSet([python, javascript]);

const kept = new WeakMap<Module, { models: ModelSet; context: RuleContext }>();

export function analyse(module: Module, models: ModelSet): RuleContext {
  const known = kept.get(module);
  if (known?.models === models) return known.context;
  const info = moduleInfo(module, models);
  const context = ruleContext(info, walkModule(info));
  kept.set(module, { models, context });
  return context;
}

/** The analysis made for detection, or one with the built-in models. */
export function analysisOf(module: Module): RuleContext {
  return kept.get(module)?.context ?? analyse(module, builtInModels);
}

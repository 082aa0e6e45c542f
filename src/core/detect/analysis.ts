/** The analysis of a module, kept as long as the module: detection and harnesses both need it. */
import type { Module, Program } from '../program/program.ts';
import { Links } from './links.ts';
import { javascript } from './models/javascript.ts';
import { type ModelSet, modelSet } from './models/model.ts';
import { python } from './models/python.ts';
import { type ModuleInfo, moduleInfo } from './module-info.ts';
import { type RuleContext, ruleContext } from './rules/rule.ts';
import { walkAgain } from './walk/again.ts';
import { walkModule, type Walked } from './walk/walk.ts';

export const builtInModels = modelSet([python, javascript]);

interface Analysis {
  models: ModelSet;
  modules: readonly Module[];
  walked: Walked;
  context: RuleContext;
}

const kept = new WeakMap<Module, Analysis>();

/** `program`: the file, first, and what it imports; without one it is by itself. */
export function analyse(module: Module, models: ModelSet, program: Program | null = null): RuleContext {
  const modules = program?.modules ?? [module];
  const known = kept.get(module);
  if (known?.models === models && known.modules.length === modules.length && known.modules.every((m, i) => m === modules[i]))
    return known.context;
  const info = program === null || modules.length < 2 ? moduleInfo(module, models) : new Links(program, models).infoOf(module);
  const walked = walk(info, models);
  const context = ruleContext(info, walked.facts);
  kept.set(module, { models, modules, walked, context });
  return context;
}

/** What is known of the module's last version is used again as far as it still holds. */
function walk(info: ModuleInfo, models: ModelSet): Walked {
  const { exchanged } = info.module;
  const before = exchanged === undefined ? undefined : kept.get(exchanged.previous);
  if (exchanged === undefined || before?.models !== models) return walkModule(info);
  return walkAgain(info, before.walked, exchanged) ?? walkModule(info);
}

/** The analysis made for detection, or one with the built-in models. */
export function analysisOf(module: Module): RuleContext {
  return kept.get(module)?.context ?? analyse(module, builtInModels);
}

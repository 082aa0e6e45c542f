/** The analysis of a module, kept as long as the module: detection and harnesses both need it. */
import { isWithin } from '../program/functions.ts';
import { isAlike } from '../program/kept.ts';
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
  program: Program;
  walked: Walked;
  context: RuleContext;
}

const kept = new WeakMap<Module, Analysis>();

/** `program`: the file, first, and what it imports; without one it is by itself. */
export function analyse(module: Module, models: ModelSet, program: Program = alone(module)): RuleContext {
  const known = kept.get(module);
  if (known?.models === models && haveSame(known.program.modules, program.modules)) return known.context;
  const walked = walkedAgain(module, models, program) ?? walkModule(infoOf(module, models, program));
  const context = ruleContext(walked.info, walked.facts);
  kept.set(module, { models, program, walked, context });
  return context;
}

function alone(module: Module): Program {
  return { language: module.language, modules: [module] };
}

function haveSame(a: readonly Module[], b: readonly Module[]): boolean {
  return a.length === b.length && a.every((m, i) => m === b[i]);
}

function infoOf(module: Module, models: ModelSet, program: Program): ModuleInfo {
  return program.modules.length < 2 ? moduleInfo(module, models) : new Links(program, models).infoOf(module);
}

/** What is known of the module's last version, as far as it still holds; null where it cannot be told. */
function walkedAgain(module: Module, models: ModelSet, program: Program): Walked | null {
  const { exchanged } = module;
  const before = exchanged === undefined ? undefined : kept.get(exchanged.previous);
  if (exchanged === undefined || before?.models !== models) return null;
  if (!haveSame(before.program.modules.slice(1), program.modules.slice(1)) || !isAlike(before.program.aliases, program.aliases))
    return null;
  const { info } = before.walked;
  const gone = info.module.functions.filter((f) => isWithin(f, exchanged.old));
  const own = module.functions.filter((f) => isWithin(f, exchanged.fn));
  if (info.links !== null && !info.links.exchange(program, gone, own)) return null;
  const next = info.links?.infoOf(module) ?? moduleInfo(module, models);
  return walkAgain(next, before.walked, gone, own);
}

/** The analysis made for detection, or one with the built-in models. */
export function analysisOf(module: Module): RuleContext {
  return kept.get(module)?.context ?? analyse(module, builtInModels);
}

/** Calls that hand out an object of which there is to be one. */
import type { FunctionDef } from '../../program/program.ts';
import type { Candidate } from '../candidate.ts';
import type { ModuleInfo } from '../module-info.ts';
import type { Entry } from './entries.ts';

/** Both callers must get the same object: made once, in the module, and handed out. */
export function handsOutWhatItMakes(info: ModuleInfo, candidate: Candidate, entry: Entry): boolean {
  if (candidate.rule !== 'get-or-create' && candidate.rule !== 'double-init' && candidate.rule !== 'split-critical-section') return false;
  if (entry.fn !== candidate.fn || !/\breturn\s+[\w$.#[]/.test(info.text(entry.fn.span))) return false;
  const text = info.text(entry.fn.span);
  const ownClasses = [...info.globalClasses.keys()].map((name) => name.replace(/\$/g, '\\$'));
  if (info.language === 'javascript' && /(?:=|return)\s*[[{]/.test(makers(info, candidate.fn))) return true;
  return (
    (ownClasses.length > 0 && new RegExp(`\\b(?:${ownClasses.join('|')})\\(`).test(text)) ||
    /(?:=|return)\s*(?:cls|type\(self\)|self\.__class__|new this(?:\.constructor)?)\(|\.__(?:new|call)__\(/.test(text) ||
    /=\s*(?:\[\]|\{\}|(?:threading\.|asyncio\.)?R?Lock\(\))/.test(text)
  );
}

/** Whoever makes an object goes on with what the class has for all of them: `if not Monitor.one: Monitor.one = Shared()`. */
export function keepsOneInstance(info: ModuleInfo, candidate: Candidate, entry: Entry): boolean {
  if (entry.kind !== 'making' || entry.fn !== candidate.fn || candidate.rule !== 'double-init') return false;
  // Two of what a library makes may be as good as one: compiled patterns, loggers.
  const [, made = ''] = /=\s*(?:\w+\.)*(\w+)\(/.exec(info.text(candidate.act)) ?? [];
  return info.module.classes.some((cls) => cls.name === made);
}

/** Text of the function and of those of the module that it calls by name: where what it hands out may be made. */
function makers(info: ModuleInfo, fn: FunctionDef): string {
  const own = info.text(fn.span);
  const called = info.module.functions.filter((f) => f !== fn && /^\w+$/.test(f.name) && new RegExp(`\\b${f.name}\\(`).test(own));
  return [own, ...called.map((f) => info.text(f.span))].join('\n');
}

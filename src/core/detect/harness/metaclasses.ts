/** Classes whose metaclass a class of the file is: calling them is what calls its `__call__`. */
import type { ClassDef, FunctionDef } from '../../program/program.ts';
import { type ModuleInfo, refName } from '../module-info.ts';
import { construct } from './objects.ts';

/**
 * A class to call, and the lines that make it; null where it is no metaclass. One of the file, as the metaclass may look
 * for what that has, or one that has nothing of its own.
 */
export function classOfMeta(info: ModuleInfo, meta: ClassDef): { name: string; setup: string[] } | null {
  if (info.language !== 'python' || !meta.bases.some((b) => /(?:^|\.)(?:type|\w*Meta)$/.test(info.text(b.span)))) return null;
  const isOfIt = (c: ClassDef): boolean =>
    c.keywords.some(({ name, value }) => name === 'metaclass' && value.kind === 'name' && refName(value.ref) === meta.name);
  const own = info.module.classes.find((c) => info.globalClasses.get(c.name) === c && isOfIt(c));
  const made = own === undefined ? null : construct(info, own);
  // What is abstract is left to a class of ours.
  const name = /^([\w.]+)\(/.exec(made?.text ?? '')?.[1];
  if (name !== undefined && made !== null) return { name, setup: made.setup.filter((line) => line.startsWith('class ')) };
  return { name: 'Made', setup: [`class Made(metaclass=target.${meta.name}):\n    pass`] };
}

/** What a method of a class is called on; where something is left to subclasses, one of them is. */
export function calledClass(info: ModuleInfo, cls: ClassDef, fn: FunctionDef): { on: string; setup: string[] } {
  const isOfClass = info.language === 'python' && fn.decorators.some((d) => info.text(d.span) === 'classmethod');
  const setup = isOfClass ? (construct(info, cls)?.setup.filter((line) => line.startsWith('class ')) ?? []) : [];
  return { on: /^class (\w+)/.exec(setup[0] ?? '')?.[1] ?? `target.${cls.name}`, setup };
}

/** The metaclass of a class, where the file has it: its own, or that of a class it is derived from. */
export function metaclassOf(info: ModuleInfo, cls: ClassDef, depth = 0): ClassDef | null {
  const named = cls.keywords.find((k) => k.name === 'metaclass')?.value;
  if (named?.kind === 'name') return info.globalClasses.get(refName(named.ref)) ?? null;
  if (depth > 4) return null;
  for (const b of cls.bases) {
    const base = b.kind === 'name' ? info.globalClasses.get(refName(b.ref)) : undefined;
    const found = base === undefined || base === cls ? null : metaclassOf(info, base, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Classes whose metaclass a class of the file is: calling them is what calls its `__call__`. */
import type { ClassDef } from '../../program/program.ts';
import type { ModuleInfo } from '../module-info.ts';
import { construct } from './objects.ts';

/**
 * A class to call, and the lines that make it; null where it is no metaclass. One of the file, as the metaclass may look
 * for what that has, or one that has nothing of its own.
 */
export function classOfMeta(info: ModuleInfo, meta: ClassDef): { name: string; setup: string[] } | null {
  if (info.language !== 'python' || !meta.bases.some((b) => /(?:^|\.)(?:type|\w*Meta)$/.test(info.text(b.span)))) return null;
  const isOfIt = new RegExp(`\\bmetaclass\\s*=\\s*${meta.name}\\b`);
  const own = info.module.classes.find((c) => info.globalClasses.get(c.name) === c && isOfIt.test(headOf(info, c)));
  const made = own === undefined ? null : construct(info, own);
  // What is abstract is left to a class of ours.
  const name = /^([\w.]+)\(/.exec(made?.text ?? '')?.[1];
  if (name !== undefined && made !== null) return { name, setup: made.setup.filter((line) => line.startsWith('class ')) };
  return { name: 'Made', setup: [`class Made(metaclass=target.${meta.name}):\n    pass`] };
}

function headOf(info: ModuleInfo, cls: ClassDef): string {
  return /^[^\n]*(?:\n[^\n]*?)*?:[ \t]*(?:#[^\n]*)?\n/.exec(info.text(cls.span))?.[0] ?? '';
}

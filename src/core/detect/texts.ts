/** Names that stand for one text in a module: what is assigned to them once, written out or put together. */
import type { Expr, Ref, Variable } from '../program/program.ts';
import type { ModuleInfo } from './module-info.ts';
import { visitFunction } from './visit.ts';

type Name = Variable | string;

const known = new WeakMap<ModuleInfo, ReadonlyMap<Name, Expr | null>>();

/** The expression of the text that the name stands for; null where it is no text, or another one at times. */
export function textNamed(info: ModuleInfo, ref: Ref): Expr | null {
  return textsOf(info).get(nameOf(ref)) ?? null;
}

export function textsOf(info: ModuleInfo): ReadonlyMap<Name, Expr | null> {
  let texts = known.get(info);
  if (texts === undefined) known.set(info, (texts = findTexts(info)));
  return texts;
}

function nameOf(ref: Ref): Name {
  return ref.kind === 'variable' ? ref.variable : ref.name;
}

function findTexts(info: ModuleInfo): Map<Name, Expr | null> {
  const texts = new Map<Name, Expr | null>();
  for (const fn of info.module.functions)
    visitFunction(fn, {
      stmt(s) {
        if (s.kind !== 'assign') return;
        for (const t of s.targets) {
          if (t.kind !== 'name') continue;
          const name = nameOf(t.ref);
          texts.set(name, texts.has(name) || !isText(s.value) ? null : s.value);
        }
      },
    });
  return texts;
}

function isText(e: Expr): boolean {
  if (e.kind === 'const') return e.value.type === 'string';
  return e.kind === 'template' || (e.kind === 'binary' && e.op === '+' && isText(e.left));
}

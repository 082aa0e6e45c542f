/** Elements for a list that is searched by what a call is handed: `items.findIndex((item) => item.id === id)`. */
import type { Candidate } from '../candidate.ts';
import type { RuleContext } from '../rules/rule.ts';
import { another } from './driver-text.ts';
import type { Setup } from './prepare.ts';

const comparesAttribute = /\b(\w+)(?:\.(\w+)|\[['"](\w+)['"]\])\s*===?\s*([\w.]+)|\b([\w.]+)\s*===?\s*(\w+)(?:\.(\w+)|\[['"](\w+)['"]\])/;

/** Fills the list with two elements, the one that the first call is about and another's; null where nothing is searched so. */
export function searchedElements({ info }: RuleContext, { check, fn, shared, owner }: Candidate): Setup | null {
  const { text: all } = info.module;
  const lineEnd = all.indexOf('\n', check.end);
  const line = all.slice(all.lastIndexOf('\n', check.start) + 1, lineEnd < 0 ? all.length : lineEnd);
  const [, , attribute, column, wanted, otherWanted, , otherAttribute, otherColumn] = comparesAttribute.exec(line) ?? [];
  const asked = wanted ?? otherWanted;
  if (owner === null || asked === undefined || !fn.params.some((p) => p.name === asked)) return null;
  const name = /^(?:this|self)\.(\w+)$/.exec(shared)?.[1];
  const type = info.types.get(`a:${info.ownerName(owner)}.${name ?? ''}`)?.type;
  if (name === undefined || (type !== 'Array' && type !== 'list')) return null;
  const key = attribute ?? otherAttribute;
  const part = key ?? column ?? otherColumn ?? '';
  const at = fn.params.filter((p) => !/^(?:self|cls)$/.test(p.name)).findIndex((p) => p.name === asked);
  return (receiver, call) => {
    const handed = /\((.*)\)$/.exec(call)?.[1]?.split(/,\s*/)[at]?.replace(/^\w+=/, '') ?? '';
    if (!/^(?:'[^'\\]*'|\d+)$/.test(handed)) return [];
    return [handed, another(handed)].flatMap((value, i) => {
      if (info.language === 'javascript') return [`${receiver}.${name}.push({ ${part}: ${value} });`];
      if (key === undefined) return [`${receiver}.${name}.append({'${part}': ${value}})`];
      const element = `element${String(i + 1)}`;
      return [`${element} = opaque('${element}')`, `${element}.${part} = ${value}`, `${receiver}.${name}.append(${element})`];
    });
  };
}

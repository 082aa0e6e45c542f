/**
 * What is unknown and may fail: an awaited call in a `try` whose handler holds a candidate's check or act, or in a function
 * that is called there. Elsewhere what nobody can see into is taken to succeed, or every call would double what there is to
 * explore.
 */
import { Op, type CallShape, type Code, type Instruction } from '../machine/code.ts';
import type { Machine } from '../machine/machine.ts';

/** How many calls deep the failing one may be. */
const mostDeep = 2;

/** Says which awaits may fail, for the candidates that are meant; their marks must be there (`watch`). */
export function letFail(m: Machine, codes: readonly Code[], isMeant: (candidate: number) => boolean): void {
  m.failing.clear();
  m.failingCodes.clear();
  for (const code of codes) {
    if (code.internal) continue;
    code.instructions.forEach((i, at) => {
      if (!i.watch?.some(({ role, candidate }) => (role === 'act' || role === 'check') && isMeant(candidate))) return;
      if (code.fn.kind === 'arrow' || code.fn.kind === 'function') m.failingCodes.add(code);
      for (const h of code.handlers) {
        if (h.selector >= 0 || at < h.start || at >= h.end) continue;
        for (const range of code.protectedRanges)
          if (range.target <= at && range.target > h.start - 8 && range.end <= range.target)
            for (const inside of code.instructions.slice(range.start, range.end)) failAt(inside, code, 0);
      }
    });
  }

  function failAt(i: Instruction, code: Code, depth: number): void {
    if (canFail(i, code)) m.failing.add(i);
    if (depth < mostDeep && i.op === Op.CallMethod) failUnder((i.x as CallShape).method, depth + 1);
  }

  /** In Python any call of the unknown, in JavaScript one that is waited for. */
  function canFail({ op }: Instruction, { language }: Code): boolean {
    return op === Op.Await || (language === 'python' && (op === Op.Call || op === Op.CallMethod));
  }

  /** What a function of that name waits for outside of a `try` of its own. */
  function failUnder(name: string, depth: number): void {
    for (const code of codes) {
      if (code.internal || code.fn.name !== name || (code.language !== 'python' && !code.isAsync)) continue;
      code.instructions.forEach((i, at) => {
        if (!code.protectedRanges.some((r) => at >= r.start && at < r.end)) failAt(i, code, depth);
      });
    }
  }
}

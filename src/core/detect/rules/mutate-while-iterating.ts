/** A collection is iterated while others may add to it or take from it. */
import { mayConflict } from '../shared.ts';
import { type Rule, candidate, isShared } from './rule.ts';

export const mutateWhileIterating: Rule = {
  id: 'mutate-while-iterating',
  detect: (context) =>
    context.facts.iterations.flatMap((it) => {
      if (it.mode === 'loop' && it.gap === null) return [];
      const held = new Set(it.held.map((h) => h.lock.replace(/\|.*$/, '')));
      const changes = (context.changes.get(it.place.key) ?? []).filter(
        (c) =>
          (c.act.kind === 'add' || c.act.kind === 'remove' || c.act.kind === 'set' || c.act.kind === 'atomic') &&
          mayConflict(c.act.place, it.place) &&
          !c.act.held.some((h) => held.has(h.lock.replace(/\|.*$/, ''))),
      );
      if (
        changes.length === 0 ||
        (it.fn.kind === 'module' && changes.every((c) => c.fn.kind === 'module')) ||
        !isShared(context, it.fn, it.place, changes)
      )
        return [];
      return [candidate(context, 'mutate-while-iterating', it.fn, it.iterable, it.use, it.gap?.span ?? null, it.place, 65)];
    }),
};

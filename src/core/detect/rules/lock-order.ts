/** Two locks are taken in one order here and in the other order there. */
import { type Rule, candidate } from './rule.ts';
import { place } from '../shared.ts';
import type { LockOrder } from '../walk/state.ts';

/** What a lock is called whatever the object or the key: `src.lock` and `dst.lock` are of one kind, so are `locks[a]` and `locks[b]`. */
function name(lock: string): string {
  return lock
    .replace(/\|.*$/, '')
    .replace(/^v:\d+\./, 'parameter.')
    .replace(/^(?!parameter\.)[A-Za-z_$][\w$]*\.(?=[\w$]+$)/, 'parameter.')
    .replace(/\[(?!["'\d])[^\]]*\]/g, '[]')
    .replace(/^(call:[\w$.]+\()(?!["'\d)]).*\)$/, '$1)');
}

/** Of one kind as far as can be told: of an object of unknown class only the attribute is known. */
function areAlike(a: string, b: string): boolean {
  const [x, y] = [name(a), name(b)];
  const attribute = (of: string): string => of.slice(of.lastIndexOf('.') + 1);
  const isUnknown = [x, y].some((of) => of.startsWith('parameter.'));
  return x === y || (isUnknown && /^(a:|parameter\.)/.test(x) && /^(a:|parameter\.)/.test(y) && attribute(x) === attribute(y));
}

export const lockOrder: Rule = {
  id: 'lock-order',
  detect: (context) => {
    /** Both take a third lock first, so they never meet. */
    const gated = (a: LockOrder, b: LockOrder): boolean =>
      a.held.some((h) => h.lock !== a.outer.lock && h.lock !== b.outer.lock && b.held.some((x) => x.lock === h.lock));
    const { orders } = context.facts;
    const byNames = new Map<string, LockOrder[]>();
    for (const o of orders) {
      const names = `${name(o.outer.lock)}\n${name(o.inner.lock)}`;
      const known = byNames.get(names);
      if (known === undefined) byNames.set(names, [o]);
      else known.push(o);
    }
    const seen = new Set<string>();
    return orders.flatMap((order) => {
      const { outer, inner } = order;
      const sameKind = areAlike(outer.lock, inner.lock);
      // Two locks of one kind, on two objects: the caller chooses the order.
      const opposite: LockOrder | undefined = sameKind
        ? outer.lock === inner.lock
          ? undefined
          : order
        : byNames.get(`${name(inner.lock)}\n${name(outer.lock)}`)?.find((o) => !gated(order, o));
      const key = `${String(outer.span.start)}:${String(inner.span.start)}`;
      if (opposite === undefined || seen.has(key)) return [];
      seen.add(key);
      const text = context.info.text(inner.span).replace(/\.(?:acquire|runExclusive|request)\(.*$/s, '');
      const found = candidate(context, 'lock-order', order.fn, outer.span, inner.span, null, place({ kind: 'global', name: text }), 70);
      return [{ ...found, rivals: [opposite.fn] }];
    });
  },
};

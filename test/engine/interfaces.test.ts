/** User interfaces: what handlers and effects of components, composables and stores do while others run. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const findings = (text: string): string[] =>
  engine.check(typescript(text, 'Widget.tsx'), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.shared}`);

/** Sources of one kind: what each racy one warns of, and look-alikes that are silent. */
function kind(name: string, racy: Record<string, [source: string, ...warnings: string[]]>, safe: Record<string, string>): void {
  describe(name, () => {
    it.each(Object.keys(racy))('%s: warns', (title) => {
      const [source = '', ...warnings] = racy[title] ?? [];
      expect(findings(source)).toEqual(warnings.map((w) => `warning ${w}`));
    });
    it.each(Object.keys(safe))('%s: silent', (title) => {
      expect(findings(safe[title] ?? '')).toEqual([]);
    });
  });
}

const form = (states: string, body: string): string => `
import React, { useReducer, useRef, useState } from 'react';
import { charge, token } from './payments';

export function Checkout({ cartId }: { cartId: string }) {
  ${states}
  const onPay = async () => {
    ${body}
  };
  return <button onClick={onPay}>Pay</button>;
}
`;

const busy = `const [busy, setBusy] = useState(false);`;
const reducer = `const [state, dispatch] = useReducer(
    (s: { paid: boolean }, a: { type: string }) => ({ ...s, paid: s.paid || a.type === 'pay' }),
    { paid: false },
  );`;

kind(
  'a form submitted twice',
  {
    'a state set after the first await': [
      form(busy, `if (busy) return; const t = await token(cartId); setBusy(true); await charge(cartId, t); setBusy(false);`),
      'check-then-act busy',
    ],
    'a reducer': [
      form(reducer, `if (state.paid) return; await charge(cartId, 1); dispatch({ type: 'pay' });`),
      'check-then-act state.paid',
    ],
    'a ref set after the first await': [
      form(
        `const sending = useRef(false);`,
        `if (sending.current) return; const t = await token(cartId); sending.current = true; await charge(cartId, t); sending.current = false;`,
      ),
      'double-init sending.current',
    ],
    'checked twice, both times as it was rendered': [
      form(
        busy,
        `if (busy) return; const t = await token(cartId); if (busy) return; setBusy(true); await charge(cartId, t); setBusy(false);`,
      ),
      'check-then-act busy',
    ],
  },
  {
    'a state set at once': form(busy, `if (busy) return; setBusy(true); await charge(cartId, await token(cartId)); setBusy(false);`),
    'a ref set at once': form(
      `${busy} const sending = useRef(false);`,
      `if (sending.current) return; sending.current = true; const t = await token(cartId); setBusy(true); await charge(cartId, t); setBusy(false); sending.current = false;`,
    ),
    'a reducer told at once': form(
      reducer,
      `if (state.paid) return; dispatch({ type: 'pay' }); await charge(cartId, await token(cartId));`,
    ),
  },
);

const list = (load: string, more = ''): string => `
import React, { useCallback, useEffect, useState } from 'react';
import { fetchPage, upload } from './api';

export function Feed({ album }: { album: string }) {
  const [items, setItems] = useState<string[]>([]);
  ${more}
  const loadMore = useCallback(async () => {
    const page = await fetchPage(album);
    ${load}
  }, [album, items]);
  const add = async (file: string) => {
    const made = await upload(file);
    setItems((before) => [made, ...before]);
  };
  return <><button onClick={loadMore}>More</button><input onChange={(e) => add(e.target.value)} />{items}</>;
}
`;

kind(
  'a list written back',
  {
    'as it was rendered': [list(`setItems([...items, ...page]);`), 'lost-update items'],
    'through a local': [list(`const all = items.concat(page); setItems(all);`), 'lost-update items'],
    'in an updater that looks at what was rendered': [list(`setItems(() => [...items, ...page]);`), 'lost-update items'],
  },
  {
    'made of what it is then': list(`setItems((before) => [...before, ...page]);`),
  },
);

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

const composable = (body: string, more = ''): string => `
import { onWatcherCleanup, reactive, ref, watch, watchEffect } from 'vue';
import type { Ref } from 'vue';
import { fetchWeather, save } from './api';

export function useWeather(city: Ref<string>) {
  const weather = ref<string | null>(null);
  const state = reactive({ total: 0 });
  ${body}
  return { weather, state${more} };
}
`;

kind(
  'Vue',
  {
    'a watcher of a ref': [
      composable(`watch(city, async (name) => { const found = await fetchWeather(name); weather.value = found; });`),
      'stale-response weather.value',
    ],
    'a named function watched for': [
      composable(`async function load() { weather.value = await fetchWeather(city.value); }
  watch(() => city.value, load, { immediate: true });`),
      'stale-response weather.value',
    ],
    watchEffect: [
      composable(`watchEffect(async () => { const name = city.value; weather.value = await fetchWeather(name); });`),
      'stale-response weather.value',
    ],
    'a part of a reactive object': [
      composable(`const add = async (n: number) => { const { total } = state; await save(n); state.total = total + n; };`, ', add'),
      'lost-update state.total',
    ],
  },
  {
    'a flag set by the clean-up': composable(`watch(city, async (name, _before, onCleanup) => {
    let over = false;
    onCleanup(() => { over = true; });
    const found = await fetchWeather(name);
    if (!over) weather.value = found;
  });`),
    'a ticket': composable(`let latest = 0;
  watch(city, async (name) => { const mine = ++latest; const found = await fetchWeather(name); if (mine === latest) weather.value = found; });`),
    'watchEffect with onWatcherCleanup': composable(`watchEffect(() => {
    let over = false;
    onWatcherCleanup(() => { over = true; });
    fetchWeather(city.value).then((found) => { if (!over) weather.value = found; });
  });`),
    'compared with what is wanted now': composable(
      `watch(city, async (name) => { const found = await fetchWeather(name); if (city.value === name) weather.value = found; });`,
    ),
    'read when it is added to': composable(`const add = async (n: number) => { await save(n); state.total += n; };`, ', add'),
  },
);

const store = (open: string): string => `
import { create } from 'zustand';
import { devtools } from 'zustand/middleware';
import { fetchMessages, send } from './api';

export const useChat = create()(
  devtools((set, get) => ({
    room: '',
    messages: [],
    sent: 0,
    sending: false,
    ${open},
    leave: () => set({ room: '', messages: [] }),
  })),
);
`;

kind(
  'zustand',
  {
    'the answer for another room': [
      store(`open: async (room) => { set({ room, messages: [] }); const messages = await fetchMessages(room); set({ messages }); }`),
      'stale-response useChat.messages',
    ],
    'an answer added to what was emptied for it': [
      store(`open: async (room) => {
        set({ room, messages: [] });
        const messages = await fetchMessages(room);
        set((state) => ({ messages: [...messages, ...state.messages] }));
      }`),
      'stale-response useChat.messages',
    ],
    'a count taken before the answer': [
      store(`say: async (text) => { const { sent } = get(); await send(text); set({ sent: sent + 1 }); }`),
      'lost-update useChat.sent',
    ],
    'a flag set late': [
      store(
        `say: async (text) => { if (get().sending) return; await send('typing'); set({ sending: true }); await send(text); set({ sending: false }); }`,
      ),
      'check-then-act useChat.sending',
    ],
  },
  {
    'asked again which room is open': store(`open: async (room) => {
      set({ room, messages: [] });
      const messages = await fetchMessages(room);
      if (get().room === room) set({ messages });
    }`),
    'a count made of what it is then': store(`say: async (text) => { await send(text); set((s) => ({ sent: s.sent + 1 })); }`),
    'kept by room': store(`open: async (room) => {
      const messages = await fetchMessages(room);
      set((s) => ({ byRoom: { ...s.byRoom, [room]: messages } }));
    }`),
    'a flag set at once': store(
      `say: async (text) => { if (get().sending) return; set({ sending: true }); await send(text); set({ sending: false }); }`,
    ),
  },
);

const angular = (init: string, methods = ''): string => `
import { Component, OnInit } from '@angular/core';
import { FormControl } from '@angular/forms';
import { BehaviorSubject, Subject, Subscription, concatMap, debounceTime, exhaustMap, mergeMap, switchMap, tap } from 'rxjs';
import { BookService } from './book.service';

@Component({ selector: 'app-books', template: '' })
export class BooksComponent implements OnInit {
  readonly term = new FormControl('');
  readonly query$ = new Subject<string>();
  readonly found$ = new BehaviorSubject<string[]>([]);
  books: string[] = [];
  private asking?: Subscription;

  constructor(private readonly service: BookService) {}

  ngOnInit(): void {
    ${init}
  }
  ${methods}
}
`;

kind(
  'RxJS',
  {
    'a subscription in a subscription': [
      angular(`this.term.valueChanges.pipe(debounceTime(200)).subscribe((text) => {
      this.service.search(text).subscribe((found) => { this.books = found; });
    });`),
      'stale-response this.books',
    ],
    mergeMap: [
      angular(`this.query$.pipe(mergeMap((text) => this.service.search(text))).subscribe((found) => { this.found$.next(found); });`),
      'stale-response this.found$',
    ],
    'a method that subscribes': [
      angular('', `search(text: string): void { this.service.search(text).subscribe((found) => { this.books = found; }); }`),
      'stale-response this.books',
    ],
  },
  {
    switchMap: angular(
      `this.term.valueChanges.pipe(debounceTime(200), switchMap((text) => this.service.search(text))).subscribe((found) => { this.books = found; });`,
    ),
    concatMap: angular(
      `this.query$.pipe(concatMap((text) => this.service.search(text))).subscribe((found) => { this.found$.next(found); });`,
    ),
    exhaustMap: angular(
      `this.query$.pipe(exhaustMap((text) => this.service.search(text))).subscribe((found) => { this.found$.next(found); });`,
    ),
    'the last subscription is ended': angular(
      '',
      `search(text: string): void {
    this.asking?.unsubscribe();
    this.asking = this.service.search(text).subscribe((found) => { this.books = found; });
  }`,
    ),
    'what comes is kept': angular(`this.query$.pipe(tap(() => {})).subscribe((text) => { this.books = [text]; });`),
  },
);

const svelte = (body: string): string => `
import { get, writable } from 'svelte/store';
import { post } from './api';

export const likes = writable(0);
export const answer = writable('');

${body}
`;

const signals = (body: string): string => `
import { Injectable, signal } from '@angular/core';
import { fetchUser, post } from './api';

@Injectable({ providedIn: 'root' })
export class Session {
  readonly user = signal(null);
  readonly busy = signal(false);
  readonly visits = signal(0);

  ${body}
}
`;

kind(
  'cells',
  {
    'a store read before the request': [
      svelte(`export async function like(id: string) { const before = get(likes); await post(id); likes.set(before + 1); }`),
      'lost-update likes',
    ],
    'a store set to an older answer': [
      svelte(`export async function ask(text: string) { answer.set(await post(text)); }`),
      'stale-response answer',
    ],
    'a signal written back': [
      signals(`async visit(id: string) { const before = this.visits(); await post(id); this.visits.set(before + 1); }`),
      'lost-update this.visits',
    ],
    'a signal raised late': [
      signals(
        `async save(id: string) { if (this.busy()) return; const user = await fetchUser(id); this.busy.set(true); await post(user); this.busy.set(false); }`,
      ),
      'check-then-act this.busy',
    ],
  },
  {
    'a store updated': svelte(`export async function like(id: string) { await post(id); likes.update((n) => n + 1); }`),
    'a signal updated': signals(`async visit(id: string) { await post(id); this.visits.update((n) => n + 1); }`),
    'a signal raised at once': signals(
      `async save(id: string) { if (this.busy()) return; this.busy.set(true); await post(await fetchUser(id)); this.busy.set(false); }`,
    ),
  },
);

const loader = (load: string): string => `
const append = (src: string) =>
  new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(src));
    document.head.appendChild(script);
  });

${load}
`;

kind(
  'a script that brings a global',
  {
    'asked for by two at once': [
      loader(`export async function player() { if (!window.Player) await append('/player.js'); return window.Player; }`),
      'check-then-act window.Player',
    ],
  },
  {
    'the promise is kept': loader(`let loading: Promise<void> | null = null;
export async function player() { if (!window.Player) { loading ??= append('/player.js'); await loading; } return window.Player; }`),
    'looked for by nobody': loader(`export async function track() { await append('/track.js'); }`),
  },
);

const queue = (push: string): string => `
import { deliver, sign } from './api';

export class Outbox {
  private open = false;
  ${push}
}
`;

kind(
  'a flag that keeps others out',
  {
    'raised after the first await': [
      queue(`async push(mail: string) {
    if (this.open) return;
    const signed = await sign(mail);
    this.open = true;
    try { await deliver(signed); } finally { this.open = false; }
  }`),
      'double-init this.open',
    ],
  },
  {
    'raised at once': queue(`async push(mail: string) {
    if (this.open) return;
    this.open = true;
    try { await deliver(await sign(mail)); } finally { this.open = false; }
  }`),
    'raised again when it is up, and asked by nobody': queue(`async push(mail: string) {
    const signed = await sign(mail);
    this.open = true;
    try { await deliver(signed); } finally { this.open = false; }
  }`),
  },
);

const cart = (body: string): string => `
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { load, save } from './api';

export const useCart = defineStore('cart', () => {
  const items = ref<string[]>([]);
  ${body}
});

export const useUser = defineStore('user', {
  state: () => ({ name: '', wanted: '' }),
  actions: {
    async open(id: string) {
      this.wanted = id;
      const name = await load(id);
      if (this.wanted === id) this.name = name;
    },
  },
});
`;

kind(
  'Pinia',
  {
    'a list taken before the answer': [
      cart(`async function add(item: string) { const before = items.value; const saved = await save(item); items.value = [...before, saved]; }
  return { items, add };`),
      'lost-update items.value',
    ],
    'an action that stores an older answer': [
      cart(`return { items };`).replace('if (this.wanted === id) this.name', 'this.name'),
      'stale-response this.name',
    ],
  },
  {
    'a list made when the answer is there':
      cart(`async function add(item: string) { const saved = await save(item); items.value = [...items.value, saved]; }
  return { items, add };`),
  },
);

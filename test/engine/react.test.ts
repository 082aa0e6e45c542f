/** Answers that overtake each other in React components and hooks: the racy forms warn, the usual fixes are silent. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const rules = (text: string): string[] =>
  engine.check(typescript(text, 'Profile.tsx'), options, control).findings.map((f) => `${f.severity} ${f.rule}`);

const component = (effect: string, before = '', parameters = '{ id }: { id: string }'): string => `
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, fetchProfile } from './api';

export function Profile(${parameters}) {
  const [profile, setProfile] = useState<string | null>(null);
  ${before}
  ${effect}
  return <p>{profile}</p>;
}
`;

const search = (store: string): string => `
import React, { Component } from 'react';
import { search } from './api';

export class Search extends Component<object, { results: string[] }> {
  mounted = false;
  last: object | null = null;
  state = { results: [] as string[] };

  componentDidMount() { this.mounted = true; }
  componentWillUnmount() { this.mounted = false; }

  async search(query: string) {
    const request = (this.last = {});
    const results = await search(query);
    if (!this.mounted) return;
    ${store};
  }
}
`;

const racy: Record<string, string> = {
  'then(setter)': component(`useEffect(() => { fetchProfile(id).then(setProfile); }, [id]);`),
  'then with an arrow': component(`useEffect(() => { fetchProfile(id).then((p) => setProfile(p)); }, [id]);`),
  'fetch and json': component(`useEffect(() => { fetch('/p/' + id).then((r) => r.json()).then((p) => { setProfile(p); }); }, [id]);`),
  'an async function called at once': component(`useEffect(() => {
    (async () => { const p = await api.get(id); setProfile(p); })();
  }, [id]);`),
  'a named async function': component(`useEffect(() => {
    const load = async () => { const r = await fetch('/p/' + id); setProfile(await r.json()); };
    load();
  }, [id]);`),
  'a state as the dependency': component(
    `useEffect(() => { api.search(query).then((p) => setProfile(p)); }, [query]);`,
    `const [query, setQuery] = useState('');`,
  ),
  'properties as a whole': component(
    `useEffect(() => { fetchProfile(props.id).then(setProfile); }, [props.id]);`,
    '',
    'props: { id: string }',
  ),
  'a class that only asks whether it is mounted': search('this.setState({ results })'),
  'a hook': `
import { useEffect, useState } from 'react';
import { fetchProfile } from './api';
export function useProfile(id: string) {
  const [profile, setProfile] = useState(null);
  useEffect(() => { fetchProfile(id).then(setProfile); }, [id]);
  return profile;
}
`,
};

const fixed: Record<string, string> = {
  'a flag set by the clean-up': component(`useEffect(() => {
    let cancelled = false;
    fetchProfile(id).then((p) => { if (!cancelled) setProfile(p); });
    return () => { cancelled = true; };
  }, [id]);`),
  'a flag and an async function': component(`useEffect(() => {
    let active = true;
    const load = async () => { const r = await fetch('/p/' + id); const p = await r.json(); if (active) setProfile(p); };
    load();
    return () => { active = false; };
  }, [id]);`),
  'an AbortController handed to fetch': component(`useEffect(() => {
    const controller = new AbortController();
    fetch('/p/' + id, { signal: controller.signal }).then((r) => r.json()).then(setProfile).catch(() => {});
    return () => controller.abort();
  }, [id]);`),
  'a signal that is looked at': component(`useEffect(() => {
    const controller = new AbortController();
    api.get(id).then((p) => { if (!controller.signal.aborted) setProfile(p); });
    return () => controller.abort();
  }, [id]);`),
  'a sequence number': component(
    `useEffect(() => {
    const mine = ++last.current;
    fetchProfile(id).then((p) => { if (mine === last.current) setProfile(p); });
  }, [id]);`,
    'const last = useRef(0);',
  ),
  'a class that keeps the last request': search('if (request === this.last) this.setState({ results })'),
  'nothing that changes is depended on': component(`useEffect(() => { fetchProfile('me').then(setProfile); }, []);`, '', '{}'),
};

describe('answers to effects', () => {
  it.each(Object.keys(racy))('%s: an older answer overwrites a newer one', (name) => {
    expect(rules(racy[name] ?? '')).toEqual(['warning stale-response']);
  });
  it.each(Object.keys(fixed))('%s: silent', (name) => {
    expect(rules(fixed[name] ?? '')).toEqual([]);
  });
});

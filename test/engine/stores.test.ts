/** Stores nobody can see into: caches, redis, the browser's storage, tables that a framework hands in. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const check = (file: SourceFile): { at: string; message: string }[] =>
  engine
    .check(file, { ...options, hints: true }, control)
    .findings.map((f) => ({ at: `${f.rule} ${f.check.line}→${f.act.line}`, message: f.message }));
const found = (file: SourceFile): string[] => check(file).map((f) => f.at);

describe('in Python', () => {
  const quota = (body: string): SourceFile =>
    python(`import redis

r = redis.Redis()


def take(user_id):
${body.replace(/^/gm, '    ')}
`);
  it('a number read, compared and written back', () => {
    const [only] = check(
      quota(`used = int(r.get(f"quota:{user_id}") or 0)
if used >= 10:
    raise ValueError("used up")
r.set(f"quota:{user_id}", used + 1)`),
    );
    expect(only?.at).toBe('lost-update 7→10');
    expect(only?.message).toMatch(/r\['quota:a'\] ends as '1'; one after the other it would be '2'/);
  });
  it('but not counted in one step', () => {
    expect(
      found(
        quota(`used = r.incr(f"quota:{user_id}")
if used > 10:
    raise ValueError("used up")`),
      ),
    ).toEqual([]);
  });
  it('nor under a lock that is a key set only when it is not there', () => {
    const guarded = quota(`if not r.set(f"lock:{user_id}", 1, nx=True, ex=10):
    raise ValueError("busy")
used = int(r.get(f"quota:{user_id}") or 0)
r.set(f"quota:{user_id}", used + 1)
r.delete(f"lock:{user_id}")`);
    expect(found(guarded)).toEqual([]);
  });
  it("Django's cache is filled twice", () => {
    const view = python(`from django.core.cache import cache
from django.http import JsonResponse
from .reports import build_report


def report_view(request, report_id):
    key = f"report:{report_id}"
    report = cache.get(key)
    if report is None:
        report = build_report(report_id)
        cache.set(key, report, 300)
    return JsonResponse(report)
`);
    expect(found(view)).toEqual(['get-or-create 8→11']);
    expect(check(view)[0]?.message).toContain("`reports.build_report('a')` happens twice");
  });
  it('a session of JSON text, read, changed and written back', () => {
    const session = python(`import json


class Sessions:
    def __init__(self, redis):
        self.redis = redis

    async def add_message(self, session_id, message):
        raw = await self.redis.get(session_id)
        session = json.loads(raw) if raw else {"messages": []}
        session["messages"].append(message)
        await self.redis.set(session_id, json.dumps(session), ex=3600)
`);
    expect(found(session)).toEqual(['lost-update 9→12']);
  });
  it('a table that a framework hands in', () => {
    const hub = (assign: string): SourceFile =>
      python(`from .hub import Hub


async def async_get_client(hass, host):
    if "client" not in hass.data:
${assign}
    return hass.data["client"]
`);
    expect(
      found(
        hub(`        client = Hub(hass, host)
        await client.async_connect()
        hass.data["client"] = client`),
      ),
    ).toEqual(['get-or-create 5→8']);
    expect(
      found(
        hub(`        client = Hub(hass, host)
        hass.data["client"] = client
        await client.async_connect()`),
      ),
    ).toEqual([]);
  });
});

describe('in TypeScript', () => {
  const tokens = (body: string): SourceFile =>
    typescript(`export class TokenService {
  private readonly pending = new Map<string, Promise<string>>();
  constructor(private readonly cache: Cache, private readonly api: ApiClient) {}

  async token(tenant: string): Promise<string> {
${body.replace(/^/gm, '    ')}
  }

  private async fetch(tenant: string): Promise<string> {
    const fresh = await this.api.requestToken(tenant);
    await this.cache.set(\`token:\${tenant}\`, fresh, 3600);
    return fresh;
  }
}
`);
  it('an injected cache is asked twice before it is filled', () => {
    expect(
      found(
        tokens(`const cached = await this.cache.get<string>(\`token:\${tenant}\`);
if (cached) return cached;
const fresh = await this.api.requestToken(tenant);
await this.cache.set(\`token:\${tenant}\`, fresh, 3600);
return fresh;`),
      ),
    ).toEqual(['get-or-create 6→9']);
  });
  it('but not when the request under way is kept', () => {
    expect(
      found(
        tokens(`const pending = this.pending.get(tenant);
if (pending) return pending;
const made = (async () => (await this.cache.get<string>(\`token:\${tenant}\`)) ?? this.fetch(tenant))().finally(() => this.pending.delete(tenant));
this.pending.set(tenant, made);
return made;`),
      ),
    ).toEqual([]);
  });
  it('a whole that is written back loses what another changed in it', () => {
    const settings = typescript(`export class SettingsService {
  constructor(private readonly storage: StorageService) {}

  async setFlag(name: string, on: boolean): Promise<void> {
    const settings = await this.storage.get('settings');
    settings[name] = on;
    await this.storage.save('settings', settings);
  }
}
`);
    expect(found(settings)).toEqual(['lost-update 5→7']);
  });
  it('what comes back is a copy: changing it changes nothing before it is put there', () => {
    const copied = typescript(`import cache from './cache';

await cache.set('list', ['a']);
const list = await cache.get('list');
list.push('b');
console.log(await cache.get('list'), list, await cache.has('gone'));
`);
    const trace = engine.simulate({ file: copied, line: null }, options, control);
    expect(trace.steps.map((s) => s.output ?? '').join('')).toContain("[ 'a' ] [ 'a', 'b' ] false");
  });
  it('an object that is only asked is no store', () => {
    const api = typescript(`import store from './client';

export async function load(id: string): Promise<number> {
  const a = await store.get(id);
  const b = await store.get(id);
  return a === b ? 1 : 2;
}
`);
    expect(found(api)).toEqual([]);
  });
});

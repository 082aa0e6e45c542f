/** Services as people write them, before and after the fix: the first must warn at its lines, the second be silent. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineOptions } from '../../src/engine/api.ts';
import { control, file, loadEngine, options, root } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

/** Rule, line of the check and line of the act before the fix. */
const expected: Readonly<Record<string, string | string[]>> = {
  'closeable-queue': 'wait-without-loop 125→127',
  'conn-pool': 'check-then-act 42→44',
  'lazy-client': 'double-init 29→33',
  'linecache-evict': 'check-then-remove 48→49',
  'model-connect': 'double-init 28→36',
  // The connection may be closed between the answer of connect() and its use, too.
  'mongo-connect': ['double-init 18→31', 'stale-after-await 42→43'],
  // A logout while the tokens are refreshed is overwritten by the answer, before and after the fix.
  'oauth-refresh': ['stale-after-await 46→53', 'double-init 57→70'],
  // Both folders, by whoever comes second.
  'outputs-folder': ['file-toctou 44→45', 'file-toctou 71→72'],
  'pool-acquire': 'check-then-act 25→27',
  'queue-worker': 'double-init 33→40',
  'root-clients': 'get-or-create 79→81',
  'search-effect': 'stale-response 43→44',
  'search-store': 'stale-response 28→29',
  'signup-username': 'db-check-then-act 44→54',
  'stock-reserve': 'db-check-then-act 42→50',
  'telegram-game': 'check-then-act 27→31',
  'tokens-mutex': 'split-critical-section 70→83',
  'ttl-cache': 'check-then-act 22→28',
  'voucher-view': 'db-check-then-act 55→58',
  'watch-dispatch': 'mutate-while-iterating 124→125',
  // A job that is handed in twice is run twice.
  'worker-futures': 'get-or-create 35→38',
  'ws-reconnect': 'double-init 15→30',
};

/** Races that the fix left. */
const left: Readonly<Record<string, string[]>> = {
  // See above.
  'oauth-refresh': ['stale-after-await 47→57', 'double-init 61→74'],
  // The user closes the client while the timer that reconnects it is running.
  'ws-reconnect': ['check-then-act 33→34'],
};

/** Other races of the same file, found when there is time for them. */
const atTimes: Readonly<Record<string, readonly string[]>> = {
  // Two that miss at once both read the file; only the counter of misses tells.
  'linecache-evict': ['split-critical-section 26→32'],
  // The folders change while the client of one is made.
  'root-clients': ['stale-after-await 77→81'],
  // A job that is cancelled while it ends.
  'worker-futures': ['check-then-act 48→50', 'check-then-remove 50→51', 'check-then-act 60→61', 'check-then-act 61→62'],
};

/** What is told after the fix when time is up before the serial orders have all been tried: seen about once in ten runs. */
const tooEarly: Readonly<Record<string, readonly string[]>> = {
  'worker-futures': ['check-then-act 62→65'],
};

/** The same check told by another act: which of the two is told depends on how much was searched in the time there is. */
const otherwise: Readonly<Record<string, string>> = { 'worker-futures check-then-act 35→36': 'get-or-create 35→38' };

const folder = 'test/corpus/pairs';
const names = readdirSync(join(root, folder));
/** Endless loops of threads: what is looked for is found soon, and the rest is never searched to its end. */
const hurried: EngineOptions = { ...options, timeoutMs: 3000 };
const findings = (name: string): string[] =>
  engine
    .check(file(`${folder}/${name}`), name.startsWith('worker-futures') ? hurried : options, control)
    .findings.filter((f) => f.severity === 'warning')
    .map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('pairs', () => {
  it('are all expected', () => {
    expect(names.filter((n) => n.includes('.before.')).map((n) => n.split('.')[0])).toEqual(Object.keys(expected));
  });
  it.each(names.filter((n) => n.includes('.before.')))('%s warns', (name) => {
    const pair = name.split('.')[0] ?? '';
    const told = findings(name).map((f) => otherwise[`${pair} ${f}`] ?? f);
    expect(told.filter((f) => atTimes[pair]?.includes(f) !== true)).toEqual([expected[pair]].flat());
  });
  it.each(names.filter((n) => n.includes('.after.')))('%s is silent about it', (name) => {
    const pair = name.split('.')[0] ?? '';
    expect(findings(name).filter((f) => tooEarly[pair]?.includes(f) !== true)).toEqual(left[pair] ?? []);
  });
});

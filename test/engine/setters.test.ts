/** Answers that are given to an unknown object to hold: the last one given is to be the one asked for last. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('an answer that an unknown object is told to show', () => {
  const panel = (fields: string, body: string): string => `import { api, Chart } from './api';
export class Panel {
${fields}
  constructor(private readonly chart: Chart) {}
  async show(query: string): Promise<void> {
${body}
  }
}
`;
  it('may be the one to an older question', () => {
    const body = `    const rows = await api.load(query);
    this.chart.setData(rows);`;
    expect(found(panel('', body))).toEqual(['stale-response 6→7']);
  });
  it('is the latest one where older ones are dropped', () => {
    const body = `    const mine = ++this.latest;
    const rows = await api.load(query);
    if (mine !== this.latest) return;
    this.chart.setData(rows);`;
    expect(found(panel('  private latest = 0;', body))).toEqual([]);
  });
  it('is one of many where a key is told with it', () => {
    const body = `    const rows = await api.load(query);
    this.chart.setData(query, rows);`;
    expect(found(panel('', body))).toEqual([]);
  });
});

describe('an answer that is compared with what is stored', () => {
  const client = (body: string): string => `export class Client {
  private token: string | null = null;
  constructor(private readonly loadToken: (user: string) => Promise<string>) {}
  async authenticate(user: string): Promise<void> {
    const token = await this.loadToken(user);
${body}
  }
  header(): string | null {
    return this.token;
  }
}
`;
  it('is stored over a newer one all the same', () => {
    expect(found(client('    if (this.token !== token) this.token = token;'))).toEqual(['stale-response 5→6']);
  });
  it('is not, where one that is there stays', () => {
    expect(found(client('    if (this.token === null) this.token = token;'))).toEqual([]);
  });
});

describe('what a callback that was handed in gives', () => {
  const poller = (check: string): string => `export class Poller {
  #timer?: NodeJS.Timeout;
  #stopped = false;
  constructor(private readonly ask: () => Promise<string>) {}
  async start(): Promise<string | undefined> {
    const found = await this.ask();
    if (found) return found;
${check}    this.#timer = setInterval(() => void this.ask(), 100);
    return undefined;
  }
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }
}
`;
  it('may be nothing', () => {
    expect(found(poller(''))).toEqual(['stale-after-await 6→8']);
  });
  it('is no matter after the end where that is asked', () => {
    expect(found(poller('    if (this.#stopped) return undefined;\n'))).toEqual([]);
  });
});

/** What is kept elsewhere and read and written as a whole, `getSettings` and `putSettings` of one client. */
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

const board = (body: string): string => `import AwaitLock from 'await-lock';
export class Board {
  private readonly lock = new AwaitLock();
  private readonly other = new AwaitLock();
  constructor(private readonly client: Client) {}
  async mute(word: string) {
${body}
  }
}
`;
const change = `    const settings = await this.client.getSettings();
    await this.client.putSettings({ ...settings, muted: [...settings.muted, word] });`;

it('loses what another put there since it was read', () => {
  expect(found(board(change))).toEqual(['lost-update 7→8']);
});

it('loses nothing where one at a time reads and writes, whichever lock of a name it is', () => {
  const under = (lock: string): string => `    await this.${lock}.acquireAsync();
    try {
${change}
    } finally {
      this.${lock}.release();
    }`;
  expect(found(board(under('lock')))).toEqual([]);
  expect(found(board(under('other')))).toEqual([]);
});

it('loses nothing where what is put there does not come of what was read', () => {
  const body = `    const settings = await this.client.getSettings();
    if (!settings.isOpen) return;
    await this.client.putSettings({ muted: word });`;
  expect(found(board(body))).toEqual([]);
});

it('is one thing for each key', () => {
  const counter = (key: string): string => `export class Counter {
  constructor(private readonly api: Api) {}
  async visit(id: string, by: string) {
    const user = await this.api.getUser(id);
    await this.api.updateUser(${key}, { visits: user.visits + 1 });
  }
}
`;
  expect(found(counter('id'))).toEqual(['lost-update 4→5']);
});

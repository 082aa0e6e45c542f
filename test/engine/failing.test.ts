/** What handlers of failures do: an awaited call of the unknown may fail where that leads to a check or an act. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: ReturnType<typeof python>): string[] =>
  engine.check(file, options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('a token that is refreshed when a request is refused', () => {
  const client = (...handler: string[]): string => `import { http, auth } from './net';
export class Client {
  private token = '';
  private refreshing: Promise<string> | null = null;
  async get(path: string): Promise<unknown> {
    try {
      return await http.get(path, this.token);
    } catch (e: any) {
      if (e.status !== 401) throw e;
${handler.map((line) => `      ${line}`).join('\n')}
      return await http.get(path, this.token);
    }
  }
}
`;
  it('is refreshed by both of two requests', () => {
    expect(found(typescript(client('this.token = await auth.refresh(this.token);')))).toEqual(['warning lost-update 10→10']);
  });
  it('is refreshed once where they wait for one refresh: who waits for what a call gave waits for one promise', () => {
    const text = client(
      'this.refreshing ??= auth.refresh().finally(() => { this.refreshing = null; });',
      'this.token = await this.refreshing!;',
    );
    expect(found(typescript(text))).toEqual([]);
  });
  it('is refreshed twice in Python, whatever the exception is called', () => {
    const text = `import aiohttp
from .auth import login

class Client:
    def __init__(self, session):
        self.session = session
        self.token = None

    async def get(self, path):
        try:
            return await self.session.get(path, token=self.token)
        except aiohttp.ClientError as e:
            if e.status != 401:
                raise
            self.token = await login(self.token)
            return await self.session.get(path, token=self.token)
`;
    expect(found(python(text))).toEqual(['warning lost-update 15→15']);
  });
});

describe('a change that is taken back when it could not be stored', () => {
  const likes = (back: string, post: string): string => `import { http } from './net';
export class Likes {
  likes = new Map<string, number>();
  async like(id: string): Promise<void> {
    const before = this.likes.get(id) ?? 0;
    this.likes.set(id, before + 1);
    ${post.replace('BACK', back)}
  }
}
`;
  it.each([
    ['in a catch', 'try { await http.post(id); } catch { BACK }'],
    ['in a callback of catch()', 'await http.post(id).catch(() => { BACK });'],
    ['in a callback of then()', 'await http.post(id).then(() => undefined, () => { BACK });'],
  ])('takes others with it %s', (_, post) => {
    expect(found(typescript(likes('this.likes.set(id, before);', post)))).toEqual(['warning lost-update 5→7']);
  });
  it('leaves them where only the one is taken back', () => {
    const back = 'this.likes.set(id, (this.likes.get(id) ?? 1) - 1);';
    expect(found(typescript(likes(back, 'try { await http.post(id); } catch { BACK }')))).toEqual([]);
  });
});

describe('a connection that is thrown away when it fails', () => {
  const pool = (...handler: string[]): string => `import threading
import requests

class Pool:
    def __init__(self, url):
        self.url = url
        self.lock = threading.Lock()
        self.conn = requests.Session()

    def fetch(self, key):
        conn = self.conn
        try:
            return conn.get(self.url + key)
        except requests.RequestException:
${handler.map((line) => `            ${line}`).join('\n')}
            raise

    def run(self, keys):
        threads = [threading.Thread(target=self.fetch, args=(k,)) for k in keys]
        for t in threads:
            t.start()
`;
  it('is closed by both of two threads', () => {
    const text = pool('if self.conn is not None:', '    self.conn.close()', '    self.conn = None');
    expect(found(python(text))).toEqual(['warning check-then-act 15→17']);
  });
  it('is closed once under a lock', () => {
    const text = pool('with self.lock:', '    if self.conn is not None:', '        self.conn.close()', '        self.conn = None');
    expect(found(python(text))).toEqual([]);
  });
});

/** What is used after another has closed it, and what is put there after another has ended what was there. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const told = (rule: string, check: number, act: number): string => `${rule} ${String(check)}→${String(act)}`;
const inTypeScript = (text: string, path?: string): string[] =>
  engine.check(typescript(text, path), options, control).findings.map((f) => told(f.rule, f.check.line, f.act.line));
const inPython = (text: string): string[] =>
  engine.check(python(text), options, control).findings.map((f) => told(f.rule, f.check.line, f.act.line));

describe('what another has closed', () => {
  const channel = (check: string): string => `import type { Socket } from './net';
export class Channel {
  private closed = false;
  constructor(private readonly socket: Socket, private readonly sign: (text: string) => Promise<string>) {}
  async send(text: string): Promise<void> {
    if (this.closed) return;
    const signature = await this.sign(text);
${check}    this.socket.write(signature);
  }
  close(): void {
    this.closed = true;
    this.socket.end();
  }
}
`;
  it('is used by whoever saw that it was open', () => {
    expect(inTypeScript(channel(''))).toEqual(['stale-after-await 6→8']);
  });

  it('is not used by whoever looks again', () => {
    expect(inTypeScript(channel('    if (this.closed) return;\n'))).toEqual([]);
  });

  const store = (after: string): string => `import { connect, type Connection } from './wire';
export class Store {
  private connection: Connection | null = null;
  async open(): Promise<void> {
    this.connection = await connect();
  }
  async save(load: () => Promise<string>): Promise<void> {
    const connection = this.connection;
    if (!connection) throw new Error('closed');
    const value = await load();
${after}    connection.write(value);
  }
  close(): void {
    this.connection?.close();
    this.connection = null;
  }
}
`;
  it('is used by way of a local variable that still holds it', () => {
    expect(inTypeScript(store(''))).toContain('stale-after-await 8→11');
  });

  it('is not used where the local variable is compared with what is there', () => {
    expect(inTypeScript(store('    if (this.connection !== connection) return;\n'))).not.toContain('stale-after-await 8→12');
  });

  it('counts from the call that closes it, also in Python, while that is under way', () => {
    const client = (check: string): string => `class Client:
    def __init__(self, auth):
        self._auth = auth
        self._link = None
    def attach(self, link):
        self._link = link
    async def fetch(self, path):
        link = self._link
        if link is None:
            raise RuntimeError("closed")
        token = await self._auth.token()
${check}        link.request(path, token)
    async def stop(self):
        link, self._link = self._link, None
        if link is not None:
            await link.close()
`;
    expect(inPython(client(''))).toEqual(['stale-after-await 8→12']);
    expect(inPython(client('        if self._link is not link:\n            raise RuntimeError("closed")\n'))).toEqual([]);
  });

  it('may be asked whether it is closed, and closed again', () => {
    expect(
      inTypeScript(`import type { Socket } from './net';
export class Channel {
  private closed = false;
  constructor(private readonly socket: Socket) {}
  async finish(wait: () => Promise<void>): Promise<void> {
    if (this.closed) return;
    await wait();
    this.socket.removeAllListeners();
    this.socket.end();
  }
  close(): void {
    this.closed = true;
    this.socket.end();
  }
}
`),
    ).toEqual([]);
  });
});

describe('what is put there after it was over', () => {
  const feed = (started: string, stopped = ''): string => `import { connect, type Socket } from './net';
export class Feed {
  private socket: Socket | null = null;
  private run = 0;
  async start(): Promise<void> {
    const run = ++this.run;
    const socket = await connect('wss://feed');
${started}
  }
  stop(): void {
${stopped}    this.socket?.close();
    this.socket = null;
  }
}
`;
  const poller = (again: string, stop: string): string => `import { fetchStatus } from './api';
export class Poller {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  status = '';
  start(): void {
    void this.poll();
  }
  private async poll(): Promise<void> {
    this.status = await fetchStatus();
    ${again}this.timer = setTimeout(() => void this.poll(), 1000);
  }
  stop(): void {
    ${stop}clearTimeout(this.timer);
  }
}
`;
  it('is closed by nobody', () => {
    expect(inTypeScript(feed('    if (run < 0) return;\n    this.socket = socket;'))).toContain('stale-after-await 7→9');
  });

  it('is for the callers to say where nothing goes on by itself', () => {
    const severities = (text: string): string[] => engine.check(typescript(text), options, control).findings.map((f) => f.severity);
    expect(severities(feed('    if (run < 0) return;\n    this.socket = socket;'))).toContain('information');
    expect(severities(poller('', ''))).toEqual(['warning']);
  });

  it('is closed by the one that comes late and looks', () => {
    const looks = `    if (run !== this.run) {
      socket.close();
      return;
    }
    this.socket = socket;`;
    expect(inTypeScript(feed(looks, '    this.run++;\n'))).toEqual([]);
  });

  it('may be a timer that goes on for ever', () => {
    expect(inTypeScript(poller('', ''))).toEqual(['stale-after-await 10→11']);
    expect(inTypeScript(poller('if (!this.stopped) ', 'this.stopped = true; '))).toEqual([]);
  });

  it('may be an answer that arrives after what was there has been cleared', () => {
    const session = (guard: string, clear: string): string => `import { api } from './api';
export class Session {
  user: { name: string } | null = null;
  private epoch = 0;
  async load(): Promise<void> {
    const epoch = this.epoch;
    const user = await api.me();
    ${guard}this.user = user;
  }
  logout(): void {
    ${clear}this.user = null;
  }
}
`;
    expect(inTypeScript(session('if (epoch > -1) ', ''))).toEqual(['stale-after-await 7→8']);
    expect(inTypeScript(session('if (epoch === this.epoch) ', 'this.epoch++; '))).toEqual([]);
  });

  it('is seen in the clean-up of an effect', () => {
    const ticker = (body: string): string => `import { useEffect, useState } from 'react';
import { subscribe } from './bus';
export function Ticker({ symbol }: { symbol: string }) {
  const [price, setPrice] = useState(0);
  useEffect(() => {
    let off: (() => void) | undefined;
    let gone = false;
    subscribe(symbol, setPrice).then((unsubscribe) => {
${body}
    });
    return () => {
      gone = true;
      off?.();
    };
  }, [symbol]);
  return <b>{price}</b>;
}
`;
    expect(inTypeScript(ticker('      off = unsubscribe;'), 'Ticker.tsx')).toEqual(['stale-after-await 8→9']);
    expect(inTypeScript(ticker('      if (gone) unsubscribe();\n      else off = unsubscribe;'), 'Ticker.tsx')).toEqual([]);
  });

  it('is not said where the end waits for the beginning', () => {
    expect(
      inTypeScript(`import { connect, type Socket } from './net';
export class Feed {
  private starting: Promise<void> | null = null;
  private socket: Socket | null = null;
  start(): Promise<void> {
    this.starting ??= this.open();
    return this.starting;
  }
  private async open(): Promise<void> {
    this.socket = await connect('wss://feed');
  }
  async stop(): Promise<void> {
    await this.starting;
    this.socket?.close();
    this.socket = null;
  }
}
`),
    ).toEqual([]);
  });

  it('is told in Python, once for all that is put there', () => {
    const watcher = (check: string, stop: string): string => `import asyncio
class Watcher:
    def __init__(self, client):
        self._client = client
        self._stopped = False
        self._subscription = None
        self._task = None
    async def start(self):
        subscription = await self._client.subscribe("news")
${check}        self._subscription = subscription
        self._task = asyncio.create_task(self._run())
    async def _run(self):
        await self._client.idle()
    async def stop(self):
${stop}        if self._task is not None:
            self._task.cancel()
        if self._subscription is not None:
            self._subscription.close()
`;
    expect(inPython(watcher('', ''))).toEqual(['stale-after-await 9→10']);
    const check = '        if self._stopped:\n            subscription.close()\n            return\n';
    expect(inPython(watcher(check, '        self._stopped = True\n'))).toEqual([]);
  });

  it('is driven from outside by what a subscriber gives back', () => {
    expect(
      inTypeScript(`import { Observable } from 'rxjs';
import { openSource } from './source';
export function listen(url: string): Observable<string> {
  return new Observable((observer) => {
    let source: any;
    openSource(url).then((opened: any) => {
      source = opened;
      source.onmessage = (event: any) => observer.next(event.data);
    });
    return () => {
      if (source) source.close();
    };
  });
}
`),
    ).toEqual(['stale-after-await 6→7']);
  });
});

describe('a check of what only others change', () => {
  const store = (check: string, again = ''): string => `import { assert } from './util';
import { api } from './api';
export class Store {
  private closed = false;
  private items: string[] | null = [];
  async add(name: string): Promise<void> {
    ${check}
    const item = await api.create(name);
    ${again}this.items!.push(item);
  }
  close(): void {
    this.closed = true;
    this.items = null;
  }
}
`;
  it('is driven together with those who do', () => {
    expect(inTypeScript(store('if (this.closed) throw new Error("closed");'))).toEqual(['check-then-act 7→9']);
    expect(inTypeScript(store('if (this.closed) throw new Error("closed");', 'if (this.closed) return; '))).toEqual([]);
  });

  it('may be an assertion, of which only the name is known', () => {
    expect(inTypeScript(store('assert(!this.closed, "closed");'))).toEqual(['check-then-act 7→9']);
    expect(inTypeScript(store('assert(!this.closed, "closed");', 'assert(!this.closed); '))).toEqual([]);
  });
});

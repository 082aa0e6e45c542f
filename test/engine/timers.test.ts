/** What a timer does after the end that did not stop it: a connection that is opened again after `close()`. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);

describe('a connection that a timer opens again', () => {
  const feed = (timer: string, again: string, end: string): string => `import { WebSocket } from 'ws';
export class Feed {
  private socket?: WebSocket;
  private timer?: NodeJS.Timeout;
  private closed = false;
  constructor(private readonly url: string) {}
  connect(): void {
    const socket = new WebSocket(this.url);
    socket.on('close', () => this.later());
    this.socket = socket;
  }
  private later(): void {
    ${timer}setTimeout(() => {
      ${again}
    }, 1000);
  }
  close(): void {
    ${end}this.socket?.close();
    this.socket = undefined;
  }
}
`;
  it('stays open where the end leaves the timer alone, though opening and setting it call each other in a circle', () => {
    expect(found(feed('', 'this.connect();', ''))).toEqual(['information stale-after-await 13→14']);
  });
  it('is not opened where the end clears the timer', () => {
    expect(found(feed('this.timer = ', 'this.connect();', 'clearTimeout(this.timer);\n    '))).toEqual([]);
  });
  it('is not opened where the timer looks whether it is over', () => {
    expect(found(feed('', 'if (!this.closed) this.connect();', 'this.closed = true;\n    '))).toEqual([]);
  });
});

describe('a timer that ends its own object', () => {
  const ticker = (end: string, flag: string): string => `export class Ticker {
  private ${flag} = false;
  private timer?: ReturnType<typeof setTimeout>;
  constructor(private poll: () => Promise<boolean>) {}
  async begin(): Promise<void> {
    if (this.${flag}) return;
    this.timer = setTimeout(async () => {
      const done = await this.poll();
      if (done) await this.${end}();
    }, 50);
  }
  async ${end}(): Promise<void> {
    this.${flag} = true;
    if (this.timer) { clearTimeout(this.timer); this.timer = undefined; }
  }
}
`;
  it('may end it once more', () => {
    expect(found(ticker('stop', 'stopped'))).toEqual([]);
  });
  it('relies on a flag that says something else', () => {
    expect(found(ticker('flush', 'flushing'))).toEqual(['warning check-then-act 6→9']);
  });
});

/** Unknown objects that are up or not: what they are asked and what their methods change is one state. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: SourceFile): string[] =>
  engine.check(file, options, control).findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);

const gateway = (body: string): SourceFile =>
  typescript(`import { createClient } from 'some-client';
export class Gateway {
  private readonly client = createClient();
  private opening: Promise<void> | null = null;
  async send(text: string): Promise<void> {
${body}
    await this.client.publish(text);
  }
}
`);

describe('an unknown object that is up or not', () => {
  it('is brought up when the call completes: who asked before brings it up once more', () => {
    expect(found(gateway('    if (!this.client.isOpen) await this.client.connect();'))).toEqual(['double-init 6→6']);
    expect(found(gateway('    if (!this.client.isConnected()) {\n      await this.client.connect();\n    }'))).toEqual(['double-init 6→7']);
    expect(found(gateway('    if (this.client.closed) await this.client.open();'))).toEqual(['double-init 6→6']);
    expect(found(gateway('    if (this.client.isOpen) await this.client.close();'))).toEqual(['check-then-act 6→6']);
  });

  it('is brought up once where the call under way is kept, or where one lock is held', () => {
    const kept = `    if (!this.client.isOpen) {
      this.opening ??= this.client.connect().finally(() => (this.opening = null));
      await this.opening;
    }`;
    expect(found(gateway(kept))).toEqual([]);
    expect(found(gateway('    await mutex.runExclusive(async () => { if (!this.client.isOpen) await this.client.connect(); });'))).toEqual(
      [],
    );
    expect(found(gateway('    if (!this.client.isOpen) this.client.connect();'))).toEqual([]);
  });

  it('is nothing where the module says itself what the answer is, or changes nothing', () => {
    expect(found(gateway('    if (!this.client.isOpen) { this.client.isOpen = true; await this.client.connect(); }'))).toEqual([]);
    expect(found(gateway('    if (!this.client.isOpen) await this.client.wait();'))).toEqual([]);
  });

  const port = (guarded: boolean): SourceFile =>
    python(`import threading
from driver import Serial

class Port:
    def __init__(self):
        self.conn = Serial()
        self.lock = threading.Lock()

    def write(self, data):
        ${guarded ? 'with self.lock:\n            ' : ''}if not self.conn.is_open: self.conn.open()
        self.conn.write(data)

port = Port()
threads = [threading.Thread(target=port.write, args=(i,)) for i in range(2)]
for t in threads: t.start()
for t in threads: t.join()
`);
  it('changes at once where threads call it', () => {
    expect(found(port(false))).toEqual(['double-init 10→10']);
    expect(found(port(true))).toEqual([]);
  });

  it('is waited for by coroutines', () => {
    const hub = (text: string): SourceFile =>
      python(`import asyncio

class Hub:
    """Shared by many tasks."""
    def __init__(self, client):
        self.client = client
        self.lock = asyncio.Lock()

    async def send(self, message):
${text}
        await self.client.publish(message)
`);
    expect(found(hub('        if not self.client.is_connected():\n            await self.client.connect()'))).toEqual([
      'double-init 10→11',
    ]);
    expect(
      found(
        hub('        async with self.lock:\n            if not self.client.is_connected():\n                await self.client.connect()'),
      ),
    ).toEqual([]);
  });

  it('shows in the story under the name that the source gives it', () => {
    const [finding] = engine.check(gateway('    if (!this.client.isOpen) await this.client.connect();'), options, control).findings;
    expect(finding?.shared).toBe('client.isOpen');
    expect(finding?.interference?.line).toBe(6);
    expect(finding?.message).toContain('connect()` happens twice');
  });
});

/** What a call put there itself before a gap and goes on with after it: two such calls get in each other's way. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: ReturnType<typeof python>): string[] =>
  engine.check(file, options, control).findings.map((f) => `${f.severity} ${f.rule} ${f.check.line}→${f.act.line}`);
const ts = (text: string): string[] => found(typescript(text));
const py = (text: string): string[] => found(python(text));

describe('a list that is emptied, and filled when the answer is there', () => {
  const feed = (...body: string[]): string => `import { api } from './api';
export class Feed {
  items: string[] = [];
  private latest = 0;
  async reload(): Promise<void> {
${body.map((line) => `    ${line}`).join('\n')}
  }
}
`;
  it('gets the rows of both of two calls', () => {
    const text = feed('this.items = [];', 'const rows = await api.list();', 'for (const r of rows) this.items.push(r.title);');
    expect(ts(text)).toEqual(['warning stale-after-await 6→8']);
  });
  it('is safe where it is emptied when the answer is there', () => {
    expect(ts(feed('const rows = await api.list();', 'this.items = [];', 'for (const r of rows) this.items.push(r.title);'))).toEqual([]);
  });
  it('is safe where only the latest call goes on', () => {
    const text = feed(
      'const mine = ++this.latest;',
      'this.items = [];',
      'const rows = await api.list();',
      'if (mine !== this.latest) return;',
      'for (const r of rows) this.items.push(r.title);',
    );
    expect(ts(text)).toEqual([]);
  });
  it('gets them in Python, too', () => {
    const text = `class Feed:
    def __init__(self, api):
        self.api = api
        self.items = []

    async def reload(self):
        self.items.clear()
        async for row in self.api.rows():
            self.items.append(row)
`;
    expect(py(text)).toEqual(['warning stale-after-await 7→9']);
  });
});

describe('what a call was given, kept in its object', () => {
  const handler = (looks: string): string => `class Handler:
    def __init__(self, auth):
        self.auth = auth
        self.request = None

    async def handle(self, request):
        self.request = request
        user = await self.auth.verify(request.token)
        return ${looks}

    def render(self, user):
        return f"{self.request.path} for {user}"
`;
  it("is another call's by the time it is looked at", () => {
    expect(py(handler('self.render(user)'))).toEqual(['information stale-after-await 7→9']);
  });
  it('is not asked for where the call has it', () => {
    expect(py(handler('f"{request.path} for {user}"'))).toEqual([]);
  });
});

describe('what is handed on and then thrown away', () => {
  const batcher = (...body: string[]): string => `import { transport } from './transport';
export class Batcher {
  private queue: string[] = [];
  add(event: string): void {
    this.queue.push(event);
  }
  async flush(): Promise<void> {
${body.map((line) => `    ${line}`).join('\n')}
  }
}
`;
  it('takes with it what came meanwhile', () => {
    expect(ts(batcher('await transport.send(this.queue);', 'this.queue = [];'))).toEqual(['warning check-then-act 8→9']);
  });
  it('is taken out at once in the fix', () => {
    expect(ts(batcher('const batch = this.queue;', 'this.queue = [];', 'await transport.send(batch);'))).toEqual([]);
  });
  it('goes among threads, too', () => {
    const text = (...lines: string[]): string => `import threading

class Buffer:
    def __init__(self, client):
        self.client = client
        self.lock = threading.Lock()
        self.items = []

    def add(self, item):
        with self.lock:
            self.items.append(item)

    def flush(self):
${lines.map((line) => `        ${line}`).join('\n')}

def start(buffer):
    threading.Thread(target=buffer.flush).start()
`;
    expect(py(text('self.client.send(self.items)', 'self.items = []'))).toEqual(['warning check-then-act 14→15']);
    expect(py(text('with self.lock:', '    items, self.items = self.items, []', 'self.client.send(items)'))).toEqual([]);
  });
});

describe('an index that was found before a gap', () => {
  const todos = (...body: string[]): string => `import { api } from './api';
export class Todos {
  items: { id: string }[] = [];
  async remove(id: string): Promise<void> {
${body.map((line) => `    ${line}`).join('\n')}
  }
}
`;
  it('is that of another element after it', () => {
    const text = todos('const index = this.items.findIndex((i) => i.id === id);', 'await api.delete(id);', 'this.items.splice(index, 1);');
    expect(ts(text)).toEqual(['warning check-then-act 5→7']);
  });
  it('is safe where it is looked for afterwards', () => {
    const text = todos(
      'await api.delete(id);',
      'const index = this.items.findIndex((i) => i.id === id);',
      'if (index >= 0) this.items.splice(index, 1);',
    );
    expect(ts(text)).toEqual([]);
  });
});

/** Drivers that come to code in TypeScript: by whom a callback is called, what an object in use has, what is done once for all. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), { ...options, hints: true }, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('what is called once because another function ran', () => {
  const retry = (body: string): string => `export class Retry {
  private timer: unknown = null;
  private attempts = 0;
  constructor(private link: Link) {}
  schedule(): void {
    if (this.timer) return;
${body}
  }
}
`;
  it('a timer comes when it has been set', () => {
    const body = `    this.attempts += 1;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.link.open();
    }, 50);`;
    expect(found(retry(body))).toEqual([]);
  });

  it('a helper in a method is called by the method', () => {
    const client = (guard: string): string => `export class Client {
  private session: string | null = null;
  private isBusy = false;
  constructor(private remote: Remote) {}
  async send(message: string): Promise<void> {
    const attempt = async (): Promise<void> => {
      if (!this.session) this.session = await this.remote.login(message);
    };
    ${guard}
    await attempt();
    this.isBusy = false;
  }
}
`;
    expect(found(client(''))).toEqual(['double-init 7→7']);
    expect(found(client('if (this.isBusy) return;\n    this.isBusy = true;'))).toEqual([]);
  });
});

it('what several asked for and was done once for all of them is done', () => {
  const batch = (test: string): string => `import { whenIdle } from './idle';

export class Batch {
  readonly work = new Set<() => void>();
  add(job: () => void): void {
    this.work.add(job);
    if (${test}) {
      whenIdle().then(() => {
        this.run();
      });
    }
  }
  private run(): void {
    this.work.forEach((job) => job());
    this.work.clear();
  }
}
`;
  expect(found(batch('this.work.size <= 1'))).toEqual([]);
});

describe('work handed to a queue', () => {
  const reporter = (before: string, after: string): string => `export class Reporter {
  private sentAt = 0;
  constructor(private jobs: JobQueue, private remote: Remote) {}
  async report(): Promise<void> {
    const now = Date.now();
    if (now - this.sentAt < 60_000) return;${before}
    this.jobs.add(async () => {
      await this.remote.send('report');${after}
    });
  }
}
`;
  const mark = '\n    this.sentAt = now;';
  it('is done later, when others have passed the check as well', () => {
    expect(found(reporter('', mark))).toEqual(['check-then-act 6→9']);
    expect(found(reporter(mark, ''))).toEqual([]);
  });
});

it('a member that keeps values under literal keys is a store, whatever it is called', () => {
  const login = (body: string): string => `export class Login {
  constructor(private host: Host, private remote: Remote) {}
  async session(): Promise<unknown> {
    const running = this.host.get('session');
    if (running) return running;
${body}
  }
}
`;
  expect(found(login("    const made = await this.remote.open();\n    this.host.set('session', made);\n    return made;"))).toEqual([
    'get-or-create 4→7',
  ]);
  expect(found(login("    const made = this.remote.open();\n    this.host.set('session', made);\n    return made;"))).toEqual([]);
});

it('an object in use has what only its own parts without a name set', () => {
  const member = (before: string, after: string): string => `const join = Symbol('join');
export class Member {
  private id: string | null = null;
  private link: Link | null = null;
  private beat = Date.now();
  constructor(private cluster: Cluster) {}
  async [join](): Promise<void> {
    this.link = await this.cluster.find();
    this.id = (await this.link.join()).id;
  }
  async heartbeat({ interval }: { interval: number }): Promise<void> {
    const { id } = this;
    if (id && Date.now() >= this.beat + interval) {${before}
      await this.link.beat(id);${after}
    }
  }
}
`;
  const set = '\n      this.beat = Date.now();';
  expect(found(member('', set))).toEqual(['check-then-act 13→15']);
  expect(found(member(set, ''))).toEqual([]);
});

it('what a call set may be taken away by another call of it', () => {
  const runner = (own: string): string => `export class Runner {
  private run: Run | null = null;
  constructor(private remote: Remote) {}
  async start(): Promise<void> {
    const mine = { steps: 0, controller: new AbortController() };
    this.run = mine;
    await this.remote.load();
    ${own}.controller.abort();
    this.run = null;
  }
}
`;
  expect(found(runner('this.run'))).toEqual(['stale-after-await 6→8']);
  expect(found(runner('mine'))).toEqual([]);
});

it('what has parts itself says nothing of whether its object is up', () => {
  const views = `export class Views {
  private views = new Map<string, View>();
  constructor(private host: Host) {}
  async open(id: string): Promise<void> {
    if (this.views.has(id)) return;
    const view = await this.host.make(id);
    view.disposed.connect(() => this.views.delete(id));
    this.views.set(id, view);
  }
  close(view: View): void {
    view.dispose();
  }
}
`;
  expect(found(views)).toEqual(['get-or-create 5→8']);
});

/** Patterns of races that were found, and mended, in published JavaScript and TypeScript packages: each with what mends it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string, path?: string): string[] =>
  engine.check(typescript(text, path), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('a transaction that reads what was committed', () => {
  const counter = (body: string): string => `export class Counters {
  constructor(private readonly prisma: Client, private readonly table: string) {}
  add(key: string, points: number) {
    return this.prisma.$transaction(async (prisma) => {
${body}
    });
  }
}
`;
  it('lets another read the same row, of a table that is told by a value', () => {
    const body = `      const row = await prisma[this.table].findFirst({ where: { key } });
      if (row) return prisma[this.table].update({ where: { key }, data: { points: row.points + points } });
      return prisma[this.table].create({ data: { key, points } });`;
    expect(found(counter(body))).toEqual(['db-check-then-act 5→6']);
  });
  it('has no check where one statement does it all', () => {
    const body = `      return prisma[this.table].upsert({
        where: { key },
        create: { key, points },
        update: { points: { increment: points } },
      });`;
    expect(found(counter(body))).toEqual([]);
  });
});

describe('a file that is moved', () => {
  const archive = (body: string): string => `const fs = require('fs-extra');
async function archive(source, target, options) {
  if (options.keep) return fs.copy(source, target);
${body}
}
module.exports = archive;
`;
  it('is no longer there for the next who saw it, whatever the options say', () => {
    expect(found(archive('  if (await fs.pathExists(source)) await fs.move(source, target, { overwrite: true });'), 'archive.js')).toEqual([
      'file-toctou 4→4',
    ]);
  });
  it('may have gone for who is ready for it', () => {
    const body = `  try {
    await fs.move(source, target, { overwrite: true });
  } catch (e) {
    if (e.code !== 'ENOENT') throw e;
  }`;
    expect(found(archive(body), 'archive.js')).toEqual([]);
  });
});

describe('a cache of another file, to which a thing with its key in it is added', () => {
  const outlet = (open: string, close: string): string => `import { SenderCache } from './sender-cache';
import { withoutConcurrency } from './concurrency';
export class Outlet {
  private readonly senders = new SenderCache();
  constructor(private readonly link: Link, private readonly options: Option[]) {}
  offer = async (track: Track) => {
    ${open}
      for (const option of this.options) {
        const known = this.senders.get(option);
        if (known) await known.sender.replaceTrack(track);
        else await this.addSender(track, option);
      }
    ${close}
  };
  private addSender = async (track: Track, option: Option) => {
    const sender = this.link.addTrack(track);
    await sender.setParameters(option.parameters);
    this.senders.add({ option, sender });
  };
}
`;
  it('is added twice when two look before either has added', () => {
    expect(found(outlet('{', '}'))).toEqual(['get-or-create 9→11']);
  });
  it('is added once where there is no concurrency', () => {
    expect(found(outlet("return withoutConcurrency('offer', async () => {", '});'))).toEqual([]);
  });
});

it('does not call a method beside those who keep its promise', () => {
  const credentials = (get: string): string => `import { request } from './http';
import { sign } from './sign';
export class Credentials {
  token?: string;
  expires?: Date;
  pending?: Promise<string>;
  constructor(private readonly config: Config) {}
  async header() {
    if (this.token && !this.isExpired()) return this.token;
    ${get}
  }
  isExpired() {
    return this.expires !== undefined && this.expires.getTime() < Date.now();
  }
  async refresh() {
    const assertion = await sign(this.config);
    const response = await request(assertion);
    this.token = response.token;
    this.expires = new Date(Date.now() + response.seconds * 1000);
    return this.token;
  }
}
`;
  expect(found(credentials('return this.refresh();'))).toEqual(['double-init 9→10']);
  const kept = 'this.pending ??= this.refresh().finally(() => (this.pending = undefined));\n    return this.pending;';
  expect(found(credentials(kept))).toEqual([]);
});

it('takes for inherited what is only named in an object literal', () => {
  const account = (get: string): string => `const base = require('./base');
class Account extends base.Client {
  constructor(options) {
    super(options);
    this.cached = null;
    this.context = {
      transporter: this.transporter,
    };
  }
  async token() {
    if (!this.cached || this.isExpired(this.cached)) ${get}
    return { token: this.cached.token };
  }
  isExpired(given) {
    return given.expires ? Date.now() >= given.expires : false;
  }
  async _refresh() {
    const response = await this.transporter.request({ data: this.scopes });
    this.cached = { token: response.token, expires: response.expires };
  }
}
module.exports = { Account };
`;
  expect(found(account('await this._refresh();'), 'account.js')).toEqual(['double-init 11→11']);
  const kept = 'await (this.pending ??= this._refresh().finally(() => (this.pending = null)));';
  expect(found(account(kept), 'account.js')).toEqual([]);
});

it('leaves out the parts of an argument that are nothing by default, and gives a callback what it takes', () => {
  const broker = (connect: string): string => `module.exports = class Broker {
  constructor({ connection, versions = null }) {
    this.connection = connection;
    this.versions = versions;
  }
  async connect() {
    await this.connection.connect();
    ${connect}
    return this.versions;
  }
  async _ask() {
    const response = await this.connection.send('versions');
    return response.versions.reduce((all, version) => Object.assign(all, { [version.key]: version.max }), {});
  }
};
`;
  expect(found(broker('if (!this.versions) this.versions = await this._ask();'), 'broker.js')).toEqual(['double-init 8→8']);
  expect(found(broker('this.versions = await (this.asking ??= this._ask());'), 'broker.js')).toEqual([]);
});

describe("what is nobody else's", () => {
  it('are options that are handed in', () => {
    const text = (to: string): string => `export class Api {
  private token: string | null = null;
  constructor(private readonly remote: Remote) {}
  async request(${to}: RequestOptions, path: string) {
    const headers = await this.remote.headersFor(path);
    ${to}.headers.Authorization = headers.Authorization;
    return this.remote.send(${to});
  }
}
`;
    expect(found(text('requestOptions'))).toEqual([]);
    expect(found(text('session'))).toEqual(['stale-response 5→6']);
  });

  it('are answers to what is asked in the same words each time', () => {
    const group = (topic: string, asks: string): string => `export class Group {
  leader: string | null = null;
  members: string[] = [];
  constructor(private readonly id: string, private readonly remote: Remote) {}
  async join(${topic}) {
    const { id } = this;
    const answer = await this.remote.join(${asks});
    this.leader = answer.leader;
    this.members = answer.members;
  }
}
`;
    expect(found(group('', '{ id }'))).toEqual([]);
    // And one answer that came late is one finding, wherever its parts are stored.
    expect(found(group('topic: string', '{ id, topic }'))).toEqual(['stale-response 7→8']);
  });
});

it('follows calls of what a CommonJS module exports', () => {
  const sweeper = (drop: string): string => `const fs = require('fs');
exports.drop = function (path, done) {
  ${drop}
};
exports.sweep = function (path, done) {
  fs.stat(path, (error) => {
    if (error) return done();
    exports.drop(path, done);
  });
};
`;
  expect(found(sweeper('fs.unlink(path, done);'), 'sweeper.js')).toEqual(['file-toctou 6→8']);
  expect(found(sweeper('fs.unlink(path, () => done());'), 'sweeper.js')).toEqual([]);
});

describe('a draft beside the file it becomes', () => {
  const publish = (body: string): string => `import { promises as fs } from 'node:fs';
const isThere = async (path: string): Promise<boolean> => {
  try {
    await fs.access(path);
    return true;
  } catch {
    return false;
  }
};
export async function clear(path: string) {
  const draft = \`\${path}.draft\`;
${body}
}
`;
  it('is cleared away by two who both saw it: removing what is in a folder does not forgive that there is none', () => {
    expect(found(publish('  if (await isThere(draft)) await fs.rm(draft, { recursive: true });'))).toEqual(['file-toctou 12→12']);
    expect(found(publish('  if (await isThere(draft)) await fs.rm(draft, { recursive: true, force: true });'))).toEqual([]);
  });
  it('may be a folder that is there already', () => {
    expect(found(publish('  if (!(await isThere(draft))) await fs.mkdir(draft);'))).toEqual(['file-toctou 12→12']);
    expect(found(publish('  if (!(await isThere(draft))) await fs.mkdir(draft, { recursive: true });'))).toEqual([]);
  });
});

describe('parts that are taken out of an argument', () => {
  const attach = (raise: string): string => `import { invariant } from './invariant';
export function attach({ router, limit }: { router: Router; limit: number }) {
  let isFrozen = false;
  const server = {
    freeze: async () => {
      if (isFrozen) {
        invariant();
      }
${raise}
      router.send(state, limit);
    },
  };
  router.server = server;
}
`;
  it('are things where they are asked to do something, and an invariant of nothing never holds', () => {
    const late = `      const state = await router.options.freeze();
      isFrozen = true;`;
    expect(found(attach(late))).toEqual(['double-init 6→10']);
    const early = `      isFrozen = true;
      const state = await router.options.freeze();`;
    expect(found(attach(early))).toEqual([]);
  });
});

describe('what comes, and comes again while it is seen to', () => {
  const link = (send: string): string => `export class Link {
  private acked = -1;
  private got = -1;
  constructor(version: number, private readonly write: (packet: { ack: number }) => Promise<void>) {
    if (version !== 4) throw new Error('unsupported version');
  }
  receive(packet: { sequence: number }) {
    this.got = packet.sequence;
  }
  async acknowledge() {
    if (this.got > this.acked) {
${send}
    }
  }
}
`;
  it('is taken for acknowledged though it was not', () => {
    const late = `      await this.write({ ack: this.got });
      this.acked = this.got;`;
    expect(found(link(late))).toEqual(['check-then-act 11→13']);
    const copied = `      const got = this.got;
      this.acked = got;
      await this.write({ ack: got });`;
    expect(found(link(copied))).toEqual([]);
  });
});

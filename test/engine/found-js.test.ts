/** Patterns of races in published JavaScript and TypeScript packages that were not found at first: each with what mends it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string, path?: string): string[] =>
  engine.check(typescript(text, path), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('a method that uses what another brings', () => {
  const member = (ping: string): string => `class Member {
  constructor({ cluster, every }) {
    this.cluster = cluster;
    this.every = every;
    this.leader = null;
    this.last = 0;
    this.under = null;
  }
  async enter() {
    this.leader = await this.cluster.findLeader();
  }
  ${ping}
}
module.exports = Member;
`;
  it('is run when it has been brought', () => {
    const ping = `async ping() {
    if (Date.now() >= this.last + this.every) {
      await this.leader.ping();
      this.last = Date.now();
    }
  }`;
    expect(found(member(ping), 'member.js')).toEqual(['check-then-act 13→15']);
  });
  it('is safe where calls share the one under way', () => {
    const ping = `ping() {
    this.under ??= this.pingOnce().finally(() => (this.under = null));
    return this.under;
  }
  async pingOnce() {
    if (Date.now() >= this.last + this.every) {
      await this.leader.ping();
      this.last = Date.now();
    }
  }`;
    expect(found(member(ping), 'member.js')).toEqual([]);
  });
});

describe('a callback that whoever uses the object sets', () => {
  const link = (offer: string): string => `export class Link {
  onOffer?: (offer: Offer) => void;
  private offering = false;
  private count = 0;
  constructor(private readonly peer: Peer) {}
  ${offer}
}
`;
  it('is there', () => {
    const offer = `async offer() {
    if (this.onOffer === undefined) return;
    if (this.offering) return;
    const made = await this.peer.createOffer();
    this.offering = true;
    this.onOffer(made);
  }`;
    expect(found(link(offer))).toEqual(['double-init 8→10']);
  });
  it('is called once where the flag is raised at once', () => {
    const offer = `async offer() {
    if (this.onOffer === undefined) return;
    if (this.offering) return;
    this.offering = true;
    this.onOffer(await this.peer.createOffer());
  }`;
    expect(found(link(offer))).toEqual([]);
  });
});

describe('what was set is nothing when it is used, and somebody catches that', () => {
  const chat = (end: string): string => `import { nextId } from './ids';
export class Chat {
  private active: Active | undefined = undefined;
  constructor(private readonly transport: Transport, private readonly onFinish: (id: number) => void) {}
  async send(text: string) {
    const active = { id: nextId() };
    this.active = active;
    await this.transport.send(text);
    try {
${end}
  }
}
`;
  it('has gone wrong all the same', () => {
    const end = `      this.onFinish(this.active!.id);
    } catch (e) {
      this.onFinish(e);
    }
    this.active = undefined;`;
    expect(found(chat(end))).toEqual(['stale-after-await 7→10']);
  });
  it('is fine where one uses and takes away only what is its own', () => {
    const end = `      this.onFinish(active.id);
    } catch (e) {
      this.onFinish(e);
    }
    if (this.active === active) this.active = undefined;`;
    expect(found(chat(end))).toEqual([]);
  });
});

describe('what a call is handed unless something else is', () => {
  const client = (refresh: string): string => `export class Client {
  session: Session | null = null;
  timer: Timer | null = null;
  under: Promise<Answer> | null = null;
  constructor(private readonly api: Api) {}
  ${refresh}
  private save(session: Session) {
    this.session = session;
    this.refreshLater(session.lasts);
  }
  private refreshLater(ms: number) {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      await this.refresh();
    }, ms);
  }
}
`;
  it('is looked up when it begins, also where functions call each other in a circle', () => {
    const refresh = `async refresh(token = this.session?.token) {
    if (!token) throw new Error('no session');
    const { data, error } = await this.api.refresh(token);
    if (error) throw error;
    this.save(data);
  }`;
    expect(found(client(refresh))).toContain('lost-update 6→10');
  });
  it('is no matter where calls share the one under way', () => {
    const refresh = `refresh(token = this.session?.token) {
    this.under ??= this.refreshOnce(token).finally(() => (this.under = null));
    return this.under;
  }
  private async refreshOnce(token: string | undefined) {
    if (!token) throw new Error('no session');
    const { data, error } = await this.api.refresh(token);
    if (error) throw error;
    this.save(data);
  }`;
    expect(found(client(refresh)).filter((f) => f.startsWith('lost-update'))).toEqual([]);
  });
});

describe('values under keys of what a function gives for an object', () => {
  const issuer = (keys: string): string => `const { internals } = require('./internals');
const request = require('./request');
class Issuer {
  constructor(url) {
    this.url = url;
    internals(this).set('pending', null);
  }
  ${keys}
}
module.exports = Issuer;
`;
  it('are looked up and put there like those of a table', () => {
    const keys = `async keys(reload = false) {
    const known = internals(this).get('keys');
    if (!reload && known) return known;
    const made = await request(this.url);
    internals(this).set('keys', made);
    return made;
  }`;
    expect(found(issuer(keys), 'issuer.js')).toEqual(['get-or-create 9→12']);
  });
  it('may be promises', () => {
    const keys = `keys(reload = false) {
    const known = internals(this).get('keys');
    if (!reload && known) return known;
    const made = request(this.url);
    internals(this).set('keys', made);
    return made;
  }`;
    expect(found(issuer(keys), 'issuer.js')).toEqual([]);
  });
});

describe('functions that are bound to the object around them', () => {
  const client = (load: string): string => `class Client {
  constructor(api) {
    this.api = api;
    this.token = null;
    this.under = null;
  }
  load() {
${load}
  }
}
module.exports = Client;
`;
  it('are about that object where they stand', () => {
    const load = `    return this.api.check().then(function () {
      if (this.token) return this.token;
      return this.api.fetch().then(function (token) {
        this.token = token;
        this.api.note(token);
        return token;
      }.bind(this));
    }.bind(this));`;
    expect(found(client(load), 'client.js')).toEqual(['double-init 9→11']);
  });
  it('may be declared', () => {
    const load = `    return this.api.check().then(done.bind(this));
    function done() {
      if (this.token) return this.token;
      return this.api.fetch().then(
        function (token) {
          this.token = token;
          this.api.note(token);
          return token;
        }.bind(this),
      );
    }`;
    expect(found(client(load), 'client.js')).toEqual(['double-init 10→13']);
  });
  it('are safe where the promise is kept at once', () => {
    const load = `    this.under = this.under || this.api.fetch().then(function (token) {
      if (this.token) return this.token;
      this.token = token;
      this.api.note(token);
      return token;
    }.bind(this));
    return this.under;`;
    expect(found(client(load), 'client.js')).toEqual([]);
  });
});

describe('what another file has for all', () => {
  const clientOf = (body: string): string => `const { clients } = require('./registry');
const open = require('./open');
async function clientOf(id) {
${body}
}
module.exports = clientOf;
`;
  it('keeps values when something is looked up and put there by one key', () => {
    const body = `  const known = clients.get(id);
  if (known) return known;
  const made = await open(id);
  clients.set(id, made);
  return made;`;
    expect(found(clientOf(body), 'clients.js')).toEqual(['get-or-create 4→7']);
  });
  it('may keep promises', () => {
    const body = `  const known = clients.get(id);
  if (known) return known;
  const made = open(id);
  clients.set(id, made);
  return made;`;
    expect(found(clientOf(body), 'clients.js')).toEqual([]);
  });
});

/** Events of objects nobody can see into, registered by the code that is driven. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string): string[] =>
  engine.check(typescript(text), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

const hub = (loop: string): string => `import { Transport } from './transport';

export class Hub {
  clients: object[] = [];
  transport = new Transport();

  listen(): void {
    this.transport.onConnection((client: object) => {
      this.clients.push(client);
      this.transport.onClose(client, () => {
        const i = this.clients.indexOf(client);
        if (i >= 0) this.clients.splice(i, 1);
      });
    });
  }

  async broadcast(text: string): Promise<void> {
    for (const client of ${loop}) {
      await this.transport.send(client, text);
    }
  }
}
`;

describe('a listener that a listener registers', () => {
  it('takes out of what is iterated', () => {
    expect(found(hub('this.clients'))).toEqual(['mutate-while-iterating 18→19']);
  });
  it('a copy is iterated', () => {
    expect(found(hub('[...this.clients]'))).toEqual([]);
  });
});

const session = (rest: string): string => `import { connect } from './net';

export class Session {
  private socket: { send(m: string): void } | null = null;

  async open(): Promise<void> {
    const socket = await connect();
    socket.on('close', () => { this.socket = null; });
    this.socket = socket;
    if (this.socket !== null) {
      await socket.handshake();
      ${rest}
    }
  }
}
`;

describe('a listener that the call itself registers', () => {
  it('takes away what the call goes on with', () => {
    expect(found(session(`this.socket.send('hello');`))).toEqual(['stale-after-await 10→12']);
  });
  it('the socket of the call is used', () => {
    expect(found(session(`socket.send('hello');`))).toEqual([]);
  });
});

describe('a handler that is assigned', () => {
  const wrapped = (check: string): SourceFile =>
    typescript(`export class Db {
  private db: IDBDatabase | null = null;
  async open(): Promise<void> {
    ${check}
    this.db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('app', 1);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
}
`);
  const found = (file: SourceFile): string[] =>
    engine.check(file, options, control).findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);

  it('is called when it settles a promise', () => {
    expect(found(wrapped('if (this.db !== null) return;'))).toEqual(['double-init 4→5']);
  });

  it('makes nothing stale that was only waited for', () => {
    expect(found(wrapped(''))).toEqual([]);
  });

  it('may hold the act', () => {
    const socket = typescript(`export class Socket {
  private ws: WebSocket | null = null;
  connect(url: string): Promise<void> {
    if (this.ws) return Promise.resolve();
    return new Promise((resolve) => {
      const ws = new WebSocket(url);
      ws.onopen = () => { this.ws = ws; resolve(); };
    });
  }
}
`);
    expect(found(socket)).toEqual(['double-init 4→7']);
  });

  it('takes the place of the one before', () => {
    const replaced = wrapped('if (this.db !== null) return;');
    const never = replaced.text.replace('request.onerror =', 'request.onsuccess = null; request.onerror = 1; void');
    expect(found({ ...replaced, text: never })).toEqual([]);
  });
});

const lobby = (join: string): string => `import { loadProfile } from './profiles';

const MOST = 4;
interface Room { seats: Map<string, object>; open: boolean }

export class Rooms {
  private readonly rooms = new Map<string, Room>();
  constructor(private readonly io: any) {}

  attach(): void {
    this.io.on('connection', (socket: any) => {
      socket.on('create', (id: string) => {
        const room: Room = { seats: new Map(), open: true };
        this.rooms.set(id, room);
      });
      socket.on('join', (id: string) => this.join(socket, id));
    });
  }

  private async join(socket: any, id: string): Promise<void> {
    const room = this.rooms.get(id);
    if (!room) return;
${join}
  }
}
`;

describe('two connections that join one room', () => {
  it('fill it with one too many', () => {
    const racy = `    if (room.seats.size >= MOST) return;
    const profile = await loadProfile(socket.id);
    room.seats.set(socket.id, profile);`;
    expect(found(lobby(racy))).toEqual(['check-then-act 23→25']);
  });
  it('do not when the profile is there before', () => {
    const safe = `    const profile = await loadProfile(socket.id);
    if (room.seats.size >= MOST) return;
    room.seats.set(socket.id, profile);`;
    expect(found(lobby(safe))).toEqual([]);
  });
});

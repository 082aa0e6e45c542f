import WebSocket from 'ws';
import { backoff } from './backoff';

type Listener = (data: unknown) => void;

export class RealtimeClient {
  private socket: WebSocket | null = null;
  private listeners = new Map<string, Set<Listener>>();
  private attempts = 0;
  private connecting: Promise<void> | null = null;
  private closedByUser = false;

  constructor(private url: string, private getToken: () => Promise<string>) {}

  async connect(): Promise<void> {
    if (this.socket !== null) {
      return;
    }
    if (this.connecting === null) {
      this.connecting = this.open().finally(() => {
        this.connecting = null;
      });
    }
    return this.connecting;
  }

  private async open(): Promise<void> {
    const token = await this.getToken();
    const socket = new WebSocket(`${this.url}?token=${encodeURIComponent(token)}`);
    socket.on('message', (raw) => this.dispatch(raw.toString()));
    socket.on('close', () => {
      this.socket = null;
      if (!this.closedByUser) {
        setTimeout(() => void this.connect(), backoff(this.attempts++));
      }
    });
    socket.on('open', () => {
      this.attempts = 0;
    });
    this.socket = socket;
  }

  subscribe(channel: string, listener: Listener): () => void {
    let set = this.listeners.get(channel);
    if (!set) {
      set = new Set();
      this.listeners.set(channel, set);
      this.socket?.send(JSON.stringify({ type: 'subscribe', channel }));
    }
    set.add(listener);
    return () => set.delete(listener);
  }

  close(): void {
    this.closedByUser = true;
    this.socket?.close();
    this.socket = null;
  }

  private dispatch(raw: string): void {
    const message = JSON.parse(raw);
    for (const listener of this.listeners.get(message.channel) ?? []) {
      listener(message.data);
    }
  }
}

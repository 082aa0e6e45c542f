import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '../utils/logger';
import type { Job, JobHandler, QueueBackend } from './types';

const log = createLogger('queue');

export class Worker {
  private running = false;
  private processing = false;
  private readonly handlers = new Map<string, JobHandler>();
  private failures = 0;

  constructor(private readonly backend: QueueBackend, private readonly pollInterval = 1000) {}

  register(type: string, handler: JobHandler): this {
    if (this.handlers.has(type)) {
      throw new Error(`handler for ${type} already registered`);
    }
    this.handlers.set(type, handler);
    return this;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    setInterval(() => {
      void this.processNext();
    }, this.pollInterval);
    this.backend.on('job', () => void this.processNext());
  }

  async processNext(): Promise<void> {
    if (!this.running || this.processing) {
      return;
    }
    this.processing = true;
    try {
      const job = await this.backend.peek();
      if (!job) {
        return;
      }
      try {
        await this.run(job);
        await this.backend.ack(job.id);
      } catch (error) {
        this.failures++;
        log.error('job %s failed: %o', job.id, error);
        await this.backend.nack(job.id, error as Error);
        await delay(50);
      }
    } finally {
      this.processing = false;
    }
  }

  private async run(job: Job): Promise<void> {
    const handler = this.handlers.get(job.type);
    if (!handler) throw new Error(`no handler for ${job.type}`);
    await handler(job.payload, { attempt: job.attempt });
  }

  stop(): void {
    this.running = false;
  }
}

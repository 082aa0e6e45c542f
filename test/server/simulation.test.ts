/** The simulation worker on a real thread: cancelled, deaf, dying, failing; the next job always runs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { CancellationTokenSource } from 'vscode-languageserver';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultOptions } from '../../src/engine/api.ts';
import { Cancelled, createSimulation, type Simulation } from '../../src/server/simulation.ts';

let folder: string;
let simulation: Simulation;
let spawned: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'race-replay-worker-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'marker-worker.ts')],
    outfile: join(folder, 'worker.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(shared: boolean, graceMs = 300): void {
  spawned = 0;
  simulation = createSimulation(
    () => {
      spawned++;
      const worker = new Worker(join(folder, 'worker.js'));
      let reason = 'ended';
      worker.on('error', (error) => (reason = String(error)));
      return {
        post: (message) => worker.postMessage(message),
        onMessage: (listener) => worker.on('message', listener),
        onEnd: (listener) => worker.on('exit', () => listener(reason)),
        end: () => void worker.terminate(),
      };
    },
    folder,
    shared,
    graceMs,
  );
}

const check = (text: string, options: Partial<Parameters<Simulation['run']>[2]> = {}) =>
  simulation.run('check', { file: { path: '/a.py', text, language: 'python' }, options: defaultOptions }, { limitMs: 10_000, ...options });

describe('a simulation worker', () => {
  beforeEach(() => start(true));
  afterEach(() => simulation.dispose());

  it('answers', async () => {
    expect((await check('RACE')).findings).toHaveLength(1);
  });

  it('stops a job that is cancelled and keeps its worker', async () => {
    // A grace that no machine's load uses up: what counts is that the worker hears it.
    start(true, 20_000);
    const source = new CancellationTokenSource();
    const spinning = check('SPIN', { token: source.token });
    setTimeout(() => source.cancel(), 100);
    await expect(spinning).rejects.toBeInstanceOf(Cancelled);
    expect((await check('RACE')).findings).toHaveLength(1);
    expect(spawned).toBe(1);
  });

  it('drops a queued job that is cancelled before its turn', async () => {
    const first = check('HANG');
    const source = new CancellationTokenSource();
    const second = check('RACE', { token: source.token });
    source.cancel();
    await expect(second).rejects.toBeInstanceOf(Cancelled);
    await first;
  });

  it('replaces a worker that does not hear the cancellation', async () => {
    const source = new CancellationTokenSource();
    const deaf = check('DEAF', { token: source.token });
    setTimeout(() => source.cancel(), 100);
    await expect(deaf).rejects.toBeInstanceOf(Cancelled);
    expect((await check('RACE')).findings).toHaveLength(1);
    expect(spawned).toBe(2);
  });

  it('gives up a job beyond its limit', async () => {
    await expect(check('SPIN', { limitMs: 100 })).rejects.toThrow('100 ms');
    expect((await check('')).findings).toEqual([]);
  });

  it('says when a worker dies, and starts another', async () => {
    await expect(check('DIE')).rejects.toThrow('worker ended');
    expect((await check('RACE')).findings).toHaveLength(1);
  });

  it('passes on the message of a failure', async () => {
    await expect(check('THROW')).rejects.toThrow('as told');
  });

  it('rejects what is left when it is disposed of', async () => {
    const left = [check('SPIN'), check('RACE')].map((job) => expect(job).rejects.toBeInstanceOf(Cancelled));
    simulation.dispose();
    await Promise.all(left);
  });
});

describe('without shared memory', () => {
  afterEach(() => simulation.dispose());

  it('a cancelled job costs its worker, and the next one runs', async () => {
    start(false);
    const source = new CancellationTokenSource();
    const spinning = check('SPIN', { token: source.token });
    setTimeout(() => source.cancel(), 50);
    await expect(spinning).rejects.toBeInstanceOf(Cancelled);
    expect((await check('RACE')).findings).toHaveLength(1);
    expect(spawned).toBe(2);
  });
});

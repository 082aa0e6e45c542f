import { promises as fsp, existsSync } from 'fs';
import * as fs from 'fs';
import { join, dirname } from 'path';
import { performance } from 'perf_hooks';
import { cacheDir } from '../utils/cache-directory';
import { output } from '../utils/output';
import { workspaceRoot } from '../utils/workspace-root';
import { RemoteCache } from './default-tasks-runner';
import { Task } from '../config/task-graph';

export type CachedResult = {
  terminalOutput: string;
  outputsPath: string;
  code: number;
  remote: boolean;
};
export type TaskWithCachedResult = { task: Task; cachedResult: CachedResult };

export class Cache {
  root = workspaceRoot;
  cachePath = cacheDir;
  terminalOutputsDir = join(this.cachePath, 'terminalOutputs');

  constructor(private readonly options: { remoteCache?: RemoteCache; skipNxCache?: boolean }) {}

  async get(task: Task): Promise<CachedResult | null> {
    const res = await this.getFromLocalDir(task);
    if (res) {
      return { ...res, remote: false };
    }
    if (this.options.remoteCache) {
      await this.options.remoteCache.retrieve(task.hash, this.cachePath);
      const fromRemote = await this.getFromLocalDir(task);
      return fromRemote ? { ...fromRemote, remote: true } : null;
    }
    return null;
  }

  async put(task: Task, terminalOutput: string | null, outputs: string[], code: number): Promise<void> {
    const td = join(this.cachePath, task.hash);
    const tdCommit = join(this.cachePath, `${task.hash}.commit`);

    // might be left overs from partially-completed cache invocations
    if (existsSync(td)) {
      await fsp.rm(td, { recursive: true });
    }
    await fsp.mkdir(td);
    await fsp.writeFile(join(td, 'terminalOutput'), terminalOutput ?? 'no terminal output');

    await fsp.mkdir(join(td, 'outputs'));
    await Promise.all(
      outputs.map(async (f) => {
        const src = join(this.root, f);
        await fsp.cp(src, join(td, 'outputs', f), { recursive: true });
      }),
    );
    // we need this file to account for partial writes to the cache folder.
    await fsp.writeFile(join(td, 'code'), code.toString());
    await fsp.writeFile(tdCommit, 'true');

    if (this.options.remoteCache) {
      await this.options.remoteCache.store(task.hash, this.cachePath);
    }
  }

  temporaryOutputPath(task: Task): string {
    return join(this.terminalOutputsDir, task.hash);
  }

  async ensureTerminalOutputsDir(): Promise<void> {
    if (!existsSync(this.terminalOutputsDir)) {
      await fsp.mkdir(this.terminalOutputsDir);
    }
  }

  private async getFromLocalDir(task: Task): Promise<Omit<CachedResult, 'remote'> | null> {
    const td = join(this.cachePath, task.hash);
    const tdCommit = join(this.cachePath, `${task.hash}.commit`);
    if (!existsSync(tdCommit)) {
      return null;
    }
    const terminalOutput = await fsp.readFile(join(td, 'terminalOutput'), 'utf-8');
    let code = 0;
    try {
      code = Number(await fsp.readFile(join(td, 'code'), 'utf-8'));
    } catch (e) {}
    return { terminalOutput, outputsPath: join(td, 'outputs'), code };
  }

  removeOldCacheRecords(): void {
    try {
      performance.mark('remove-old-cache:start');
      fs.rmSync(join(this.cachePath, 'old'), { recursive: true, force: true });
    } catch (e) {
      output.note({ title: `Unable to remove old cache records` });
    }
  }
}

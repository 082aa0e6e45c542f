/** TypeScript and JavaScript: built-in containers, timers, promises, fs, locks. */
import { type Model, calls, methods } from './model.ts';

const array: Record<string, Omit<Model, 'call' | 'language'>> = {
  'push unshift': { state: 'add' },
  'pop shift': { state: 'remove' },
  splice: { state: 'remove' },
  'sort reverse fill copyWithin': { state: 'set' },
  'includes indexOf lastIndexOf': { state: 'read', shape: 'membership' },
  'find findIndex findLast some every': { state: 'read', shape: 'lookup', callbacks: 'now' },
  'filter map forEach reduce reduceRight flatMap findLastIndex': { state: 'read', shape: 'value', callbacks: 'now' },
  at: { state: 'read', shape: 'element' },
  'slice concat join flat entries keys values toSorted': { state: 'read', shape: 'value' },
};

const map: Record<string, Omit<Model, 'call' | 'language'>> = {
  has: { state: 'read', shape: 'membership', key: 0 },
  get: { state: 'read', shape: 'lookup', key: 0 },
  set: { state: 'set', key: 0 },
  add: { state: 'add', key: 0 },
  // Deleting what has gone does nothing, but tells so.
  delete: { state: 'remove', key: 0 },
  clear: { state: 'remove' },
  'entries keys values': { state: 'read', shape: 'value' },
  forEach: { state: 'read', shape: 'value', callbacks: 'now' },
};

const files = {
  'existsSync accessSync statSync lstatSync': { file: { argument: 0, op: 'check' }, gap: 'none' },
  'writeFileSync readFileSync mkdirSync unlinkSync rmSync rmdirSync renameSync openSync appendFileSync copyFileSync readdirSync truncateSync createWriteStream createReadStream symlinkSync':
    {
      file: { argument: 0, op: 'act' },
      gap: 'none',
    },
  'exists access stat lstat pathExists': { file: { argument: 0, op: 'check' }, gap: 'suspend', callbacks: 'later' },
  'writeFile readFile mkdir unlink rm rmdir rename open appendFile copyFile readdir truncate symlink remove move copy outputFile ensureDir':
    {
      file: { argument: 0, op: 'act' },
      gap: 'suspend',
      callbacks: 'later',
    },
} satisfies Record<string, Omit<Model, 'call' | 'language'>>;

export const javascript: Model[] = [
  ...calls('javascript', '', {
    'Map WeakMap': { creates: 'Map' },
    'Set WeakSet': { creates: 'Set' },
    Array: { creates: 'Array' },
    'setTimeout setInterval setImmediate': { callbacks: 'later', spawn: { argument: 0, as: 'timer' } },
    'queueMicrotask requestAnimationFrame requestIdleCallback': { callbacks: 'later', spawn: { argument: 0, as: 'timer' } },
  }),
  ...calls('javascript', 'process', { nextTick: { callbacks: 'later', spawn: { argument: 0, as: 'timer' } } }),
  ...calls('javascript', 'Promise', { 'all allSettled race any': { spawn: { argument: 0, as: 'task' } } }),
  ...['fs', 'node:fs', 'fs/promises', 'node:fs/promises', 'fs.promises', 'node:fs.promises', 'fs-extra', 'graceful-fs', 'mz/fs'].flatMap(
    (module) => calls('javascript', module, files),
  ),
  ...calls('javascript', 'Deno', {
    'stat lstat': { file: { argument: 0, op: 'check' } },
    'writeTextFile writeFile mkdir remove rename open readTextFile': { file: { argument: 0, op: 'act' } },
  }),
  ...calls('javascript', 'rxjs', { BehaviorSubject: { creates: 'BehaviorSubject' } }),
  ...calls('javascript', 'svelte/store', { writable: { creates: 'writable' } }),
  ...calls('javascript', '@angular/core', { signal: { creates: 'signal' } }),
  ...calls('javascript', 'async-mutex', { 'Mutex Semaphore': { lock: 'create', creates: 'Mutex' } }),
  ...calls('javascript', 'async-lock', { default: { lock: 'create', creates: 'AsyncLock' } }),
  ...calls('javascript', 'navigator.locks', { request: { lock: 'scope', callbacks: 'now' } }),
  ...methods('javascript', 'Mutex', {
    runExclusive: { lock: 'scope', callbacks: 'now' },
    acquire: { lock: 'acquire' },
    release: { lock: 'release' },
    isLocked: { state: 'read', shape: 'value' },
  }),
  ...methods('javascript', 'AsyncLock', { acquire: { lock: 'scope', callbacks: 'now' } }),
  ...methods('javascript', 'Array', array),
  ...methods('javascript', 'Map', map),
  ...methods('javascript', 'Set', map),
  // Receivers of unknown type: only names that mean the same on every type they occur on.
  ...methods('javascript', '*', {
    'push unshift enqueue': { state: 'add' },
    'pop shift dequeue splice': { state: 'remove' },
    'includes indexOf': { state: 'read', shape: 'membership' },
    'find findIndex some every': { state: 'read', shape: 'lookup', callbacks: 'now' },
    'filter map forEach reduce reduceRight flatMap sort': { state: 'read', shape: 'value', callbacks: 'now' },
    has: { state: 'read', shape: 'membership', key: 0 },
    get: { state: 'read', shape: 'lookup', key: 0 },
    set: { state: 'set', key: 0 },
    add: { state: 'add', key: 0 },
    delete: { state: 'remove', key: 0 },
    clear: { state: 'remove' },
    'then catch finally': { callbacks: 'later' },
    'runExclusive withLock': { lock: 'scope', callbacks: 'now' },
    'acquire acquireAsync': { lock: 'acquire' },
    release: { lock: 'release' },
  }),
];

/**
 * Python: containers, threading, asyncio, queues, files, data bases. Which container operations are
 * single steps follows CPython's documentation on thread safety of built-in types.
 */
import { type Model, calls, methods } from './model.ts';

const dict: Record<string, Omit<Model, 'call' | 'language'>> = {
  get: { state: 'read', shape: 'lookup', key: 0 },
  'keys values items copy': { state: 'read', shape: 'value' },
  setdefault: { state: 'atomic', key: 0 },
  'pop popitem': { state: 'remove', key: 0 },
  clear: { state: 'remove' },
  update: { state: 'set' },
  move_to_end: { state: 'set', key: 0 },
};

const list: Record<string, Omit<Model, 'call' | 'language'>> = {
  'append appendleft insert extend extendleft': { state: 'add' },
  'pop popleft remove clear': { state: 'remove' },
  'sort reverse rotate': { state: 'set' },
  'index count copy': { state: 'read', shape: 'value' },
};

const set: Record<string, Omit<Model, 'call' | 'language'>> = {
  'add update': { state: 'add', key: 0 },
  'remove pop clear': { state: 'remove', key: 0 },
  // discard does nothing when the element has gone, so a test before it cannot be wrong.
  discard: { state: 'remove', key: 0 },
  'union intersection difference issubset issuperset isdisjoint copy': { state: 'read', shape: 'value' },
};

const queue: Record<string, Omit<Model, 'call' | 'language'>> = {
  'empty full qsize': { state: 'read', shape: 'size' },
  get: { state: 'remove', gap: 'block' },
  get_nowait: { state: 'remove' },
  put: { state: 'add', gap: 'block' },
  put_nowait: { state: 'add' },
  'join task_done': { state: 'none', gap: 'block' },
};

const asyncQueue: Record<string, Omit<Model, 'call' | 'language'>> = {
  'empty full qsize': { state: 'read', shape: 'size' },
  get: { state: 'remove', gap: 'suspend' },
  get_nowait: { state: 'remove', gap: 'none' },
  put: { state: 'add', gap: 'suspend' },
  put_nowait: { state: 'add', gap: 'none' },
  join: { state: 'none', gap: 'suspend' },
};

const lock: Record<string, Omit<Model, 'call' | 'language'>> = {
  acquire: { lock: 'acquire' },
  release: { lock: 'release' },
  locked: { state: 'read', shape: 'value' },
  wait: { lock: 'wait' },
  wait_for: { state: 'none', gap: 'block' },
  'notify notify_all': { state: 'none' },
};

const event: Record<string, Omit<Model, 'call' | 'language'>> = {
  'is_set isSet': { state: 'read', shape: 'value' },
  'set clear': { state: 'set' },
  wait: { state: 'none', gap: 'block' },
};

export const python: Model[] = [
  ...calls('python', '', {
    'dict set list': {},
    open: { file: { argument: 0, op: 'act' } },
    input: { gap: 'block' },
    'map filter sorted min max': { callbacks: 'now' },
  }),
  ...calls('python', 'collections', {
    'OrderedDict defaultdict Counter ChainMap': { creates: 'dict' },
    deque: { creates: 'deque' },
  }),
  ...calls('python', 'weakref', { 'WeakValueDictionary WeakKeyDictionary': { creates: 'dict' }, WeakSet: { creates: 'set' } }),
  ...calls('python', 'queue', { 'Queue LifoQueue PriorityQueue SimpleQueue': { creates: 'queue.Queue' } }),
  ...calls('python', 'Queue', { 'Queue LifoQueue PriorityQueue': { creates: 'queue.Queue' } }),
  ...calls('python', 'multiprocessing', {
    'Queue JoinableQueue': { creates: 'queue.Queue' },
    'Lock RLock Semaphore BoundedSemaphore Condition': { lock: 'create', creates: 'lock' },
    Process: { spawn: { argument: 'target', as: 'process' } },
  }),
  ...calls('python', 'asyncio', {
    'Queue LifoQueue PriorityQueue': { creates: 'asyncio.Queue' },
    'Lock Semaphore BoundedSemaphore Condition': { lock: 'create', creates: 'lock' },
    Event: { creates: 'event' },
    'sleep wait wait_for to_thread shield timeout open_connection': { gap: 'suspend' },
    gather: { gap: 'suspend', spawn: { argument: 0, as: 'task' } },
    'create_task ensure_future run_coroutine_threadsafe': { spawn: { argument: 0, as: 'task' } },
    run: { gap: 'suspend' },
    start_server: { gap: 'suspend', spawn: { argument: 0, as: 'handler' } },
  }),
  ...calls('python', 'anyio', {
    'sleep sleep_forever': { gap: 'suspend' },
    'Lock Semaphore Condition': { lock: 'create', creates: 'lock' },
  }),
  ...calls('python', 'trio', {
    'sleep sleep_forever': { gap: 'suspend' },
    'Lock Semaphore Condition': { lock: 'create', creates: 'lock' },
  }),
  ...calls('python', 'threading', {
    'Lock RLock Semaphore BoundedSemaphore Condition': { lock: 'create', creates: 'lock' },
    Event: { creates: 'event' },
    local: { creates: 'local' },
    Thread: { spawn: { argument: 'target', as: 'thread' } },
    Timer: { spawn: { argument: 1, as: 'timer' } },
  }),
  ...calls('python', '_thread', {
    'start_new_thread start_new': { spawn: { argument: 0, as: 'thread' } },
    allocate_lock: { lock: 'create', creates: 'lock' },
  }),
  ...calls('python', 'thread', {
    'start_new_thread start_new': { spawn: { argument: 0, as: 'thread' } },
    allocate_lock: { lock: 'create', creates: 'lock' },
  }),
  ...calls('python', 'contextvars', { ContextVar: { creates: 'local' } }),
  ...calls('python', 'time', { sleep: { gap: 'block' } }),
  ...calls('python', 'gevent', { 'sleep joinall': { gap: 'block' }, 'spawn spawn_later': { spawn: { argument: 0, as: 'thread' } } }),
  ...calls('python', 'eventlet', { sleep: { gap: 'block' }, 'spawn spawn_n': { spawn: { argument: 0, as: 'thread' } } }),
  ...calls('python', 'os.path', { 'exists isfile isdir islink lexists getsize getmtime': { file: { argument: 0, op: 'check' } } }),
  ...calls('python', 'os', {
    'access stat lstat': { file: { argument: 0, op: 'check' } },
    'mkdir remove unlink rmdir rename replace open symlink link chmod truncate utime': { file: { argument: 0, op: 'act' } },
    makedirs: { file: { argument: 0, op: 'act' } },
    'listdir scandir walk': { file: { argument: 0, op: 'list' } },
    system: { gap: 'block' },
  }),
  ...calls('python', 'shutil', { 'rmtree copy copyfile copy2 move copytree': { file: { argument: 0, op: 'act' } } }),
  ...calls('python', 'glob', { 'glob iglob': { file: { argument: 0, op: 'list' } } }),
  ...calls('python', 'io', { open: { file: { argument: 0, op: 'act' } } }),
  ...calls('python', 'aiofiles', { open: { file: { argument: 0, op: 'act' }, gap: 'suspend' } }),
  ...calls('python', 'aiofiles.os.path', { 'exists isfile isdir': { file: { argument: 0, op: 'check' }, gap: 'suspend' } }),
  ...calls('python', 'aiofiles.os', {
    'mkdir makedirs remove unlink rename': { file: { argument: 0, op: 'act' }, gap: 'suspend' },
    stat: { file: { argument: 0, op: 'check' }, gap: 'suspend' },
  }),
  ...calls('python', 'pathlib', { 'Path PosixPath PurePath': { creates: 'pathlib.Path' } }),
  ...methods('python', 'pathlib.Path', {
    'exists is_file is_dir is_symlink stat lstat': { file: { argument: 'receiver', op: 'check' }, state: 'none' },
    'mkdir unlink rmdir rename replace touch write_text write_bytes read_text read_bytes open symlink_to': {
      file: { argument: 'receiver', op: 'act' },
      state: 'none',
    },
    'iterdir glob rglob': { file: { argument: 'receiver', op: 'list' }, state: 'none' },
  }),
  ...methods('python', 'dict', dict),
  ...methods('python', 'list', list),
  ...methods('python', 'deque', list),
  ...methods('python', 'set', set),
  ...methods('python', 'queue.Queue', queue),
  ...methods('python', 'asyncio.Queue', asyncQueue),
  ...methods('python', 'lock', lock),
  ...methods('python', 'event', event),
  // Receivers of unknown type: only names that mean the same on every type they occur on.
  ...methods('python', '*', {
    'append appendleft insert extend extendleft put_nowait add push setdefault': { state: 'add' },
    'pop popleft popitem remove clear discard get_nowait': { state: 'remove' },
    update: { state: 'set' },
    put: { state: 'add', gap: 'block' },
    get: { state: 'read', shape: 'lookup', key: 0 },
    'empty full qsize': { state: 'read', shape: 'size' },
    'keys values items': { state: 'read', shape: 'value' },
    is_set: { state: 'read', shape: 'value' },
    acquire: { lock: 'acquire' },
    release: { lock: 'release' },
  }),
];

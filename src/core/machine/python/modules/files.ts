/**
 * A virtual file system: whether each path exists and what is in it are shared locations, and each
 * operation is one step, as system calls are. It starts out empty but for `/tmp` and the current
 * directory.
 */
import { type Native, PUSHED, Raise, STOP, Unsupported } from '../../language.ts';
import { isFresh, type Machine } from '../../machine.ts';
import { hasUnknown, placeholder } from '../../unknown-text.ts';
import { creatorOf, HeapObject, Opaque, type OutsidePlace, PyBytes, PyFloat, type Value } from '../../values.ts';
import { builtins } from '../builtins.ts';
import { exceptionClass, newException } from '../errors.ts';
import { defineModule, native } from '../library.ts';
import { newList } from '../lists.ts';
import { unknownModule } from '../opaque.ts';
import { fromUtf8, utf8 } from '../strings.ts';
import { callPrelude, singleton, preludeName } from '../runtime.ts';
import { changedItems, fromText, readText, textOf } from '../unknown-text.ts';

interface Node {
  kind: 'file' | 'dir';
  /** May have unknown parts (`unknown-text.ts`). */
  content: string;
}

class FileSystem extends HeapObject {
  readonly type = 'file system';
  readonly nodes = new Map<string, Node | null>([
    ['/', { kind: 'dir', content: '' }],
    ['/tmp', { kind: 'dir', content: '' }],
    ['/work', { kind: 'dir', content: '' }],
  ]);
  references(): void {
    // Only text inside.
  }
  /** Whether a path was there before the program began, as far as anybody asked. */
  readonly initial = new Map<string, boolean>();
  /** Folders whose entries were asked for, or that are no longer what they were. */
  readonly listed = new Map<string, boolean>();
  override changes(): [string, Value][] {
    return [...this.nodes].sort(byPath).flatMap(([path, node]): [string, Value][] => {
      const was = this.initial.get(path) === true;
      if (node === null) return was ? [[path, 'gone']] : [];
      if (node.kind === 'dir') return was || permanent.has(path) ? [] : [[path, 'folder']];
      return was && node.content === contentBefore(path) ? [] : [[path, `file ${node.content}`]];
    });
  }
  override outside(_show: unknown, key: unknown): OutsidePlace | null {
    const path = String(key);
    if (permanent.has(path)) return null;
    return {
      kind: 'file',
      name: path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path,
      value: this.nodes.get(path)?.content,
      tell: (v) => (typeof v !== 'string' ? '—' : v === '' ? (this.nodes.get(path)?.kind === 'dir' ? 'a folder' : 'empty') : v),
    };
  }
}

function byPath(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

/** What a file holds that was there before. */
function contentBefore(path: string): string {
  return placeholder(`content of ${path}`);
}

/** The current directory. */
const home = '/work';
const permanent = new Set(['/', '/tmp', home]);

function files(m: Machine): FileSystem {
  const fs = singleton(m, 'files', () => new FileSystem());
  m.observed.set('files', fs);
  if (!fs.shared && m.processes.filter((p) => p !== undefined).length > 1) m.share(fs);
  return fs;
}

/** Absolute, without `.` and `..`; the current directory is /work. */
function normal(path: Value): string {
  const text = String(path);
  const parts: string[] = [];
  for (const p of (text.startsWith('/') ? text : `/work/${text}`).split('/')) {
    if (p === '' || p === '.') continue;
    if (p === '..') parts.pop();
    else parts.push(p);
  }
  return `/${parts.join('/')}`;
}

const numbers: Readonly<Record<string, readonly [string, number, string]>> = {
  missing: ['FileNotFoundError', 2, 'No such file or directory'],
  exists: ['FileExistsError', 17, 'File exists'],
  isDirectory: ['IsADirectoryError', 21, 'Is a directory'],
  notDirectory: ['NotADirectoryError', 20, 'Not a directory'],
  notEmpty: ['OSError', 39, 'Directory not empty'],
};

function fail(m: Machine, what: keyof typeof numbers, path: Value): never {
  const [type, number, text] = numbers[what] as readonly [string, number, string];
  throw new Raise(newException(m, exceptionClass(type), [number, text, path]));
}

function look(m: Machine, path: Value): Node | null {
  const p = normal(path);
  const fs = files(m);
  const node = fs.nodes.get(p) ?? null;
  m.read(fs, p, node ? node.content : undefined);
  return node;
}

function store(m: Machine, path: Value, node: Node | null): void {
  const p = normal(path);
  const fs = files(m);
  if (node) m.write(fs, p, node.content, fs.nodes.get(p)?.content);
  else m.remove(fs, p, fs.nodes.get(p)?.content);
  m.trail.mapSet(fs.nodes, p, node);
  if (!node) m.trail.mapSet(fs.listed, p, true);
}

function parentMustExist(m: Machine, path: Value): void {
  const p = normal(path);
  const parent = p.slice(0, p.lastIndexOf('/')) || '/';
  const node = look(m, parent);
  if (!node) fail(m, 'missing', path);
  else if (node.kind !== 'dir') fail(m, 'notDirectory', path);
}

function children(m: Machine, path: Value): string[] {
  const p = normal(path);
  const base = p === '/' ? '/' : `${p}/`;
  const fs = files(m);
  const names: string[] = [];
  for (const [k, node] of fs.nodes) {
    if (!k.startsWith(base) || k === p || k.slice(base.length).includes('/')) continue;
    m.read(fs, k, node?.content);
    if (node) names.push(k.slice(base.length));
  }
  return names.sort();
}

/**
 * Whether a path that the program did not make is there is asked once, and what it then is: in a
 * program of its own only of unknown paths, since it starts in an empty folder; under a harness, which
 * starts in the middle of an application's life, of every path. False when the step must stop before
 * the question.
 */
function settle(m: Machine, path: Value, kinds: readonly Node['kind'][], isParent = false): boolean {
  const p = normal(path);
  if (!p.includes('{') && !m.isDriven()) return true;
  const fs = files(m);
  if (fs.nodes.has(p)) return true;
  const parent = p.slice(0, p.lastIndexOf('/')) || '/';
  if (!settle(m, parent, ['dir'], true)) return false;
  let node: Node | null = null;
  if (fs.nodes.get(parent)?.kind === 'dir') {
    // A directory that something is looked for in is there as a rule.
    const may: readonly (Node['kind'] | 'missing')[] = isParent ? ['dir', 'missing'] : ['missing', ...kinds];
    const answer = m.chooseOnce(`path ${p}`, `${p} is`, may);
    if (answer < 0) return false;
    const kind = may[answer];
    if (kind === 'dir') node = { kind, content: '' };
    else if (kind === 'file') node = { kind, content: contentBefore(p) };
  }
  m.trail.mapSet(fs.nodes, p, node);
  m.trail.mapSet(fs.initial, p, node !== null);
  return true;
}

const entry = 'entry of ';
/** Folders in folders whose contents are asked for. */
const mostNested = 2;

/**
 * What is in a folder that was there before, beside what anybody asked for by name: nothing, or one file or folder whose
 * name is unknown. Asked once, when it is listed. False when the step must stop before the question.
 */
function settleEntries(m: Machine, path: Value): boolean {
  const p = normal(path);
  const fs = files(m);
  const isOld = fs.initial.get(p) === true && fs.nodes.get(p)?.kind === 'dir';
  if (!isOld || fs.listed.has(p) || p.split(entry).length > mostNested) return true;
  const answer = m.chooseOnce(`entries of ${p}`, `what else is in ${p}`, ['nothing', 'a file', 'a folder']);
  if (answer < 0) return false;
  m.trail.mapSet(fs.listed, p, true);
  const child = `${p}/${placeholder(`${entry}${p.slice(p.lastIndexOf('/') + 1)}`)}`;
  if (answer === 0 || fs.nodes.has(child)) return true;
  m.trail.mapSet(fs.nodes, child, answer === 1 ? { kind: 'file', content: contentBefore(child) } : { kind: 'dir', content: '' });
  m.trail.mapSet(fs.initial, child, true);
  return true;
}

/** What a path may be that an operation is about. */
function kindsFor(operation: string, path: string): readonly Node['kind'][] {
  if (/_(mkdir|rmdir|list)$/.test(operation) || path.endsWith('…}')) return ['dir'];
  return operation === '__rr_fs_kind' && !/\.\w+$/.test(path) ? ['file', 'dir'] : ['file'];
}

const call = (name: string, fn: Native['fn']): void => {
  const settled: Native['fn'] = (m, args, keywords, thisValue) => {
    for (const path of /_(rename|move)$/.test(name) ? args.slice(0, 2) : args.slice(0, 1))
      if (!settle(m, path, kindsFor(name, normal(path)))) return STOP;
    return fn(m, args, keywords, thisValue);
  };
  builtins.set(name, native(name, settled, { visible: true, gil: 'releases' }));
};
/** A variable of the environment: it may be set, to something unknown, or not; asked once. */
builtins.set(
  '__rr_setting',
  native(
    '__rr_setting',
    (m, [key, fallback, required]) => {
      const name = `os.environ[${m.ops.show(key)}]`;
      if (required !== true) {
        const answer = m.chooseOnce(`set ${name}`, `${name} is`, ['set', 'not set']);
        if (answer < 0) return STOP;
        if (answer === 1) return fallback;
      }
      return unknownModule(m, name);
    },
    { pure: true },
  ),
);
/** What unknown values are called as paths, by the values' numbers, and how many of a name each lane has used. */
class UnknownPaths extends HeapObject {
  readonly type = 'unknown paths';
  readonly names = new Map<number, string>();
  readonly counts = new Map<string, number>();
  references(): void {
    // Only text inside.
  }
}

/**
 * The name of an unknown value as a path. What contexts came by in the same way (the first member of the archive that
 * both unpack) is the same path or not: asked once for all of them. Null when the step must stop before the question.
 */
function nameOfPath(m: Machine, p: Opaque): string | null {
  const name = p.name.replace(/[/{}]/g, ':').slice(0, 60);
  if (p.definite || p.same !== null) return name;
  const own = `${name}#${p.id}`;
  const lane = m.fiber?.lane;
  if (!m.isDriven() || lane === undefined || lane.kind === 'main' || isFresh(nameSinceStart(p))) return own;
  const { names, counts } = singleton(m, 'unknown paths', () => new UnknownPaths());
  const known = names.get(p.id);
  if (known !== undefined) return known;
  const answer = m.chooseOnce(`alike ${name}`, `${name} is the same for all`, ['yes', 'no']);
  if (answer < 0) return null;
  const key = `${lane.id} ${name}`;
  const before = counts.get(key) ?? 0;
  m.trail.mapSet(counts, key, before + 1);
  const called = answer === 1 ? own : before === 0 ? name : `${name} ${before + 1}`;
  m.trail.mapSet(names, p.id, called);
  return called;
}

/** How it was come by from what the driver had made before the contexts began. */
function nameSinceStart(p: Opaque): string {
  for (let o: Value = p; o instanceof Opaque; ) {
    if (creatorOf(o) === 0 && p.name.startsWith(o.name)) return p.name.slice(o.name.length);
    o = o.from?.kind === 'part' ? o.from.of : o.from?.kind === 'call' ? o.from.callee : null;
  }
  return p.name;
}

/** An unknown path, in an unknown directory: text that path functions can take apart. */
builtins.set(
  '__rr_fs_text',
  native(
    '__rr_fs_text',
    (m, args) => {
      const [p] = args;
      if (!(p instanceof Opaque)) return null;
      const text = nameOfPath(m, p);
      if (text === null) return STOP;
      // The name of something in a folder.
      if (p.text !== null && hasUnknown(p.text) && p.text.includes(entry)) return p.text;
      return `/{${text}…}/{${text}}`;
    },
    { pure: true },
  ),
);
/** What stands for an unknown value in a text: None for a known one. */
builtins.set(
  '__rr_unknown_text',
  native('__rr_unknown_text', (m, [v]) => (v instanceof Opaque ? textOf(m, v) : null), { pure: true }),
);
builtins.set(
  '__rr_unknown_items',
  native('__rr_unknown_items', (m, [v]) => (v instanceof Opaque ? changedItems(m, v) : null), { pure: true }),
);
call('__rr_fs_kind', (m, args) => look(m, args[0])?.kind ?? null);
call('__rr_fs_size', (m, args) => {
  const n = look(m, args[0]);
  if (!n) return fail(m, 'missing', args[0]);
  // A folder's own size is a matter of the file system.
  return n.kind === 'dir' ? -1 : hasUnknown(n.content) ? n.content.length : bytesOf(n.content).length;
});
/** When a file or folder was changed last: nobody knows of what is as it was before the program began. */
builtins.set(
  '__rr_fs_time',
  native(
    '__rr_fs_time',
    (m, [path]) => {
      const p = normal(path);
      const fs = files(m);
      const node = fs.nodes.get(p);
      const isOld = fs.initial.get(p) === true && (node?.kind === 'dir' || node?.content === contentBefore(p));
      return isOld ? fromText(m, `time of ${p}`) : new PyFloat(1700000000);
    },
    { pure: true },
  ),
);
call('__rr_fs_read', (m, args) => {
  const n = look(m, args[0]);
  if (!n) return fail(m, 'missing', args[0]);
  if (n.kind === 'dir') return fail(m, 'isDirectory', args[0]);
  return readText(m, n.content);
});
/** Opens for writing: w truncates, a keeps, x must not exist; creates the file. */
call('__rr_fs_create', (m, args) => {
  const [path, mode] = args;
  const n = look(m, path);
  if (n?.kind === 'dir') return fail(m, 'isDirectory', path);
  if (n && mode === 'x') return fail(m, 'exists', path);
  if (!n) parentMustExist(m, path);
  if (!n || mode === 'w') store(m, path, { kind: 'file', content: '' });
  return null;
});
call('__rr_fs_write', (m, args) => {
  const [path, text, mode] = args;
  const n = look(m, path);
  // Writing to a file that was removed meanwhile goes nowhere.
  if (!n) return null;
  store(m, path, { kind: 'file', content: mode === 'a' ? n.content + String(text) : String(text) });
  return null;
});
call('__rr_fs_remove', (m, args) => {
  const n = look(m, args[0]);
  if (!n) return fail(m, 'missing', args[0]);
  if (n.kind === 'dir') return fail(m, 'isDirectory', args[0]);
  store(m, args[0], null);
  return null;
});
call('__rr_fs_rename', (m, args) => {
  const n = look(m, args[0]);
  if (!n) return fail(m, 'missing', args[0]);
  parentMustExist(m, args[1]);
  if (n.kind === 'dir' && children(m, args[0]).length > 0) throw new Unsupported('renaming a folder that is not empty');
  store(m, args[0], null);
  store(m, args[1], n);
  return null;
});
/** Moves a file, or a folder with what is in it. */
call('__rr_fs_move', (m, args) => {
  const n = look(m, args[0]);
  if (!n) return fail(m, 'missing', args[0]);
  parentMustExist(m, args[1]);
  const from = `${normal(args[0])}/`;
  const inside = n.kind === 'dir' ? [...files(m).nodes].filter(([path, node]) => path.startsWith(from) && node !== null) : [];
  for (const [path, node] of inside) {
    store(m, path, null);
    store(m, `${normal(args[1])}/${path.slice(from.length)}`, node);
  }
  store(m, args[0], null);
  store(m, args[1], n);
  return null;
});
call('__rr_fs_mkdir', (m, args) => {
  const n = look(m, args[0]);
  if (n) return args[1] === true && n.kind === 'dir' ? null : fail(m, 'exists', args[0]);
  parentMustExist(m, args[0]);
  store(m, args[0], { kind: 'dir', content: '' });
  return null;
});
call('__rr_fs_rmdir', (m, args) => {
  const n = look(m, args[0]);
  if (!n) return fail(m, 'missing', args[0]);
  if (n.kind !== 'dir') return fail(m, 'notDirectory', args[0]);
  if (children(m, args[0]).length > 0) return fail(m, 'notEmpty', args[0]);
  store(m, args[0], null);
  return null;
});
call('__rr_fs_list', (m, args) => {
  if (!settleEntries(m, args[0])) return STOP;
  const n = look(m, args[0]);
  if (!n) return fail(m, 'missing', args[0]);
  if (n.kind !== 'dir') return fail(m, 'notDirectory', args[0]);
  // Directories that are part of an unknown path may be none at all.
  const names = children(m, args[0]).filter((name) => !name.endsWith('…}'));
  return newList(
    m,
    names.map((name) => readText(m, name)),
  );
});
builtins.set(
  '__rr_fs_normal',
  native('__rr_fs_normal', (_m, args) => normal(args[0]), { pure: true }),
);
/** `open(p, 'w').write(text)`: the file is closed as soon as that is done, since nobody has it. */
function isTemporary(m: Machine): boolean {
  const top = m.fiber?.top;
  const span = top?.code.instructions[top.pc - 1]?.span;
  const text = top?.code.module.text ?? '';
  return (
    span !== undefined &&
    /^[\w.]*open\s*\(/.test(text.slice(span.start, span.end)) &&
    /^\s*\.\s*write(lines)?\s*\(/.test(text.slice(span.end, span.end + 20))
  );
}
/** What is in a file is kept as text; bytes that are no UTF-8 as lone surrogates (PEP 383). */
function bytesOf(text: string): Uint8Array {
  const out: number[] = [];
  for (const c of text) {
    const p = c.codePointAt(0) ?? 0;
    if (p >= 0xdc80 && p <= 0xdcff) out.push(p - 0xdc00);
    else out.push(...utf8(c));
  }
  return Uint8Array.from(out);
}
function asText(bytes: Uint8Array): string {
  const whole = fromUtf8(bytes);
  if (whole !== null) return whole;
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i] as number;
    const n = b < 0x80 ? 1 : b >= 0xc2 && b < 0xe0 ? 2 : b >= 0xe0 && b < 0xf0 ? 3 : b >= 0xf0 && b < 0xf5 ? 4 : 0;
    const c = n === 0 ? null : fromUtf8(bytes.slice(i, i + n));
    out += c ?? String.fromCharCode(0xdc00 + b);
    i += c === null ? 1 : n;
  }
  return out;
}
builtins.set(
  '__rr_file_bytes',
  native('__rr_file_bytes', (_m, [text]) => new PyBytes(bytesOf(String(text))), { pure: true }),
);
/** Text that is to be read as such must be UTF-8. */
builtins.set(
  '__rr_file_decoded',
  native(
    '__rr_file_decoded',
    (m, [text]) =>
      /[\udc80-\udcff]/u.test(String(text))
        ? m.ops.callMethod(m, new PyBytes(bytesOf(String(text))), 'decode', [], null, false, false)
        : text,
    { pure: true },
  ),
);
builtins.set(
  '__rr_file_text',
  native('__rr_file_text', (_m, [data]) => (data instanceof PyBytes ? asText(data.value) : String(data)), { pure: true }),
);
builtins.set(
  'open',
  native(
    'open',
    (m, args, kw) => {
      const fn = preludeName(m, 'os', 'open_file');
      const keywords = isTemporary(m) ? new Map([...(kw ?? []), ['__rr_temporary', true as Value]]) : kw;
      return m.ops.call(m, fn, undefined, [...args], keywords);
    },
    { pure: true },
  ),
);
defineModule('os', {}, 'os');
defineModule('os.path', {}, 'os.path');
for (const name of ['pathlib', 'io', 'tempfile', 'shutil', 'stat', 'glob', 'fnmatch', 'aiofiles', 'aiofiles.os', 'aiofiles.ospath'])
  defineModule(name, {}, name);
void PUSHED;
void callPrelude;

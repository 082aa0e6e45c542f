/**
 * node:fs over a virtual file system. Every path is one shared location; whether a path the program
 * has not made exists at the start is a choice, and what such a file holds is unknown.
 */
export const fsPrelude = String.raw`
const files = __rr_files();
let descriptors = 2;
const codes = { ENOENT: ['no such file or directory', -2], EEXIST: ['file already exists', -17], ENOTEMPTY: ['directory not empty', -39], EISDIR: ['illegal operation on a directory', -21], ENOTDIR: ['not a directory', -20], EBADF: ['bad file descriptor', -9] };
function failure(code, syscall, path, dest) {
  const e = new Error(code + ': ' + codes[code][0] + ', ' + syscall + (path === undefined ? '' : " '" + path + "'") + (dest === undefined ? '' : " -> '" + dest + "'"));
  e.errno = codes[code][1];
  e.code = code;
  e.syscall = syscall;
  if (path !== undefined) e.path = path;
  if (dest !== undefined) e.dest = dest;
  return e;
}
function name(path) {
  if (!__rr_isOpaque(path) && typeof path === 'string') { let p = path; while (p.startsWith('./')) p = p.slice(2); while (p.length > 1 && p.endsWith('/')) p = p.slice(0, -1); return p; }
  return __rr_show(path);
}
/** The node at a path, null when there is none. */
function lookup(path) {
  const p = name(path);
  if (p === '.' || p === '/' || p === '') return { kind: 'dir', content: '' };
  if (!__rr_fileKnown(files, p))
    __rr_fileWas(files, p, __rr_choose('exists ' + p, 'whether ' + p + ' exists at the start') ? { kind: 'unknown', content: __rr_opaque('content of ' + p), mode: 0 } : null);
  return files.get(p);
}
function put(path, node) { files.set(name(path), node); }
function drop(path) { files.set(name(path), null); }
function text(data) { return data; }
function below(path) { const prefix = name(path) === '.' ? '' : name(path) + '/'; return [...files.entries()].filter(([p, node]) => node !== null && node.kind !== 'unknown' && p.startsWith(prefix)).map(([p]) => p.slice(prefix.length)); }
function stats(path, node) {
  const time = new Date(node.mtime ?? 0);
  return { isFile: () => node.kind !== 'dir', isDirectory: () => node.kind === 'dir', isSymbolicLink: () => false, size: typeof node.content === 'string' ? node.content.length : 0, mode: 33188, mtimeMs: node.mtime ?? 0, mtime: time, ctimeMs: node.mtime ?? 0, ctime: time, atime: time, birthtime: time };
}
const ops = {
  exists(path) { return lookup(path) !== null; },
  access(path) { if (lookup(path) === null) throw failure('ENOENT', 'access', path); },
  stat(path, options) { const n = lookup(path); if (n === null) { if (options?.throwIfNoEntry === false) return undefined; throw failure('ENOENT', 'stat', path); } return stats(path, n); },
  lstat(path) { const n = lookup(path); if (n === null) throw failure('ENOENT', 'lstat', path); return stats(path, n); },
  readFile(path) {
    if (typeof path === 'number') return ops.readFile(open.get(path).path);
    const n = lookup(path);
    if (n === null) throw failure('ENOENT', 'open', path);
    if (n.kind === 'dir') throw failure('EISDIR', 'read');
    return n.content;
  },
  writeFile(path, data, options) {
    const flag = typeof options === 'object' && options !== null ? options.flag ?? 'w' : 'w';
    const n = lookup(path);
    if (flag.includes('x') && n !== null) throw failure('EEXIST', 'open', path);
    if (n !== null && n.kind === 'dir') throw failure('EISDIR', 'open', path);
    put(path, { kind: 'file', content: flag.startsWith('a') && n !== null ? n.content + text(data) : text(data) });
  },
  appendFile(path, data) { const n = lookup(path); put(path, { kind: 'file', content: n === null ? text(data) : n.content + text(data) }); },
  unlink(path) { const n = lookup(path); if (n === null) throw failure('ENOENT', 'unlink', path); drop(path); },
  rm(path, options) {
    const n = lookup(path);
    if (n === null) { if (options?.force) return; throw failure('ENOENT', 'rm', path); }
    if (options?.recursive) for (const p of below(path)) drop(name(path) + '/' + p);
    drop(path);
  },
  mkdir(path, options) {
    const n = lookup(path);
    const recursive = typeof options === 'object' && options !== null && options.recursive;
    if (n !== null) { if (recursive && n.kind !== 'file') return undefined; throw failure('EEXIST', 'mkdir', path); }
    put(path, { kind: 'dir', content: '' });
    return recursive ? path : undefined;
  },
  rmdir(path) { const n = lookup(path); if (n === null) throw failure('ENOENT', 'rmdir', path); if (below(path).length > 0) throw failure('ENOTEMPTY', 'rmdir', path); drop(path); },
  readdir(path) {
    const n = lookup(path);
    if (n === null) throw failure('ENOENT', 'scandir', path);
    if (n.kind === 'file') throw failure('ENOTDIR', 'scandir', path);
    return [...new Set(below(path).map((p) => p.split('/')[0]))].sort();
  },
  rename(from, to) { const n = lookup(from); if (n === null) throw failure('ENOENT', 'rename', from, to); drop(from); put(to, n); },
  copyFile(from, to, mode) { const n = lookup(from); if (n === null) throw failure('ENOENT', 'copyfile', from, to); if (mode === 1 && lookup(to) !== null) throw failure('EEXIST', 'copyfile', from, to); put(to, { kind: 'file', content: n.content }); },
  link(from, to) { const n = lookup(from); if (n === null) throw failure('ENOENT', 'link', from, to); if (lookup(to) !== null) throw failure('EEXIST', 'link', from, to); put(to, n); },
  symlink(target, path) { if (lookup(path) !== null) throw failure('EEXIST', 'symlink', target, path); put(path, { kind: 'file', content: '' }); },
  truncate(path) { const n = lookup(path); if (n === null) throw failure('ENOENT', 'open', path); put(path, { kind: 'file', content: '' }); },
  chmod(path) { if (lookup(path) === null) throw failure('ENOENT', 'chmod', path); },
  utimes(path) { if (lookup(path) === null) throw failure('ENOENT', 'utime', path); },
  realpath(path) { if (lookup(path) === null) throw failure('ENOENT', 'realpath', path); return path; },
  mkdtemp(prefix) { const path = prefix + 'tmp' + ++descriptors; put(path, { kind: 'dir', content: '' }); return path; },
  open(path, flags = 'r') {
    const n = lookup(path);
    if (flags.includes('x') && n !== null) throw failure('EEXIST', 'open', path);
    if (flags.startsWith('r') && n === null) throw failure('ENOENT', 'open', path);
    if (n === null || flags.startsWith('w')) put(path, { kind: 'file', content: '' });
    const fd = ++descriptors;
    open.set(fd, { path });
    return fd;
  },
  close(fd) { if (!open.delete(fd)) throw failure('EBADF', 'close'); },
  fsync() {},
  fdatasync() {},
  write(fd, data) { const o = open.get(fd); if (!o) throw failure('EBADF', 'write'); ops.appendFile(o.path, data); return String(data).length; },
  ftruncate(fd) { ops.truncate(open.get(fd).path); },
};
const open = new Map();
class FileHandle {
  constructor(fd) { this.fd = fd; }
  async readFile() { return __rr_io(() => ops.readFile(this.fd)); }
  async writeFile(data) { return __rr_io(() => { const o = open.get(this.fd); put(o.path, { kind: 'file', content: data }); }); }
  async appendFile(data) { return __rr_io(() => { ops.write(this.fd, data); }); }
  async write(data) { return __rr_io(() => ({ bytesWritten: ops.write(this.fd, data), buffer: data })); }
  async stat() { return __rr_io(() => ops.stat(open.get(this.fd).path)); }
  async truncate() { return __rr_io(() => ops.ftruncate(this.fd)); }
  async sync() { return __rr_io(() => undefined); }
  async close() { return __rr_io(() => ops.close(this.fd)); }
  async [Symbol.asyncDispose]() { await this.close(); }
}
const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128 };
const promises = { constants };
const fs = { constants, promises };
for (const key of Object.keys(ops)) {
  const op = ops[key];
  fs[key + 'Sync'] = function (...args) { return op(...args); };
  Object.defineProperty(fs[key + 'Sync'], 'name', { value: key + 'Sync' });
  fs[key] = function (...args) {
    const callback = args.pop();
    if (!__rr_isOpaque(callback) && typeof callback !== 'function') { const e = new TypeError('The "cb" argument must be of type function. Received ' + __rr_show(callback)); e.code = 'ERR_INVALID_ARG_TYPE'; throw e; }
    __rr_ioCallback(() => {
      let result;
      try { result = op(...args); } catch (e) { if (key === 'exists') throw e; callback(e); return; }
      if (key === 'exists') callback(result);
      else if (result === undefined) callback(null);
      else callback(null, result);
    });
  };
  if (key !== 'exists') promises[key] = function (...args) { return __rr_io(() => { const r = op(...args); return key === 'open' ? new FileHandle(r) : r; }); };
}
promises.open = function (...args) { return __rr_io(() => new FileHandle(ops.open(...args))); };
delete promises.close;
fs.default = fs;
function fileIsThere(p) { return ops.exists(p); }
function fileIsSaidToBeThere(p) { return __rr_io(() => ops.exists(p)); }
__rr_module('fs', fs);
__rr_module('fs/promises', promises);
`;

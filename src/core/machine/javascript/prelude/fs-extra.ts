/** Modules that stand in for `fs`: graceful-fs, fs-extra, mz/fs. */
export const fsExtraPrelude = String.raw`
__rr_module('graceful-fs', Object.assign({}, fs, { gracefulify() {} }));
// With a callback as in fs, without one as in fs/promises.
const either = {};
function eitherWay(key) {
  return (...args) => {
    const last = args[args.length - 1];
    const isCallback = typeof last === 'function' || (__rr_isOpaque(last) && /callback|cb|done|next/.test(__rr_show(last)));
    return isCallback ? fs[key](...args) : promises[key](...args);
  };
}
for (const key of ['access', 'stat', 'lstat', 'readFile', 'writeFile', 'appendFile', 'unlink', 'rm', 'mkdir', 'rmdir', 'readdir', 'rename', 'copyFile', 'truncate', 'chmod', 'utimes', 'link', 'symlink', 'realpath', 'open']) either[key] = eitherWay(key);
function both(op) {
  return (...args) => {
    const callback = typeof args[args.length - 1] === 'function' ? args.pop() : null;
    const answer = __rr_io(() => op(...args));
    if (callback === null) return answer;
    answer.then((result) => callback(null, result), callback);
  };
}
const ensureDir = (p) => { if (lookup(p) === null) put(p, { kind: 'dir', content: '' }); };
const remove = (p) => ops.rm(p, { recursive: true, force: true });
const readJson = (p) => JSON.parse(ops.readFile(p, 'utf8'));
const writeJson = (p, v) => ops.writeFile(p, JSON.stringify(v));
// What is there is replaced by a copy unless the options say otherwise, by what is moved when they say so.
const copy = (from, to, options) => {
  if (lookup(from) === null) throw failure('ENOENT', 'lstat', from);
  if (options?.overwrite === false && lookup(to) !== null && !options.errorOnExist) return;
  ops.copyFile(from, to);
};
const move = (from, to, options) => { if (lookup(from) === null) throw failure('ENOENT', 'lstat', from); if (!options?.overwrite && lookup(to) !== null) throw new Error('dest already exists.'); ops.rename(from, to); };
const extras = { copy, move, pathExists: (p) => ops.exists(p), ensureDir, mkdirs: ensureDir, mkdirp: ensureDir, remove, readJson, readJSON: readJson, writeJson, writeJSON: writeJson, outputFile: (p, v) => ops.writeFile(p, v), outputJson: writeJson };
const extra = Object.assign({}, fs, either);
for (const key of ['pathExists', 'copy', 'move', 'ensureDir', 'mkdirs', 'mkdirp', 'remove', 'readJson', 'readJSON', 'writeJson', 'writeJSON', 'outputFile', 'outputJson']) { extra[key] = both(extras[key]); extra[key + 'Sync'] = extras[key]; }
extra.default = extra;
__rr_module('fs-extra', extra);
__rr_module('mz/fs', Object.assign({}, fs, either, { exists: (p) => __rr_io(() => ops.exists(p)) }));
`;

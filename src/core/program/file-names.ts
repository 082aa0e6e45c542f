/**
 * Functions of other files of a project that say whether a file is there, by name: `await fileExists(path)`,
 * `FileSystem.exists(path)`. Data: detection and the machine read the same names.
 */
const asks = /(?:^|[./])(?:does_?)?(?:file|path|dir|directory|folder)_?exists?(?:Async|_async)?$/i;
const asksAtOnce = /(?:^|[./])(?:does_?)?(?:file|path|dir|directory|folder)_?exists?Sync$/i;
const ofFiles = /(?:^|[./])(?:fs|fse|file_?system|fs_?utils?|file_?utils?|files)\.(?:exists|isFile|isDirectory)(Async|Sync)?$/i;

/** Whether a function of that qualified name says so, and whether it says so at once or is waited for. */
export function asksForFile(name: string): 'now' | 'later' | null {
  if (asksAtOnce.test(name)) return 'now';
  if (asks.test(name)) return 'later';
  const found = ofFiles.exec(name);
  return found === null ? null : found[1] === 'Sync' ? 'now' : 'later';
}

const moves = /^(?:rename|replace|move)(?:Sync)?$/;

/** Does a method of the file system put one file in another's place? */
export function movesFile(name: string): boolean {
  return moves.test(name);
}

/**
 * Which Python files of a project import a file, at first or second hand: what runs it beside itself may be said there (a
 * web handler, a thread) and nowhere else. Reads the text of imports alone, by patterns: a file too many costs a look.
 */

/** What is known of a folder's entries; null where it cannot be read. */
export type ListFolder = (folder: string) => { name: string; isFolder: boolean; stamp: string }[] | null;

/** The same by Node's functions of these names, which are handed in. */
export function folderLister(
  readdirSync: (folder: string, options: { withFileTypes: true }) => { name: string; isDirectory(): boolean }[],
  statSync: (path: string) => { mtimeMs: number; size: number },
): ListFolder {
  const stampOf = (path: string): string => {
    try {
      const { mtimeMs, size } = statSync(path);
      return `${mtimeMs}:${size}`;
    } catch {
      // A link to nowhere.
      return '';
    }
  };
  return (folder) => {
    try {
      return readdirSync(folder, { withFileTypes: true })
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((e) => ({ name: e.name, isFolder: e.isDirectory(), stamp: e.name.endsWith('.py') ? stampOf(`${folder}/${e.name}`) : '' }));
    } catch {
      return null;
    }
  };
}

const mostFiles = 2000;
const deepest = 8;
const mostImporters = 12;
/** Callers of callers of callers. */
const mostLevels = 3;
const largestText = 400_000;
const skipped = /^(?:\.|node_modules$|__pycache__$|venv$|env$|site-packages$|build$|dist$)/;
const projectFile = /^(?:pyproject\.toml|setup\.py|setup\.cfg|manage\.py|requirements\.txt|Pipfile|tox\.ini|\.git)$/;

interface Known {
  stamp: string;
  /** Paths without ending of what it may import: whole ones from the root, and the ends of others. */
  whole: Set<string>;
  ends: Set<string>;
}

/** How long the list of a project's files is taken to be right, in milliseconds. */
const freshFor = 2000;

/**
 * Looks a file's project up when it is asked, and reads again only what has changed. Paths have `/` between their parts.
 * `now`: milliseconds from any origin.
 */
export function createImporters(list: ListFolder, read: (path: string) => string | null, now: () => number): (path: string) => string[] {
  const known = new Map<string, Known>();
  const listed = new Map<string, { at: number; files: { path: string; stamp: string }[] }>();
  const filesOf = (root: string): { path: string; stamp: string }[] => {
    const old = listed.get(root);
    if (old !== undefined && now() - old.at < freshFor) return old.files;
    const files = filesBelow(list, root);
    listed.set(root, { at: now(), files });
    return files;
  };
  const importsOf = (path: string, stamp: string): Known => {
    const old = known.get(path);
    if (old?.stamp === stamp) return old;
    const text = read(path) ?? '';
    const made = { stamp, ...importsIn(text.length > largestText ? '' : text, path) };
    known.set(path, made);
    return made;
  };
  return (path) => {
    if (!path.endsWith('.py')) return [];
    const files = filesOf(rootOf(list, path)).filter((f) => f.path !== path);
    const found: string[] = [];
    let level = [path];
    for (let depth = 0; depth < mostLevels && level.length > 0 && found.length < mostImporters; depth++) {
      const stems = level.map(stemOf);
      level = files
        .filter((f) => !found.includes(f.path) && stems.some((stem) => imports(importsOf(f.path, f.stamp), stem)))
        .map((f) => f.path)
        .slice(0, mostImporters - found.length);
      found.push(...level);
    }
    return found;
  };
}

function stemOf(path: string): string {
  return path.replace(/\.py$/, '').replace(/(?:^|\/)__init__$/, '');
}

function imports({ whole, ends }: Known, stem: string): boolean {
  if (whole.has(stem)) return true;
  for (let at = stem.length; at >= 0; at = at === 0 ? -1 : stem.lastIndexOf('/', at - 1)) {
    const end = stem.slice(at === stem.length ? at : at + 1);
    if (end !== '' && ends.has(end)) return true;
  }
  return ends.has(stem);
}

function importsIn(text: string, path: string): { whole: Set<string>; ends: Set<string> } {
  const whole = new Set<string>();
  const ends = new Set<string>();
  const folder = path.split('/').slice(0, -1);
  const add = (dotted: string): void => {
    const dots = /^\.*/.exec(dotted)?.[0].length ?? 0;
    const parts = dotted
      .slice(dots)
      .split('.')
      .filter((p) => p !== '');
    if (dots > 0) whole.add([...folder.slice(0, folder.length - (dots - 1)), ...parts].join('/'));
    else ends.add(parts.join('/'));
  };
  for (const [, from, names = '', plain] of text.matchAll(
    /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^)]{0,4000}\)|[^\n#]{0,400})|import[ \t]+([\w., \t]{1,400}))/gm,
  )) {
    if (plain !== undefined) for (const name of plain.split(',')) add((name.trim().split(/\s/)[0] ?? '').trim());
    if (from === undefined) continue;
    add(from);
    for (const name of names.replace(/[()\\]/g, ' ').split(',')) {
      const [first = ''] = name
        .replace(/#[^\n]*/g, '')
        .trim()
        .split(/\s/);
      if (/^\w+$/.test(first)) add(from.endsWith('.') ? `${from}${first}` : `${from}.${first}`);
    }
  }
  return { whole, ends };
}

/** The closest folder above with a project's file in it, else the one the outermost package is in. */
function rootOf(list: ListFolder, path: string): string {
  const parts = path.split('/').slice(0, -1);
  let outermost = parts;
  for (let n = parts.length, depth = 0; n >= 0 && depth < deepest; n--, depth++) {
    const folder = parts.slice(0, n);
    const names = list(folder.join('/') || (path.startsWith('/') ? '/' : '.'))?.map((e) => e.name) ?? [];
    if (names.some((name) => projectFile.test(name))) return folder.join('/');
    if (outermost.length === n && names.includes('__init__.py') && n > 0) outermost = parts.slice(0, n - 1);
    if (/^(?:site-packages|node_modules)$/.test(parts[n - 1] ?? '') || (n === 1 && parts[0] === '')) break;
  }
  return outermost.join('/');
}

function filesBelow(list: ListFolder, root: string): { path: string; stamp: string }[] {
  const out: { path: string; stamp: string }[] = [];
  const visit = (folder: string, depth: number): void => {
    for (const { name, isFolder, stamp } of list(folder === '' ? '.' : folder) ?? []) {
      if (out.length >= mostFiles) return;
      const path = folder === '' ? name : `${folder}/${name}`;
      if (isFolder && depth < deepest && !skipped.test(name)) visit(path, depth + 1);
      else if (!isFolder && name.endsWith('.py')) out.push({ path, stamp });
    }
  };
  visit(root, 0);
  return out;
}

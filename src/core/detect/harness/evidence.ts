/** Why two contexts may overlap: the evidence table, from what is seen to nothing at all. */
import type { ClassDef, FunctionDef, Span } from '../../program/program.ts';
import { lineIndex, lineStarts } from '../../program/lines.ts';
import { throughStore } from '../client-stores.ts';
import { isSeenByNobody } from '../../program/silent-names.ts';
import type { Candidate, Evidence } from '../candidate.ts';
import type { ModuleInfo } from '../module-info.ts';
import { isCoroutine } from '../walk/walk.ts';
import { isInside } from '../../program/functions.ts';
import { isPrivate, runOf } from './entries.ts';
import { listenerAround } from './listeners.ts';
import type { Start, Starts } from './starts.ts';

const nouns: Record<Start['kind'], [string, string]> = {
  thread: ['started as a thread', 'started as threads'],
  task: ['started without being awaited', 'started without being awaited'],
  timer: ['called by a timer set', 'called by timers set'],
  process: ['started as a process', 'started as processes'],
  handler: ['handler registered', 'handlers registered'],
};

/** Evidence that the module, as it loads, runs the function in a context beside others; null when not. */
export function liveStarts(info: ModuleInfo, starts: Starts, fn: FunctionDef): Evidence | null {
  const running = starts.starts.filter((s) => s.kind !== 'handler' && starts.live.has(s.by));
  const reaching = fn.kind === 'module' ? [] : running.filter((s) => s.entries.some((e) => starts.reaches(e, fn)));
  if (fn.kind === 'module') return running.length > 0 ? describe(info, running) : null;
  const [only] = reaching;
  if (only === undefined) return null;
  // One promise that nobody awaits and nothing else going on: `main()` at the end of a script.
  const lone = reaching.length === 1 && !only.many && only.kind === 'task' && only.by.kind === 'module' && running.length === 1;
  return lone ? null : describe(info, [...reaching, ...running.filter((s) => s.kind === only.kind && !reaching.includes(s))]);
}

/** `shared`: files are what other processes have, too, and rows what the requests of a server have. */
export function evidenceFor(info: ModuleInfo, starts: Starts, candidate: Candidate): Evidence {
  const { fn, rule } = candidate;
  const shared = rule === 'file-toctou' ? 'files' : rule === 'db-check-then-act' ? 'rows' : null;
  const reaching = starts.starts.filter((s) => s.entries.some((e) => starts.reaches(e, fn)));
  const lone = reaching.length === 1 && reaching[0]?.kind === 'task' && !reaching[0].many && reaching[0].by.kind === 'module';
  if (reaching.length > 0 && !lone) return describe(info, reaching);
  const body = fn.owner === null ? null : runOf(info, fn.owner);
  if (body === fn) return { kind: 'code', text: 'the body of a thread', spans: [fn.nameSpan] };
  if (body !== null)
    return {
      kind: 'code',
      text: `\`${fn.owner?.name ?? ''}\` is a thread: its run() goes on beside its other methods`,
      spans: [body.nameSpan],
    };
  // One of its methods runs in a thread that the file starts: the others go on beside it.
  const own = classAround(fn);
  const beside = info.language === 'python' && own !== null && !fn.isAsync ? starts.starts.filter((s) => isThreadOf(s, own)) : [];
  if (beside.length > 0) return describe(info, beside);
  const changing = info.language === 'python' && !fn.isAsync ? changersOf(info, starts, candidate, own) : [];
  if (changing.some((s) => s.label !== inBody)) return describe(info, changing);
  const [thread] = changing;
  if (thread !== undefined)
    return {
      kind: 'code',
      text: `\`${thread.entries[0]?.owner?.name ?? ''}\` is a thread: what its run() changes changes beside its callers`,
      spans: [thread.span],
    };
  if (waits(info, fn) && isOpen(info, fn)) {
    const noun = fn.owner === null ? 'async function' : 'async method';
    return { kind: 'contract', text: `${noun}: callers need not await each other`, spans: [fn.nameSpan] };
  }
  if (begins(info, candidate) && isOpen(info, fn))
    return { kind: 'contract', text: 'what it begins goes on when it has returned: callers cannot wait for it', spans: [candidate.act] };
  const heard = listenerAround(info, candidate);
  if (heard !== null) {
    const line = lineIndex(lineStarts(info.module.text), heard.span.start) + 1;
    return { kind: 'code', text: `handler registered at line ${String(line)}`, spans: [heard.nameSpan] };
  }
  // A private or inner function of something asynchronous.
  const outer = info.module.functions.find((f) => waits(info, f) && isOpen(info, f) && starts.reaches(f, fn) && f !== fn);
  if (outer !== undefined)
    return {
      kind: 'contract',
      text: `reached from ${outer.qualifiedName}, whose callers need not await each other`,
      spans: [outer.nameSpan],
    };
  if (info.language === 'python' && usesLocks(info, fn))
    return { kind: 'contract', text: 'takes locks, so several threads are expected', spans: [fn.nameSpan] };
  const handedOver = info.language === 'python' ? callsAcrossThreads(info, fn) : null;
  if (handedOver !== null)
    return { kind: 'contract', text: `\`${handedOver}\` is for other threads than that of the event loop`, spans: [fn.nameSpan] };
  const spoken =
    info.language === 'python' ? (spokenOf(info, fn, ofThreads) ?? (shared !== null ? spokenOf(info, fn, ofProcesses) : null)) : null;
  if (spoken !== null) {
    const line = lineIndex(lineStarts(info.module.text), spoken.start) + 1;
    return {
      kind: 'contract',
      text: `line ${String(line)} speaks of ${whoIsMeant(info.text(spoken))}`,
      spans: [spoken],
    };
  }
  const between = shared === 'files' && info.language === 'python' ? betweenProcesses(info, fn) : null;
  if (between !== null) return { kind: 'contract', text: `\`${info.text(between)}\` is there for other processes`, spans: [between] };
  const green = info.language === 'python' && mayWait(info, candidate) ? greenThreads(info) : null;
  if (green !== null) return { kind: 'contract', text: `written for the green threads of ${green}`, spans: [fn.nameSpan] };
  const served = shared === 'rows' && info.language === 'python' ? requestHandlers(info) : [];
  if (served.length > 0)
    return { kind: 'contract', text: 'the file is there to answer requests, which come at any time', spans: served.map((f) => f.nameSpan) };
  if (shared === 'files' && info.language === 'python' && isOfLibrary(info, starts, fn))
    return { kind: 'contract', text: 'files are what other processes have, too', spans: [fn.nameSpan], isMild: true };
  if (shared === 'rows' && info.language === 'python' && isOfServer(info) && isOfLibrary(info, starts, fn))
    return {
      kind: 'contract',
      text: 'rows of a data base that is served are what other processes have, too',
      spans: [fn.nameSpan],
      isMild: true,
    };
  return { kind: 'none', text: 'nothing here starts a second context; run as if two threads called it', spans: [] };
}

/** The library whose green threads the file is written for: what waits lets others go on. */
function greenThreads(info: ModuleInfo): string | null {
  for (const imported of info.imports.values()) {
    const [library = ''] = imported.split('.');
    if (/^(?:eventlet|gevent)$/.test(library)) return library;
  }
  return null;
}

/** Green threads change places only where one waits for something: in a call between check and act that does more than log. */
function mayWait(info: ModuleInfo, { check, act, gap }: Candidate): boolean {
  if (gap === null) return false;
  const calls = info.text({ start: check.end, end: Math.max(check.end, act.start) }).match(/\w+\.[\w.]+\(/g) ?? [];
  return [info.text(gap), ...calls].some((call) => !isSeenByNobody(call, call));
}

/** Called by other files, in whatever program: the file is no program itself, and does not call it as it is loaded. */
function isOfLibrary(info: ModuleInfo, starts: Starts, fn: FunctionDef): boolean {
  if (fn.kind === 'module' || starts.live.has(fn)) return false;
  return !/^if\s+__name__\s*==|^#!/m.test(info.module.text) && !/(?:^|\/)(?:tests?\/|test_|conftest|setup\.py)/.test(info.module.path);
}

/** The rows are in a data base that is there for many: those of Django, SQLAlchemy and the drivers of such servers, not sqlite. */
function isOfServer(info: ModuleInfo): boolean {
  const imported = [...info.imports.values()];
  return imported.some((name) =>
    /^(?:django\.|sqlalchemy|sqlmodel|flask_sqlalchemy|psycopg|asyncpg|aiomysql|pymysql|MySQLdb|tortoise)/.test(name),
  );
}

/** Functions that are handed the request they are about. */
function requestHandlers(info: ModuleInfo): FunctionDef[] {
  const isHanded = (fn: FunctionDef): boolean => fn.params.some((p, i) => i < 2 && /^(?:http_)?request$/.test(p.name));
  return info.module.functions.filter((fn) => fn.kind !== 'lambda' && isHanded(fn)).slice(0, 3);
}

/** The class whose method it is, or is made in. */
function classAround(fn: FunctionDef): ClassDef | null {
  for (let f: FunctionDef | null = fn; f !== null; f = f.parent) if (f.owner !== null) return f.owner;
  return null;
}

/** Marks the body of a class that is a thread, whoever starts it. */
const inBody = 'run';

/**
 * Threads and timers that the file starts, or has the class of, and that change the variable or the attribute it is about:
 * whoever looks at it does so beside them.
 */
function changersOf(info: ModuleInfo, starts: Starts, { fn, sharedName }: Candidate, own: ClassDef | null): Start[] {
  if (!/^\w+$/.test(sharedName)) return [];
  if (own === null && !new RegExp(`^${sharedName}\\s*(?::[^=\\n]+)?=`, 'm').test(info.module.text)) return [];
  const name = own === null ? `(?<![\\w.])${sharedName}` : `\\bself\\.${sharedName}`;
  const change = new RegExp(
    `\\bglobal\\s[^\\n]*\\b${sharedName}\\b|\\bdel ${name}\\[|${name}(?:\\[[^\\]\\n]*\\]\\s*[-+*/|&]?=(?!=)|\\.(?:clear|pop\\w*|update|append\\w*|add|remove|discard|setdefault|insert|extend)\\()${own === null ? '' : `|${name}\\s*=(?!=)`}`,
  );
  const isOne = (f: FunctionDef): boolean => f !== fn && f.kind !== 'module' && f.name !== '__init__' && (own === null || f.owner === own);
  const changers = info.module.functions.filter((f) => isOne(f) && change.test(info.code(f.span)));
  const bodies = info.module.classes.flatMap((cls): Start[] => {
    const run = cls === own ? null : runOf(info, cls);
    return run === null ? [] : [{ kind: 'thread', entries: [run], span: run.nameSpan, by: info.module.body, many: false, label: inBody }];
  });
  return [...starts.starts, ...bodies].filter(
    (s) => (s.kind === 'thread' || s.kind === 'timer') && s.entries.some((e) => !e.isAsync && changers.some((f) => starts.reaches(e, f))),
  );
}

function isThreadOf({ kind, entries }: Start, owner: ClassDef): boolean {
  return (kind === 'thread' || kind === 'timer') && entries.some((e) => e.owner === owner && !e.isAsync);
}

/** Asynchronous: async, a coroutine, or a function that hands back a promise chain. */
function waits(info: ModuleInfo, fn: FunctionDef): boolean {
  return (
    fn.isAsync || isCoroutine(fn) || /Promise</.test(fn.returnAnnotation ?? '') || handsBackPromise(info, fn) || answersByCallback(info, fn)
  );
}

/** `if (!this.users.has(id)) this.load(id)`: the act is in an asynchronous function that is begun there. */
function begins({ language }: ModuleInfo, { act, gap, inside }: Candidate): boolean {
  return language === 'javascript' && gap !== null && gap.start === act.start && gap.end === act.end && (inside?.length ?? 0) > 0;
}

/** `function load(id, done) { db.get(sql, [id], (error, row) => done(error, row)); }`: the callback is used in one that runs later. */
function answersByCallback(info: ModuleInfo, fn: FunctionDef): boolean {
  const name = fn.params.at(-1)?.name ?? '';
  if (info.language !== 'javascript' || !/^(?:cb|callback|done)$/.test(name)) return false;
  const use = new RegExp(`\\b${name}\\s*[(),]`);
  return info.module.functions.some((f) => isInside(f, fn) && use.test(info.text(f.span)));
}

/** `return this.request(id).then(…)` in JavaScript without types. */
function handsBackPromise(info: ModuleInfo, fn: FunctionDef): boolean {
  if (info.language !== 'javascript' || fn.returnAnnotation !== undefined || fn.kind === 'module') return false;
  return /\breturn\s+(?:new Promise\b|Promise\.(?:resolve|reject|all\w*|race|any)\(|[\w$.()[\]\s]{1,200}\.(?:then|catch|finally)\(|[^;\n]{1,200}\n?[ \t]*\.(?:then|catch|finally)\()/.test(
    info.text(fn.span),
  );
}

/** Does a class that others have inherit from it? */
function isBaseOfOpen(info: ModuleInfo, base: ClassDef): boolean {
  const { classes, exports } = info.module;
  const inherits = (cls: ClassDef): boolean => cls.bases.some((b) => /^[\w$]+/.exec(info.text(b.span))?.[0] === base.name);
  return classes.some((c) => inherits(c) && (c.exported || exports.some((e) => e.local === c.name)));
}

/** May others than this file call it? */
function isOpen(info: ModuleInfo, fn: FunctionDef): boolean {
  if (info.language === 'python') return !isPrivate(info, fn) || fn.owner !== null;
  const { module } = info;
  const isModule = module.exports.length > 0 || /\b(module\.)?exports\b/.test(module.text);
  if (!isModule)
    return !info.module.functions.some((f) => f !== fn && f.kind === 'module') || fn.owner !== null || fn.parent?.kind === 'module';
  if (fn.exported || fn.owner?.exported === true) return true;
  for (let f: FunctionDef | null = fn; f !== null; f = f.parent) {
    if (f.exported || f.owner?.exported === true || module.exports.some((e) => e.local === f?.name || e.local === f?.owner?.name))
      return true;
    const object = info.objectOwners.get(f);
    if (object !== undefined && module.exports.some((e) => e.local === object)) return true;
    const store = throughStore(info, f)?.split(/[.(]/)[0];
    if (store !== undefined && module.exports.some((e) => e.local === store)) return true;
    if (f.owner !== null && isHandedOut(info, f.owner)) return true;
    if (f.owner !== null && isBaseOfOpen(info, f.owner)) return true;
    const name = f.owner?.name ?? object ?? f.name;
    if (/^[\w$]+$/.test(name) && new RegExp(`exports\\b[^;]*\\b${name.replace(/\$/g, '\\$')}\\b`).test(module.text)) return true;
  }
  return false;
}

/** Is an object of the class made to be given away: `return new History(storage)`, `provide({ history: new History(storage) })`? */
function isHandedOut(info: ModuleInfo, { name }: ClassDef): boolean {
  if (!/^[\w$]+$/.test(name)) return false;
  const { text } = info.module;
  const making = `new\\s+${name.replaceAll('$', '\\$')}\\b`;
  if (new RegExp(`(?:\\breturn|=>|[(,:])\\s*${making}`).test(text)) return true;
  // By a local name that is handed on: `const history = new History(storage); provide({ history })`.
  const [, local] = new RegExp(`\\b(?:const|let|var)\\s+([\\w$]+)[^=\\n]{0,60}=\\s*${making}`).exec(text) ?? [];
  return local !== undefined && new RegExp(`(?:\\breturn\\s+|[({,]\\s*)${local.replaceAll('$', '\\$')}\\s*[;)},]`).test(text);
}

function usesLocks(info: ModuleInfo, fn: FunctionDef): boolean {
  const whole = { start: 0, end: info.module.text.length };
  const scope = info.code(fn.owner?.span ?? whole);
  return (
    /\b(Lock|RLock|Condition|Semaphore)\s*\(|_lock\b|\block\b/.test(scope) &&
    (/\bthreading\b|\b_thread\b|multiprocessing/.test(info.code(whole)) || [...info.imports.values()].some(isThreadLock))
  );
}

/** `from ._compat import Lock`: a lock of threads by another way, not one of an event loop. */
function isThreadLock(imported: string): boolean {
  return /(?:^|\.)(?:R?Lock|Condition)$/.test(imported) && !/asyncio|anyio|trio|curio|(?:^|[._])aio/.test(imported);
}

/** What the class, or the function, calls to hand something to an event loop from another thread; null where it does not. */
function callsAcrossThreads(info: ModuleInfo, fn: FunctionDef): string | null {
  const code = info.code(fn.owner?.span ?? fn.span);
  return (
    /\b(call_soon_threadsafe|run_coroutine_threadsafe|add_callback_threadsafe|add_callback_from_signal|\w+_from_(?:an)?other_thread)\(/.exec(
      code,
    )?.[1] ?? null
  );
}

const ofThreads =
  /(?<!\bnot\s|n't\s|\bnon-?|\bun)(?:\bthread[- ]?safe(?:ty|ly)?\b|\bmulti-?thread(?:ed|ing)\b|\b(?:other|another|several|multiple|many|different|concurrent|two|both) threads?\b|\b(?:across|between|by|from) threads\b|\bcross-thread\b|\bthread boundar(?:y|ies)\b|\b(?:background|worker|separate|daemon) threads?\b|\b(?:start|stop|join|kill)(?:s|ed|ing)? (?:the |a |its )?(?:\w+ )?threads?\b|\bthreading\.(?:local|get_ident|current_thread)\(|\b(?:called|used|accessed|invoked|modified|changed|run) (?:asynchronously|concurrently|simultaneously)\b|\bconcurrent (?:access(?:es)?|calls?|callers?|use|users?|modifications?|requests?)\b|\brace conditions?\b)/i;

const ofProcesses =
  /(?<!\bnot\s|n't\s|\bnon-?)(?:\bmulti-?process(?:es|ing)?\b|\bcross-process\b|\b(?:other|another|several|multiple|many|different|concurrent|parallel|two|both) process(?:es)?\b|\b(?:other|several|multiple|many|different|concurrent|parallel|two|both) \w+ processes\b|\b(?:other|another|several|multiple|concurrent|parallel|two) (?:\w+ )?workers?\b|\b(?:across|between|by|all) processes\b|\b(?:another|other|several|multiple) (?:\w+ )?instances? (?:is |are |of \w+ (?:is |are )?)?(?:already )?running\b|\brace conditions?\b|\brun(?:s|ning)? in parallel\b)/i;

function whoIsMeant(words: string): string {
  if (/thread/i.test(words)) return 'several threads';
  return /process|instance|parallel|worker/i.test(words) ? 'several processes' : 'calls that overlap';
}

/** Where the class, the module around a function, or what stands at its head says that several threads or processes use it. */
function spokenOf(info: ModuleInfo, fn: FunctionDef, words: RegExp): Span | null {
  const owner = classAround(fn);
  // What is said where its metaclass is goes for what the class has, not for its objects.
  const isOfClass = owner !== null && fn.decorators.some((d) => info.text(d.span) === 'classmethod');
  const metas = isOfClass ? owner.keywords.flatMap((k) => info.globalClasses.get(info.text(k.value.span)) ?? []) : [];
  const whole = { start: 0, end: info.module.text.length };
  const opening = /^(?:#[^\n]*\n|\s)*[rRuU]?("""|''')[\s\S]*?\1/.exec(info.module.text)?.[0].length ?? 0;
  for (const scope of owner === null ? [whole] : [...[owner, ...metas].map((c) => c.span), { start: 0, end: opening }]) {
    const found = words.exec(info.text(scope));
    if (found !== null) return { start: scope.start + found.index, end: scope.start + found.index + found[0].length };
  }
  return null;
}

/** Where the class, or the module around a function, locks files or keeps the id of its process in one: nobody else's files need that. */
function betweenProcesses(info: ModuleInfo, fn: FunctionDef): Span | null {
  const scope = classAround(fn)?.span ?? { start: 0, end: info.module.text.length };
  const found =
    /\b(?:fcntl\.)?(?:flock|lockf)\(|\bmsvcrt\.locking\(|\bportalocker\.\w+\(|\b(?:Soft|Inter\w*|Unix)?(?:FileLock|ProcessLock)\(|\bO_EXCL\b|\.write\([^\n]*\bgetpid\(\)/.exec(
      info.code(scope),
    );
  return found === null ? null : { start: scope.start + found.index, end: scope.start + found.index + found[0].replace(/\($/, '').length };
}

/** Where contexts are started, in words. */
export function describe(info: ModuleInfo, found: readonly Start[]): Evidence {
  const starts = lineStarts(info.module.text);
  const first = found[0];
  const kind = first?.kind ?? 'thread';
  const same = found.filter((s) => s.kind === kind);
  const lines = [...new Set(same.map((s) => lineIndex(starts, s.span.start) + 1))].sort((a, b) => a - b);
  const [one, several] = nouns[kind];
  const label = first !== undefined && first.label !== '' && lines.length === 1 ? ` (${first.label})` : '';
  const where =
    lines.length === 1 ? `at line ${String(lines[0])}` : `at lines ${lines.slice(0, -1).join(', ')} and ${String(lines[lines.length - 1])}`;
  return {
    kind: 'code',
    text: `${lines.length === 1 && first?.many !== true ? one : several} ${where}${label}`,
    spans: same.map((s) => s.span),
  };
}

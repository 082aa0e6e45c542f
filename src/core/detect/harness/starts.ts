/**
 * Who starts contexts and what they run: threads, tasks, timers, handlers, coroutines and promises
 * that are not awaited. With a call graph by name, so that "reaches" can be asked.
 */
import type { Expr, FunctionDef, Span } from '../../program/program.ts';
import { answersCall, isFlattening, usesObservables } from '../observables.ts';
import { type ModuleInfo, refName } from '../module-info.ts';
import { metaclassOf } from './metaclasses.ts';
import { isInside } from '../../program/functions.ts';
import { type Visitor, visitFunction, visitStmt } from '../visit.ts';
import { dottedName } from '../walk/walk.ts';

export type StartKind = 'thread' | 'task' | 'timer' | 'process' | 'handler';

export interface Start {
  kind: StartKind;
  /** Functions the context runs. */
  entries: FunctionDef[];
  span: Span;
  /** The function that starts it. */
  by: FunctionDef;
  /** In a loop, a comprehension or a callback: started more than once. */
  many: boolean;
  /** `POST /buy`, `message`: what a handler answers. */
  label: string;
}

export interface Starts {
  starts: Start[];
  /** Functions the module body reaches, itself included. */
  live: Set<FunctionDef>;
  /** Those of them that run when the module is imported, not only when it is the program. */
  loaded: Set<FunctionDef>;
  reaches(from: FunctionDef, to: FunctionDef): boolean;
  /** Functions that call this one. */
  callers(fn: FunctionDef): FunctionDef[];
}

const kept = new WeakMap<ModuleInfo, Starts>();

const routeMethod = /^(get|post|put|patch|delete|all|route|use|websocket|api_route|head|options)$/;
const listenMethod =
  /^(on|once|addListener|prependListener|addEventListener|subscribe|handle|command|action|listener|event|task|shared_task|on_event|middleware|exception_handler|websocket_route|message_handler|callback_query_handler|job|scheduled_job|periodic_task|db_task|db_periodic_task|actor|receiver)$/;
/** The same of JavaScript's libraries alone: queues, message brokers, remote procedures, commands of an editor. */
const scriptListenMethod = /^(mutation|consume|process|registerCommand|registerTextEditorCommand|handleOnce)$/;
/** What they make and set going: by qualified name. */
const startedByName =
  /^(?:bullmq\.Worker|cron\.CronJob|node-cron\.schedule|node-schedule\.scheduleJob|croner\.Cron|(?:h3\.)?(?:defineEventHandler|eventHandler|defineCachedEventHandler)|@reduxjs\/toolkit\.createAsyncThunk)$/;
const pythonHandlerBase =
  /(BaseRequestHandler|StreamRequestHandler|DatagramRequestHandler|BaseHTTPRequestHandler|SimpleHTTPRequestHandler|RequestHandler|APIView|View|ViewSet|ModelViewSet|\w*Serializer|Resource|MethodView|AsyncWebsocketConsumer|WebsocketConsumer|HTTPEndpoint|Protocol)$/;

/** Names that mean a container's method unless the type says otherwise. */
const containerMethod =
  /^(get|set|has|add|delete|clear|push|pop|shift|put|append|remove|insert|update|keys|values|items|entries|forEach|map|filter|find|send|on|emit|then|close|open|read|write|start|join|run)$/;

/** `manager`, `_process_manager`: what a `ProcessManager` is called. */
function isNamedFor(attribute: string, cls: string): boolean {
  const plain = attribute.replaceAll('_', '').toLowerCase();
  return plain.length > 2 && cls.toLowerCase().endsWith(plain);
}

export function startsOf(info: ModuleInfo): Starts {
  let known = kept.get(info);
  if (known === undefined) {
    known = collect(info);
    kept.set(info, known);
  }
  return known;
}

function collect(info: ModuleInfo): Starts {
  const starts: Start[] = [];
  const calls = new Map<FunctionDef, Set<FunctionDef>>();
  const byName = new Map<string, FunctionDef[]>();
  for (const fn of info.module.functions) {
    const short = fn.name.split('.').pop() ?? fn.name;
    for (const name of new Set([short, attributeName(fn)])) byName.set(name, [...(byName.get(name) ?? []), fn]);
  }

  /** Methods an attribute may denote: by the type of the object, or by name when it is some local. */
  const methodsOf = (e: Extract<Expr, { kind: 'attr' }>): FunctionDef[] => {
    const named = byName.get(e.name) ?? [];
    if (named.length === 0) return [];
    const { object } = e;
    const own = named.filter((f) => f.owner !== null || info.objectOwners.has(f));
    if (
      object.kind === 'this' ||
      object.kind === 'super' ||
      (object.kind === 'name' && object.ref.kind === 'variable' && info.selves.has(object.ref.variable))
    )
      return own;
    if (
      object.kind === 'attr' &&
      (object.object.kind === 'this' ||
        (object.object.kind === 'name' && object.object.ref.kind === 'variable' && info.selves.has(object.object.ref.variable)))
    ) {
      const types = [...info.types].filter(([key]) => key.startsWith('a:') && key.endsWith(`.${object.name}`)).map(([, type]) => type.cls);
      // Of what was handed in nothing is known but its name: `self.manager` may be the `ProcessManager` of the file.
      if (types.length === 0) return own.filter((f) => f.owner !== null && isNamedFor(object.name, f.owner.name));
      return own.filter((f) => types.some((cls) => cls !== null && info.method(cls, e.name) === f));
    }
    if (object.kind === 'call' || object.kind === 'new') {
      const cls = info.typeOf(object)?.cls ?? null;
      const method = cls === null ? null : info.method(cls, e.name);
      return method === null ? [] : [method];
    }
    if (object.kind !== 'name') return [];
    const { ref } = object;
    if (
      ref.kind === 'variable'
        ? info.variableImports.has(ref.variable)
        : info.imports.has(refName(ref)) || !info.constantGlobals.has(refName(ref))
    )
      return [];
    const name = refName(ref);
    const cls = info.globalClasses.get(name);
    if (cls !== undefined) return own.filter((f) => info.method(cls, e.name) === f);
    const type = ref.kind === 'variable' ? info.variableTypes.get(ref.variable) : info.types.get(`g:${name}`);
    if (type?.cls != null) {
      const method = info.method(type.cls, e.name);
      return method === null ? [] : [method];
    }
    if (type?.type === 'Object') return own.filter((f) => info.objectOwners.get(f) === name);
    if (type?.type != null || containerMethod.test(e.name)) return own.filter((f) => info.objectOwners.get(f) === name);
    return own;
  };

  /** Own functions an expression may denote. */
  const denotes = (e: Expr): FunctionDef[] => {
    switch (e.kind) {
      case 'function':
        return [e.fn];
      case 'name': {
        const fn =
          e.ref.kind === 'variable'
            ? info.localFunctions.get(e.ref.variable)
            : e.ref.kind === 'global'
              ? info.globalFunctions.get(e.ref.name)
              : undefined;
        return fn === undefined ? [] : [fn];
      }
      case 'attr':
        if (e.name === 'bind') return denotes(e.object);
        return methodsOf(e);
      case 'call':
        // functools.partial(f, …), f.bind(x), and a decorator-like wrap(f)
        return [
          ...(e.callee.kind === 'attr' && e.callee.name === 'bind' ? denotes(e.callee.object) : []),
          ...(/(^|\.)partial$/.test(dottedName(e.callee)) && e.args[0] !== undefined ? denotes(e.args[0].value) : []),
        ];
      default:
        return [];
    }
  };

  for (const fn of info.module.functions) {
    const out = new Set<FunctionDef>();
    calls.set(fn, out);
    const settled = new Set<Expr>();
    const loops = loopSpans(fn);
    const many = (span: Span): boolean =>
      fn.kind === 'comprehension' ||
      loops.some((l) => span.start >= l.start && span.end <= l.end) ||
      (fn.kind === 'arrow' && fn.parent?.kind !== 'module' && isMapped(info, fn));
    const add = (kind: StartKind, entries: FunctionDef[], span: Span, label = ''): void => {
      if (entries.length > 0) starts.push({ kind, entries, span, by: fn, many: many(span), label });
    };
    const listed: FunctionDef[] = [];
    const visitor: Visitor = {
      stmt(s) {
        if (s.kind === 'return' && s.value !== null && fn.kind !== 'arrow' && fn.kind !== 'comprehension') settled.add(s.value);
      },
      expr(e) {
        if (e.kind === 'await' || (e.kind === 'yield' && e.value !== null)) {
          if (e.value !== null) settled.add(e.value);
          return;
        }
        if (e.kind === 'list' || e.kind === 'tuple')
          for (const item of e.items) if (item?.value.kind === 'name') listed.push(...denotes(item.value));
        if (e.kind === 'comprehension') {
          out.add(e.fn);
          return;
        }
        if (e.kind === 'new') {
          threadSubclass(e.callee, e.span, []);
          for (const f of constructorOf(e.callee)) out.add(f);
          for (const a of e.args) if (a.value.kind === 'function') out.add(a.value.fn);
          if (startedByName.test(info.qualified(e.callee) ?? ''))
            add(
              'handler',
              e.args.flatMap((a) => denotes(a.value)),
              e.span,
            );
          return;
        }
        if (e.kind === 'attr') {
          // A property is called by its name alone.
          for (const f of byName.get(e.name) ?? [])
            if (f.kind === 'getter' || f.decorators.some((d) => /property$/.test(dottedName(d)))) out.add(f);
          return;
        }
        if (e.kind !== 'call') return;
        const targets = denotes(e.callee);
        for (const t of targets) out.add(t);
        for (const f of constructorOf(e.callee)) out.add(f);
        threadSubclass(
          e.callee,
          e.span,
          e.args.map((a) => a.value),
        );
        const functionArgs = (): FunctionDef[] => e.args.flatMap((a) => denotes(a.value));
        if (info.language === 'python' && runsWhatItIsGiven(info, e, targets)) {
          add('thread', functionArgs(), e.span);
          return;
        }
        const name = info.qualified(e.callee);
        const method = e.callee.kind === 'attr' ? e.callee.name : '';
        const model = name === null ? null : info.models.ofCall(info.language, name);
        if (/^(asyncio\.run|.*\.run_until_complete|trio\.run|anyio\.run)$/.test(name ?? '') || method === 'run_until_complete')
          for (const a of e.args) settled.add(a.value);
        // f().then(…) is still not awaited, but f() here is the object of a chain.
        if (targets.some((t) => t.isAsync) && !settled.has(e))
          add(
            'task',
            targets.filter((t) => t.isAsync),
            e.span,
          );
        const isRegistration = e.callee.kind === 'attr' && (routeMethod.test(method) || listenMethod.test(method)) && !isContainer(info, e);
        if (!isRegistration) for (const a of e.args) if (a.value.kind === 'function') out.add(a.value.fn);
        // A callback that runs later: the caller does not wait for it.
        const runsLater =
          (/^(then|catch|finally)$/.test(method) && !settled.has(e)) ||
          (method === 'subscribe' && answersCall(info, e)) ||
          (model?.callbacks === 'later' && model.spawn === undefined);
        if (
          info.language === 'javascript' &&
          runsLater &&
          fn.kind !== 'module' &&
          !fn.isAsync &&
          e.args.some((a) => a.value.kind === 'function')
        )
          add('task', [fn], e.span);
        if (model?.spawn !== undefined) {
          const { argument, as } = model.spawn;
          const chosen =
            e.args.find((a, i) =>
              typeof argument === 'number' ? a.kind === 'positional' && i === argument : a.kind === 'keyword' && a.name === argument,
            ) ?? e.args[0];
          if (as !== 'task' && chosen !== undefined) {
            const named = denotes(chosen.value);
            // `for target in (worker, boss): Thread(target=target)`.
            add(as, named.length > 0 || chosen.value.kind !== 'name' ? named : listed, e.span);
          } else if (as === 'task') add('task', functionArgs(), e.span);
          else add(as, functionArgs(), e.span);
          return;
        }
        if (info.language === 'python') {
          if (
            /^(submit|map|apply_async|starmap|map_async|run_in_executor|call_soon|call_later|call_soon_threadsafe|start_soon|spawn|enterContext|to_thread|run_sync|add_job|call_at)$/.test(
              method,
            )
          ) {
            add(/^call_/.test(method) ? 'timer' : method === 'add_job' ? 'handler' : 'thread', functionArgs(), e.span);
          } else if (
            !(method === 'connect' && isUserInterface(info)) &&
            /^(add_handler|add_url_rule|add_route|add_api_route|connect|register|add_listener|subscribe|path|re_path|url|add_done_callback|serve_forever|start_server|on|add_event_handler|add_get|add_post|add_put|add_delete|serve)$/.test(
              method === '' ? (name ?? '') : method,
            )
          ) {
            add('handler', functionArgs(), e.span, labelOf(info, e));
          } else if (/^register_(?:function|instance)$/.test(method) && /ThreadingMixIn|Threading\w*Server/.test(info.module.text)) {
            add('handler', functionArgs(), e.span);
          } else if (/thread/i.test(method === '' ? (e.callee.kind === 'name' ? refName(e.callee.ref) : '') : method)) {
            add('thread', functionArgs(), e.span);
          }
          return;
        }
        if (
          (routeMethod.test(method) ||
            listenMethod.test(method) ||
            scriptListenMethod.test(method) ||
            startedByName.test(name ?? '') ||
            /^(createServer|serve|listen|handler|ws|command)$/.test(method)) &&
          e.args.some((a) => denotes(a.value).length > 0) &&
          !isContainer(info, e)
        ) {
          add('handler', functionArgs(), e.span, labelOf(info, e));
        } else if (isFlattening(e) && usesObservables(info)) {
          add('handler', functionArgs(), e.span);
        } else if (
          name !== null &&
          /(^|\.)(createServer|serve|useEffect|useLayoutEffect|useCallback|onMounted|watch|watchEffect)$/.test(name)
        )
          add('handler', functionArgs(), e.span, labelOf(info, e));
      },
    };
    const threadSubclass = (callee: Expr, span: Span, args: readonly Expr[]): void => {
      const cls = callee.kind === 'name' ? (info.globalClasses.get(refName(callee.ref)) ?? null) : null;
      if (cls?.bases.some((b) => /(^|\.)(Thread|Process|Timer)$/.test(dottedName(b))) !== true) return;
      const run = info.method(cls, 'run');
      // What it is handed it calls back.
      if (run !== null) add('thread', [run, ...args.flatMap(denotes)], span);
    };
    const constructorOf = (callee: Expr): FunctionDef[] => {
      const cls = callee.kind === 'name' ? info.globalClasses.get(refName(callee.ref)) : undefined;
      if (cls === undefined) return [];
      const meta = metaclassOf(info, cls);
      const called = meta === null ? null : info.method(meta, '__call__');
      const own = info.module.functions.filter(
        (f) => f.owner === cls && (f.kind === 'constructor' || /^__(init|new)__$/.test(f.name) || f.kind === 'initializer'),
      );
      return called === null ? own : [called, ...own];
    };
    visitFunction(fn, visitor);
    // Assigned handlers: `ws.onmessage = (event) => { … }`.
    if (info.language === 'javascript') {
      visitFunction(fn, {
        expr(e) {
          if (e.kind === 'assign' && e.target.kind === 'attr' && /^on[a-z]+$/.test(e.target.name)) {
            const entries = denotes(e.value);
            if (entries.length > 0) starts.push({ kind: 'handler', entries, span: e.span, by: fn, many: true, label: e.target.name });
          }
        },
      });
    }
    handlerByDecorator(info, fn, starts);
    // What goes by its name is what its decorators made of it.
    for (const d of fn.decorators) {
      const [made] = denotes(d.kind === 'call' ? d.callee : d);
      if (made !== undefined) for (const f of info.module.functions) if (isInside(f, made) && f !== made) out.add(f);
    }
  }
  for (const cls of info.module.classes) {
    // A service of gRPC: its methods are what is called from afar, by the server's threads.
    const isServicer = info.language === 'python' && cls.bases.some((b) => /Servicer$/.test(dottedName(b)));
    if (!isServicer && !cls.bases.some((b) => pythonHandlerBase.test(dottedName(b)))) continue;
    for (const f of info.module.functions) {
      if (
        f.owner === cls &&
        (isServicer
          ? /^[A-Za-z]/
          : /^(handle|do_[A-Z]+|get|post|put|patch|delete|list|create|update|retrieve|destroy|partial_update|perform_\w+|validate(?:_\w+)?|receive|receive_json|on_[a-z]+|data_received|dispatch)$/
        ).test(f.name)
      ) {
        starts.push({ kind: 'handler', entries: [f], span: f.nameSpan, by: info.module.body, many: true, label: `${cls.name}.${f.name}` });
      }
    }
  }

  const closure = new Map<FunctionDef, Set<FunctionDef>>();
  const reachable = (from: FunctionDef): Set<FunctionDef> => {
    const known = closure.get(from);
    if (known !== undefined) return known;
    const seen = new Set<FunctionDef>([from]);
    const work = [from];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      for (const to of calls.get(next) ?? []) {
        if (!seen.has(to)) {
          seen.add(to);
          work.push(to);
        }
      }
    }
    closure.set(from, seen);
    return seen;
  };
  const live = new Set(reachable(info.module.body));
  // What live code starts is live as well.
  for (let grew = true; grew; ) {
    grew = false;
    for (const s of starts) {
      if (!live.has(s.by) || s.kind === 'handler') continue;
      for (const entry of s.entries) {
        for (const f of reachable(entry)) {
          if (!live.has(f)) {
            live.add(f);
            grew = true;
          }
        }
      }
    }
  }
  const onlyAsProgram = new Set<FunctionDef>();
  const loaded = new Set<FunctionDef>([info.module.body]);
  for (const s of info.module.body.body) {
    const into = s.kind === 'if' && asksForProgram.test(info.text(s.test.span)) ? onlyAsProgram : loaded;
    visitStmt(s, {
      expr(e) {
        if (e.kind !== 'call' && e.kind !== 'new') return;
        for (const f of [...denotes(e.callee), ...e.args.flatMap((a) => denotes(a.value))]) for (const r of reachable(f)) into.add(r);
      },
    });
  }
  // What nobody saw being called at either place is taken to be called at load.
  for (const f of live) if (!onlyAsProgram.has(f)) loaded.add(f);
  return {
    starts,
    live,
    loaded,
    reaches: (from, to) => reachable(from).has(to),
    callers: (fn) => info.module.functions.filter((f) => calls.get(f)?.has(fn) === true),
  };
}

/** Toolkits whose handlers all run in the one thread of their event loop, one after the other. */
function isUserInterface(info: ModuleInfo): boolean {
  return [...info.imports.values()].some((name) => /^(?:tkinter|Tkinter|PyQt\d|PySide\d?|qtpy|gi|gtk|wx|kivy)(?:\.|$)/.test(name));
}

/** What a method is called by, outside its class as well: `__run` of `Pool` is `_Pool__run`. */
export function attributeName(fn: FunctionDef): string {
  const isHidden = fn.owner !== null && /^__.*(?<!__)$/.test(fn.name);
  return isHidden ? `_${fn.owner?.name.replace(/^_+/, '') ?? ''}${fn.name}` : fn.name;
}

/** Classes that call back from a thread of their own once they are started, by their names; not those of user interfaces. */
const startedClass = /^(?!Q[A-Z])[A-Z]\w*(?:Thread|Watcher|Watchdog|Monitor|Observer|Poller|Heartbeat|Debouncer|Worker|Timer)$/;

/**
 * `ProcessWatcher(process, self.restarted)`, which is started, and a function of the file that starts a thread which runs what
 * it is given: `self.in_background(self.poll)`.
 */
function runsWhatItIsGiven(info: ModuleInfo, e: Extract<Expr, { kind: 'call' }>, targets: readonly FunctionDef[]): boolean {
  if (targets.some((fn) => startsParameter(info, fn))) return true;
  const name = dottedName(e.callee).split('.').pop() ?? '';
  return startedClass.test(name) && /\.start\(\)/.test(info.module.text);
}

/** Is a parameter of the function what a thread runs that it starts? */
function startsParameter(info: ModuleInfo, fn: FunctionDef): boolean {
  const names = new Set(fn.params.map((p) => p.name));
  const isStarted = info.language === 'python' && /\.start\(\)/.test(info.text(fn.span));
  let found = false;
  visitFunction(fn, {
    expr(e) {
      if (e.kind !== 'call') return;
      const name = info.qualified(e.callee);
      const spawn = name === null ? undefined : info.models.ofCall(info.language, name)?.spawn;
      // `make_thread(target=target)` and `.start()`: whatever makes threads here takes what they run as `threading.Thread` does.
      if (name === null || spawn === undefined)
        found ||=
          isStarted &&
          e.args.some((a) => a.kind === 'keyword' && a.name === 'target' && a.value.kind === 'name' && names.has(refName(a.value.ref)));
      if (spawn === undefined || (spawn.as !== 'thread' && spawn.as !== 'process')) return;
      const given = e.args.find((a, i) => (a.kind === 'keyword' ? a.name === spawn.argument : i === spawn.argument)) ?? e.args[0];
      found ||= given?.value.kind === 'name' && names.has(refName(given.value.ref));
    },
  });
  return found;
}

/** `if __name__ == '__main__':`, `if (require.main === module)`: the module is the program. */
const asksForProgram = /__name__\s*==|require\.main\s*===|import\.meta\.(main|url)\b|process\.argv\[1\]/;

function loopSpans(fn: FunctionDef): Span[] {
  const spans: Span[] = [];
  visitFunction(fn, {
    stmt(s) {
      if (s.kind === 'while' || s.kind === 'for' || s.kind === 'forEach') spans.push(s.span);
    },
  });
  return spans;
}

/** An arrow handed to map/forEach/Array.from. */
function isMapped(info: ModuleInfo, fn: FunctionDef): boolean {
  const before = info.module.text.slice(Math.max(0, fn.span.start - 40), fn.span.start);
  return /(map|forEach|flatMap|from|times)\s*\([^()]*$/.test(before) || /Array\.from\(/.test(before);
}

function isContainer(info: ModuleInfo, e: Extract<Expr, { kind: 'call' }>): boolean {
  return e.callee.kind === 'attr' && info.typeOf(e.callee.object) !== null;
}

function labelOf(info: ModuleInfo, e: Extract<Expr, { kind: 'call' }>): string {
  const [first] = e.args;
  const method = e.callee.kind === 'attr' ? e.callee.name : '';
  const what = first?.value.kind === 'const' && first.value.value.type === 'string' ? first.value.value.value : '';
  if (what === '') return '';
  return routeMethod.test(method) ? `${method.toUpperCase()} ${what}` : what;
}

/** `@app.callback(Output('graph', 'figure'), …)`: Dash calls it for each change in a browser, from threads of the server. */
function isDashCallback(info: ModuleInfo, d: Expr): boolean {
  return (
    /(^|\.)callback$/.test(dottedName(d)) &&
    d.kind === 'call' &&
    /^[[(\s]*(?:\w+\.)?Output\(/.test(info.text(d.args[0]?.value.span ?? d.span))
  );
}

function handlerByDecorator(info: ModuleInfo, fn: FunctionDef, starts: Start[]): void {
  for (const d of fn.decorators) {
    const name = dottedName(d);
    const last = name.split('.').pop() ?? name;
    const isPython = info.language === 'python';
    const isHandler = isPython
      ? (name.includes('.') && (routeMethod.test(last) || listenMethod.test(last))) ||
        /^(route|view|task|shared_task|api_view|login_required|require_http_methods|csrf_exempt|action|receiver|celery|listener|command)$/.test(
          last,
        )
      : /^(Get|Post|Put|Patch|Delete|All|Sse|MessagePattern|EventPattern|SubscribeMessage|OnEvent|Cron|Interval|Query|Mutation|Process|EventListener|HostListener)$/.test(
          last,
        );
    if (!isHandler && !isDashCallback(info, d)) continue;
    const argument = d.kind === 'call' ? d.args[0]?.value : undefined;
    const what = argument?.kind === 'const' && argument.value.type === 'string' ? ` ${argument.value.value}` : '';
    starts.push({ kind: 'handler', entries: [fn], span: fn.nameSpan, by: info.module.body, many: true, label: `${last}${what}` });
    return;
  }
  // Next.js route handlers and API routes, cloud functions.
  if (
    info.language === 'javascript' &&
    fn.exported &&
    fn.parent?.kind === 'module' &&
    /^(GET|POST|PUT|PATCH|DELETE|handler|middleware|loader|action)$/.test(fn.name)
  ) {
    starts.push({ kind: 'handler', entries: [fn], span: fn.nameSpan, by: info.module.body, many: true, label: fn.name });
  }
  // An application of WSGI, which servers call from as many threads as they like.
  if (info.language === 'python' && (fn.parent?.kind === 'module' || fn.name === '__call__') && isWsgi(fn))
    starts.push({
      kind: 'handler',
      entries: [fn],
      span: fn.nameSpan,
      by: info.module.body,
      many: true,
      label: `${fn.qualifiedName}, WSGI`,
    });
  // Django views: the first parameter is the request.
  if (
    info.language === 'python' &&
    fn.parent?.kind === 'module' &&
    fn.owner === null &&
    fn.params[0]?.name === 'request' &&
    !fn.name.startsWith('_')
  ) {
    starts.push({ kind: 'handler', entries: [fn], span: fn.nameSpan, by: info.module.body, many: true, label: fn.name });
  }
}

/** `def __call__(self, environ, start_response)` */
function isWsgi(fn: FunctionDef): boolean {
  const [environ, respond] = fn.params.slice(fn.owner === null ? 0 : 1);
  return /^env(iron)?$/.test(environ?.name ?? '') && respond?.name === 'start_response' && !fn.isAsync;
}

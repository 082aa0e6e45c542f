/** What synthesised drivers use: `concurrently(f, g, …)`, `opaque(name)`; and helpers of the prelude (`__rr_…`). */
import type { Instruction } from '../../code.ts';
import { STOP, Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { DONE, Opaque, type Value } from '../../values.ts';
import { isCallable } from '../calls.ts';
import { iterate, next, prelude } from '../iteration.ts';
import { formatLog, inspect } from '../inspect.ts';
import { callOnFiber, holds, runCallback, schedule } from '../loop.ts';
import { chain, newArray, newNative, newObject, newPromise, put, throwError } from '../objects.ts';
import { newOpaque, opaqueTruth, present } from '../opaque.ts';
import { fulfil, reject, resolvePromise, subscribe } from '../promises.ts';
import { state } from '../state.ts';
import { changedItems, textOf } from '../unknown-json.ts';
import { Flag, JsArray, JsFunction, FileMap, JsObject, JsPromise, JsRegExp, JsSymbol, Property, StoredContext } from '../values.ts';
import { materialise, setValueProperty } from '../properties.ts';
import { abortCalls, answerOf } from '../external.ts';
import { isArray, reorder, self } from './array.ts';
import { global, methods } from './define.ts';
import { allMatches } from './regexp.ts';
import { callbackLane } from './timers.ts';

const nodeModules =
  /^(assert|assert\/strict|async_hooks|buffer|events|fs|fs\/promises|path|path\/posix|perf_hooks|process|timers|timers\/promises|util|tslib)$/;

/** Where in the program the state of components was made. */
const madeBy = new WeakMap<JsObject, Instruction | null>();

/** A module's object, and plain objects in it (`util.types`), have parts that are not told of: these are unknown. */
function goesOn(m: Machine, o: JsObject, name: string): void {
  o.rest ??= present(m, name);
  for (const [key, { value }] of o.properties)
    if (value instanceof JsObject && value.proto === state(m).intrinsics.Object && value.rest === null)
      goesOn(m, value, `${name}.${typeof key === 'string' ? key : ''}`);
}

export function installHarness(m: Machine): void {
  const s = state(m);
  methods(m, s.globalObject, {
    concurrently: [0, (n, _t, functions) => concurrently(n, functions)],
    /** A React component that is rendered: `render(props)`, `set(state, value)`, `unmount()`. */
    mount: [2, (n, _t, args) => prelude(n, 'mount', args)],
    opaque: [
      1,
      (n, _t, [name]) => {
        const made = newOpaque(n, typeof name === 'string' ? name : 'unknown');
        made.definite = true;
        made.root = true;
        return made;
      },
    ],
  });
  methods(m, s.globalObject, {
    /** The event comes, once, that the listener which begins at a 1-based line and column waits for. */
    comes: [
      2,
      (n, _t, [line, column]) => {
        const s = state(n);
        n.trail.set(s, 'events', [...s.events, { line: Number(line), column: Number(column) }]);
        return undefined;
      },
    ],
    functionAt: [
      2,
      (n, _t, [line, column]) =>
        n.functionAt(Number(line), Number(column)) ??
        throwError(n, 'ReferenceError', `no function begins at line ${String(line)}, column ${String(column)}`),
    ],
  });
  const helpers: Record<string, JsFunction['native'] & object> = {
    /** Copies methods to a target as built-ins are: not enumerable. */
    __rr_define: (n, _t, [target, source]) => {
      if (!(target instanceof JsObject) || !(source instanceof JsObject)) return undefined;
      if (target instanceof JsFunction) materialise(n, target);
      for (const [k, p] of source.properties) {
        target.properties.set(
          k,
          new Property(p.value, p.flags & Flag.Accessor ? Flag.Configurable | Flag.Accessor : Flag.Hidden, p.getter, p.setter),
        );
      }
      return undefined;
    },
    __rr_global: (n, _t, [name, value]) => {
      global(n, String(name), value);
      return undefined;
    },
    __rr_module: (n, _t, [name, value]) => {
      state(n).models.set(String(name), value);
      // Node's own modules have more in them than their models.
      if (nodeModules.test(String(name)) && value instanceof JsObject) goesOn(n, value, String(name));
      return undefined;
    },
    /** A class that may also be called, as constructors of before classes were. */
    __rr_callable: (_n, _t, [f]) => {
      if (f instanceof JsFunction) f.isClass = false;
      return undefined;
    },
    /** Where the virtual file system keeps what it holds, which is part of the outcome. */
    __rr_files: (n) => {
      const files = n.adopt(new FileMap(state(n).intrinsics.Map, 'Map'));
      n.share(files);
      n.observed.set('files', files);
      return files;
    },
    __rr_fileKnown: (_n, _t, [files, path]) => files instanceof FileMap && files.index.has(path),
    /** What was at a path before the program began: found out now, not changed now. */
    __rr_fileWas: (n, _t, [files, path, node]) => {
      if (!(files instanceof FileMap)) return undefined;
      n.trail.mapSet(files.initial, path, node);
      n.trail.mapSet(files.index, path, files.entries.length);
      n.trail.push(files.entries, { key: path, value: node });
      n.trail.set(files, 'size', files.size + 1);
      n.escape(files, node);
      return undefined;
    },
    /** An unknown value as a JSON text has it, and what the program put into it. */
    __rr_unknownText: (n, _t, [v]) => (v instanceof Opaque ? textOf(n, v) : undefined),
    __rr_unknownItems: (n, _t, [v]) => (v instanceof Opaque ? changedItems(n, v) : undefined),
    /** A component's state: every turn can reach it. */
    __rr_state: (n, _t, [value]) => {
      const o = newObject(n);
      put(o, 'value', value);
      n.share(o);
      madeBy.set(o, n.ownInstruction());
      return o;
    },
    /** What runs next has a copy of the state, as the last render took it. */
    __rr_copied: (n, _t, [o]) => {
      const by = o instanceof JsObject ? madeBy.get(o) : undefined;
      if (o instanceof JsObject && by !== undefined) n.readAsCopied(by, o, 'value', o.properties.get('value')?.value);
      return undefined;
    },
    /** Calls of the unknown that make what is shown are no event. */
    __rr_rendering: (n, _t, [on]) => {
      n.trail.set(state(n), 'rendering', on === true);
      return undefined;
    },
    /** An object that a library keeps to itself, and that is part of the outcome. */
    __rr_kept: (n, _t, [what]) => {
      const o = newObject(n);
      n.share(o);
      n.trail.mapSet(n.observed, `${String(what)} ${String(o.id)}`, o);
      return o;
    },
    __rr_assign: (n, _t, [o, value]) => chain(n, setValueProperty(n, o, 'value', value), () => undefined),
    /** The name that state is given, as the source has it: `const [query, setQuery] = useState('')`, `const query = ref('')`. */
    __rr_nameState: (n, _t, [o]) => {
      const at = n.where();
      const text = at ? at.module.text.slice(Math.max(0, at.span.start - 80), at.span.start) : '';
      const found = /(?:\[\s*([\w$]+)\s*,?[^\]]*\]|(?:const|let)\s+([\w$]+))\s*(?::[^=]*)?=\s*(?:\w+\.)?$/.exec(text);
      const name = found?.[1] ?? found?.[2] ?? 'state';
      if (o instanceof JsObject) o.label = name;
      return name;
    },
    __rr_opaque: (n, _t, [name]) => newOpaque(n, String(name)),
    __rr_inspect: (n, _t, [v]) => inspect(n, v),
    __rr_format: (n, _t, args) => formatLog(n, args),
    /** A question about the world at the start: no or yes, asked once. */
    __rr_choose: (n, _t, [key, what]) => {
      const answer = n.chooseOnce(String(key), String(what), ['no', 'yes']);
      return answer < 0 ? STOP : answer === 1;
    },
    /** Runs an operation of the outside world in a turn of its own and settles the promise it gives. */
    __rr_io: (n, _t, [operation]) => {
      const lane = n.fiber?.lane ?? n.process.lane;
      const p = newPromise(n);
      const worksFor = n.errand();
      const settle = (value: Value, failed: boolean): void => {
        if (failed) reject(n, p, value);
        else resolvePromise(n, p, value);
      };
      schedule(n, {
        kind: 'io',
        lane,
        delay: 0,
        holds: [operation, p],
        callback: () => callOnFiber(n, lane, operation, undefined, [], settle, worksFor),
      });
      return p;
    },
    __rr_ioCallback: (n, _t, [operation]) => {
      const lane = callbackLane(n, operation, 'callback');
      const worksFor = n.errand();
      schedule(n, { kind: 'io', lane, delay: 0, holds: [operation], callback: () => runCallback(n, lane, operation, [], worksFor) });
      return undefined;
    },
    __rr_isPlainArray: (_n, _t, [v]) => v instanceof JsArray,
    __rr_isArray: (_n, _t, [v]) => v instanceof JsArray || isArray(v),
    __rr_isCallable: (_n, _t, [v]) => isCallable(v),
    __rr_isObject: (_n, _t, [v]) => v instanceof JsObject,
    __rr_isOpaque: (_n, _t, [v]) => v instanceof Opaque,
    __rr_isDriven: (n) => n.isDriven(),
    /** Something unknown that a call gave. */
    __rr_isAnswer: (_n, _t, [v]) => v instanceof Opaque && v.from?.kind === 'call',
    __rr_isSymbol: (_n, _t, [v]) => v instanceof JsSymbol,
    __rr_isRegExp: (_n, _t, [v]) => v instanceof JsRegExp,
    __rr_typeError: (n, _t, [message]) => throwError(n, 'TypeError', String(message)),
    __rr_show: (n, _t, [v]) => n.ops.show(v),
    /** Elements of an array after a sort, put back in one step. */
    __rr_reorder: (n, _t, [a, items]) => {
      reorder(n, self(n, a), (items as JsArray).items);
      return a;
    },
    __rr_iterate: (n, _t, [v]) => iterate(n, v, false),
    /** The next value, or the marker `__rr_done`. */
    __rr_next: (n, _t, [it]) => chain(n, next(n, it), (_, v) => (v === DONE ? DONE : v)),
    __rr_external: (n, _t, [name, o, handler]) => answerOf(n, String(name), o, handler),
    __rr_aborted: (n, _t, [signal, reason]) => {
      abortCalls(n, signal, reason);
      return undefined;
    },
    __rr_truth: (n, _t, [v]) => (v instanceof Opaque ? opaqueTruth(n, v) : n.ops.truth(n, v)),
    /** What an AsyncLocalStorage holds, and holds from now on; everything that is put off from here may reach it. */
    __rr_stored: (n, _t, [storage]) => state(n).stored?.values.get(storage),
    __rr_store: (n, _t, [storage, value]) => {
      n.share(value);
      holds(n, n.adopt(new StoredContext(new Map([...(state(n).stored?.values ?? []), [storage, value]]))));
      return undefined;
    },
    /** The same of all of them, to be kept and put back. */
    __rr_storedAll: (n) => state(n).stored ?? undefined,
    __rr_storeAll: (n, _t, [kept]) => {
      holds(n, kept instanceof StoredContext ? kept : null);
      return undefined;
    },
    __rr_unsupported: (_n, _t, [what]) => {
      throw new Unsupported(String(what));
    },
    /** Matches of a pattern as arrays [position, whole, ...groups] for replace with a function. */
    __rr_matches: (n, _t, [text, pattern, all]) =>
      newArray(
        n,
        allMatches(n, String(text), pattern, all === true).map((x) => {
          const groups = x.groups ? [groupsObject(n, x.groups)] : [];
          return newArray(n, [
            x.index ?? 0,
            String(x[0]),
            newArray(n, [...[...x].map((g) => g as Value), x.index ?? 0, String(text), ...groups]),
          ]);
        }),
      ),
  };
  for (const [name, native] of Object.entries(helpers)) s.prelude.set(name, newNative(m, name, 0, native));
  s.prelude.set('__rr_done', DONE);
  s.prelude.set('__rr_promisify', s.symbols.promisify);
}

function groupsObject(m: Machine, groups: Record<string, string>): Value {
  const o = m.adopt(new JsObject(null));
  for (const [k, v] of Object.entries(groups)) put(o, k, v as Value);
  return o;
}

/** Calls every function in a turn of its own, arriving in any order; settled when all have ended. */
function concurrently(m: Machine, functions: readonly Value[]): Value {
  const all = newPromise(m);
  const remaining = newArray(m, [functions.length]);
  const s = state(m);
  if (functions.length === 0) fulfil(m, all, undefined);
  // Callers come some time after what they meet was made.
  else if (m.isDriven()) m.trail.set(s, 'now', s.now + 1);
  functions.forEach((f) => {
    const base = f instanceof JsFunction && f.name !== '' ? f.name : `request`;
    const n = (s.callNumbers.get(`lane ${base}`) ?? 0) + 1;
    m.trail.mapSet(s.callNumbers, `lane ${base}`, n);
    const lane = m.createLane(functions.length > 1 || n > 1 ? `${base} #${n}` : base, 'request');
    const finished = (k: Machine): void => {
      const left = (remaining.items[0] as number) - 1;
      // One counter for all: whoever ends last settles the promise.
      k.sync(remaining, 'count', 'ended', 0, 0);
      k.trail.arraySet(remaining.items, 0, left);
      if (left === 0) fulfil(k, all, undefined);
    };
    const failed = (k: Machine, reason: Value): void => {
      k.fail(reason, k.ops.exceptionMatches(k, reason, 'AssertionError') ? 'assertion' : 'exception');
      finished(k);
    };
    schedule(m, {
      kind: 'io',
      lane,
      delay: 0,
      holds: [f, all, remaining],
      callback: () =>
        callOnFiber(m, lane, f, undefined, [], (value, threw) => {
          if (threw) failed(m, value);
          else if (value instanceof JsPromise) {
            const onEnd = newNative(m, '', 1, (k, _t, [given]) => {
              k.gave(given);
              finished(k);
              return undefined;
            });
            const onFail = newNative(m, '', 1, (k, _t, [reason]) => {
              failed(k, reason);
              return undefined;
            });
            subscribe(m, value, onEnd, onFail, null);
          } else {
            m.gave(value);
            finished(m);
          }
        }),
    });
  });
  return all;
}

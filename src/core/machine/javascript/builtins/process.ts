/** The `process` object, `performance`, structuredClone and other names of Node's global object. */
import { PUSHED, Raise, Unsupported } from '../../language.ts';
import type { Machine } from '../../machine.ts';
import { Opaque, type Value } from '../../values.ts';
import { JsBuffer, JsView, prototypeOfKind, readCells } from '../binary/store.ts';
import { isCallable } from '../calls.ts';
import { callOnFiber, enqueueTick, ProcessExit, uncaught } from '../loop.ts';
import { toText } from '../convert.ts';
import { chain, isObject, makeError, newArray, newMap, newObject, put, throwError } from '../objects.ts';
import { newOpaque, present } from '../opaque.ts';
import { enumerableKeys, getProperty } from '../properties.ts';
import { state } from '../state.ts';
import { Flag, HOLE, JsArray, JsDate, JsFunction, JsMap, JsObject, JsPromise, JsRegExp, JsSymbol } from '../values.ts';
import { mapSet } from './collections.ts';
import { virtualNow, epoch } from './date.ts';
import { global, methods } from './define.ts';
import { makeRegExp } from './regexp.ts';

export function installProcess(m: Machine): void {
  const s = state(m);
  const process = newObject(m);
  put(process, 'env', newOpaque(m, 'process.env'));
  put(process, 'argv', newArray(m, ['node', 'script']));
  put(process, 'pid', 1);
  put(process, 'platform', 'linux');
  put(process, 'version', 'v20.0.0');
  const versions = newObject(m);
  put(versions, 'node', '20.0.0');
  versions.rest = present(m, 'process.versions');
  put(process, 'versions', versions);
  put(process, 'arch', 'x64');
  put(process, 'execArgv', newArray(m, []));
  put(process, 'title', 'node');
  // It has more in it than is told here.
  process.rest = present(m, 'process');
  put(process, 'exitCode', undefined);
  const stream = (name: string): JsObject => {
    const o = newObject(m);
    methods(m, o, {
      write: [
        1,
        (n, _t, [text]) => {
          n.print(typeof text === 'string' ? text.replace(/\n$/, '') : n.ops.show(text));
          return true;
        },
      ],
    });
    put(o, 'isTTY', name === '');
    o.rest = present(m, `process.${name}`);
    return o;
  };
  const release = newObject(m);
  put(release, 'name', 'node');
  put(process, 'release', release);
  put(process, 'execPath', '/usr/bin/node');
  put(process, 'stdout', stream('stdout'));
  put(process, 'stderr', stream('stderr'));
  methods(m, process, {
    nextTick: [
      1,
      (n, _t, [f, ...args]) => {
        if (!isCallable(f))
          throw new Raise(
            makeError(
              n,
              'TypeError',
              `The "callback" argument must be of type function. Received ${f === undefined ? 'undefined' : n.ops.show(f)}`,
              'ERR_INVALID_ARG_TYPE',
            ),
          );
        const lane = n.fiber?.lane ?? n.process.lane;
        enqueueTick(n, lane, () =>
          callOnFiber(n, lane, f, undefined, args, (value, failed) => {
            if (failed) uncaught(n, value);
          }),
        );
        return undefined;
      },
    ],
    on: [
      2,
      (n, t, [event]) => {
        if (event === 'uncaughtException' || event === 'unhandledRejection')
          n.noteBound('unknown code', `what is listened to with process.on('${event}') is not called`);
        n.assume('events of the process (signals, exit) do not happen');
        return t;
      },
    ],
    once: [2, (_n, t) => t],
    off: [2, (_n, t) => t],
    emitWarning: [1, () => undefined],
    cwd: [0, () => '/'],
    uptime: [0, (n) => (virtualNow(n) - epoch) / 1000],
    memoryUsage: [0, (n) => newOpaque(n, 'process.memoryUsage()')],
    exit: [
      1,
      () => {
        throw new ProcessExit();
      },
    ],
  });
  const hrtime = process.properties;
  methods(m, process, {
    hrtime: [1, (n) => newArray(n, [Math.floor((virtualNow(n) - epoch) / 1000), ((virtualNow(n) - epoch) % 1000) * 1e6])],
  });
  const f = hrtime.get('hrtime')?.value;
  if (f instanceof JsFunction) methods(m, f, { bigint: [0, (n) => BigInt(virtualNow(n) - epoch) * 1_000_000n] });
  global(m, 'process', process);
  const performance = newObject(m);
  methods(m, performance, { now: [0, (n) => virtualNow(n) - epoch], mark: [1, () => undefined], measure: [1, () => undefined] });
  put(performance, 'timeOrigin', epoch);
  performance.rest = present(m, 'performance');
  global(m, 'performance', performance);
  methods(m, s.globalObject, {
    structuredClone: [
      1,
      (n, _t, [v, options]) => {
        if (isObject(options) && options.properties.has('transfer')) throw new Unsupported('structuredClone that transfers');
        return clone(n, v, new Map());
      },
    ],
    encodeURIComponent: [1, (n, _t, [v]) => uri(n, encodeURIComponent, v)],
    decodeURIComponent: [1, (n, _t, [v]) => uri(n, decodeURIComponent, v)],
    encodeURI: [1, (n, _t, [v]) => uri(n, encodeURI, v)],
    decodeURI: [1, (n, _t, [v]) => uri(n, decodeURI, v)],
  });
  for (const name of [
    'URL',
    'URLSearchParams',
    'Headers',
    'Request',
    'Response',
    'FormData',
    'Blob',
    'window',
    'document',
    'localStorage',
    'sessionStorage',
    'navigator',
    'location',
    'history',
    'WebSocket',
    'Worker',
    'Intl',
    'MessageChannel',
    'BroadcastChannel',
    'crypto',
  ]) {
    global(m, name, present(m, name));
  }
}

function uri(m: Machine, convert: (text: string) => string, v: Value): Value {
  return chain(m, toText(m, v), (n, text) => {
    try {
      return convert(text as string);
    } catch {
      throwError(n, 'URIError', 'URI malformed');
    }
  });
}

/** The structured clone algorithm, for data. */
function clone(m: Machine, v: Value, seen: Map<JsObject, JsObject>): Value {
  if (!(v instanceof JsObject)) {
    if (v instanceof JsSymbol) throw new Raise(dataCloneError(m, `${m.ops.show(v)} could not be cloned.`));
    return v;
  }
  const known = seen.get(v);
  if (known) return known;
  if (v instanceof JsFunction || v instanceof JsPromise)
    throw new Raise(
      dataCloneError(
        m,
        `${v instanceof JsPromise ? '#<Promise>' : (m.ops.call(m, state(m).intrinsics.Function.properties.get('toString')?.value, v, [], null) as string)} could not be cloned.`,
      ),
    );
  if (v instanceof JsDate) {
    const copy = m.adopt(new JsDate(state(m).intrinsics.Date, v.time));
    copy.unknown = v.unknown;
    return copy;
  }
  if (v instanceof JsRegExp) return makeRegExp(m, v.regexp.source, v.regexp.flags);
  if (v instanceof JsArray) {
    const a = newArray(m, []);
    seen.set(v, a);
    v.items.forEach((x, i) => a.items.push(x === HOLE ? HOLE : clone(m, getProperty(m, v, String(i), v), seen)));
    return a;
  }
  if (v instanceof JsMap) {
    const map = newMap(m, v.className === 'Set' ? 'Set' : 'Map');
    seen.set(v, map);
    for (const e of v.entries) if (e) mapSet(m, map, clone(m, e.key, seen), clone(m, e.value, seen));
    return map;
  }
  if (v instanceof JsBuffer || v instanceof JsView) return cloneBinary(m, v, seen);
  if (v instanceof Opaque) return v;
  if (['Number', 'String', 'Boolean', 'BigInt'].includes(v.className) && v.slot !== undefined) {
    const boxed = newObject(m, v.proto);
    boxed.className = v.className;
    boxed.slot = v.slot;
    return boxed;
  }
  const o = newObject(m, v.className === 'Error' ? v.proto : state(m).intrinsics.Object);
  o.className = v.className === 'Error' ? 'Error' : 'Object';
  seen.set(v, o);
  if (v.className === 'Error')
    for (const k of ['stack', 'message', 'cause']) if (v.properties.has(k)) put(o, k, clone(m, getProperty(m, v, k, v), seen), Flag.Hidden);
  for (const k of enumerableKeys(m, v)) {
    const x = getProperty(m, v, k, v);
    if (x === PUSHED) throw new Unsupported('structuredClone of an object with getters');
    put(o, k, clone(m, x, seen));
  }
  return o;
}

/** Views of one buffer are views of one copy of it. */
function cloneBinary(m: Machine, v: JsBuffer | JsView, seen: Map<JsObject, JsObject>): Value {
  const known = seen.get(v);
  if (known) return known;
  let copy: JsObject;
  if (v instanceof JsBuffer && v.className !== 'ArrayBuffer') throw new Unsupported(`structuredClone of a ${v.className}`);
  if (v instanceof JsBuffer) copy = m.adopt(new JsBuffer(state(m).intrinsics.ArrayBuffer, readCells(m, v, 0, v.cells.length)));
  else {
    const buffer = cloneBinary(m, v.buffer, seen) as JsBuffer;
    const proto = v.kind === null ? state(m).intrinsics.DataView : prototypeOfKind(m, v.kind);
    copy = m.adopt(new JsView(proto, v.kind, buffer, v.byteOffset, v.byteLength));
    if (v.buffer.holder === v) [buffer.holder, buffer.grain] = [copy, v.buffer.grain];
  }
  seen.set(v, copy);
  return copy;
}

function dataCloneError(m: Machine, message: string): Value {
  const e = makeError(m, 'Error', message);
  put(e, 'name', 'DataCloneError', Flag.Hidden);
  put(e, 'code', 25);
  return e;
}

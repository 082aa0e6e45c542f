/**
 * The controller for Node, as CommonJS source. Timers and promised timers end in the witness's order,
 * one after another, each only when everything that was ready has run.
 */
export const nodeController = String.raw`
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const util = require('node:util');
const Module = require('node:module');
const plan = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const name = 'Node ' + process.versions.node;
const real = { setTimeout, setImmediate, exit: process.exit.bind(process) };
let done = false;
function report(confirmed, detail) {
  if (done) return;
  done = true;
  fs.writeSync(1, '\x1erace-replay ' + JSON.stringify({ confirmed, interpreter: name, detail }) + '\n');
  real.exit(0);
}
// What the program prints is not the result.
for (const key of ['log', 'info', 'debug']) console[key] = (...args) => process.stderr.write(util.format(...args) + '\n');
process.stdout.write = (...args) => process.stderr.write(...args);
process.exit = () => { finishing = true; };

const expectsException = ['exception', 'assertion', 'order-violation', 'every-order'].includes(plan.violation.kind);
const raised = [];
process.on('uncaughtException', (e) => raised.push(e));
process.on('unhandledRejection', (e) => raised.push(e));

let finishing = false;
let waiting = [];
const counts = new Map();
let next = 0;
let idle = 0;
let settled = 0;

/** Lines of the user's file on the stack, innermost first. */
function linesHere() {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const stack = new Error().stack || '';
  Error.stackTraceLimit = limit;
  const out = [];
  for (const line of stack.split('\n')) {
    const at = line.lastIndexOf(plan.path + ':');
    if (at >= 0) out.push(parseInt(line.slice(at + plan.path.length + 1), 10));
  }
  return out;
}

/** Holds a completion back until its turn. */
function hold(complete) {
  const lines = linesHere();
  const places = lines.map((line) => {
    const ordinal = counts.get(line) || 0;
    counts.set(line, ordinal + 1);
    return line + ':' + ordinal;
  });
  const entry = { places, complete };
  waiting.push(entry);
  return entry;
}

function pump() {
  if (done) return;
  // Endless loops wait again and again; the witness ends with its last resumption.
  if (next > 0 && next >= plan.resumptions.length) return ++settled > 3 ? judge() : void real.setTimeout(pump, 0);
  let chosen = null;
  while (next < plan.resumptions.length && !chosen && waiting.length > 0) {
    const want = plan.resumptions[next].line + ':' + plan.resumptions[next].ordinal;
    chosen = waiting.find((w) => w.places.includes(want)) || null;
    next++;
  }
  chosen = chosen || waiting[0] || null;
  if (chosen) {
    idle = 0;
    waiting = waiting.filter((w) => w !== chosen);
    chosen.complete();
  } else if (++idle > 20 || finishing) return judge();
  real.setTimeout(pump, idle > 3 ? 2 : 0);
}

class Timer {
  constructor(entry) { this.entry = entry; }
  ref() { return this; }
  unref() { return this; }
  hasRef() { return true; }
  refresh() { return this; }
  close() { cancel(this); return this; }
  [Symbol.toPrimitive]() { return 1; }
}
function cancel(timer) {
  if (timer instanceof Timer) waiting = waiting.filter((w) => w !== timer.entry);
}
global.setTimeout = (f, ms, ...args) => new Timer(hold(() => f(...args)));
global.setTimeout[util.promisify.custom] = (ms, value) => new Promise((resolve) => hold(() => resolve(value)));
global.setImmediate = (f, ...args) => new Timer(hold(() => f(...args)));
global.clearTimeout = global.clearImmediate = cancel;
const timers = require('node:timers');
Object.assign(timers, { setTimeout: global.setTimeout, setImmediate: global.setImmediate, clearTimeout: cancel, clearImmediate: cancel });
const promised = require('node:timers/promises');
promised.setTimeout = (ms, value) => new Promise((resolve) => hold(() => resolve(value)));
promised.setImmediate = (value) => new Promise((resolve) => hold(() => resolve(value)));
Module.syncBuiltinESMExports();

/** What nobody knows: a function whose calls end when the witness says. */
function opaque(label) {
  const f = function () { return new Promise((resolve) => hold(() => resolve(Object.assign(Object.create(null), { unknown: label })))); };
  Object.defineProperty(f, 'name', { value: String(label) });
  return f;
}
function concurrently(...functions) {
  return Promise.all(functions.map((f) => {
    try {
      return Promise.resolve(f()).catch((e) => { raised.push(e); });
    } catch (e) {
      raised.push(e);
      return undefined;
    }
  }));
}
Object.assign(global, { __raceReplayFailed: (e) => { raised.push(e); }, opaque, concurrently, functionAt() { throw new Error('functionAt is not available on Node'); }, comes() { throw new Error('comes is not available on Node'); }, mount() { throw new Error('mount is not available on Node'); }, emit() { throw new Error('emit is not available on Node'); } });

const scopes = [];
function load(text, filename, request) {
  const m = new Module(filename, null);
  m.filename = filename;
  m.paths = Module._nodeModulePaths(path.dirname(filename));
  const own = m.require.bind(m);
  m.require = (id) => (id === 'target' && request ? request : own(id));
  // The module's own names, for the comparison at the end.
  const map = /\n\/\/# sourceMappingURL=\S+\s*$/.exec(text);
  const tail = '\n;globalThis.__raceReplayScope = (n) => eval(n);';
  const body = map ? text.slice(0, map.index) : text;
  // A driver awaits at its top level; the head stays on the first line, so that lines keep their numbers.
  const whole = request ? '(async () => {' + tail.replace('\n', '') + body + '\n})().catch((e) => globalThis.__raceReplayFailed(e));' : body + tail;
  const code = map ? whole + map[0] : whole;
  const before = global.__raceReplayScope;
  m._compile(code, filename);
  const scope = global.__raceReplayScope;
  global.__raceReplayScope = before;
  scopes.unshift(scope);
  return { exports: m.exports, scope };
}

function show(value) {
  return plain(util.inspect(value, { depth: 6, breakLength: Infinity, compact: 3, maxArrayLength: null }));
}
/** Without the white space that only lays out. */
function plain(text) {
  return text.replace(/\s+/g, ' ').replace(/([[{(]) | (?=[\]})])/g, '$1');
}
plan.observed = Object.fromEntries(Object.entries(plan.observed).map(([k, v]) => [k, plain(v)]));
plan.serial = plan.serial.map((s) => Object.fromEntries(Object.entries(s).map(([k, v]) => [k, plain(v)])));

function judge() {
  if (expectsException) {
    const expected = plan.violation.exception || '';
    for (const e of raised) {
      const kind = (e && e.constructor && e.constructor.name) || typeof e;
      const text = e instanceof Error ? e.name + ': ' + e.message : show(e);
      if (e instanceof Error && expected.includes(kind)) report(true, text);
      if (!(e instanceof Error) && expected.includes(text)) report(true, text);
    }
    return report(false, 'not reproduced: ' + (raised.length > 0 ? 'raised ' + String(raised[0]) : 'no exception was raised'));
  }
  const failed = raised.length > 0 ? ' (' + String(raised[0]).split('\n')[0] + ')' : '';
  const values = {};
  for (const [key, expected] of Object.entries(plan.observed)) {
    if (!/^[A-Za-z_$][\w$]*((\.[A-Za-z_$][\w$]*)|(\[('[^'\\]*'|"[^"\\]*"|\d+)\]))*$/.test(key)) continue;
    let value;
    let found = false;
    for (const scope of scopes) {
      try {
        value = show(scope(key));
        found = true;
        break;
      } catch {}
    }
    if (!found || value === undefined) continue;
    if (value !== expected) return report(false, 'not reproduced: ' + key + ' is ' + value + ' and not ' + expected + failed);
    values[key] = value;
  }
  const tells = Object.keys(values).filter((k) => plan.serial.some((s) => s[k] !== undefined && s[k] !== values[k]));
  const told = plan.serial.length > 0 && plan.serial.every((s) => tells.some((k) => s[k] !== undefined && s[k] !== values[k]));
  if (!told) return report(false, 'not reproduced: no state that can be compared tells this outcome from a serial one' + failed);
  report(true, tells.slice(0, 4).map((k) => k + ' is ' + values[k]).join('; '));
}

try {
  const loaded = load(plan.text, plan.path, null);
  if (plan.harness !== null) {
    const target = new Proxy({}, {
      get: (_, key) => {
        if (typeof key !== 'string' || key === '__esModule') return key === '__esModule' ? true : undefined;
        if (key in loaded.exports) return loaded.exports[key];
        try { return loaded.scope(key); } catch { return undefined; }
      },
    });
    load(plan.harness, path.join(path.dirname(plan.path), '__driver__.cjs'), target);
  }
} catch (e) {
  if (e && e.code === 'MODULE_NOT_FOUND') report(false, 'not reproduced: ' + String(e.message).split('\n')[0]);
  raised.push(e);
}
real.setTimeout(pump, 0);
`;

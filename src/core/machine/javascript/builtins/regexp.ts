/** Regular expressions: matching is the host's. */
import type { Machine } from '../../machine.ts';
import { Opaque, type Value } from '../../values.ts';
import { numberOf, stringOf, toText } from '../convert.ts';
import { chain, newArray, newObject, put, throwError } from '../objects.ts';
import { ask } from '../opaque.ts';
import { getOwn, setProperty } from '../properties.ts';
import { state } from '../state.ts';
import { Flag, JsIterator, JsRegExp, Property } from '../values.ts';
import { constructor, getter, method, methods, symbolMethod } from './define.ts';

export function makeRegExp(m: Machine, source: string, flags: string): JsRegExp {
  let regexp: RegExp;
  try {
    regexp = new RegExp(source, flags);
  } catch (e) {
    throwError(m, 'SyntaxError', (e as Error).message);
  }
  const r = m.adopt(new JsRegExp(state(m).intrinsics.RegExp, regexp));
  r.properties.set('lastIndex', new Property(0, Flag.Writable));
  return r;
}

/** The array `exec` gives. */
function matchArray(m: Machine, match: RegExpMatchArray): Value {
  const a = newArray(
    m,
    [...match].map((x) => x as Value),
  );
  put(a, 'index', match.index ?? 0);
  put(a, 'input', match.input ?? '');
  let groups: Value = undefined;
  if (match.groups) {
    const g = newObject(m, null);
    for (const [k, v] of Object.entries(match.groups)) put(g, k, v as Value);
    groups = g;
  }
  put(a, 'groups', groups);
  return a;
}

function lastIndex(m: Machine, r: JsRegExp): number {
  const v = getOwn(m, r, 'lastIndex')?.value;
  m.read(r, 'lastIndex', v);
  return typeof v === 'number' ? v : 0;
}

/** One match from lastIndex on, as the host finds it; lastIndex moves when global or sticky. */
export function execute(m: Machine, r: JsRegExp, text: string): RegExpExecArray | null {
  const moves = r.regexp.global || r.regexp.sticky;
  r.regexp.lastIndex = moves ? lastIndex(m, r) : 0;
  const match = r.regexp.exec(text);
  if (moves) setProperty(m, r, 'lastIndex', match ? r.regexp.lastIndex : 0, r);
  return match;
}

function hostPattern(v: Value): RegExp | string {
  return v instanceof JsRegExp ? v.regexp : String(v);
}

export function splitString(m: Machine, text: string, separator: Value, limit: Value): Value[] {
  const max = limit === undefined ? undefined : numberOf(m, limit);
  if (separator === undefined) return max === 0 ? [] : [text];
  if (separator instanceof JsRegExp) separator.regexp.lastIndex = 0;
  return text.split(hostPattern(separator) as string, max);
}

export function matchString(m: Machine, text: string, pattern: Value): Value {
  const r = pattern instanceof JsRegExp ? pattern : makeRegExp(m, pattern === undefined ? '' : stringOf(m, pattern), '');
  if (!r.regexp.global) {
    const match = execute(m, r, text);
    return match ? matchArray(m, match) : null;
  }
  r.regexp.lastIndex = 0;
  const all = text.match(r.regexp);
  setProperty(m, r, 'lastIndex', 0, r);
  return all ? newArray(m, [...all]) : null;
}

/** All matches, found at once. */
export function allMatches(m: Machine, text: string, pattern: Value, all: boolean): RegExpMatchArray[] {
  if (pattern instanceof JsRegExp) {
    if (pattern.regexp.global) {
      pattern.regexp.lastIndex = 0;
      return [...text.matchAll(pattern.regexp)];
    }
    const match = execute(m, pattern, text);
    return match ? [match] : [];
  }
  const needle = stringOf(m, pattern);
  const out: RegExpMatchArray[] = [];
  let at = text.indexOf(needle);
  while (at >= 0) {
    const found = [needle] as RegExpMatchArray;
    found.index = at;
    found.input = text;
    out.push(found);
    if (!all) break;
    at = text.indexOf(needle, at + Math.max(1, needle.length));
    if (at > text.length || (needle === '' && out.length > text.length)) break;
  }
  return out;
}

export function matchAll(m: Machine, text: string, pattern: Value): Value {
  if (pattern instanceof JsRegExp && !pattern.regexp.global)
    throwError(m, 'TypeError', 'String.prototype.matchAll called with a non-global RegExp argument');
  const r = pattern instanceof JsRegExp ? pattern : makeRegExp(m, stringOf(m, pattern), 'g');
  r.regexp.lastIndex = lastIndex(m, r);
  const list = newArray(
    m,
    [...text.matchAll(r.regexp)].map((x) => matchArray(m, x)),
  );
  return m.adopt(new JsIterator(state(m).intrinsics.RegExpStringIterator, list, 'values', 'RegExp String Iterator'));
}

export function replaceString(m: Machine, text: string, pattern: Value, replacement: string, all: boolean): string {
  if (pattern instanceof JsRegExp) {
    if (pattern.regexp.sticky && !pattern.regexp.global) pattern.regexp.lastIndex = lastIndex(m, pattern);
    else pattern.regexp.lastIndex = 0;
    const out = text.replace(pattern.regexp, replacement);
    if (pattern.regexp.global) setProperty(m, pattern, 'lastIndex', 0, pattern);
    return out;
  }
  const needle = stringOf(m, pattern);
  return all ? text.replaceAll(needle, replacement) : text.replace(needle, replacement);
}

export function installRegExp(m: Machine): void {
  const s = state(m);
  const proto = s.intrinsics.RegExp;
  constructor(m, 'RegExp', 2, proto, (n, _t, [pattern, flags]) => {
    if (pattern instanceof JsRegExp)
      return makeRegExp(n, pattern.regexp.source, flags === undefined ? pattern.regexp.flags : stringOf(n, flags));
    return chain(n, pattern === undefined ? '' : toText(n, pattern), (k, text) =>
      makeRegExp(k, text as string, flags === undefined ? '' : stringOf(k, flags)),
    );
  });
  const self = (n: Machine, t: Value): JsRegExp =>
    t instanceof JsRegExp ? t : throwError(n, 'TypeError', `Receiver is not a RegExp: ${n.ops.show(t)}`);
  methods(m, proto, {
    exec: [
      1,
      (n, t, [v]) =>
        chain(n, toText(n, v), (k, text) => {
          const match = execute(k, self(k, t), text as string);
          return match ? matchArray(k, match) : null;
        }),
    ],
    test: [
      1,
      (n, t, [v]) =>
        v instanceof Opaque
          ? ask(n, `${String(self(n, t).regexp)}.test(${v.name})`)
          : chain(n, toText(n, v), (k, text) => execute(k, self(k, t), text as string) !== null),
    ],
    toString: method(0, (n, t) => String(self(n, t).regexp)),
  });
  for (const name of ['source', 'flags', 'global', 'ignoreCase', 'multiline', 'sticky', 'unicode', 'dotAll', 'hasIndices'] as const) {
    getter(m, proto, name, (n, t) => (t === proto ? undefined : self(n, t).regexp[name]));
  }
  symbolMethod(m, proto, s.symbols.match, '[Symbol.match]', (n, t, [v]) => matchString(n, stringOf(n, v), t));
}

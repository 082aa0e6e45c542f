/** Helpers the built-ins prelude is written with. */
import type { Frame } from '../../frame.ts';
import { Native } from '../../language.ts';
import { Cell, NOT_IMPLEMENTED, Opaque, PyTuple, type Value } from '../../values.ts';
import { binary, native as nativeBinary, unsupported } from '../arithmetic.ts';
import { builtins } from '../builtins.ts';
import { buildClass } from '../classes.ts';
import { native } from '../library.ts';
import { find, canon, fill } from '../keys.ts';
import { type Box, HashedKey, PyClass, PyDict, PyObject, PySet, Shown, type Canon } from '../objects.ts';
import { qualname } from '../qualified-names.ts';
import { callPrelude } from '../runtime.ts';
import { newSet } from '../sets.ts';
import { aliasOf } from '../typing.ts';
import { entriesOf } from '../text.ts';
import { builtinClasses, classOf, defaultdictClass, dequeClass, frozensetClass, lookup, orderedDictClass, setClass } from '../types.ts';

const helper = (name: string, fn: Native['fn'], pure = true): void => {
  builtins.set(name, native(name, fn, { pure }));
};

helper('__rr_is_native', (_m, args) => args[0] instanceof Native);
helper('__rr_shown', (_m, args) => new Shown(String(args[0]), String(args[1])));
helper('__rr_user', (_m, args) => {
  const cls = args[0];
  const v = cls instanceof PyClass ? lookup(cls, String(args[1])) : undefined;
  return v !== undefined && !(v instanceof Native);
});
helper('__rr_base_name', (_m, args) => {
  const cls = classOf(args[0]);
  return (cls.mro.find((c) => c.builtin) ?? cls).name;
});
helper(
  '__rr_native_binary',
  (m, args) => {
    const r = nativeBinary(m, args[0] as '+', args[1], args[2]);
    return r === undefined ? NOT_IMPLEMENTED : r;
  },
  false,
);
helper('__rr_binary_operator', (m, args) => binary(m, args[0] as '+', args[1], args[2]), false);
helper('__rr_unsupported', (m, [op, a, b]) => {
  // With something unknown it is unknown.
  const made = a instanceof Opaque || b instanceof Opaque ? nativeBinary(m, op as '+', a, b) : undefined;
  return made === undefined ? unsupported(m, String(op), a, b) : made;
});
helper('__rr_candidates', (m, args) => {
  const [container, hash] = args;
  if (!(container instanceof PyDict) && !(container instanceof PySet)) return m.ops.makeList(m, []);
  return m.ops.makeList(
    m,
    entriesOf(container)
      .filter((e) => e.hash !== null && e.hash === hash)
      .map((e) => e.key),
  );
});
helper('__rr_hashed', (m, args) => {
  const [container, key, hash, known] = args;
  const entries = container instanceof PyDict || container instanceof PySet ? entriesOf(container) : [];
  const same = entries.filter((e) => e.hash !== null && e.hash === hash);
  const found = known === true ? same.find((e) => e.key === key) : undefined;
  if (found) return new HashedKey(found.key, found.canon, hash);
  const base = `\u0001h${String(hash)}`;
  let n = 0;
  while (same.some((e) => e.canon === `${base}:${n}`)) n++;
  void m;
  return new HashedKey(key, `${base}:${n}`, hash);
});
helper(
  '__rr_has',
  (m, args) => {
    const [container, key] = args;
    if ((container instanceof PyDict || container instanceof PySet) && key instanceof HashedKey) {
      const e = find(container.table, key.canon);
      m.read(container, key.canon, e?.value);
      return e !== null;
    }
    return false;
  },
  false,
);
helper('__rr_freeze', (m, args) => {
  const s = newSet(m, args[0] instanceof PyClass ? args[0] : frozensetClass);
  if (args[1] instanceof PySet)
    for (const e of entriesOf(args[1])) {
      fill(s.table, e.canon, e.key, true);
    }
  return s;
});
helper('__rr_make_union', (m, args) => {
  const o = aliasOf(m, args[0], args[1]);
  o.attrs?.set('__union__', new PyTuple([...parts(args[0]), ...parts(args[1])]));
  return o;
});

function parts(v: Value): readonly Value[] {
  const union = v instanceof PyObject ? v.attrs?.get('__union__') : undefined;
  return union instanceof PyTuple ? union.items : [v];
}
helper('__rr_build_class', (m, args) => {
  const [meta, name, bases, space] = args;
  const names = new Map<string, Value>();
  if (space instanceof PyDict) for (const e of entriesOf(space)) if (typeof e.key === 'string') names.set(e.key, e.value);
  return buildClass(
    m,
    String(name),
    (bases instanceof PyTuple ? bases.items : []).filter((b): b is PyClass => b instanceof PyClass),
    names,
    meta as PyClass,
  );
});
helper('__rr_set_class_cell', (m, args) => {
  const frame = (args[0] as Box<Frame>).data;
  const local = frame.code.locals.find((l) => l.name === '__class__');
  const cell = local ? frame.registers[local.register] : null;
  if (cell instanceof Cell) m.trail.set(cell, 'value', args[1]);
  if (args[1] instanceof PyClass) m.trail.set(args[1], 'qualifiedName', qualname(frame.code.fn));
  return null;
});
builtins.set('__rr_deque', dequeClass);
void builtinClasses;
void defaultdictClass;
void orderedDictClass;
void setClass;
export { callPrelude, canon, type Canon };

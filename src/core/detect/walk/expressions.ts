/** Walking expressions in evaluation order: what they read and write, and what their values are made of. */
import type { Expr, Ref, Span, Variable } from '../../program/program.ts';
import { eventOfProperty } from '../../program/listener-names.ts';
import { isSetHere } from '../imported-attributes.ts';
import type { Linked } from '../links.ts';
import { refName, thisClass, thisOwnerName } from '../module-info.ts';
import { pathType } from '../paths.ts';
import { type Place, type Root, place, rootKey, samePlace, step } from '../shared.ts';
import { callFunction, evalCall, evalNew, inlineCallback } from './calls.ts';
import { taggedSql } from './database.ts';
import { isListing } from './listings.ts';
import { lifecycleRead } from './lifecycles.ts';
import { scriptGlobal } from './scripts.ts';
import {
  type CheckShape,
  type Control,
  type Read,
  type Value,
  type Walk,
  copyFlow,
  joinFlows,
  joinValues,
  nothing,
  union,
  instanceOf,
} from './state.ts';
import { settled } from './promises.ts';
import { handedToReady } from './ready.ts';
import { assign, evalLogicalAssign, evalUpdate, remove } from './targets.ts';
import { iterated, itemUse, iteratedExpr } from './iterations.ts';
import { act, checkShape, isStale, read, suspend, useOfSet } from './events.ts';

/** Parameters that carry one request and are not shared with another. */
const perRequest = /^(req|request|res|response|reply|ctx|context|event|evt|e|ev|err|error|msg|message|kwargs|args|props)$/;

export function evalExpr(w: Walk, e: Expr): Value {
  switch (e.kind) {
    case 'const':
      return nothing;
    case 'name':
    case 'attr':
    case 'index':
    case 'this':
      return readReference(w, e);
    case 'optionalChain':
      return evalExpr(w, e.value);
    case 'call':
      return evalCall(w, e, false);
    case 'new':
      return evalNew(w, e);
    case 'await': {
      const value = e.value.kind === 'call' ? evalCall(w, e.value, true) : evalExpr(w, e.value);
      if (e.value.kind === 'call') handedToReady(w, e.value);
      if (w.info.language === 'javascript' || !value.settled) {
        // The call itself was the gap when it is known to suspend.
        if (w.flow.suspended?.span !== e.value.span) suspend(w, e.span);
      }
      const time = w.flow.suspended?.time ?? 0;
      // Of an answer (`await response.json()`): still what was asked for first.
      return {
        ...settled(w.info, value),
        made: true,
        promise: false,
        settled: false,
        awaited: { span: value.awaited?.span ?? e.span, time },
      };
    }
    case 'yield': {
      const value = e.value === null ? nothing : evalExpr(w, e.value);
      if (w.mode === 'loop' || w.info.language === 'javascript') suspend(w, e.span);
      return { ...value, made: true, place: null, instance: null };
    }
    case 'binary':
      return joined(w, e);
    case 'unary':
      return { ...nothing, reads: evalExpr(w, e.operand).reads };
    case 'compare':
      return { ...nothing, reads: evalTest(w, e).reduce<readonly Read[]>((all, c) => union(all, [c.read]), []) };
    case 'logical': {
      const controls = evalTest(w, e.left);
      const left = { ...nothing, reads: controls.map((c) => c.read), awaited: awaitedOf(w, e.left) };
      const before = w.flow.controls;
      const skipped = copyFlow(w.flow);
      w.flow.controls = [...before, ...controls];
      const right = evalExpr(w, e.right);
      w.flow = joinFlows(skipped, w.flow, before);
      return { ...joinValues(left, right), made: right.made };
    }
    case 'conditional': {
      const controls = evalTest(w, e.test);
      const before = w.flow.controls;
      const start = copyFlow(w.flow);
      w.flow.controls = [...before, ...controls];
      const a = evalExpr(w, e.then);
      const afterThen = w.flow;
      w.flow = start;
      w.flow.controls = [...before, ...controls];
      const b = evalExpr(w, e.else);
      w.flow = joinFlows(afterThen, w.flow, before);
      const joined = joinValues(a, b);
      return {
        ...joined,
        reads: union(
          joined.reads,
          controls.map((c) => c.read),
        ),
      };
    }
    case 'assign': {
      const value = evalExpr(w, e.value);
      assign(w, e.target, value, e.span, e.value);
      // `socket.onclose = () => …` runs when the event comes.
      if (e.value.kind === 'function' && e.target.kind === 'attr' && eventOfProperty(e.target.name) !== null)
        inlineCallback(w, e.value.fn, e.value.span, 'later');
      return value;
    }
    case 'logicalAssign':
      return evalLogicalAssign(w, e);
    case 'update':
      return evalUpdate(w, e);
    case 'sequence': {
      let last = nothing;
      for (const item of e.items) last = evalExpr(w, item);
      return last;
    }
    case 'function':
      return { ...nothing, fn: e.fn, fresh: true };
    case 'class':
      return { ...nothing, type: { type: null, cls: e.cls } };
    case 'list':
    case 'tuple':
    case 'set': {
      let reads: readonly Read[] = [];
      let awaited: Value['awaited'] = null;
      for (const item of e.items) {
        if (item === null) continue;
        const value = item.kind === 'spread' ? readContents(w, item.value) : evalExpr(w, item.value);
        reads = union(reads, value.reads);
        awaited = value.awaited ?? awaited;
      }
      return { ...nothing, reads, awaited, made: true, fresh: true, type: w.info.typeOf(e) };
    }
    case 'dict': {
      let reads: readonly Read[] = [];
      let awaited: Value['awaited'] = null;
      for (const entry of e.entries) {
        if (entry.key !== null) reads = union(reads, evalExpr(w, entry.key).reads);
        const value = entry.key === null ? readContents(w, entry.value) : evalExpr(w, entry.value);
        reads = union(reads, value.reads);
        awaited = value.awaited ?? awaited;
      }
      return { ...nothing, reads, awaited, made: true, fresh: true, type: w.info.typeOf(e) };
    }
    case 'object': {
      let reads: readonly Read[] = [];
      let awaited: Value['awaited'] = null;
      for (const p of e.properties) {
        if (p.kind === 'spread') reads = union(reads, readContents(w, p.value).reads);
        else {
          if ('computed' in p.key) reads = union(reads, evalExpr(w, p.key.computed).reads);
          if (p.kind !== 'value') continue;
          const value = evalExpr(w, p.value);
          reads = union(reads, value.reads);
          awaited = value.awaited ?? awaited;
        }
      }
      return { ...nothing, reads, awaited, made: true, fresh: true, type: w.info.typeOf(e) };
    }
    case 'template': {
      let reads: readonly Read[] = [];
      for (const part of e.parts) if (typeof part !== 'string') reads = union(reads, evalExpr(w, part.value).reads);
      return { ...nothing, reads };
    }
    case 'taggedTemplate': {
      evalExpr(w, e.tag);
      let reads: readonly Read[] = [];
      for (const value of e.values) reads = union(reads, evalExpr(w, value).reads);
      return taggedSql(w, e.tag, e.span, { ...nothing, reads }) ?? { ...nothing, reads, made: true };
    }
    case 'slice': {
      let reads: readonly Read[] = [];
      for (const part of [e.lower, e.upper, e.step]) if (part !== null) reads = union(reads, evalExpr(w, part).reads);
      return { ...nothing, reads };
    }
    case 'importCall':
      evalExpr(w, e.specifier);
      return { ...nothing, qualified: w.info.qualified(e), made: true };
    case 'delete':
      remove(w, e.target, e.span);
      return nothing;
    case 'comprehension': {
      const { e: source, copy } = iteratedExpr(w, e.iterable);
      const iterable = copy ? evalExpr(w, e.iterable) : readContents(w, source);
      // What is done with each entry of a folder is part of what is done with the listing.
      const listed = isListing(iterable);
      const inside = listed ? inlineCallback(w, e.fn, e.span, 'now', iterable) : callFunction(w, e.fn, [iterable], e.span, null);
      const from = copy ? undefined : iterable.reads[iterable.reads.length - 1];
      const use = itemUse(e.fn);
      if (from !== undefined && use !== null) iterated(w, from, e.iterable.span, use, from.time, use);
      return {
        ...nothing,
        reads: union(iterable.reads, inside.reads),
        made: true,
        fresh: true,
        type: w.info.typeOf(e),
        path: listed ? iterable.path : null,
      };
    }
    case 'intrinsic': {
      let reads: readonly Read[] = [];
      for (const arg of e.args) reads = union(reads, evalExpr(w, arg).reads);
      return { ...nothing, reads, made: true };
    }
    default:
      return nothing;
  }
}

/** The answer that an operand is, or is a part of, once it has been evaluated: `options || []`. */
function awaitedOf(w: Walk, e: Expr): Value['awaited'] {
  if (e.kind === 'await') return { span: e.span, time: w.flow.suspended?.time ?? 0 };
  return e.kind === 'name' || e.kind === 'attr' ? evalReference(w, e).awaited : null;
}

/** `folder / 'name'` of a path is a path, named by its text. */
function joined(w: Walk, e: Extract<Expr, { kind: 'binary' }>): Value {
  const left = evalExpr(w, e.left);
  const value = derived(left, evalExpr(w, e.right));
  const isPath = e.op === '/' && left.type?.type === pathType.type;
  return isPath ? { ...value, path: w.info.text(e.span), type: left.type, fresh: true } : value;
}

export function derived(a: Value, b: Value): Value {
  return { ...nothing, reads: union(a.reads, b.reads), made: a.made || b.made, awaited: a.awaited ?? b.awaited, path: a.path ?? b.path };
}

/** What a name, attribute or element denotes; reads nothing but what computing it reads. */
export function evalReference(w: Walk, e: Expr): Value {
  switch (e.kind) {
    case 'name':
      return evalName(w, e.ref);
    case 'this': {
      const owner = thisOwnerName(w.info, w.inner[w.inner.length - 1] ?? w.fn) ?? thisOwnerName(w.info, w.fn);
      return owner === null ? nothing : { ...nothing, instance: { owner, base: 'this', cls: thisClass(w.fn) } };
    }
    case 'super':
      return { ...nothing, instance: selfInstance(w) };
    case 'attr': {
      const object = evalReference(w, e.object);
      if (e.name === 'parent' && object.type?.type === pathType.type)
        return { ...nothing, path: w.info.text(e.span), type: pathType, fresh: true };
      return lifecycleRead(w, object, e.object, e.name, e.span) ?? scriptGlobal(w, object, e.name) ?? attribute(w, object, e.name, e.span);
    }
    case 'index': {
      const object = evalReference(w, e.object);
      const key = evalExpr(w, e.index);
      if (object.place === null) return { ...nothing, reads: union(object.reads, key.reads), awaited: object.awaited, made: object.made };
      const literal = e.index.kind === 'const';
      return {
        ...nothing,
        reads: union(object.reads, key.reads),
        place: step(object.place, { kind: 'item', text: w.info.text(e.index.span), literal }),
        awaited: object.awaited,
      };
    }
    case 'optionalChain':
      return evalReference(w, e.value);
    default:
      return evalExpr(w, e);
  }
}

function selfInstance(w: Walk): Value['instance'] {
  const cls = thisClass(w.fn);
  return cls === null ? null : { owner: w.info.ownerName(cls), base: w.info.language === 'python' ? 'self' : 'this', cls };
}

/** An attribute of what an expression denotes. A property of an own class is a call of its getter. */
export function attribute(w: Walk, object: Value, name: string, span: Span): Value {
  if (object.qualified !== null) {
    const qualified = `${object.qualified}.${name}`;
    const linked = w.info.linkedIn(qualified);
    if (linked !== null) return linkedValue(w, linked, w.info.text(span));
    return isSetHere(w.info, qualified) ? brought(qualified, w.info.text(span)) : { ...nothing, qualified };
  }
  if (object.fresh && object.place === null) return { ...nothing, reads: object.reads };
  if (object.instance !== null) {
    const { owner, base, cls } = object.instance;
    if (name === '__class__' || (name === 'constructor' && w.info.language === 'javascript'))
      return { ...nothing, instance: object.instance };
    const method = cls === null ? null : w.info.methodAnywhere(cls, name);
    if (method !== null) {
      const isProperty =
        method.kind === 'getter' ||
        method.decorators.some((d) => d.kind === 'name' && d.ref.kind === 'global' && /property$/.test(d.ref.name));
      if (isProperty) return callFunction(w, method, [], span, base);
      return { ...nothing, fn: method, instance: null, reads: object.reads };
    }
    const root = { kind: 'attribute', owner, name } as const;
    const type = typeOfRoot(w, root);
    const instance = instanceOf(w.info, type, `${base}.${name}`);
    return { ...nothing, place: place(root, base), type, instance, reads: object.reads };
  }
  if (object.type?.cls != null && object.place === null) {
    // An attribute of the class itself.
    const { cls } = object.type;
    const method = w.info.methodAnywhere(cls, name);
    if (method !== null) return { ...nothing, fn: method };
    const root = { kind: 'attribute', owner: w.info.ownerName(cls), name } as const;
    return { ...nothing, place: place(root, cls.name), type: typeOfRoot(w, root) };
  }
  if (object.place !== null) {
    if (
      object.place.root.kind === 'variable' &&
      object.place.path.length === 0 &&
      perRequest.test(object.place.root.variable.name) &&
      // One that the code makes itself is no request's: `const ctx = { users: {} }`.
      object.type?.type !== 'Object' &&
      !/^(session|app|state|locals)$/.test(name)
    ) {
      return { ...nothing, reads: object.reads };
    }
    // A part of an answer is an answer, also where the one who was asked is taken for a container.
    return { ...nothing, place: step(object.place, { kind: 'attr', name }), reads: object.reads, awaited: object.awaited };
  }
  return { ...nothing, reads: object.reads, awaited: object.awaited, made: object.made };
}

/** Written by an inner function that is not just a comprehension, or read there and written here. */
export function isSharedVariable(w: Walk, variable: Variable): boolean {
  if (!variable.captured) return false;
  const declared = w.info.declaredIn.get(variable);
  return declared !== undefined && declared.kind !== 'comprehension';
}

function evalName(w: Walk, ref: Ref): Value {
  if (ref.kind === 'variable') {
    const { variable } = ref;
    const cls = w.info.selves.get(variable);
    if (cls !== undefined) return { ...nothing, instance: { owner: w.info.ownerName(cls), base: variable.name, cls } };
    const imported = w.info.variableImports.get(variable);
    if (imported !== undefined) return importedValue(w, ref, imported);
    const fn = w.info.localFunctions.get(variable);
    if (fn !== undefined) return { ...nothing, fn };
    const localClass = w.info.localClasses.get(variable);
    if (localClass !== undefined) return { ...nothing, type: { type: null, cls: localClass } };
    const known = w.flow.env.get(variable);
    const declared = w.info.declaredIn.get(variable);
    const outside = declared !== undefined && declared !== w.fn && !w.inner.includes(declared);
    if (known !== undefined && !(isSharedVariable(w, variable) && (variable.reassigned || outside))) {
      if (known.fresh && isSharedVariable(w, variable)) return { ...known, fresh: false, place: place({ kind: 'variable', variable }) };
      return known;
    }
    const type = w.info.variableTypes.get(variable) ?? null;
    const instance = instanceOf(w.info, type, variable.name);
    if (outside || isSharedVariable(w, variable))
      return {
        ...nothing,
        place: place({ kind: 'variable', variable }),
        type,
        instance,
        reads: known?.reads ?? [],
        awaited: known?.awaited ?? null,
        setter: known?.setter ?? null,
      };
    return known ?? { ...nothing, type };
  }
  if (ref.kind === 'classLocal') return nothing;
  const { name } = ref;
  const fn = w.info.globalFunctions.get(name);
  if (fn !== undefined) return { ...nothing, fn };
  const cls = w.info.globalClasses.get(name);
  if (cls !== undefined) return { ...nothing, type: { type: null, cls } };
  const imported = w.info.imports.get(name);
  if (imported !== undefined) return importedValue(w, ref, imported);
  if (!w.info.constantGlobals.has(name)) return { ...nothing, qualified: name };
  const type = w.info.types.get(`g:${name}`) ?? null;
  const instance = instanceOf(w.info, type, name);
  return { ...nothing, place: place({ kind: 'global', name, ...originOf(w.info) }), type, instance };
}

/** Something that is imported and set here, as the file says it. */
function brought(qualified: string, as: string): Value {
  return { ...nothing, place: place({ kind: 'global', name: qualified, ...(qualified === as ? {} : { as }) }) };
}

function originOf({ origin }: Walk['info']): { origin?: string } {
  return origin === '' ? {} : { origin };
}

function importedValue(w: Walk, ref: Ref, qualified: string): Value {
  const linked = w.info.linked(ref);
  if (linked !== null) return linkedValue(w, linked, refName(ref));
  return isSetHere(w.info, qualified) ? brought(qualified, refName(ref)) : { ...nothing, qualified };
}

/** What is imported from another file of the workspace, by the name it goes by here. */
function linkedValue(w: Walk, linked: Linked, as: string): Value {
  const { home, fn, cls, variable } = linked;
  if (fn !== undefined) return { ...nothing, fn };
  if (cls !== undefined) return { ...nothing, type: { type: null, cls } };
  const type = w.info.links?.typeOfVariable(linked) ?? null;
  const instance = instanceOf(w.info, type, as);
  return { ...nothing, place: place({ kind: 'global', name: variable ?? as, as, ...originOf(home) }), type, instance };
}

/** What is known of an attribute, in this file or in the one that has the class. */
function typeOfRoot(w: Walk, root: Root): Value['type'] {
  const key = rootKey(root);
  return w.info.types.get(key) ?? w.info.links?.typeOf(key) ?? null;
}

/** Is reading this place a read of state? The binding of a constant is not. */
export function isState(w: Walk, p: Place): boolean {
  if (p.path.length > 0) return true;
  if (p.root.kind === 'global') {
    const { name, origin = '' } = p.root;
    const home = origin === w.info.origin ? w.info : w.info.links?.infoAt(origin);
    return home?.constantGlobals.get(name) !== true;
  }
  if (p.root.kind === 'variable') {
    const { variable } = p.root;
    const isParameter =
      w.info.declaredIn
        .get(variable)
        ?.params.some((q) => q.target.kind === 'name' && q.target.ref.kind === 'variable' && q.target.ref.variable === variable) === true;
    return variable.reassigned && !(isParameter && !variable.captured);
  }
  return p.root.kind === 'attribute';
}

/** A local that refers to shared state: reading the local is no access. */
function isLocalAlias(w: Walk, e: Expr, at: Place): boolean {
  if (e.kind !== 'name' || e.ref.kind !== 'variable') return false;
  return at.root.kind !== 'variable' || at.root.variable !== e.ref.variable;
}

function readReference(w: Walk, e: Expr): Value {
  const value = evalReference(w, e);
  if (value.place === null || !isState(w, value.place) || isLocalAlias(w, e, value.place)) return value;
  const last = value.place.path[value.place.path.length - 1];
  if (last?.kind === 'attr' && (last.name === 'length' || last.name === 'size')) {
    const container = { ...value.place, path: value.place.path.slice(0, -1) };
    return { ...nothing, reads: union(value.reads, [read(w, container, e.span, 'size')]) };
  }
  const isElement = e.kind === 'index';
  const { place: at } = value;
  // Asked once more what it was asked before: no use of it.
  const isAskedAgain = w.inTest && w.flow.controls.some((c) => samePlace(c.read.place, at));
  if ((isElement || value.reads.length > 0) && !isAskedAgain) {
    const stale = isStale(w, value) !== null;
    act(w, 'use', value.place, e.span, { through: value.reads, keyText: last?.kind === 'item' ? last.text : null, stale });
  } else if (w.flow.controls.length > 0 && !isAskedAgain) act(w, 'use', value.place, e.span);
  useOfSet(w, value.place, e.span);
  const r = read(w, value.place, e.span, isElement ? 'element' : 'value', last?.kind === 'item' ? last.text : null);
  return { ...value, reads: union(value.reads, [r]) };
}

/** The contents of a container: iterated, copied, measured. */
export function readContents(w: Walk, e: Expr, shape: Read['shape'] = 'value', span: Span = e.span): Value {
  const value = evalReference(w, e);
  if (value.place === null) return value;
  const r = read(w, value.place, span, shape);
  return { ...value, reads: union(value.reads, [r]) };
}

/** A test: what it reads and what it asks of it. Looking again at what was tested is no use of it. */
export function evalTest(w: Walk, e: Expr, span: Span = e.span): Control[] {
  const before = w.inTest;
  w.inTest = true;
  const controls = testControls(w, e, span);
  w.inTest = before;
  return controls;
}

function testControls(w: Walk, e: Expr, span: Span): Control[] {
  switch (e.kind) {
    case 'unary':
      if (e.op === 'not') return evalTest(w, e.operand, e.span);
      return controlsOf(evalExpr(w, e), 'compare', span);
    case 'logical': {
      const left = evalTest(w, e.left);
      const before = w.flow.controls;
      const skipped = copyFlow(w.flow);
      w.flow.controls = [...before, ...left];
      const right = evalTest(w, e.right);
      w.flow = joinFlows(skipped, w.flow, before);
      return [...left, ...right];
    }
    case 'compare':
      return evalCompare(w, e);
    case 'optionalChain':
      return evalTest(w, e.value, span);
    case 'assign': {
      const value = evalExpr(w, e);
      return controlsOf(value, 'truth', span);
    }
    case 'name':
    case 'attr':
    case 'index': {
      const value = evalReference(w, e);
      // What was taken into a local variable is as of then, but the contents of a container are as of now.
      const isAlias = value.place !== null && isLocalAlias(w, e, value.place);
      if (value.place === null || (isAlias && !isContainer(value))) return controlsOf(value, 'truth', span);
      if (!isState(w, value.place) || isContainer(value)) {
        const r = read(w, value.place, e.span, 'size');
        return [...controlsOf(value, 'truth', span), { read: r, shape: 'emptiness', span, source: 'test' }];
      }
      const known = readReference(w, e);
      return controlsOf(known, 'truth', span);
    }
    default:
      return controlsOf(evalExpr(w, e), 'truth', span);
  }
}

const containers = new Set(['list', 'dict', 'set', 'deque', 'Array']);

function isContainer(value: Value): boolean {
  return value.type?.type != null && value.place?.path.length === 0 && containers.has(value.type.type);
}

function evalCompare(w: Walk, e: Extract<Expr, { kind: 'compare' }>): Control[] {
  const out: Control[] = [];
  let left = e.first;
  let leftValue: Value | null = null;
  for (const { op, right } of e.rest) {
    if (op === 'in' || op === 'not in') {
      const key = leftValue ?? evalExpr(w, left);
      const kept = keptAttribute(w, left, right, e.span);
      if (kept !== null) {
        out.push(...kept);
        leftValue = nothing;
        left = right;
        continue;
      }
      const container = evalReference(
        w,
        right.kind === 'call' && right.callee.kind === 'attr' && right.callee.name === 'keys' ? right.callee.object : right,
      );
      out.push(...controlsOf(key, 'compare', e.span));
      if (container.place !== null) {
        const r = read(w, container.place, e.span, 'membership', w.info.text(left.span));
        out.push({ read: r, shape: 'membership', span: e.span, source: 'test' });
      }
      out.push(...controlsOf(container, 'compare', e.span));
      leftValue = container;
    } else {
      const a = leftValue ?? evalExpr(w, left);
      const b = evalExpr(w, right);
      const kind = isNothing(left) || isNothing(right) ? 'null' : isSmall(left) || isSmall(right) ? 'zero' : 'compare';
      out.push(...controlsOf(a, kind, e.span), ...controlsOf(b, kind, e.span));
      leftValue = b;
    }
    left = right;
  }
  return out;
}

/** `'conn' in self.__dict__`, `vars(self)`: whether the object has the attribute. */
function keptAttribute(w: Walk, name: Expr, kept: Expr, span: Span): Control[] | null {
  if (name.kind !== 'const' || name.value.type !== 'string') return null;
  const isVars = kept.kind === 'call' && w.info.qualified(kept.callee) === 'vars' && kept.args.length === 1;
  const of = kept.kind === 'attr' && kept.name === '__dict__' ? kept.object : isVars ? (kept.args[0]?.value ?? null) : null;
  const found = of === null ? null : attribute(w, evalReference(w, of), name.value.value, span);
  return found === null || found.place === null
    ? null
    : [{ read: read(w, found.place, span, 'value'), shape: 'absence', span, source: 'test' }];
}

function isNothing(e: Expr): boolean {
  if (e.kind === 'const') return ['none', 'null', 'undefined'].includes(e.value.type) || (e.value.type === 'boolean' && !e.value.value);
  return e.kind === 'name' && e.ref.kind === 'global' && e.ref.name === 'undefined';
}

function isSmall(e: Expr): boolean {
  if (e.kind === 'unary' && e.op === '-') return isSmall(e.operand);
  if (e.kind !== 'const') return false;
  const { value } = e;
  return value.type === 'integer' ? value.value >= -1n && value.value <= 1n : value.type === 'number' && Math.abs(value.value) <= 1;
}

/** The clause is the check when the read is in it; a local's test points at the read it came from. */
function controlsOf(value: Value, test: 'truth' | 'null' | 'compare' | 'zero', clause: Span): Control[] {
  return value.reads.map((r) => {
    const inside = r.span.start >= clause.start && r.span.end <= clause.end;
    const shape: CheckShape = checkShape(r.shape, test);
    return { read: r, shape, span: inside ? clause : r.span, source: 'test' as const };
  });
}

/** Operators on values, with the conversions and messages of the language. */
import type { BinaryOperator, CompareOperator, UnaryOperator } from '../../program/program.ts';
import { Unsupported } from '../language.ts';
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { isMissing } from '../presence.ts';
import { Opaque, type Value } from '../values.ts';
import { callFunction, isCallable } from './calls.ts';
import { asKey, isTruthy, numberOf, stringOf, toKey, toNumeric, toPrimitive, typeOf } from './convert.ts';
import { chain, isObject, throwError } from './objects.ts';
import { ask, newOpaque } from './opaque.ts';
import { knownItem } from './unknown-json.ts';
import { describe, getProperty, hasProperty } from './properties.ts';
import { state } from './state.ts';
import { JsFunction, JsObject, JsSymbol } from './values.ts';

export function binary(m: Machine, op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return arithmetic(op, a, b);
  if (op === '+') {
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    return chain(m, toPrimitive(m, a, 'default'), (n, l) => chain(n, toPrimitive(n, b, 'default'), (k, r) => addPrimitives(k, l, r)));
  }
  return chain(m, toNumeric(m, a), (n, l) => chain(n, toNumeric(n, b), (k, r) => numeric(k, op, l, r)));
}

function addPrimitives(m: Machine, a: Value, b: Value): Value {
  if (typeof a === 'string' || typeof b === 'string') return stringOf(m, a) + stringOf(m, b);
  if (a instanceof Opaque || b instanceof Opaque) return unknown(m, '+', a, b);
  if (typeof a === 'bigint' || typeof b === 'bigint')
    return numeric(m, '+', typeof a === 'bigint' ? a : numberOf(m, a), typeof b === 'bigint' ? b : numberOf(m, b));
  return numberOf(m, a) + numberOf(m, b);
}

function unknown(m: Machine, op: string, a: Value, b: Value): Value {
  const left = a instanceof Opaque ? m.resolvedNumber(a) : undefined;
  if (left !== undefined && typeof b === 'number' && /^[-+*]$/.test(op)) return op === '+' ? left + b : op === '-' ? left - b : left * b;
  const made = newOpaque(m, `(${m.ops.show(a)} ${op} ${m.ops.show(b)})`);
  made.from = { kind: 'operation', operator: op, left: a, right: b };
  if ((!(a instanceof Opaque) || a.same !== null) && (!(b instanceof Opaque) || b.same !== null)) made.same = made.name;
  return made;
}

function numeric(m: Machine, op: BinaryOperator, a: Value, b: Value): Value {
  if (a instanceof Opaque || b instanceof Opaque) return unknown(m, op, a, b);
  if (typeof a === 'number' && typeof b === 'number') return arithmetic(op, a, b);
  if (typeof a === 'bigint' && typeof b === 'bigint') return bigArithmetic(m, op, a, b);
  throwError(m, 'TypeError', 'Cannot mix BigInt and other types, use explicit conversions');
}

function arithmetic(op: BinaryOperator, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '>>>':
      return a >>> b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    default:
      throw new Unsupported(`operator ${op}`);
  }
}

function bigArithmetic(m: Machine, op: BinaryOperator, a: bigint, b: bigint): bigint {
  if ((op === '/' || op === '%') && b === 0n) throwError(m, 'RangeError', 'Division by zero');
  if (op === '**' && b < 0n) throwError(m, 'RangeError', 'Exponent must be non-negative');
  if ((op === '**' || op === '<<') && b > 100_000n) {
    if (b >= 1n << 30n && (op === '<<' ? a !== 0n : a > 1n || a < -1n)) throwError(m, 'RangeError', 'Maximum BigInt size exceeded');
    throw new Unsupported('a very large BigInt');
  }
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    default:
      throwError(m, 'TypeError', 'BigInts have no unsigned right shift, use >> instead');
  }
}

/** The source of a function, as messages have it that show a value. */
function functionText(v: JsObject): string | null {
  if (!(v instanceof JsFunction)) return null;
  const code = v.closure?.code;
  const span = v.classDef?.span ?? code?.fn.span;
  return v.classText ?? (code && span && !code.internal ? code.module.text.slice(span.start, span.end) : null);
}

/** The type of something unknown. */
function typeOfUnknown(m: Machine, o: Opaque): Opaque {
  const made = newOpaque(m, `typeof ${o.name}`);
  made.from = { kind: 'operation', operator: 'typeof', left: o, right: undefined };
  return made;
}

/** It asks for the type of something that is there. */
function isTypeOfPresent({ from }: Opaque): boolean {
  return from?.kind === 'operation' && from.operator === 'typeof' && from.left instanceof Opaque && from.left.definite;
}

export function unary(m: Machine, op: UnaryOperator | 'toNumeric' | 'increment' | 'decrement', a: Value): Value {
  switch (op) {
    case 'typeof':
      return a instanceof Opaque ? typeOfUnknown(m, a) : typeOf(a);
    case 'void':
      return undefined;
    case 'toNumeric':
      return toNumeric(m, a);
    case 'increment':
    case 'decrement': {
      const sign = op === 'increment' ? '+' : '-';
      if (typeof a === 'number') return sign === '+' ? a + 1 : a - 1;
      return chain(m, toNumeric(m, a), (n, v) => numeric(n, sign, v, typeof v === 'bigint' ? 1n : 1));
    }
    case 'not':
      return !isTruthy(a);
    case '+':
      return chain(m, toNumeric(m, a), (n, v) => {
        if (typeof v === 'bigint') throwError(n, 'TypeError', 'Cannot convert a BigInt value to a number');
        return v;
      });
    case '-':
      return chain(m, toNumeric(m, a), (n, v) => (v instanceof Opaque ? newOpaque(n, `-${v.name}`) : -(v as number)));
    case '~':
      return chain(m, toNumeric(m, a), (n, v) => (v instanceof Opaque ? newOpaque(n, `~${v.name}`) : ~(v as number)));
    default:
      return op satisfies never;
  }
}

export function strictEquals(a: Value, b: Value): boolean {
  return a === b;
}

export function compare(m: Machine, op: CompareOperator, a: Value, b: Value): Value {
  switch (op) {
    case '===':
    case '!==': {
      const r = identical(m, a, b);
      return typeof r === 'boolean' ? r === (op === '===') : r;
    }
    case '==':
    case '!=':
      return chain(m, looseEquals(m, a, b), (_, r) => (typeof r === 'boolean' ? r === (op === '==') : r));
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (typeof a === 'number' && typeof b === 'number') return order(op, a, b);
      return chain(m, toPrimitive(m, a, 'number'), (n, l) => chain(n, toPrimitive(n, b, 'number'), (k, r) => ordered(k, op, l, r)));
    case 'in':
      if (b instanceof Opaque) return knownItem(b, m.ops.show(a).replace(/^'(.*)'$/, '$1')) ?? ask(m, `${m.ops.show(a)} in ${b.name}`);
      if (!isObject(b))
        throwError(
          m,
          'TypeError',
          `Cannot use 'in' operator to search for '${a instanceof JsSymbol ? m.ops.show(a) : isObject(a) ? (functionText(a) ?? describe(m, a)) : stringOf(m, a)}' in ${typeof b === 'string' ? b : String(b)}`,
        );
      return chain(m, toKey(m, a), (n, key) => hasProperty(n, b, asKey(key)));
    case 'instanceof':
      return instanceOf(m, a, b);
    default:
      throw new Unsupported(`operator ${op}`);
  }
}

/** `===`; a question when something unknown is compared with something it may equal. */
function identical(m: Machine, a: Value, b: Value): Value {
  if (a === b) return true;
  if (!(a instanceof Opaque) && !(b instanceof Opaque)) return false;
  // Made of the same values in the same way.
  if (a instanceof Opaque && b instanceof Opaque && a.same !== null && a.same === b.same) return true;
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const)
    if (x instanceof Opaque && x.numeric && Number.isSafeInteger(y)) {
      const n = m.resolveNumber(x, '>=', (y as number) + (y === 0 ? 1 : 0));
      return n === undefined ? STOP : n === y;
    }
  // Nothing is missing in two ways: what is not there is undefined.
  if ((a === null || b === null) && ((a instanceof Opaque && a.definite) || (b instanceof Opaque && b.definite))) return false;
  if (a === undefined && b instanceof Opaque && b.definite) return isMissing(m, b);
  if (b === undefined && a instanceof Opaque && a.definite) return isMissing(m, a);
  if ((a === 'undefined' && b instanceof Opaque && isTypeOfPresent(b)) || (b === 'undefined' && a instanceof Opaque && isTypeOfPresent(a)))
    return false;
  // An unknown value is taken to be there; objects the program made are never unknown ones.
  for (const other of [a, b]) {
    if (other === null || other === undefined || other instanceof JsObject || other instanceof JsSymbol)
      return other instanceof JsObject ? false : ask(m, question(m, a, b));
  }
  return ask(m, question(m, a, b));
}

function question(m: Machine, a: Value, b: Value): string {
  return `${m.ops.show(a)} === ${m.ops.show(b)}`;
}

/** `o == null` */
function isNothing(m: Machine, o: Opaque): Value {
  return o.definite ? isMissing(m, o) : ask(m, `${o.name} == null`);
}

function looseEquals(m: Machine, a: Value, b: Value): Value {
  if (a === b) return true;
  if (a === undefined || a === null) {
    return b === undefined || b === null || (b instanceof Opaque ? isNothing(m, b) : false);
  }
  if (b === undefined || b === null) return a instanceof Opaque ? isNothing(m, a) : false;
  if (a instanceof Opaque || b instanceof Opaque) return identical(m, a, b);
  if (isObject(a) && isObject(b)) return false;
  if (isObject(a)) return chain(m, toPrimitive(m, a, 'default'), (n, p) => looseEquals(n, p, b));
  if (isObject(b)) return chain(m, toPrimitive(m, b, 'default'), (n, p) => looseEquals(n, a, p));
  if (a instanceof JsSymbol || b instanceof JsSymbol) return false;
  // Primitives: the host's own loose equality is the language's.
  // eslint-disable-next-line eqeqeq
  return (a as string) == (b as string);
}

const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function ordered(m: Machine, op: '<' | '<=' | '>' | '>=', a: Value, b: Value): Value {
  if (a instanceof Opaque && Number.isSafeInteger(b)) {
    const n = m.resolveNumber(a, op, b as number);
    return n === undefined ? STOP : order(op, n, b as number);
  }
  if (b instanceof Opaque && Number.isSafeInteger(a)) {
    const n = m.resolveNumber(b, mirrored[op], a as number);
    return n === undefined ? STOP : order(op, a as number, n);
  }
  if (a instanceof Opaque || b instanceof Opaque) return ask(m, `${m.ops.show(a)} ${op} ${m.ops.show(b)}`);
  if (typeof a === 'string' && typeof b === 'string') return order(op, a, b);
  const l = typeof a === 'bigint' || (typeof a === 'string' && typeof b === 'bigint') ? a : numberOf(m, a);
  const r = typeof b === 'bigint' || (typeof b === 'string' && typeof a === 'bigint') ? b : numberOf(m, b);
  return order(op, l as number, r as number);
}

function order<T extends number | string>(op: '<' | '<=' | '>' | '>=', a: T, b: T): boolean {
  switch (op) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

export function instanceOf(m: Machine, v: Value, f: Value): Value {
  if (f instanceof Opaque) return v instanceof Opaque ? ask(m, `${v.name} instanceof ${f.name}`) : false;
  if (!isObject(f))
    throwError(
      m,
      'TypeError',
      "Right-hand side of 'instanceof' is not " + (f === null || typeof f !== 'object' || f instanceof JsSymbol ? 'an object' : 'callable'),
    );
  return chain(m, getProperty(m, f, state(m).symbols.hasInstance, f), (n, custom) => {
    if (custom !== undefined && custom !== null && custom !== state(n).hasInstance) {
      return chain(n, callFunction(n, custom, f, [v]), (_, r) => isTruthy(r));
    }
    if (!isCallable(f)) throwError(n, 'TypeError', "Right-hand side of 'instanceof' is not callable");
    return ordinaryInstance(n, v, f as JsFunction);
  });
}

export function ordinaryInstance(m: Machine, v: Value, f: JsFunction): Value {
  if (f.bound) return instanceOf(m, v, f.bound.target);
  if (!isObject(v)) return v instanceof Opaque ? ask(m, `${v.name} instanceof ${f.name}`) : false;
  const proto = getProperty(m, f, 'prototype', f);
  if (!isObject(proto)) throwError(m, 'TypeError', `Function has non-object prototype '${String(proto)}' in instanceof check`);
  for (let p = v.proto; p; p = p.proto) if (p === proto) return true;
  return false;
}

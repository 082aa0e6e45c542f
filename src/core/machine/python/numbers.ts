/**
 * Python's arithmetic on ints of any size and floats. An int is a host number while it is a safe
 * integer and a bigint beyond; a float is a PyFloat. Booleans count as ints.
 */
import type { BinaryOperator } from '../../program/program.ts';
import type { Machine } from '../machine.ts';
import { PyFloat, type Value } from '../values.ts';
import { raise } from './errors.ts';

export type Int = number | bigint;

export function norm(v: bigint): Int {
  return v >= -9007199254740991n && v <= 9007199254740991n ? Number(v) : v;
}

export function isInt(v: Value): v is Int | boolean {
  return typeof v === 'number' || typeof v === 'bigint' || typeof v === 'boolean';
}

export function isNumber(v: Value): v is Int | boolean | PyFloat {
  return isInt(v) || v instanceof PyFloat;
}

export function toInt(v: Int | boolean): Int {
  return typeof v === 'boolean' ? (v ? 1 : 0) : v;
}

export function toDouble(v: Int | boolean | PyFloat): number {
  return v instanceof PyFloat ? v.value : Number(v);
}

/** The result, or undefined when the operator is not defined for these operands. */
export function arithmetic(m: Machine, op: BinaryOperator, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    switch (op) {
      case '+': {
        const r = a + b;
        return Number.isSafeInteger(r) ? r : norm(BigInt(a) + BigInt(b));
      }
      case '-': {
        const r = a - b;
        return Number.isSafeInteger(r) ? r : norm(BigInt(a) - BigInt(b));
      }
      case '*': {
        const r = a * b;
        return Number.isSafeInteger(r) ? (r === 0 ? 0 : r) : norm(BigInt(a) * BigInt(b));
      }
      case '//':
        if (b === 0) return raise(m, 'ZeroDivisionError', 'integer division or modulo by zero');
        return fix(Math.floor(a / b), () => floorDivide(BigInt(a), BigInt(b)));
      case '%': {
        if (b === 0) return raise(m, 'ZeroDivisionError', 'integer modulo by zero');
        const r = a % b;
        return r !== 0 && r < 0 !== b < 0 ? r + b : r === 0 ? 0 : r;
      }
      default:
    }
  }
  if (!isNumber(a) || !isNumber(b)) return undefined;
  if (a instanceof PyFloat || b instanceof PyFloat) return floatArithmetic(m, op, a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') {
    if (op === '&') return a && b;
    if (op === '|') return a || b;
    if (op === '^') return a !== b;
  }
  return intArithmetic(m, op, toInt(a), toInt(b));
}

/** Floor division of safe integers is exact in doubles unless the quotient is huge. */
function fix(r: number, exact: () => bigint): Int {
  return Math.abs(r) < 4503599627370496 ? (r === 0 ? 0 : r) : norm(exact());
}

function floorDivide(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

export function intArithmetic(m: Machine, op: BinaryOperator, a: Int, b: Int): Value {
  switch (op) {
    case '+':
    case '-':
    case '*':
    case '//':
    case '%': {
      if (typeof a === 'number' && typeof b === 'number') return arithmetic(m, op, a, b);
      const x = BigInt(a);
      const y = BigInt(b);
      if (op === '+') return norm(x + y);
      if (op === '-') return norm(x - y);
      if (op === '*') return norm(x * y);
      if (y === 0n) return raise(m, 'ZeroDivisionError', op === '//' ? 'integer division or modulo by zero' : 'integer modulo by zero');
      return norm(op === '//' ? floorDivide(x, y) : x - floorDivide(x, y) * y);
    }
    case '/':
      if (Number(b) === 0) return raise(m, 'ZeroDivisionError', 'division by zero');
      return new PyFloat(divide(a, b));
    case '**': {
      if (Number(b) < 0) {
        if (Number(a) === 0) return raise(m, 'ZeroDivisionError', '0.0 cannot be raised to a negative power');
        return new PyFloat(Number(a) ** Number(b));
      }
      if (Number(b) > 100000 && Math.abs(Number(a)) > 1) return raise(m, 'MemoryError');
      return norm(BigInt(a) ** BigInt(b));
    }
    case '<<':
      if (Number(b) < 0) return raise(m, 'ValueError', 'negative shift count');
      if (Number(b) > 1000000) return raise(m, 'MemoryError');
      return norm(BigInt(a) << BigInt(b));
    case '>>':
      if (Number(b) < 0) return raise(m, 'ValueError', 'negative shift count');
      return norm(BigInt(a) >> BigInt(b));
    case '&':
      return norm(BigInt(a) & BigInt(b));
    case '|':
      return norm(BigInt(a) | BigInt(b));
    case '^':
      return norm(BigInt(a) ^ BigInt(b));
    default:
      return undefined;
  }
}

function divide(a: Int, b: Int): number {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  const x = BigInt(a);
  const y = BigInt(b);
  const direct = Number(x) / Number(y);
  if (Number.isFinite(direct)) return direct;
  return Number((x * 1000000000000000000n) / y) / 1e18;
}

function floatArithmetic(m: Machine, op: BinaryOperator, a: Int | boolean | PyFloat, b: Int | boolean | PyFloat): Value {
  const x = toDouble(a);
  const y = toDouble(b);
  switch (op) {
    case '+':
      return new PyFloat(x + y);
    case '-':
      return new PyFloat(x - y);
    case '*':
      return new PyFloat(x * y);
    case '/':
      if (y === 0) return raise(m, 'ZeroDivisionError', 'float division by zero');
      return new PyFloat(x / y);
    case '//': {
      if (y === 0) return raise(m, 'ZeroDivisionError', 'float floor division by zero');
      return new PyFloat(floatDivmod(x, y)[0]);
    }
    case '%': {
      if (y === 0) return raise(m, 'ZeroDivisionError', 'float modulo');
      return new PyFloat(floatDivmod(x, y)[1]);
    }
    case '**': {
      if (x === 0 && y < 0) return raise(m, 'ZeroDivisionError', '0.0 cannot be raised to a negative power');
      const r = x === 1 || y === 0 ? 1 : x ** y;
      if (!Number.isFinite(r) && Number.isFinite(x) && Number.isFinite(y))
        return raise(m, 'OverflowError', 34, 'Numerical result out of range');
      return new PyFloat(r);
    }
    default:
      return undefined;
  }
}

/** As float_divmod in CPython: the remainder has the divisor's sign. */
export function floatDivmod(x: number, y: number): [number, number] {
  let mod = x % y;
  let div = (x - mod) / y;
  if (mod !== 0) {
    if (y < 0 !== mod < 0) {
      mod += y;
      div -= 1;
    }
  } else mod = y < 0 ? -0 : 0;
  let floored: number;
  if (div !== 0) {
    floored = Math.floor(div);
    if (div - floored > 0.5) floored += 1;
  } else floored = x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  return [floored, mod];
}

/** -1, 0, 1, or NaN when unordered. */
export function compareNumbers(a: Int | boolean | PyFloat, b: Int | boolean | PyFloat): number {
  const x = a instanceof PyFloat ? a.value : toInt(a);
  const y = b instanceof PyFloat ? b.value : toInt(b);
  // The host's comparison of number with bigint is exact.
  return x < y ? -1 : x > y ? 1 : x >= y ? 0 : NaN;
}

export function negate(v: Int): Int {
  return typeof v === 'number' ? (v === 0 ? 0 : -v) : norm(-v);
}

/** Shortest repr, as CPython writes it: exponent from 1e16 and below 1e-4. */
export function floatRepr(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  if (x === 0) return Object.is(x, -0) ? '-0.0' : '0.0';
  const sign = x < 0 ? '-' : '';
  const text = Math.abs(x).toExponential();
  const [mantissa = '', exponentText = '0'] = text.split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const tail = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const size = Math.abs(exponent);
    return `${sign}${digits[0]}${tail}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits}${'0'.repeat(exponent + 1 - digits.length)}.0`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** An index operand: a safe integer, or undefined when the value is not an int. */
export function asIndex(v: Value): number | undefined {
  if (typeof v === 'number') return v;
  if (typeof v === 'boolean') return v ? 1 : 0;
  if (typeof v === 'bigint') return v > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  return undefined;
}

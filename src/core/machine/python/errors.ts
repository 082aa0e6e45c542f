/** The exception classes of Python and how the runtime raises and matches them. */
import { Raise, STOP, type Keywords } from '../language.ts';
import type { Machine } from '../machine.ts';
import { Opaque, PyTuple, type Value } from '../values.ts';
import { NativeAttribute, NativeMethod, PyClass, PyException } from './objects.ts';
import { unmodelled } from './opaque.ts';
import { builtinClasses, isSubclass, makeBuiltin, objectClass } from './types.ts';

/** Every built-in exception with its base, bases first. */
const hierarchy: readonly [string, string][] = [
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ['Exception', 'BaseException'],
  ['BaseExceptionGroup', 'BaseException'],
  ['ArithmeticError', 'Exception'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['BufferError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['LookupError', 'Exception'],
  ['MemoryError', 'Exception'],
  ['NameError', 'Exception'],
  ['OSError', 'Exception'],
  ['ReferenceError', 'Exception'],
  ['RuntimeError', 'Exception'],
  ['StopIteration', 'Exception'],
  ['StopAsyncIteration', 'Exception'],
  ['SyntaxError', 'Exception'],
  ['SystemError', 'Exception'],
  ['TypeError', 'Exception'],
  ['ValueError', 'Exception'],
  ['Warning', 'Exception'],
  ['ExceptionGroup', 'BaseExceptionGroup'],
  ['FloatingPointError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['ModuleNotFoundError', 'ImportError'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['UnboundLocalError', 'NameError'],
  ['BlockingIOError', 'OSError'],
  ['ChildProcessError', 'OSError'],
  ['ConnectionError', 'OSError'],
  ['BrokenPipeError', 'ConnectionError'],
  ['ConnectionAbortedError', 'ConnectionError'],
  ['ConnectionRefusedError', 'ConnectionError'],
  ['ConnectionResetError', 'ConnectionError'],
  ['FileExistsError', 'OSError'],
  ['FileNotFoundError', 'OSError'],
  ['InterruptedError', 'OSError'],
  ['IsADirectoryError', 'OSError'],
  ['NotADirectoryError', 'OSError'],
  ['PermissionError', 'OSError'],
  ['ProcessLookupError', 'OSError'],
  ['TimeoutError', 'OSError'],
  ['NotImplementedError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['IndentationError', 'SyntaxError'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ['DeprecationWarning', 'Warning'],
  ['UserWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['ResourceWarning', 'Warning'],
];

const exceptionClasses = new Map<string, PyClass>();

export const baseException = makeBuiltin('BaseException', 'exception');
exceptionClasses.set('BaseException', baseException);
baseException.allocate = (m, cls, args) => m.adopt(new PyException(cls, new PyTuple(args)));
for (const [name, base] of hierarchy)
  exceptionClasses.set(name, makeBuiltin(name, 'exception', exceptionClasses.get(base) ?? baseException));
builtinClasses.set('IOError', exceptionClass('OSError'));
builtinClasses.set('EnvironmentError', exceptionClass('OSError'));

export function exceptionClass(name: string): PyClass {
  const cls = exceptionClasses.get(name);
  if (!cls) throw new Error(`no exception class ${name}`);
  return cls;
}

/** An exception class a library module defines (`queue.Empty`). */
export function libraryException(name: string, module: string, base: string): PyClass {
  const cls = makeBuiltin(name, 'exception', exceptionClass(base), false);
  cls.module = module;
  exceptionClasses.set(`${module}.${name}`, cls);
  return cls;
}

export function newException(m: Machine, cls: PyClass, args: readonly Value[]): PyException {
  return m.adopt(new PyException(cls, new PyTuple(args)));
}

export function raise(m: Machine, type: string, ...args: Value[]): never {
  throw new Raise(withContext(m, newException(m, exceptionClass(type), args)));
}

export function typeError(m: Machine, message: string): never {
  return raise(m, 'TypeError', message);
}

/** Links an exception to the one being handled, as `_PyErr_SetObject`: never into a circle. */
export function withContext(m: Machine, e: PyException): PyException {
  const handling = m.handling();
  if (!(handling instanceof PyException) || handling === e) return e;
  for (let o = handling; o.context instanceof PyException; o = o.context)
    if (o.context === e) {
      m.trail.set(o, 'context', null);
      break;
    }
  if (e.context !== handling) m.trail.set(e, 'context', handling);
  return e;
}

export function isException(v: Value): v is PyException {
  return v instanceof PyException;
}

export function isExceptionClass(v: Value): v is PyClass {
  return v instanceof PyClass && isSubclass(v, baseException);
}

/** Does an exception match a class nobody can see into? Only one that a model of a data base raised can: no such row. */
function matchesUnknown(exception: Value, type: Opaque): boolean {
  return (
    exception instanceof PyException &&
    exception.attrs?.get('_rr_missing_row') === true &&
    /DoesNotExist|NoResultFound|NotFound|NoRow|Missing|404/.test(type.name)
  );
}

/** What a call of the unknown raises when it fails. */
export function unknownFailure(m: Machine, name: string): PyException {
  const e = newException(m, exceptionClass('Exception'), [`error of ${name}`]);
  e.failure = m.adopt(new Opaque(`error of ${name}`));
  e.failure.definite = true;
  return e;
}

/** Does an exception match what an except clause names: a class or a tuple of them? STOP: the step must end first. */
export function matches(m: Machine, exception: Value, type: Value): Value {
  if (type instanceof PyTuple) {
    for (const t of type.items) {
      const one = matches(m, exception, t);
      if (one !== false) return one;
    }
    return false;
  }
  const failure = exception instanceof PyException ? exception.failure : null;
  if (failure !== null && (type instanceof Opaque || (isExceptionClass(type) && isNarrow(type)))) {
    const { name } = type;
    const answer = m.chooseOnce(`${String(failure.id)} is ${name}`, `${failure.name} is ${name}`, ['yes', 'no']);
    return answer < 0 ? STOP : answer === 0;
  }
  if (type instanceof Opaque) return matchesUnknown(exception, type);
  if (!isExceptionClass(type)) return typeError(m, 'catching classes that do not inherit from BaseException is not allowed');
  return exception instanceof PyException && isSubclass(exception.cls, type);
}

/** A class of exceptions that not all are of. */
function isNarrow(type: PyClass): boolean {
  return isSubclass(type, exceptionClass('Exception')) && type.name !== 'Exception';
}

export function matchesName(exception: Value, name: string): boolean {
  const cls = exceptionClasses.get(name);
  return exception instanceof PyException && cls !== undefined && isSubclass(exception.cls, cls);
}

function self(args: readonly Value[]): PyException | null {
  return args[0] instanceof PyException ? args[0] : null;
}

const attribute = (name: 'cause' | 'context'): NativeAttribute =>
  new NativeAttribute(
    (_m, e) => (e instanceof PyException ? e[name] : null),
    (m, e, v) => {
      if (e instanceof PyException) m.trail.set(e, name, v);
      if (e instanceof PyException && name === 'cause') m.trail.set(e, 'suppresses', true);
      return undefined;
    },
  );

/** OSError(errno, …) makes the subclass for that errno (PEP 3151). */
const byErrno: Readonly<Record<number, string>> = {
  1: 'PermissionError',
  2: 'FileNotFoundError',
  3: 'ProcessLookupError',
  4: 'InterruptedError',
  10: 'ChildProcessError',
  11: 'BlockingIOError',
  13: 'PermissionError',
  17: 'FileExistsError',
  20: 'NotADirectoryError',
  21: 'IsADirectoryError',
  32: 'BrokenPipeError',
  103: 'ConnectionAbortedError',
  104: 'ConnectionResetError',
  110: 'TimeoutError',
  111: 'ConnectionRefusedError',
};
const osError = exceptionClass('OSError');
osError.allocate = (m, cls, args) => {
  const name = cls === osError && args.length >= 2 && typeof args[0] === 'number' ? byErrno[args[0]] : undefined;
  return m.adopt(new PyException(name === undefined ? cls : exceptionClass(name), new PyTuple(args)));
};

baseException.dict.set(
  '__init__',
  new NativeMethod(
    '__init__',
    (m, args, keywords: Keywords) => {
      const e = self(args);
      if (
        keywords &&
        keywords.size > 0 &&
        e &&
        !(e.cls.name === 'ImportError' || e.cls.name === 'AttributeError' || e.cls.name === 'NameError')
      ) {
        return typeError(m, `${e.cls.name}() takes no keyword arguments`);
      }
      if (e) m.trail.set(e, 'args', new PyTuple(args.slice(1)));
      return null;
    },
    { pure: true },
  ),
);
baseException.dict.set(
  'args',
  new NativeAttribute(
    (_m, e) => (e instanceof PyException ? e.args : null),
    (m, e, v) => {
      if (e instanceof PyException && v instanceof PyTuple) m.trail.set(e, 'args', v);
      return undefined;
    },
  ),
);
baseException.dict.set('__cause__', attribute('cause'));
baseException.dict.set('__context__', attribute('context'));
baseException.dict.set(
  '__traceback__',
  new NativeAttribute(
    (m) => unmodelled(m, 'traceback', 'stack'),
    () => undefined,
  ),
);
baseException.dict.set(
  '__suppress_context__',
  new NativeAttribute(
    (_m, e) => e instanceof PyException && e.suppresses,
    (m, e, v) => {
      if (e instanceof PyException) m.trail.set(e, 'suppresses', v === true);
      return undefined;
    },
  ),
);
baseException.dict.set('with_traceback', new NativeMethod('with_traceback', (_m, args) => args[0] ?? null, { pure: true }));
baseException.dict.set('add_note', new NativeMethod('add_note', () => null, { pure: true }));
const firstArgument = new NativeAttribute((_m, e) => (e instanceof PyException ? (e.args.items[0] ?? null) : null));
exceptionClass('StopIteration').dict.set('value', firstArgument);
exceptionClass('SystemExit').dict.set('code', firstArgument);
const osPart = (i: number): NativeAttribute =>
  new NativeAttribute((_m, e) => (e instanceof PyException && e.args.items.length >= 2 ? (e.args.items[i] ?? null) : null));
exceptionClass('OSError').dict.set('errno', osPart(0));
exceptionClass('OSError').dict.set('strerror', osPart(1));
exceptionClass('OSError').dict.set('filename', osPart(2));
exceptionClass('BaseExceptionGroup').dict.set('message', firstArgument);
export { objectClass };

/** BaseExceptionGroup and ExceptionGroup: what they accept, and their methods. */
import { STOP } from '../language.ts';
import type { Machine } from '../machine.ts';
import { PyTuple, type Value } from '../values.ts';
import { exceptionClass, isException, newException, raise, typeError } from './errors.ts';
import { drain } from './iteration.ts';
import { NativeAttribute, NativeMethod, type PyClass, PyException } from './objects.ts';
import { callPrelude } from './runtime.ts';
import { reprOf } from './text.ts';
import { isSubclass } from './types.ts';

const base = exceptionClass('BaseExceptionGroup');
const group = exceptionClass('ExceptionGroup');

/** As BaseExceptionGroup_new. */
function checked(m: Machine, cls: PyClass, args: readonly Value[]): Value {
  if (args.length !== 2) return typeError(m, `BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`);
  if (typeof args[0] !== 'string') return typeError(m, `argument 1 must be str, not ${reprOf(args[0]) ?? ''}`);
  const items = drain(m, args[1]);
  if (items === STOP) return STOP;
  if (items === null) return typeError(m, 'second argument (exceptions) must be a sequence');
  const exceptions = items as Value[];
  if (exceptions.length === 0) return raise(m, 'ValueError', 'second argument (exceptions) must be a non-empty sequence');
  const odd = exceptions.findIndex((e) => !isException(e));
  if (odd >= 0) return raise(m, 'ValueError', `Item ${odd} of second argument (exceptions) is not an exception`);
  const isPlain = exceptions.every((e) => e instanceof PyException && isSubclass(e.cls, exceptionClass('Exception')));
  if (cls === base && isPlain) cls = group;
  if (!isPlain && isSubclass(cls, exceptionClass('Exception')))
    return typeError(m, `Cannot nest BaseExceptions in ${cls === group ? 'an ExceptionGroup' : (reprOf(cls) ?? cls.name)}`);
  return newException(m, cls, args);
}

base.allocate = checked;
group.allocate = checked;
group.mro = [group, base, exceptionClass('Exception'), ...base.mro.slice(1)];
base.dict.set(
  'exceptions',
  new NativeAttribute((m, e) => {
    const items = e instanceof PyException ? drain(m, e.args.items[1] ?? new PyTuple([])) : null;
    return new PyTuple(Array.isArray(items) ? items : []);
  }),
);
for (const name of ['split', 'subgroup', 'derive'])
  base.dict.set(name, new NativeMethod(name, (m, args) => callPrelude(m, name, args, 'exception groups'), { pure: true }));

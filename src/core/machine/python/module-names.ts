/**
 * What a program has put in place of names of library modules: `sys.stdout = buffer`, `os.environ = settings`. The whole
 * program has them in common, so that to save one, set it and put it back is a race where two do so.
 */
import type { Machine } from '../machine.ts';
import { HeapObject, type OutsidePlace, type Value } from '../values.ts';
import { singleton } from './runtime.ts';

class ModuleNames extends HeapObject {
  readonly type = 'module names';
  readonly values = new Map<string, Value>();
  /** What was there before anybody put something else in its place. */
  readonly originals = new Map<string, Value>();
  references(visit: (value: Value) => void): void {
    for (const v of this.values.values()) visit(v);
  }
  override changes(): [string, Value][] {
    return [...this.values].filter(([name, v]) => v !== this.originals.get(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  }
  override outside(show: (value: Value) => string, key: unknown): OutsidePlace {
    const name = String(key);
    return { kind: 'value', name, value: this.values.get(name) ?? this.originals.get(name), tell: show };
  }
}

function namesOf(m: Machine): ModuleNames {
  const names = singleton(m, 'module names', () => new ModuleNames());
  m.observed.set('modules', names);
  if (!names.shared && m.processes.filter((p) => p !== undefined).length > 1) m.share(names);
  return names;
}

/** Does the program set an attribute of this name of some module, so that looking at one is an access? */
function maySet(m: Machine, name: string): boolean {
  return m.moduleAttributes.has(name);
}

/** True when the step must stop before it looks at the attribute, or sets it. */
export function stopsBeforeName(m: Machine, name: string): boolean {
  return maySet(m, name) && m.stopBefore(namesOf(m));
}

/** What the attribute is by now. `original`: what it is where nobody has set it. */
export function nameNow(m: Machine, module: string, name: string, original: Value): Value {
  if (!maySet(m, name)) return original;
  const names = namesOf(m);
  const key = `${module}.${name}`;
  const value = names.values.has(key) ? names.values.get(key) : original;
  m.read(names, key, value);
  return value;
}

export function setName(m: Machine, module: string, name: string, value: Value, original: Value): void {
  const names = namesOf(m);
  const key = `${module}.${name}`;
  m.share(value);
  m.write(names, key, value, names.values.has(key) ? names.values.get(key) : original);
  if (!names.originals.has(key)) m.trail.mapSet(names.originals, key, original);
  m.trail.mapSet(names.values, key, value);
}

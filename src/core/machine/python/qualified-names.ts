/** `__qualname__` (PEP 3155): `Bank.withdraw`, `outer.<locals>.inner`. */
import type { FunctionDef } from '../../program/program.ts';

export function qualname(fn: FunctionDef): string {
  const { parent } = fn;
  if (parent === null || parent.kind === 'module') return fn.name;
  return parent.kind === 'classBody' ? `${qualname(parent)}.${fn.name}` : `${qualname(parent)}.<locals>.${fn.name}`;
}

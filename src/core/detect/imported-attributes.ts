/**
 * What is imported, from a file nobody can see into or a library, and set in this one: attributes, `sys.stdout = buffer`, and
 * tables whose items are set, `seats[seat] = user`. They are variables that the whole program has, by whatever name it imports them.
 */
import type { Expr, FunctionDef, Variable } from '../program/program.ts';
import { byFunctions } from './by-functions.ts';
import type { ModuleInfo } from './module-info.ts';
import { visitFunction } from './visit.ts';

const setHere = byFunctions(found);
/** Keeps what is known, where the new versions of functions set what the old ones did. */
export const keepSetHere = setHere.keep;

/** Is it one that a function of the file sets? `qualified`: `sys.stdout`. */
export function isSetHere(info: ModuleInfo, qualified: string): boolean {
  return setHere.of(info).has(qualified);
}

function found(info: ModuleInfo, functions: readonly FunctionDef[]): Set<string> {
  const names = new Set<string>();
  const imported = new Set([...info.imports.values(), ...info.variableImports.values()]);
  const isImported = (qualified: string): boolean => {
    for (let at = qualified.length; at > 0; at = qualified.lastIndexOf('.', at - 1)) if (imported.has(qualified.slice(0, at))) return true;
    return false;
  };
  const tableOf = (e: Expr): string | null => {
    let table = e;
    while (table.kind === 'index') table = table.object;
    const object = table.kind === 'name' || table.kind === 'attr' ? info.qualified(table) : null;
    return object !== null && isImported(object) ? object : null;
  };
  for (const fn of functions) {
    // `seats = current_app.config['SEATS']`
    const parts = new Map<Variable, string>();
    visitFunction(fn, {
      stmt(s) {
        const [target] = s.kind === 'assign' ? s.targets : [];
        if (s.kind !== 'assign' || target?.kind !== 'name' || target.ref.kind !== 'variable') return;
        const table = s.value.kind === 'index' || s.value.kind === 'attr' ? tableOf(s.value) : null;
        if (table !== null) parts.set(target.ref.variable, table);
      },
      target(t) {
        if (t.kind === 'attr') {
          const object = info.qualified(t.object);
          if (object !== null && (info.language === 'python' ? imported.has(object) : isImported(object))) names.add(`${object}.${t.name}`);
        }
        if (t.kind !== 'index') return;
        // What has items that are set: `seats[seat] = user`, `current_app.config['SEATS'][seat] = user`.
        const { object } = t;
        const table =
          object.kind === 'name' && object.ref.kind === 'variable' ? (parts.get(object.ref.variable) ?? tableOf(object)) : tableOf(object);
        if (table !== null) names.add(table);
      },
    });
  }
  return names;
}

/** Hooks of React and its like, by the names of their calls. */
import type { Expr } from '../program/program.ts';
import { calleeName } from './module-info.ts';

/** `useState` of `useState(…)` and `React.useState(…)`; null for what is no call of a hook. */
export function hookName(e: Extract<Expr, { kind: 'call' }>): string | null {
  const name = calleeName(e);
  return /^use[A-Z]/.test(name) ? name : null;
}

/** What a hook that gives state and a way to set it does with what the setter is handed. */
export function stateHook(e: Expr): 'set' | 'reduce' | null {
  const name = e.kind === 'call' ? hookName(e) : null;
  return name === 'useState' ? 'set' : name === 'useReducer' ? 'reduce' : null;
}

/** A global of the page that a script brings, and the call that puts the script into the page: its effect comes when it is loaded. */
import { keptBy } from '../../program/kept.ts';
import type { Expr } from '../../program/program.ts';
import { isBroughtByScript, loadsScripts, putsIntoPage } from '../../program/script-names.ts';
import { type Place, place, step } from '../shared.ts';
import { evalArgs } from './calls.ts';
import { act, suspend } from './events.ts';
import { type Value, type Walk, copyFlow, nothing } from './state.ts';

type Call = Extract<Expr, { kind: 'call' }>;

const page = (): Place => place({ kind: 'global', name: 'window' });

/** `window.Sdk`; null for what is no such global. */
export function scriptGlobal(w: Walk, object: Value, name: string): Value | null {
  if (object.qualified !== 'window' || !isBroughtByScript(w.info.module, name)) return null;
  return { ...nothing, place: step(page(), { kind: 'attr', name }) };
}

/** `document.head.append(script)`; null for any other call. */
export function scriptCall(w: Walk, e: Call): Value | null {
  if (e.callee.kind !== 'attr' || !putsIntoPage.test(e.callee.name) || !loadsScripts(w.info.module)) return null;
  const [element] = e.args;
  if (element?.value.kind !== 'name' || !isElement(w.info.module, w.info.text(element.value.span))) return null;
  evalArgs(w, e.args, 'later');
  const start = copyFlow(w.flow);
  suspend(w, e.span);
  act(w, 'assign', page(), e.span, { value: { ...nothing, made: true } });
  w.flow = start;
  return { ...nothing, made: true };
}

/** Was the variable made to be a script element? */
const isElement = keptBy((module: { text: string }, name): boolean =>
  new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*(?::[^=]*)?=[^;\\n]*createElement\\(\\s*['"\`]script`).test(module.text),
);

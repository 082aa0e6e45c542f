/** Functions that only come to be when another one runs and registers them: `conn.on('close', () => …)` in a handler. */
import type { FunctionDef } from '../../program/program.ts';
import { eventOfProperty, registersListener } from '../../program/listener-names.ts';
import type { ModuleInfo } from '../module-info.ts';
import type { Candidate } from '../candidate.ts';
import { isInside } from '../../program/functions.ts';
import { visitFunction } from '../visit.ts';

/** The function that hands this one to an emitter when it is called; null when none does, or only start-up code. */
export function registrarOf(info: ModuleInfo, fn: FunctionDef): FunctionDef | null {
  const { parent } = fn;
  if (info.language !== 'javascript' || parent === null || /^(module|classBody|constructor|initializer)$/.test(parent.kind)) return null;
  let handed = false;
  visitFunction(parent, {
    expr(e) {
      // `socket.onclose = () => …`
      if (e.kind === 'assign' && e.target.kind === 'attr' && eventOfProperty(e.target.name) !== null)
        handed ||= e.value.kind === 'function' && e.value.fn === fn;
      if (e.kind !== 'call' || e.callee.kind !== 'attr' || !registersListener(e.callee.name)) return;
      handed ||= e.args.some((a) => a.value.kind === 'function' && a.value.fn === fn);
    },
  });
  return handed ? parent : null;
}

/** The listener in which the act of a candidate is, where the function that registers it is the one with the check. */
export function listenerAround(info: ModuleInfo, { fn, act }: Candidate): FunctionDef | null {
  const around = info.module.functions.filter((f) => f !== fn && f.span.start <= act.start && act.end <= f.span.end && isInside(f, fn));
  return around.find((f) => registrarOf(info, f) === fn) ?? null;
}

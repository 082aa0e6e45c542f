/** Drivers for React components and hooks: rendered twice with other properties, or their state set twice. */
import type { FunctionDef } from '../../program/program.ts';
import type { Candidate } from '../candidate.ts';
import type { ModuleInfo } from '../module-info.ts';
import { usesOf } from './values.ts';

const hooks = /\buse(State|Effect|LayoutEffect|Reducer|Callback|Memo|Ref|Context)\s*[<(]/;

/** The component or hook of the module that a function is part of, itself at the most. */
export function componentOf(info: ModuleInfo, fn: FunctionDef): FunctionDef | null {
  for (let f: FunctionDef | null = fn; f !== null && f.kind !== 'module'; f = f.parent) {
    if (f.parent?.kind === 'module' && f.owner === null && isComponent(info, f)) return f;
  }
  return null;
}

export function isComponent(info: ModuleInfo, fn: FunctionDef): boolean {
  return (
    info.language === 'javascript' &&
    /^([A-Z]\w*|use[A-Z]\w*)$/.test(fn.name) &&
    hooks.test(info.text(fn.span)) &&
    info.globalFunctions.get(fn.name) === fn
  );
}

/** What the effect that a function is part of depends on; null outside of effects. */
function dependenciesOf(info: ModuleInfo, fn: FunctionDef, component: FunctionDef): string[] | null {
  for (let f: FunctionDef | null = fn; f !== null && f !== component; f = f.parent) {
    const { text } = info.module;
    if (!/\buse(Layout|Insertion)?Effect\s*\(\s*(async\s*)?$/.test(text.slice(Math.max(0, f.span.start - 40), f.span.start))) continue;
    const deps = /^\s*,\s*\[([^\]]*)\]/.exec(text.slice(f.span.end, f.span.end + 300))?.[1] ?? '';
    return deps.split(',').map((d) => d.trim());
  }
  return null;
}

/** Names that a component gives its states. */
function statesOf(info: ModuleInfo, component: FunctionDef): string[] {
  return [...info.text(component.span).matchAll(/\[\s*(\w+)\s*,[^\]]*\]\s*(?::[^=]*)?=\s*(?:React\.)?use(?:State|Reducer)\b/g)].map(
    (m) => m[1] ?? '',
  );
}

function valueFor(name: string, annotation: string, index: number): string {
  if (/^(on|handle)[A-Z]|[Cc]allback$|[Hh]andler$|^(set|fetch|load|get)[A-Z]|=>/.test(name) || /=>/.test(annotation))
    return `opaque('${name}')`;
  if (/^\s*(number|bigint)\b/.test(annotation)) return String(index + 1);
  // A switch that is off would keep the second from asking at all.
  if (/^\s*boolean\b/.test(annotation)) return 'true';
  return `'${index === 0 ? 'a' : 'b'}'`;
}

/** What is rendered once: the properties of a component, the parameters of a hook as a list. */
export function renderArguments(info: ModuleInfo, component: FunctionDef, index: number): string {
  const isHook = component.name.startsWith('use');
  const args = usesOf(info, component).map(({ param, attributes }) => {
    if (param.target.kind === 'objectPattern')
      return `{ ${param.target.properties.flatMap((p) => ('name' in p.key ? [`${p.key.name}: ${valueFor(p.key.name, '', index)}`] : [])).join(', ')} }`;
    const names = [...new Set(attributes.map((a) => a[0] ?? '').filter((n) => /^\w+$/.test(n)))];
    if (names.length > 0) return `{ ${names.map((n) => `${n}: ${valueFor(n, '', index)}`).join(', ')} }`;
    return isHook ? valueFor(param.name, param.annotation ?? '', index) : '{}';
  });
  return isHook ? `[${args.join(', ')}]` : (args[0] ?? '{}');
}

/** `mount(target.Profile, { id: 'a' })`; a hook is called by a component of its own. */
export function mountText(component: FunctionDef, rendered: string | null): string {
  const what = component.name.startsWith('use') ? `(args) => target.${component.name}(...args)` : `target.${component.name}`;
  return `mount(${what}${rendered === null ? '' : `, ${rendered}`})`;
}

/** Drivers of an effect; empty for what is in no effect. */
export function effectDrivers(info: ModuleInfo, candidate: Candidate, component: FunctionDef): { text: string; contexts: string[] }[] {
  const deps = dependenciesOf(info, candidate.fn, component);
  if (deps === null) return [];
  const first = renderArguments(info, component, 0);
  const second = renderArguments(info, component, 1);
  const write = (made: string, one: string, two: string): string =>
    [
      "import * as target from 'target';",
      '',
      `const view = ${made};`,
      '',
      'await concurrently(',
      `  () => ${one},`,
      `  () => ${two},`,
      ');',
      '',
    ].join('\n');
  const states = statesOf(info, component).filter((s) => deps.includes(s) || deps.some((d) => d.startsWith(`${s}.`)));
  const out = states.map((state) => ({
    text: write(mountText(component, first), `view.set('${state}', 'first ${state}')`, `view.set('${state}', 'second ${state}')`),
    contexts: [`first ${state}`, `second ${state}`],
  }));
  if (first !== second)
    out.push({
      text: write(mountText(component, null), `view.render(${first})`, `view.render(${second})`),
      contexts: ['first render', 'second render'],
    });
  return out;
}

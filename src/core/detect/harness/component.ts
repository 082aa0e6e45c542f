/** Drivers for React components and hooks: rendered twice with other properties, or their state set twice. */
import type { FunctionDef, Span } from '../../program/program.ts';
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

/** The effect that a function is part of, or the one that alone calls it; null when others can. */
export function effectOf(info: ModuleInfo, fn: FunctionDef, component: FunctionDef): FunctionDef | null {
  for (let f: FunctionDef | null = fn; f !== null && f !== component; f = f.parent) if (isEffect(info, f)) return f;
  const effects = info.module.functions.filter((f) => isEffect(info, f) && within(f.span, component.span));
  for (let f: FunctionDef | null = fn; f !== null && f !== component; f = f.parent) {
    const caller = onlyCaller(info, f, component, effects);
    if (caller !== null) return caller;
  }
  return null;
}

function within(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isEffect(info: ModuleInfo, fn: FunctionDef): boolean {
  const before = info.module.text.slice(Math.max(0, fn.span.start - 40), fn.span.start);
  return /\buse(Layout|Insertion)?Effect\s*\(\s*(async\s*)?$/.test(before);
}

/** Of a function with a name in the component: the effect in which all uses of it are, but for lists of what is depended on. */
function onlyCaller(info: ModuleInfo, fn: FunctionDef, component: FunctionDef, effects: readonly FunctionDef[]): FunctionDef | null {
  const { text } = info.module;
  const before = text.slice(Math.max(0, fn.span.start - 80), fn.span.start);
  const name =
    /\b(?:const|let)\s+(\w+)\s*(?::[^=]*)?=\s*(?:(?:React\.)?use(?:Callback|EffectEvent|Event)\s*\(\s*)?(?:async\s*)?$/.exec(before)?.[1] ??
    (/^(?:async\s+)?function\b/.test(info.text(fn.span)) ? fn.name : null);
  if (name === null || !/^\w+$/.test(name)) return null;
  let caller: FunctionDef | null = null;
  for (const use of info.text(component.span).matchAll(new RegExp(`(?<![\\w$.])${name}\\b(?!\\s*(?::|=[^=>]))`, 'g'))) {
    const at = component.span.start + use.index;
    const lead = text.slice(Math.max(0, at - 200), at);
    if (/\b(?:const|let|function)\s+$/.test(lead) || /[})\w]\s*,\s*\[[^\][]*$/.test(lead)) continue;
    const effect = effects.find((f) => within({ start: at, end: at + name.length }, f.span));
    if (effect === undefined) return null;
    caller ??= effect;
  }
  return caller;
}

/** What an effect depends on. */
function dependenciesOf(info: ModuleInfo, effect: FunctionDef): string[] {
  const { end } = effect.span;
  const deps = /^\s*,\s*\[([^\]]*)\]/.exec(info.module.text.slice(end, end + 300))?.[1] ?? '';
  return deps.split(',').map((d) => d.trim());
}

interface State {
  name: string;
  setter: string;
  /** What it is set to first, as the source has it. */
  initial: string;
}

/** The states of a component by the names it gives them. */
function statesOf(info: ModuleInfo, component: FunctionDef): State[] {
  const hook =
    /\[\s*(\w+)\s*,\s*(\w*)[^\]]*\]\s*(?::[^=]*)?=\s*(?:React\.)?use(?:State|Reducer)\b\s*(?:<[^()]*>)?\s*\(\s*([^;\n]*?)\s*\)\s*;?\s*$/gm;
  return [...info.text(component.span).matchAll(hook)].map(([, name = '', setter = '', initial = '']) => ({ name, setter, initial }));
}

const calls = (text: string, name: string): boolean => name !== '' && new RegExp(`(?<![\\w$.])${name}\\b`).test(text);

/** For a handler: what is filled in elsewhere, and empty at first, has been. */
export function filledIn(info: ModuleInfo, component: FunctionDef, candidate: Candidate): string[] {
  const own = info.text(candidate.fn.span);
  return statesOf(info, component)
    .filter(({ name, setter, initial }) => {
      const isEmpty = /^(?:''|""|null|undefined|)$/.test(initial);
      const elsewhere =
        info
          .text(component.span)
          .replace(own, '')
          .match(new RegExp(`(?<![\\w$.])${setter}\\b`, 'g'))?.length ?? 0;
      return isEmpty && setter !== '' && name !== candidate.sharedName && calls(own, name) && !calls(own, setter) && elsewhere > 1;
    })
    .map(({ name }) => `made.set('${name}', opaque('${name}'));`);
}

/** Methods and parts that texts have. */
const ofTexts =
  'length|trim|trimStart|trimEnd|toLowerCase|toUpperCase|split|slice|substring|startsWith|endsWith|includes|indexOf|replace|replaceAll|match|padStart|padEnd|charAt|toString|localeCompare|normalize|concat|at';

/** Does the component look at parts of what goes by this name, other than those that texts have? */
function isObject(info: ModuleInfo, component: FunctionDef, name: string): boolean {
  const parts = [...info.text(component.span).matchAll(new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\??\\.(\\w+)`, 'g'))];
  return parts.some(([, part = '']) => !new RegExp(`^(?:${ofTexts})$`).test(part));
}

function valueFor(name: string, annotation: string, index: number): string {
  if (/^(on|handle)[A-Z]|[Cc]allback$|[Hh]andler$|^(set|fetch|load|get)[A-Z]|=>/.test(name) || /=>/.test(annotation))
    return `opaque('${name}')`;
  if (/^\s*(number|bigint)\b/.test(annotation)) return String(index + 1);
  // A switch that is off would keep the second from asking at all.
  if (/^\s*boolean\b/.test(annotation)) return 'true';
  return `'${index === 0 ? 'a' : 'b'}'`;
}

function partOf(info: ModuleInfo, component: FunctionDef, name: string, index: number): string {
  return isObject(info, component, name) ? `opaque('${name}')` : valueFor(name, '', index);
}

/** What is rendered once: the properties of a component, the parameters of a hook as a list. */
export function renderArguments(info: ModuleInfo, component: FunctionDef, index: number): string {
  const isHook = component.name.startsWith('use');
  const args = usesOf(info, component).map(({ param, attributes }) => {
    if (param.target.kind === 'objectPattern')
      return `{ ${param.target.properties.flatMap((p) => ('name' in p.key ? [`${p.key.name}: ${partOf(info, component, p.key.name, index)}`] : [])).join(', ')} }`;
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

/** The driver of a handler and of an effect of its component: the component is shown in the place of the first call. */
export function shownBeside(text: string): string | null {
  const shown = /^(const made = mount\(.*?)(?:, (.*))?\);\n/m.exec(text);
  const called = /^ {2}\(\) => (\w+)\(.*,$/m.exec(text);
  if (shown === null || called === null) return null;
  const [whole, mounted = '', rendered = '{}'] = shown;
  const others = text.slice(called.index + called[0].length).includes(`${called[1] ?? ''}(`);
  const declared = others ? '' : new RegExp(`^const ${called[1] ?? ''} = .*\\n`, 'm');
  return text.replace(called[0], `  () => made.render(${rendered}),`).replace(declared, '').replace(whole, `${mounted});\n`);
}

/** Drivers of an effect; empty for what is in no effect. */
export function effectDrivers(info: ModuleInfo, candidate: Candidate, component: FunctionDef): { text: string; contexts: string[] }[] {
  const effect = effectOf(info, candidate.fn, component);
  if (effect === null) return [];
  const deps = dependenciesOf(info, effect);
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
  // What the effect sets by itself is not for others to set.
  const isOwn = ({ setter }: State): boolean => calls(info.text(effect.span), setter) || calls(info.text(candidate.fn.span), setter);
  const states = statesOf(info, component)
    .filter((s) => (deps.includes(s.name) || deps.some((d) => d.startsWith(`${s.name}.`))) && !isOwn(s))
    .map((s) => s.name);
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

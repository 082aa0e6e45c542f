/**
 * Arguments for parameters that are taken apart where they are declared, `function attach({ router, onClose, limit })`:
 * each part from how the function uses it and, where that does not tell, from its name.
 */
import type { FunctionDef, Target, Variable } from '../../program/program.ts';
import type { ModuleInfo } from '../module-info.ts';
import { isInside } from '../../program/functions.ts';
import { visitFunction } from '../visit.ts';
import { unknownLine, variableFor } from './driver-text.ts';
import { textMethods } from './values.ts';

type Pattern = Extract<Target, { kind: 'objectPattern' }>;

/** What frameworks hand to handlers together. */
const ofRequest = /^(?:req|request|res|response|reply|event|ctx|context|params|cookies|headers|session|locals)$/;

/** The argument as text, and what is declared before: things are the same ones for both calls. */
export function patternArgument(
  info: ModuleInfo,
  fn: FunctionDef,
  pattern: Pattern,
  index: number,
  annotation = '',
): { text: string; setup: string[] } {
  const things = thingsOf(info, fn, pattern);
  const setup: string[] = [];
  const parts = pattern.properties.flatMap(({ key, target, default: value }) => {
    if (!('name' in key) || value !== null) return [];
    const { name } = key;
    if (!/^[\w$]+$/.test(name)) return [];
    const isThing = ofRequest.test(name) || (target.kind === 'name' && target.ref.kind === 'variable' && things.has(target.ref.variable));
    if (!isThing) return [`${name}: ${annotatedLiteral(name, annotation) ?? partLiteral(name, index)}`];
    const variable = variableFor(name);
    setup.push(unknownLine(variable, false));
    return [variable === name ? name : `${name}: ${variable}`];
  });
  return { text: parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`, setup };
}

/** What is handed in, as text, for a part that a text looks something up by: `id` of `stock.get(id)`. */
export function keyInPattern(fn: FunctionDef, lookup: string): string | null {
  const key = /(?:\.(?:get|has)\(|\[)\s*([\w$]+)\s*[)\]]/.exec(lookup)?.[1];
  for (const { target, annotation } of fn.params)
    if (target.kind === 'objectPattern' && key !== undefined && target.properties.some((p) => 'name' in p.key && p.key.name === key))
      return annotatedLiteral(key, annotation ?? '') ?? partLiteral(key, 0);
  return null;
}

/** Parts that are called, or that are asked for what no text, number or list has. */
function thingsOf(info: ModuleInfo, fn: FunctionDef, pattern: Pattern): Set<Variable> {
  const things = new Set<Variable>();
  for (const f of [fn, ...info.module.functions.filter((g) => isInside(g, fn))])
    visitFunction(f, {
      target(t) {
        if (t.kind === 'attr' && t.object.kind === 'name' && t.object.ref.kind === 'variable') things.add(t.object.ref.variable);
      },
      expr(e) {
        const whole = e.kind === 'call' ? e.callee : e.kind === 'attr' && !textMethods.test(e.name) ? e.object : null;
        if (whole?.kind === 'name' && whole.ref.kind === 'variable') things.add(whole.ref.variable);
      },
    });
  const own = pattern.properties.flatMap(({ target }) =>
    target.kind === 'name' && target.ref.kind === 'variable' ? [target.ref.variable] : [],
  );
  return new Set(own.filter((v) => things.has(v)));
}

/** What `{ id: string; count: number }` says of a part that is a number or a flag. */
function annotatedLiteral(name: string, annotation: string): string | null {
  const type = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}\\??\\s*:\\s*(number|boolean)\\b`).exec(annotation)?.[1];
  return type === undefined ? null : type === 'number' ? '1' : 'true';
}

/** Keys are alike for both calls, amounts are numbers, other things differ. */
function partLiteral(name: string, index: number): string {
  if (/^(?:on|handle)[A-Z]|(?:fn|callback|handler|listener)$/i.test(name)) return `opaque('${name}')`;
  if (/^(?:abort)?signal$/i.test(name)) return 'new AbortController().signal';
  if (/interval|timeout|delay|count|size|limit|amount|max|min|retries|attempts|seconds|ms$|ttl|page|offset|port/i.test(name)) return '1';
  if (/id|key|name|path|dir|file|url|uri/i.test(name)) return "'a'";
  return `'${index === 0 ? 'first' : 'second'} ${name}'`;
}

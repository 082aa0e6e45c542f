/** Lowering of short sources for the tests, and a walk over everything in a module. */
import { printModule } from '../../../src/core/program/print.ts';
import type { FunctionDef, Module, Variable } from '../../../src/core/program/program.ts';
import { parseTypeScript } from '../../../src/frontends/typescript/index.ts';

export function lower(text: string, path = 'file.ts'): Module {
  return parseTypeScript(path, text, /\.[cm]?jsx?$/.test(path) ? 'javascript' : 'typescript').module;
}

/** The printed tree of a source that has no problems. */
export function tree(text: string, path = 'file.ts'): string {
  const { module, problems } = parseTypeScript(path, text, /\.[cm]?jsx?$/.test(path) ? 'javascript' : 'typescript');
  if (problems.length > 0) throw new Error(`unexpected problem: ${problems[0]?.message}`);
  return printModule(module);
}

export function fn(module: Module, qualifiedName: string): FunctionDef {
  const found = module.functions.find((f) => f.qualifiedName === qualifiedName);
  if (!found) throw new Error(`no function ${qualifiedName}, only ${module.functions.map((f) => f.qualifiedName).join(', ')}`);
  return found;
}

export function variable(module: Module, owner: string, name: string): Variable {
  const found = fn(module, owner).variables.find((v) => v.name === name);
  if (!found) throw new Error(`no variable ${name}`);
  return found;
}

interface Walked {
  kind?: unknown;
  what?: unknown;
  name?: unknown;
  span?: { start: number; end: number };
}

/** Every object in the module's tree, each once; `shared` are nodes reached by two ways. */
export function walk(module: Module): { nodes: Walked[]; shared: Walked[] } {
  const seen = new Set<object>();
  const nodes: Walked[] = [];
  const shared: Walked[] = [];
  const stack: unknown[] = module.functions.flatMap((f) => [f.body, f.params, f.decorators, f.variables]);
  for (const c of module.classes) stack.push(c.bases, c.decorators, ...c.members.map((m) => [m.computed, m.decorators]));
  stack.push(module.globals);
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (seen.has(value)) {
      if ('span' in value && 'kind' in value) shared.push(value as Walked);
      continue;
    }
    seen.add(value);
    nodes.push(value as Walked);
    for (const [key, inner] of Object.entries(value))
      if (!['fn', 'cls', 'ref', 'variable', 'span', 'nameSpan'].includes(key)) stack.push(inner);
  }
  return { nodes, shared };
}

/** How deep the tree is below any function's body, functions inside counted on their own. */
export function depth(module: Module): number {
  let deepest = 0;
  const stack: [unknown, number][] = module.functions.map((f) => [f.body, 0]);
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [value, level] = next;
    if (typeof value !== 'object' || value === null) continue;
    const own = 'kind' in value && 'span' in value ? level + 1 : level;
    deepest = Math.max(deepest, own);
    for (const [key, inner] of Object.entries(value)) if (!['fn', 'cls', 'ref', 'span', 'nameSpan'].includes(key)) stack.push([inner, own]);
  }
  return deepest;
}

/** Kinds of `unsupported` in the module. */
export function unsupported(module: Module): string[] {
  return walk(module).nodes.flatMap((n) => (n.kind === 'unsupported' ? [String(n.what)] : []));
}

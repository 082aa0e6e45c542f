/** Paths of pathlib: what makes one of another (`Path.home() / '.cache'`, `root.resolve()`, `file.parent`). */
import type { Expr } from '../program/program.ts';
import type { ModuleInfo, TypeInfo } from './module-info.ts';

export const pathType: TypeInfo = { type: 'pathlib.Path', cls: null };

/** Methods of a path that give a path. */
const makers = /^(with_suffix|with_name|with_stem|joinpath|resolve|absolute|expanduser|relative_to)$/;

export const givesPath = (method: string): boolean => makers.test(method);

/** A path by how it is made; also one that was handed in and goes on by another name: `self.root = root`. */
export function isMadePath(info: ModuleInfo, e: Expr): boolean {
  if (e.kind === 'name') return isPath(info, e);
  if (e.kind === 'binary') return e.op === '/' && isPath(info, e.left);
  if (e.kind === 'attr') return e.name === 'parent' && isPath(info, e.object);
  if (e.kind !== 'call' || e.callee.kind !== 'attr') return false;
  if (givesPath(e.callee.name) && isPath(info, e.callee.object)) return true;
  return /^(home|cwd)$/.test(e.callee.name) && info.qualified(e.callee.object) === 'pathlib.Path';
}

/** Of a name or an attribute: as far as its type is known by now. */
function isPath(info: ModuleInfo, e: Expr): boolean {
  if (e.kind === 'attr' && e.object.kind === 'name' && e.object.ref.kind === 'variable') {
    const owner = info.selves.get(e.object.ref.variable);
    if (owner !== undefined && info.types.get(`a:${info.ownerName(owner)}.${e.name}`)?.type === pathType.type) return true;
  }
  if (e.kind !== 'name') return info.typeOf(e)?.type === pathType.type;
  const { ref } = e;
  if (ref.kind === 'classLocal') return false;
  const type = ref.kind === 'variable' ? info.variableTypes.get(ref.variable) : info.types.get(`g:${ref.name}`);
  return type?.type === pathType.type;
}

/** Containers that are cleared up when they hold more than a limit: `if len(self.items) > self.most: <drop some>`. */
import type { ClassDef } from '../../program/program.ts';
import type { ModuleInfo } from '../module-info.ts';

/** More of them would take too long to look at. */
const most = 4;

/** Lines of the driver that put as many there as there may be; null where the class has no such limit. `one`: puts one there, by `i`. */
export function overfull(info: ModuleInfo, cls: ClassDef | null, name: string, receiver: string, one: string): string[] | null {
  if (cls === null || info.language !== 'python') return null;
  const size = `len\\(self\\.${name}\\)`;
  const limit = '(self\\.\\w+|\\d+)(?![\\w.(])';
  const text = info.code(cls.span);
  const found = new RegExp(`${size}\\s*>=?\\s*${limit}`).exec(text) ?? new RegExp(`${limit}\\s*<=?\\s*${size}`).exec(text);
  const least = found?.[1]?.replace(/^self\./, '');
  if (least === undefined || least === '0') return null;
  if (/^\d/.test(least)) return Number(least) > most ? null : [`for i in range(${least}):`, `    ${one}`];
  // As low as it may be.
  if (new RegExp(`\\bdef\\s+${least}\\b`).test(text)) return null;
  return [`${receiver}.${least} = 1`, one.replace("f'a{i}'", "'a0'")];
}

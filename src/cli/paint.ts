/** Colours for a terminal; none when the output is not one. */
import pc from 'picocolors';
import type { Paint } from '../core/trace/pretty.ts';

export function paintFor(stream: { isTTY?: boolean }): Paint | null {
  if (!stream.isTTY || process.env['NO_COLOR']) return null;
  const c = pc.createColors(true);
  const lanes = [c.cyan, c.magenta, c.yellow, c.blue, c.green, c.red];
  return {
    bold: c.bold,
    dim: c.dim,
    good: c.green,
    bad: c.red,
    warn: c.yellow,
    lane: (position, text) => (lanes[position % lanes.length] ?? c.cyan)(text),
  };
}

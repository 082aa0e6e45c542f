/** Sentences that several commands say. */
import type { Trace } from '../core/trace/trace.ts';

/** `0 of 96 interleavings fail`, with the bound when not everything was explored. */
export function explored(trace: Trace): string {
  const n = trace.explored.executions;
  const said = `0 of ${n} interleaving${n === 1 ? '' : 's'} fail${n === 1 ? 's' : ''}`;
  return trace.verdict === 'bounded' && trace.explored.bound ? `${said} (${trace.explored.bound.detail})` : said;
}

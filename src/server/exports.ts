/** A trace in the formats that people share. */
import type { Trace } from '../core/trace/trace.ts';
import type { ShareFormat } from '../protocol/panel.ts';

/** `asset` gives the text of a file in dist/. */
export async function exportTrace(trace: Trace, format: ShareFormat, _asset: (name: string) => Promise<string>): Promise<string> {
  switch (format) {
    case 'schedule':
      return trace.schedule;
    case 'json':
      return `${JSON.stringify(trace, null, 2)}\n`;
    default:
      throw new Error(`not yet: ${format}`);
  }
}

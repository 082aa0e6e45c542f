/** A trace in the formats that people share. */
import { toStandaloneHtml } from '../core/trace/html.ts';
import { toMarkdown } from '../core/trace/markdown.ts';
import { toMermaid } from '../core/trace/mermaid.ts';
import { toSvg } from '../core/trace/svg.ts';
import type { Trace } from '../core/trace/trace.ts';
import type { ShareFormat } from '../protocol/panel.ts';

/** `asset` gives the text of a file in dist/. */
export async function exportTrace(trace: Trace, format: ShareFormat, asset: (name: string) => Promise<string>): Promise<string> {
  switch (format) {
    case 'schedule':
      return trace.schedule;
    case 'json':
      return `${JSON.stringify(trace, null, 2)}\n`;
    case 'mermaid':
      return toMermaid(trace);
    case 'markdown':
      return toMarkdown(trace);
    case 'svg':
      return toSvg(trace);
    case 'html': {
      const [script, css] = await Promise.all([asset('standalone.js'), asset('standalone.css')]);
      return toStandaloneHtml(trace, { script, css });
    }
  }
}

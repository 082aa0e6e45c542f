/**
 * Entry of the standalone page: the trace is in the page itself, the source is shown beside the lanes,
 * sharing happens in the browser. Opens from disk with no network.
 */
import './panel.css';
import { toMarkdown } from '../core/trace/markdown.ts';
import { toMermaid } from '../core/trace/mermaid.ts';
import { toSvg } from '../core/trace/svg.ts';
import { parseTrace } from '../core/trace/parse.ts';
import type { Trace } from '../core/trace/trace.ts';
import type { PanelRequest, ShareFormat } from '../protocol/panel.ts';
import { mount } from './app.tsx';
import type { Panel } from './context.ts';
import type { Host } from './host.ts';
import { t } from './l10n.ts';

const { value: trace, problems } = parseTrace(document.getElementById('trace')?.textContent ?? '');
const storageKey = trace ? `race-replay ${trace.source.sha256} ${trace.schedule.slice(0, 200)}` : 'race-replay';
let receive: (message: unknown) => void = () => undefined;
let panel: Panel | null = null;

const host: Host = {
  capabilities: { editor: false, simulate: false, share: ['schedule', 'mermaid', 'markdown', 'json', 'svg'] },
  // Only the cursor is remembered; the trace is in the page. Storage may be denied from disk.
  getState: () => {
    try {
      const saved: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
      return typeof saved === 'object' && saved !== null ? { ...saved, trace } : null;
    } catch {
      return null;
    }
  },
  setState: (state) => {
    try {
      sessionStorage.setItem(storageKey, JSON.stringify({ ...(state as object), trace: null }));
    } catch {
      // Without storage a reload opens at the violation again.
    }
  },
  listen: (callback) => {
    receive = callback;
  },
  post: (message) => answer(message),
};

function answer(message: PanelRequest): void {
  if (message.type === 'ready') {
    queueMicrotask(() =>
      receive(
        trace
          ? { type: 'trace', trace, cursor: null, banner: null }
          : { type: 'error', text: t('The trace in this page cannot be read: {0}', problems.slice(0, 3).join('; ')) },
      ),
    );
  } else if (message.type === 'share' && trace) share(trace, message.format);
}

function share(shown: Trace, format: ShareFormat): void {
  const name = (shown.source.path.split(/[\\/]/).pop() ?? 'trace').replace(/[^\w.-]+/g, '_');
  if (format === 'schedule') copy(shown.schedule);
  else if (format === 'mermaid') copy(toMermaid(shown));
  else if (format === 'markdown') copy(toMarkdown(shown));
  else if (format === 'svg') save(`${name}.svg`, 'image/svg+xml', toSvg(shown));
  else if (format === 'json') save(`${name}.race.json`, 'application/json', `${JSON.stringify(shown, null, 1)}\n`);
}

function copy(text: string): void {
  const done = (): void => tell(t('Copied'));
  const byHand = (): void => {
    if (panel) panel.store.reading.value = { title: t('Copy this text'), text };
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
  else byHand();
}

function save(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function tell(text: string): void {
  if (!panel) return;
  const { note } = panel.store;
  note.value = text;
  setTimeout(() => {
    note.value = null;
  }, 2_000);
}

panel = mount(document.getElementById('root') ?? document.body, host);

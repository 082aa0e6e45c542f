/**
 * What the panel needs from whoever shows it. In VS Code that is the webview's API; in a standalone
 * page the page itself; in tests a recorder. Nothing else in this folder knows which.
 */
import type { PanelMessage, PanelRequest, ShareFormat } from '../protocol/panel.ts';

export interface Host {
  post(message: PanelRequest): void;
  getState(): unknown;
  setState(state: unknown): void;
  /** Calls back for every message to the panel; the value is unchecked. */
  listen(receive: (message: unknown) => void): void;
  readonly capabilities: HostCapabilities;
}

export interface HostCapabilities {
  /** There is an editor beside the panel that shows the source. */
  editor: boolean;
  /** Executions can be driven by hand and simulated again. */
  simulate: boolean;
  share: readonly ShareFormat[];
}

/** The part of VS Code's webview API that is used. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): unknown;
}

/** A host over VS Code's webview API. */
export function vsCodeHost(api: VsCodeApi): Host {
  return {
    post: (message) => api.postMessage(message),
    getState: () => api.getState(),
    setState: (state) => {
      api.setState(state);
    },
    listen: (receive) => window.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data)),
    capabilities: { editor: true, simulate: true, share: ['schedule', 'json', 'mermaid', 'markdown', 'html', 'svg'] },
  };
}

const messageTypes: Readonly<Record<PanelMessage['type'], true>> = {
  trace: true,
  progress: true,
  error: true,
  goTo: true,
  selectRange: true,
  drive: true,
  command: true,
};

/** Whether a value looks like a message to the panel. The traces in it are checked by `parseTrace`. */
export function isPanelMessage(value: unknown): value is PanelMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    Object.hasOwn(messageTypes, value.type)
  );
}

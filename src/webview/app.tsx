/** The panel as a whole: which part is shown when, the keys, and the live region. */
import { render } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { createActions } from './actions.ts';
import { PanelContext, usePanel } from './context.ts';
import type { Panel } from './context.ts';
import type { Host } from './host.ts';
import { commandOfKey, laneOfKey } from './model/keys.ts';
import type { Replay } from '../core/trace/replay.ts';
import { stepSentence } from './model/sentences.ts';
import { createStore } from './store.ts';
import type { Store } from './store.ts';
import { Compare, Outcomes } from './view/compare.tsx';
import { Dock } from './view/dock.tsx';
import { Drive } from './view/drive.tsx';
import { Puzzle } from './view/puzzle.tsx';
import { Loop } from './view/loop.tsx';
import { Banner, Empty, ErrorMessage, Help, NoSteps, Progress, Reading } from './view/messages.tsx';
import { Source } from './view/source.tsx';
import { Story } from './view/story.tsx';
import { Table } from './view/table.tsx';
import { Timeline } from './view/timeline.tsx';
import { SearchBar, Toolbar } from './view/toolbar.tsx';
import { Transport } from './view/transport.tsx';

/** Mounts the panel and tells the host that it is ready. */
export function mount(root: HTMLElement, host: Host): Panel {
  const store = createStore(host);
  const actions = createActions(store);
  const panel: Panel = { store, actions };
  addEventListener('keydown', (event) => onKey(panel, event));
  render(
    <PanelContext.Provider value={panel}>
      <App />
    </PanelContext.Provider>,
    root,
  );
  host.post({ type: 'ready' });
  return panel;
}

/** Whether a key belongs to the focused control rather than to the panel. */
function belongsToControl(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return event.key !== 'Escape';
  const pressable = target.closest('button, a, [role^="menuitem"], summary');
  return pressable !== null && (event.key === ' ' || event.key === 'Enter');
}

function onKey({ actions, store }: Panel, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || belongsToControl(event)) return;
  const modal = store.overlay.value === 'help' || store.reading.value !== null;
  const command = commandOfKey({ key: event.key, shift: event.shiftKey });
  if (command) {
    if (modal && command !== 'close' && command !== 'help') return;
    event.preventDefault();
    actions.press(command);
    return;
  }
  const lane = laneOfKey({ key: event.key, shift: event.shiftKey });
  if (lane !== null && !modal) {
    event.preventDefault();
    actions.moveLane(lane);
  }
}

/** Width of the panel, for the arrangement of its parts. */
function useWidth(): [number, (element: HTMLElement | null) => void] {
  const [width, setWidth] = useState(0);
  const observer = useRef<ResizeObserver | null>(null);
  return [
    width,
    (element) => {
      observer.current?.disconnect();
      if (!element) return;
      observer.current = new ResizeObserver(() => setWidth(element.clientWidth));
      observer.current.observe(element);
    },
  ];
}

function App(): JSX.Element {
  const { store } = usePanel();
  const root = useRef<HTMLElement>(null);
  const [width, watch] = useWidth();
  useEffect(() => {
    watch(root.current);
    return () => watch(null);
  }, []);
  const replay = store.replay.value;
  const progress = store.progress.value;
  const error = store.error.value;
  const banner = store.banner.value;
  const reading = store.reading.value;
  // With the source beside the lanes there is no room for a third column: the details go below.
  const source = replay !== null && sourceBeside(store, replay, width);
  return (
    <main class={`app ${width >= 900 && !source ? 'wide' : width < 520 ? 'narrow' : ''}`} ref={root}>
      {progress !== null && <Progress text={progress} strip={replay !== null} />}
      {error !== null && <ErrorMessage text={error} strip={replay !== null} />}
      {banner !== null && replay && <Banner text={banner} good={replay.trace.verdict !== 'violation'} />}
      {replay ? <Shown replay={replay} width={width} /> : progress === null && error === null ? <Empty /> : null}
      {store.overlay.value === 'help' && <Help />}
      {reading && <Reading title={reading.title} text={reading.text} />}
      {store.note.value !== null && (
        <div class="toast" role="status">
          {store.note.value}
        </div>
      )}
      <Live />
    </main>
  );
}

/** Whether the source is shown beside the lanes rather than as a view of its own. */
function sourceBeside(store: Store, replay: Replay, width: number): boolean {
  return !store.host.capabilities.editor && replay.trace.source.text !== undefined && width >= 860;
}

function Shown({ replay, width }: { replay: Replay; width: number }): JSX.Element {
  const { store } = usePanel();
  const empty = replay.trace.steps.length === 0;
  const drive = store.drive.value;
  const hasSource = !store.host.capabilities.editor && replay.trace.source.text !== undefined;
  const beside = sourceBeside(store, replay, width);
  const wanted = store.view.value;
  const view =
    (wanted === 'compare' && !replay.trace.serialWitness) ||
    (wanted === 'outcomes' && !replay.trace.outcomes?.length) ||
    (wanted === 'source' && (!hasSource || beside))
      ? 'timeline'
      : wanted;
  return (
    <>
      {drive && store.puzzle.value ? <Puzzle puzzle={store.puzzle.value} state={drive} /> : <Story replay={replay} />}
      {empty && !drive ? (
        <NoSteps trace={replay.trace} />
      ) : (
        <>
          <Transport replay={replay} />
          <Toolbar replay={replay} sourceTab={hasSource && !beside} />
          <SearchBar />
          <div class={`body ${beside ? 'with-source' : ''}`}>
            {beside && <Source replay={replay} />}
            <div class="view" id="view-panel" role="tabpanel" aria-labelledby={`tab-${view}`}>
              {view === 'timeline' && <Timeline replay={replay} />}
              {view === 'table' && <Table replay={replay} />}
              {view === 'compare' && <Compare replay={replay} />}
              {view === 'outcomes' && <Outcomes replay={replay} />}
              {view === 'source' && <Source replay={replay} />}
            </div>
            <div class="side">
              {drive && <Drive replay={replay} state={drive} />}
              {view !== 'compare' && view !== 'outcomes' && (
                <>
                  {store.showQueues.value && <Loop replay={replay} />}
                  <Dock replay={replay} />
                </>
              )}
            </div>
          </div>
        </>
      )}
    </>
  );
}

/** Reads each step as a sentence. Silent for the step the panel opens at. */
function Live(): JSX.Element {
  const { store } = usePanel();
  const replay = store.replay.value;
  const opened = useRef<unknown>(null);
  const cursor = store.cursor.value;
  const first = opened.current !== replay;
  opened.current = replay;
  return (
    <div class="visually-hidden" aria-live="polite" aria-atomic="true" id="live">
      {replay && !first ? stepSentence(replay, cursor) : ''}
    </div>
  );
}

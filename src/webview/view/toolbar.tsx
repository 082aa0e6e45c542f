/** The row above the views: which view, search, what is shown, sharing, help. */
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { shorten } from '../../core/trace/visible.ts';
import { locationName } from '../../core/trace/words.ts';
import type { ShareFormat } from '../../protocol/panel.ts';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';
import type { Overlay, View } from '../store.ts';
import { Icon } from './icons.tsx';
import { Badge, Tool } from './parts.tsx';

const names: Readonly<Record<View, string>> = {
  timeline: t('Timeline'),
  table: t('Table'),
  compare: t('Compare'),
  outcomes: t('Outcomes'),
  source: t('Source'),
};

/** Tabs and tools. `sourceTab`: the page is too narrow to show the source beside the lanes. */
export function Toolbar({ replay, sourceTab }: { replay: Replay; sourceTab: boolean }): JSX.Element {
  const { store, actions } = usePanel();
  const views: View[] = ['timeline', 'table'];
  if (replay.trace.serialWitness) views.push('compare');
  if (replay.trace.outcomes && replay.trace.outcomes.length > 0) views.push('outcomes');
  if (sourceTab) views.push('source');
  const current = views.includes(store.view.value) ? store.view.value : 'timeline';
  const toggle = (overlay: Overlay): void => {
    store.overlay.value = store.overlay.value === overlay ? null : overlay;
  };
  const arrows = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    const next = views[(views.indexOf(current) + (event.key === 'ArrowRight' ? 1 : views.length - 1)) % views.length];
    if (!next) return;
    store.view.value = next;
    const list = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div class="toolbar">
      <div class="tabs" role="tablist" aria-label={t('View')} onKeyDown={arrows}>
        {views.map((view) => (
          <button
            key={view}
            type="button"
            role="tab"
            id={`tab-${view}`}
            aria-selected={view === current}
            aria-controls="view-panel"
            tabIndex={view === current ? 0 : -1}
            onClick={() => {
              store.view.value = view;
            }}
          >
            {names[view]}
          </button>
        ))}
      </div>
      <div class="tools">
        <Tool
          icon="search"
          label={t('Search steps')}
          pressed={store.query.value !== null}
          onClick={() => {
            store.query.value = store.query.value === null ? '' : null;
          }}
        />
        <div class="menu-anchor">
          <Tool icon="filter" label={t('What is shown')} expanded={store.overlay.value === 'view'} onClick={() => toggle('view')} />
          {store.overlay.value === 'view' && <ViewMenu replay={replay} />}
        </div>
        <div class="menu-anchor">
          <Tool icon="share" label={t('Share')} expanded={store.overlay.value === 'share'} onClick={() => toggle('share')} />
          {store.overlay.value === 'share' && <ShareMenu />}
        </div>
        {store.host.capabilities.editor && (
          <Tool icon="debug" label={t('Step in the debugger')} onClick={() => actions.send({ type: 'debug' })} />
        )}
        <Tool
          icon="help"
          label={t('Keys and help')}
          keys="?"
          expanded={store.overlay.value === 'help'}
          onClick={() => actions.command('help')}
        />
      </div>
    </div>
  );
}

/** The search field; Enter and Shift+Enter go through the matches. */
export function SearchBar(): JSX.Element | null {
  const { store, actions } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  const open = store.query.value !== null;
  useLayoutEffect(() => {
    if (open) field.current?.focus();
  }, [open]);
  if (store.query.value === null) return null;
  const found = store.matches.value;
  const position = found.indexOf(store.cursor.value);
  return (
    <div class="search" role="search">
      <Icon name="search" />
      <input
        ref={field}
        type="text"
        aria-label={t('Search steps')}
        placeholder={t('Code, value, thread, or line 9')}
        value={store.query.value}
        onInput={(event) => {
          store.query.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') actions.nextMatch(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') store.query.value = null;
          event.stopPropagation();
        }}
      />
      <span class="found" role="status">
        {store.query.value.trim() === ''
          ? ''
          : found.length === 0
            ? t('no step')
            : position >= 0
              ? t('{0} of {1}', position + 1, found.length)
              : t('{0} found', found.length)}
      </span>
      <Tool
        icon="up"
        label={t('Previous match')}
        keys={t('Shift+Enter')}
        disabled={found.length === 0}
        onClick={() => actions.nextMatch(-1)}
      />
      <Tool icon="down" label={t('Next match')} keys={t('Enter')} disabled={found.length === 0} onClick={() => actions.nextMatch(1)} />
      <Tool
        icon="close"
        label={t('Close search')}
        onClick={() => {
          store.query.value = null;
        }}
      />
    </div>
  );
}

/** A pop-up menu: arrow keys move, Escape and a click outside close. */
function Menu({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  const { store } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  // Before the next key can arrive, which is for the menu.
  useLayoutEffect(() => {
    root.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
    const outside = (event: PointerEvent): void => {
      const anchor = root.current?.parentElement;
      if (anchor && event.target instanceof Node && !anchor.contains(event.target)) store.overlay.value = null;
    };
    addEventListener('pointerdown', outside, true);
    return () => {
      removeEventListener('pointerdown', outside, true);
    };
  }, []);
  const keys = (event: KeyboardEvent): void => {
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to =
      event.key === 'ArrowDown'
        ? at + 1
        : event.key === 'ArrowUp'
          ? at - 1 + items.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? items.length - 1
              : null;
    if (event.key === 'Escape' || event.key === 'Tab') {
      store.overlay.value = null;
      root.current?.parentElement?.querySelector<HTMLElement>('button.tool')?.focus();
    } else if (to !== null && items.length > 0) items[to % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu" role="menu" aria-label={label} ref={root} onKeyDown={keys}>
      {children}
    </div>
  );
}

function Choice({ on, change, children }: { on: boolean; change: (on: boolean) => void; children: ComponentChildren }): JSX.Element {
  return (
    <button type="button" role="menuitemcheckbox" tabIndex={-1} aria-checked={on} onClick={() => change(!on)}>
      <span class="menu-check">{on && <Icon name="check" />}</span>
      {children}
    </button>
  );
}

function without<T>(set: ReadonlySet<T>, item: T, present: boolean): ReadonlySet<T> {
  const next = new Set(set);
  if (present) next.add(item);
  else next.delete(item);
  return next;
}

function ViewMenu({ replay }: { replay: Replay }): JSX.Element {
  const { store } = usePanel();
  const shownLanes = replay.lanes.filter((lane) => !store.hiddenLanes.value.has(lane.id)).length;
  return (
    <Menu label={t('What is shown')}>
      <Choice on={store.collapse.value} change={(on) => (store.collapse.value = on)}>
        {t('Collapse local steps')}
      </Choice>
      <Choice on={store.showOrder.value} change={(on) => (store.showOrder.value = on)}>
        {t('Mark what happens before and after')}
      </Choice>
      {replay.queueKinds.length > 0 && (
        <Choice on={store.showQueues.value} change={(on) => (store.showQueues.value = on)}>
          {t('Queues of the event loop')}
        </Choice>
      )}
      <div class="menu-title" role="presentation">
        {t('Lanes')}
      </div>
      {replay.lanes.slice(0, 30).map((lane) => {
        const on = !store.hiddenLanes.value.has(lane.id);
        return (
          <Choice
            key={lane.id}
            on={on}
            change={(show) => {
              if (show || shownLanes > 1) store.hiddenLanes.value = without(store.hiddenLanes.value, lane.id, !show);
            }}
          >
            <Badge lane={lane} /> <span class="ellipsis">{shorten(lane.name, 60)}</span>
          </Choice>
        );
      })}
      {replay.history.keys.length > 0 && (
        <div class="menu-title" role="presentation">
          {t('Shared state')}
        </div>
      )}
      {replay.history.keys.slice(0, 30).map((key) => (
        <Choice
          key={key}
          on={!store.hiddenKeys.value.has(key)}
          change={(show) => (store.hiddenKeys.value = without(store.hiddenKeys.value, key, !show))}
        >
          <code class="code ellipsis">{shorten(locationName(replay.trace, key), 60)}</code>
        </Choice>
      ))}
    </Menu>
  );
}

const shareWords: Readonly<Record<ShareFormat, string>> = {
  schedule: t('Copy schedule'),
  mermaid: t('Copy as Mermaid'),
  markdown: t('Copy as Markdown'),
  json: t('Save as .race.json…'),
  html: t('Save standalone page…'),
  svg: t('Save picture (SVG)…'),
};

function ShareMenu(): JSX.Element {
  const { store, actions } = usePanel();
  const order: ShareFormat[] = ['schedule', 'mermaid', 'markdown', 'json', 'html', 'svg'];
  return (
    <Menu label={t('Share')}>
      {order
        .filter((format) => store.host.capabilities.share.includes(format))
        .map((format) => (
          <button key={format} type="button" role="menuitem" tabIndex={-1} onClick={() => actions.share(format)}>
            {shareWords[format]}
          </button>
        ))}
    </Menu>
  );
}

/**
 * The lanes: time runs down, one column or track per thread or task, the shared state beside them.
 * Only the rows in view are rendered; every position comes from model/rows.ts and model/layout.ts.
 */
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import { layoutOf } from '../model/layout.ts';
import type { Layout } from '../model/layout.ts';
import { orderOf } from '../model/order.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { runHeight, stepHeight, switchGap } from '../model/rows.ts';
import type { Row, Rows } from '../model/rows.ts';
import { GapBand, Interference, Threads, ViolationLine } from './drawing.tsx';
import { Heads } from './heads.tsx';
import { RunRow, StepRow } from './row.tsx';

const overscan = 6;
/** For this long after opening, a change of size brings the story into view again. */
const settlingMs = 400;

export interface View {
  replay: Replay;
  rows: Rows;
  layout: Layout;
}

/** Vertical centre of a row's badge. */
export function markY(row: Row): number {
  return row.top + row.lead + (row.kind === 'run' ? 13 : 14);
}

function barTop(row: Row | undefined): number {
  return row ? row.top + row.lead : 0;
}

function barHeight(row: Row | undefined): number {
  return row?.kind === 'run' ? runHeight : stepHeight;
}

function useReducedMotion(): boolean {
  const query = useMemo(() => matchMedia('(prefers-reduced-motion: reduce)'), []);
  const [reduced, setReduced] = useState(query.matches);
  useEffect(() => {
    const change = (): void => setReduced(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, [query]);
  return reduced;
}

/** The scrolling list of steps with its heads. */
export function Timeline({ replay }: { replay: Replay }): JSX.Element {
  const { store, actions } = usePanel();
  const scroller = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [top, setTop] = useState(0);
  const reduced = useReducedMotion();
  const rows = store.rows.value;
  const keys = store.keys.value;
  const hidden = store.hiddenLanes.value;
  const cursor = store.cursor.value;
  const layout = useMemo(() => layoutOf(replay, size.width, hidden, keys), [replay, size.width, hidden, keys]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => {
      setSize((old) =>
        old.width === element.clientWidth && old.height === element.clientHeight
          ? old
          : { width: element.clientWidth, height: element.clientHeight },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const follow = (mode: 'nearest' | 'centre'): void => {
    const element = scroller.current;
    const row = rows.list[rows.rowOf(store.cursor.peek())];
    if (!element || !row) return;
    const height = element.clientHeight;
    const view = { from: element.scrollTop, to: element.scrollTop + height };
    const margin = Math.min(60, height / 4);
    if (mode === 'nearest' && row.top >= view.from + margin - switchGap && row.top + row.height <= view.to - margin) return;
    let target = row.top + row.height / 2 - height / 2;
    // At the violation, show the whole story where it fits: from the check to the act.
    if (mode === 'centre') {
      const story = storyParts(replay, rows).find(
        (part) => row.top >= part.top && row.top < part.bottom && part.bottom - part.top <= height,
      );
      if (story) target = (story.top + story.bottom) / 2 - height / 2;
    }
    const clamped = Math.max(0, Math.min(target, rows.height - height + 40));
    const far = Math.abs(clamped - element.scrollTop) > 1_200;
    element.scrollTo({ top: clamped, behavior: reduced || far ? 'instant' : 'smooth' });
  };
  const opened = useRef<Replay | null>(null);
  const settling = useRef(0);
  useLayoutEffect(() => {
    if (size.height === 0) return;
    if (opened.current !== replay) {
      const fresh = opened.current?.trace.schedule !== replay.trace.schedule;
      opened.current = replay;
      settling.current = fresh && !store.drive.value ? performance.now() + settlingMs : 0;
    }
    // The parts around the timeline find their size just after a trace has opened.
    follow(performance.now() < settling.current ? 'centre' : 'nearest');
  }, [cursor, replay, rows, size.height]);
  const asked = useRef(store.centre.peek());
  useSignalEffect(() => {
    if (store.centre.value === asked.current) return;
    asked.current = store.centre.value;
    requestAnimationFrame(() => follow('centre'));
  });

  const first = Math.max(0, rows.rowAt(top) - overscan);
  const last = Math.min(rows.list.length - 1, rows.rowAt(top + size.height) + overscan);
  const window = rows.list.slice(first, last + 1);
  const view: View = { replay, rows, layout };
  const matches = useMemo(() => new Set(store.matches.value), [store.matches.value]);
  const cursorRow = rows.rowOf(cursor);
  const active = cursorRow >= first && cursorRow <= last ? `row-${cursorRow}` : undefined;
  const line = store.editorLine.value;

  return (
    <section class={`timeline mode-${layout.mode}`} aria-label={t('Timeline')}>
      <Heads view={view} />
      {store.showOrder.value && (
        <p class="order-legend">{t('To step {0}: ↑ happens before · ↓ happens after · ∥ concurrent', cursor + 1)}</p>
      )}
      <div class="scroller" ref={scroller} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <div class="canvas" style={{ height: `${rows.height + 12}px` }}>
          {size.width > 0 && (
            <>
              {rows.list[cursorRow] && (
                <div
                  class="cursor-bar"
                  style={{ top: `${barTop(rows.list[cursorRow])}px`, height: `${barHeight(rows.list[cursorRow])}px` }}
                />
              )}
              <GapBand view={view} />
              <Threads view={view} first={first} last={last} cursor={cursor} />
              <Interference view={view} />
              <div
                class="rows"
                role="listbox"
                tabIndex={0}
                aria-label={t('Steps')}
                aria-activedescendant={active}
                onKeyDown={(event) => {
                  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                    event.preventDefault();
                    actions.press(event.key === 'ArrowDown' ? 'stepForward' : 'stepBack');
                  } else if (event.key === 'Enter') {
                    const row = rows.list[cursorRow];
                    if (row?.kind === 'run') store.openedRuns.value = new Set([...store.openedRuns.value, row.from]);
                    else actions.goTo(cursor, true);
                  }
                }}
              >
                {window.map((row, offset) => {
                  const index = first + offset;
                  if (row.kind === 'run')
                    return <RunRow key={`r${row.from}`} view={view} row={row} id={`row-${index}`} selected={index === cursorRow} />;
                  const here =
                    line !== null && row.step.range.path === undefined && row.step.range.line <= line && line <= row.step.range.endLine;
                  return (
                    <StepRow
                      key={row.index}
                      view={view}
                      row={row}
                      id={`row-${index}`}
                      selected={index === cursorRow}
                      marked={matches.has(row.index)}
                      inEditor={here}
                      order={store.showOrder.value ? orderOf(replay, cursor, row.index) : null}
                    />
                  );
                })}
              </div>
              <ViolationLine view={view} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}

/** Parts of the story to bring into view, the longest first: from the check, or from the interference. */
function storyParts(replay: Replay, rows: Rows): { top: number; bottom: number }[] {
  const violation = replay.trace.violation;
  const end = replay.wrong === null ? undefined : rows.list[rows.rowOf(replay.wrong)];
  if (!end) return [];
  return [violation?.checkStep, violation?.interferenceStep].flatMap((step) => {
    const start = step === null || step === undefined ? undefined : rows.list[rows.rowOf(step)];
    return start && start.top < end.top ? [{ top: start.top, bottom: end.top + end.height }] : [];
  });
}

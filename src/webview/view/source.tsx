/** The source text beside the lanes, for pages with no editor: each lane's current line is marked. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { shorten } from '../../core/trace/visible.ts';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { Badge } from './parts.tsx';

const mostLines = 20_000;

export function Source({ replay }: { replay: Replay }): JSX.Element | null {
  const { store, actions } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const text = replay.trace.source.text;
  const lines = useMemo(() => (text ?? '').split('\n', mostLines).map((line) => shorten(line.replace(/\t/g, '    '), 400)), [text]);
  const cursor = store.cursor.value;
  const step = replay.trace.steps[cursor];
  const from = step && step.range.path === undefined ? step.range.line : null;
  useEffect(() => {
    root.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [from, replay]);
  if (text === undefined) return null;
  const at = new Map<number, typeof replay.lanes>();
  for (const lane of replay.lanes) {
    const last = replay.lastOf(lane.id, cursor);
    const range = last === null ? undefined : replay.trace.steps[last]?.range;
    if (!range || range.path !== undefined) continue;
    at.set(range.line, [...(at.get(range.line) ?? []), lane]);
  }
  const roles = new Map<number, string>();
  for (const item of replay.trace.steps)
    if (item.role && item.range.path === undefined && !roles.has(item.range.line)) roles.set(item.range.line, item.role);
  return (
    <section class="source" aria-label={t('Source')}>
      <div class="source-title ellipsis" title={shorten(replay.trace.source.path, 300)}>
        {shorten(replay.trace.source.path, 120)}
      </div>
      <div class="source-lines" ref={root} tabIndex={0} role="group" aria-label={t('Source text')}>
        {lines.map((line, index) => {
          const number = index + 1;
          const here = at.get(number);
          const current = from !== null && step !== undefined && number >= from && number <= step.range.endLine;
          return (
            <div
              key={number}
              class={`source-line ${current ? 'current' : ''} ${roles.has(number) ? `role-${roles.get(number) ?? ''}` : ''}`}
              aria-current={current ? 'step' : undefined}
              onClick={() => actions.receive({ type: 'selectRange', line: number })}
            >
              <span class="source-lanes">
                {here?.map((lane) => (
                  <Badge key={lane.id} lane={lane} />
                ))}
              </span>
              <span class="source-number">{number}</span>
              <code class="code">{line === '' ? ' ' : line}</code>
              {number === from && step && (
                <span class="source-note">{shorten(`${replay.laneOf(step.lane).letter} ${step.summary}`, 80)}</span>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

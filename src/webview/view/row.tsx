/** One row of the timeline: a step with its code, what it did and the state after it; or a collapsed run. */
import type { JSX } from 'preact';
import { shorten } from '../../core/trace/visible.ts';
import type { StateChange } from '../../core/trace/states.ts';
import { locationName, placeWords } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { parts, t } from '../l10n.ts';
import { markRoom } from '../model/layout.ts';
import type { Layout } from '../model/layout.ts';
import { orderWords } from '../model/order.ts';
import type { Order } from '../model/order.ts';
import type { Row } from '../model/rows.ts';
import { stepSentence } from '../model/sentences.ts';
import { Badge, RoleTag } from './parts.tsx';
import type { View } from './timeline.tsx';

const orderMarks: Readonly<Record<Order, string>> = { before: '↑', after: '↓', concurrent: '∥', same: '' };
export const changeMarks = { added: '+', modified: '~', deleted: '−' } as const;

interface StepRowProps {
  view: View;
  row: Extract<Row, { kind: 'step' }>;
  id: string;
  selected: boolean;
  /** It matches the search. */
  marked: boolean;
  /** The editor's cursor is on its line. */
  inEditor: boolean;
  order: Order | null;
}

/** Places the badge on the lane's line and the text beside it. */
function cardBox(layout: Layout, lane: number, limit: number): { left: string; maxWidth: string } {
  const left = layout.mode === 'columns' ? (layout.x.get(lane) ?? 0) + markRoom : layout.textLeft;
  return { left: `${left}px`, maxWidth: `${Math.max(40, limit - left)}px` };
}

/** Whether the step lies in the tinted gap of the checking lane. */
function inGap({ replay }: View, index: number): boolean {
  const violation = replay.trace.violation;
  if (!violation || violation.checkStep === null || violation.actStep === null) return false;
  return (
    index > violation.checkStep &&
    index < violation.actStep &&
    replay.trace.steps[index]?.lane === replay.trace.steps[violation.checkStep]?.lane
  );
}

export function StepRow({ view, row, id, selected, marked, inEditor, order }: StepRowProps): JSX.Element {
  const { actions } = usePanel();
  const { replay, layout } = view;
  const { step, index } = row;
  const lane = replay.laneOf(step.lane);
  const x = layout.x.get(lane.id) ?? 0;
  const ghosts = replay.trace.staleCopies.filter((copy) => copy.staleStep === index && copy.lane !== step.lane && layout.x.has(copy.lane));
  // A stale copy of a lane to the right must not be covered by this step's text.
  const stop =
    layout.mode === 'columns'
      ? Math.min(layout.textRight, ...ghosts.map((copy) => layout.x.get(copy.lane) ?? 0).filter((left) => left > x))
      : layout.textRight;
  const shownKeys = new Set(layout.columns.map((column) => column.key));
  const inline = Object.keys({ ...step.before, ...step.after }).filter((key) => !shownKeys.has(key));
  const words = [
    'row',
    row.switched ? 'switched' : '',
    step.role ? `role-${step.role}` : '',
    selected ? 'selected' : '',
    marked ? 'marked' : '',
    inEditor ? 'in-editor' : '',
    order ? `order-${order}` : '',
    step.visible ? '' : 'local-step',
    inGap(view, index) ? 'in-gap' : '',
  ];
  const label = stepSentence(replay, index) + (order && order !== 'same' ? ` ${orderWords[order]}` : '');
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-setsize={replay.trace.steps.length}
      aria-posinset={index + 1}
      class={words.filter((word) => word !== '').join(' ')}
      style={{ top: `${row.top}px`, height: `${row.height}px`, '--lead': `${row.lead}px` }}
      onClick={() => actions.goTo(index, true)}
    >
      <span class="visually-hidden">{label}</span>
      <span class="number" aria-hidden="true">
        {index + 1}
        {order && order !== 'same' && <span class="order-mark">{orderMarks[order]}</span>}
      </span>
      <span class="mark" aria-hidden="true" style={{ left: `${x - 9}px` }}>
        <Badge lane={lane} />
      </span>
      <div class="card" aria-hidden="true" style={cardBox(layout, lane.id, stop)}>
        <div class="line-one">
          <code class="code ellipsis">{shorten(step.text, 160)}</code>
          {step.role && <RoleTag role={step.role} />}
          {replay.trace.divergence?.step === index && <span class="tag tag-stop">{t('the old order ends here')}</span>}
        </div>
        <div class="line-two ellipsis">
          <span class="place-of">{placeWords(step.range, t)}</span> · {shorten(step.summary, 160)}
          {inline.map((key) => (
            <InlineChange key={key} name={locationName(replay.trace, key)} change={replay.history.changeAt(key, index)} />
          ))}
          {step.output && <span class="prints"> · {t('prints {0}', shorten(step.output.replace(/\n$/, ''), 60))}</span>}
          {step.exception && <span class="raises"> · {t('raises {0}', shorten(step.exception, 60))}</span>}
          {layout.mode === 'rail' &&
            ghosts.map((copy) => (
              <span key={`${copy.lane}${copy.name}`}>
                {' · '}
                {parts<string | JSX.Element>(
                  '{0}’s {1} is stale',
                  replay.laneOf(copy.lane).letter,
                  <s class="code">{shorten(`${copy.name} = ${copy.value}`, 40)}</s>,
                )}
              </span>
            ))}
        </div>
      </div>
      {layout.mode === 'columns' &&
        ghosts.map((copy) => {
          const left = layout.x.get(copy.lane) ?? 0;
          return (
            <span
              key={`${copy.lane}${copy.name}`}
              class="ghost"
              aria-hidden="true"
              style={{
                left: `${left + 2}px`,
                maxWidth: `${Math.max(30, (left < x ? x - 22 : (layout.end.get(copy.lane) ?? left)) - left)}px`,
              }}
            >
              <s class="code ellipsis">{shorten(`${copy.name} = ${copy.value}`, 40)}</s>
              <span class="stale-word">{t('stale')}</span>
            </span>
          );
        })}
      {layout.columns.map((column) => (
        <StateCell key={column.key} view={view} index={index} column={column} />
      ))}
    </div>
  );
}

function InlineChange({ name, change }: { name: string; change: StateChange | null }): JSX.Element | null {
  if (!change) return null;
  return (
    <span class="inline-change">
      {' '}
      · <code class="code">{shorten(name, 30)}</code> {change.before === undefined ? '' : `${shorten(change.before, 40)} → `}
      <b>{change.after === undefined ? t('deleted') : shorten(change.after, 40)}</b>
    </span>
  );
}

function StateCell({ view, index, column }: { view: View; index: number; column: Layout['columns'][number] }): JSX.Element {
  const { history } = view.replay;
  const change = history.changeAt(column.key, index);
  const box = { left: `${column.left}px`, width: `${column.width - 10}px` };
  if (!change) {
    const value = history.valueAt(column.key, index);
    return (
      <span class="state same" aria-hidden="true" style={box}>
        <span class="code ellipsis">{value === undefined ? '–' : shorten(value, 60)}</span>
      </span>
    );
  }
  return (
    <span
      class={`state ${change.kind}`}
      aria-hidden="true"
      style={box}
      title={shorten(`${change.before ?? t('(nothing)')} → ${change.after ?? t('(nothing)')}`, 300)}
    >
      <span class="state-now">
        <span class="change-mark">{changeMarks[change.kind]}</span>
        <span class="code ellipsis">{change.after === undefined ? t('deleted') : shorten(change.after, 60)}</span>
      </span>
      {change.before !== undefined && (
        <span class="state-was ellipsis">{parts('was {0}', <span class="code">{shorten(change.before, 60)}</span>)}</span>
      )}
    </span>
  );
}

interface RunRowProps {
  view: View;
  row: Extract<Row, { kind: 'run' }>;
  id: string;
  selected: boolean;
}

/** A run of local steps, collapsed; a click opens it. */
export function RunRow({ view, row, id, selected }: RunRowProps): JSX.Element {
  const { store } = usePanel();
  const { replay, layout } = view;
  const lane = replay.laneOf(row.lane);
  const count = row.to - row.from + 1;
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-setsize={replay.trace.steps.length}
      aria-posinset={row.from + 1}
      class={`row run-row ${row.switched ? 'switched' : ''} ${selected ? 'selected' : ''}`}
      style={{ top: `${row.top}px`, height: `${row.height}px`, '--lead': `${row.lead}px` }}
      onClick={() => {
        store.openedRuns.value = new Set([...store.openedRuns.value, row.from]);
      }}
    >
      <span class="visually-hidden">
        {t(
          'Steps {0} to {1}, lane {2}, {3}: {4} local steps, collapsed. Enter opens them.',
          row.from + 1,
          row.to + 1,
          lane.letter,
          shorten(lane.name, 60),
          count,
        )}
      </span>
      <span class="mark" aria-hidden="true" style={{ left: `${(layout.x.get(lane.id) ?? 0) - 9}px` }}>
        <span class={`dots lane${lane.position % 8}`} />
      </span>
      <div class="card" aria-hidden="true" style={cardBox(layout, lane.id, layout.textRight)}>
        <span class="run-count">{t('{0} local steps', count)}</span>
      </div>
    </div>
  );
}

/** The lanes' heads: letter, name, and the local variables at the cursor, stale ones struck through. */
import type { JSX } from 'preact';
import { shorten } from '../../core/trace/visible.ts';
import { locationName, placeWords } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import type { LaneView, LocalView } from '../../core/trace/replay.ts';
import { Code, laneColours, LaneName } from './parts.tsx';
import { dashes } from './drawing.tsx';
import type { View } from './timeline.tsx';

const kindNames: Readonly<Record<LaneView['kind'], string>> = {
  main: t('main program'),
  thread: t('thread'),
  task: t('task'),
  request: t('request'),
  callback: t('callback'),
  timer: t('timer'),
  loop: t('event loop'),
};

function Locals({ locals, most }: { locals: LocalView[]; most: number }): JSX.Element {
  const shown = [...locals].sort((a, b) => Number(b.stale !== null) - Number(a.stale !== null) || b.since - a.since).slice(0, most);
  return (
    <span class="head-locals">
      {shown.map((local) => (
        <span key={local.name} class={local.stale ? 'local stale' : 'local'}>
          <Code text={`${local.name} = ${local.value}`} limit={28} stale={local.stale !== null} />
          {local.stale && <span class="stale-word">{t('stale')}</span>}
        </span>
      ))}
    </span>
  );
}

function Swatch({ lane }: { lane: LaneView }): JSX.Element {
  return (
    <svg class="swatch" width="4" height="30" aria-hidden="true">
      <path
        d="M2 0V30"
        class={`line lane${lane.position % laneColours}`}
        stroke-width="3"
        stroke-dasharray={dashes[lane.position % dashes.length]}
      />
    </svg>
  );
}

/** In columns, above each lane; on a rail, a legend that wraps. */
export function Heads({ view }: { view: View }): JSX.Element {
  const { store } = usePanel();
  const { replay, layout } = view;
  const cursor = store.cursor.value;
  const current = replay.trace.steps[cursor]?.lane;
  const lanes = replay.lanes.filter((lane) => layout.x.has(lane.id));
  const about = (lane: LaneView): string =>
    [
      shorten(lane.name, 200),
      kindNames[lane.kind],
      ...(lane.lane.startedAt ? [t('started at {0}', placeWords(lane.lane.startedAt, t))] : []),
    ].join(', ');
  if (layout.mode === 'rail') {
    return (
      <div class={layout.columns.length > 0 ? 'heads rail-heads tall' : 'heads rail-heads'}>
        <div class="legend" style={{ maxWidth: `${layout.textRight - 8}px` }}>
          {lanes.map((lane) => (
            <span key={lane.id} class={lane.id === current ? 'head current' : 'head'} title={about(lane)}>
              <LaneName lane={lane} />
              <Locals locals={replay.localsAt(lane.id, cursor)} most={1} />
            </span>
          ))}
        </div>
        <StateHeads view={view} />
      </div>
    );
  }
  return (
    <div class="heads column-heads">
      {lanes.map((lane) => {
        const left = layout.x.get(lane.id) ?? 0;
        return (
          <div
            key={lane.id}
            class={lane.id === current ? 'head current' : 'head'}
            style={{ left: `${left - 10}px`, width: `${(layout.end.get(lane.id) ?? left) - left + 6}px` }}
            title={about(lane)}
          >
            <LaneName lane={lane} />
            <Locals locals={replay.localsAt(lane.id, cursor)} most={3} />
            <Swatch lane={lane} />
          </div>
        );
      })}
      <StateHeads view={view} />
    </div>
  );
}

function StateHeads({ view }: { view: View }): JSX.Element {
  return (
    <>
      {view.layout.columns.map((column) => {
        const name = shorten(locationName(view.replay.trace, column.key), 80);
        return (
          <div key={column.key} class="state-head" style={{ left: `${column.left}px`, width: `${column.width - 10}px` }} title={name}>
            <code class="code ellipsis">{name}</code>
            <span class="state-kind">{view.replay.trace.locations[column.key]?.kind === 'lock' ? t('lock') : t('shared')}</span>
          </div>
        );
      })}
    </>
  );
}

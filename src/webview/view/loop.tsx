/** The event loop at the current step: what runs, and what waits in which queue. As recorded, nothing is worked out here. */
import type { JSX } from 'preact';
import { shorten } from '../../core/trace/visible.ts';
import type { TraceWaiting } from '../../core/trace/trace.ts';
import { placeWords } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { parts, t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { queueAbout, queueNames, runningWords } from '../model/sentences.ts';
import { Badge } from './parts.tsx';

/** Nothing for a trace without an event loop. */
export function Loop({ replay }: { replay: Replay }): JSX.Element | null {
  const { store } = usePanel();
  const queues = replay.queuesAt(store.cursor.value);
  if (!queues) return null;
  return (
    <section class="loop" aria-label={t('Event loop')}>
      <p class="loop-running">{parts('Runs: {0}', <b>{runningWords(queues)}</b>)}</p>
      <dl class="queues">
        {replay.queueKinds.map((kind) => {
          const queue = queues.waiting.find((item) => item.kind === kind);
          const more = (queue?.count ?? 0) - (queue?.first.length ?? 0);
          return (
            <div key={kind} class={queue ? 'queue' : 'queue empty'}>
              <dt title={queueAbout[kind]}>{queueNames[kind]}</dt>
              <dd>
                {queue?.first.map((item, at) => (
                  <Item key={at} replay={replay} item={item} />
                ))}
                {more > 0 && <span class="more">{t('{0} more', more)}</span>}
                {!queue && <span class="more">{t('empty')}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Item({ replay, item }: { replay: Replay; item: TraceWaiting }): JSX.Element {
  const { store, actions } = usePanel();
  const lane = item.lane === null ? null : replay.laneOf(item.lane);
  const { range } = item;
  const due = item.due === undefined ? '' : t('in {0} ms', item.due);
  const place = range ? placeWords(range, t) : t('library code');
  const title = [lane ? shorten(lane.name, 60) : '', shorten(item.text, 100), place, due].filter((word) => word !== '').join(', ');
  const content = (
    <>
      {lane && <Badge lane={lane} />}
      {lane && <span class="visually-hidden">{shorten(lane.name, 60)}</span>}
      {item.text !== '' && <code class="code ellipsis">{shorten(item.text, 60)}</code>}
      {due === '' ? <span class="waiting-note">{place}</span> : <span class="waiting-note">{due}</span>}
    </>
  );
  if (!range || !store.host.capabilities.editor)
    return (
      <span class="waiting" title={title}>
        {content}
      </span>
    );
  return (
    <button type="button" class="waiting" title={title} onClick={() => actions.reveal(range)}>
      {content}
    </button>
  );
}

/**
 * Driving by hand: one button per lane saying what it would do, or why it cannot; data alternatives;
 * undo; running on; and a banner when the race is hit or the execution ends safely.
 */
import type { JSX } from 'preact';
import { shorten } from '../../core/trace/visible.ts';
import type { DriveState, LaneChoice } from '../../protocol/panel.ts';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import type { Replay } from '../model/replay.ts';
import { Icon } from './icons.tsx';
import { Badge, Code } from './parts.tsx';

export function Drive({ replay, state }: { replay: Replay; state: DriveState }): JSX.Element {
  const { actions, store } = usePanel();
  const { ending } = state;
  const behind = store.cursor.value < state.trace.steps.length - 1;
  return (
    <section class={`drive ending-${ending}`} aria-label={t('Drive')}>
      <div class="drive-title">
        <h2>{ending === 'running' ? t('What runs next?') : ending === 'violation' ? t('You hit the race.') : t('It ended well.')}</h2>
        <span class="drive-story ellipsis">
          {ending === 'violation'
            ? shorten(state.trace.violation?.story ?? '', 200)
            : ending === 'safe'
              ? t('This interleaving does not fail. Take back a few moves and try another.')
              : t('{0} steps so far', state.trace.steps.length)}
        </span>
        <span class="drive-tools">
          {behind && (
            <button type="button" class="small" onClick={() => actions.driveFrom(store.cursor.value + 1)}>
              <Icon name="fork" />
              {t('From step {0}', store.cursor.value + 1)}
            </button>
          )}
          <button
            type="button"
            class="small"
            disabled={state.trace.steps.length === 0}
            title={t('Take back the last move (Backspace)')}
            onClick={() => actions.command('undo')}
          >
            <Icon name="undo" />
            {t('Undo')}
          </button>
          <select
            class="small"
            aria-label={t('Run on')}
            value=""
            disabled={ending !== 'running'}
            onChange={(event) => {
              const how = event.currentTarget.value;
              event.currentTarget.value = '';
              if (how === 'to-end' || how === 'random' || how === 'witness') actions.driveRun(how);
            }}
          >
            <option value="">{t('Run on…')}</option>
            <option value="to-end">{t('to the end')}</option>
            <option value="random">{t('at random')}</option>
            <option value="witness">{t('into the race')}</option>
          </select>
          <button type="button" class="small" title={t('Back to the replay (Esc)')} onClick={() => actions.driveStop()}>
            <Icon name="stop" />
            {t('Stop')}
          </button>
        </span>
      </div>
      {ending === 'running' && (
        <div class="choices">
          {state.choices.map((choice) => (
            <Choice key={choice.lane} replay={replay} choice={choice} />
          ))}
        </div>
      )}
    </section>
  );
}

function Choice({ replay, choice }: { replay: Replay; choice: LaneChoice }): JSX.Element {
  const { actions } = usePanel();
  const lane = replay.laneOf(choice.lane);
  const forked = choice.alternatives.length > 1;
  const label = (
    <>
      <Badge lane={lane} />
      <span class="choice-text">
        <span class="choice-name ellipsis">
          {shorten(choice.name, 60)}
          {lane.position < 9 && <kbd>{lane.position + 1}</kbd>}
        </span>
        {choice.enabled ? <Code text={choice.next} limit={80} /> : <span class="reason">{shorten(choice.reason, 120)}</span>}
      </span>
    </>
  );
  if (!choice.enabled || !forked) {
    return (
      <button type="button" class="choice" disabled={!choice.enabled} onClick={() => actions.move(choice.lane, 0)}>
        {label}
      </button>
    );
  }
  return (
    <div class="choice forked" role="group" aria-label={shorten(choice.name, 60)}>
      {label}
      <span class="alternatives">
        {choice.alternatives.slice(0, 12).map((alternative, index) => (
          <button key={index} type="button" class="small" onClick={() => actions.move(choice.lane, index)}>
            {shorten(alternative, 40)}
          </button>
        ))}
      </span>
    </div>
  );
}

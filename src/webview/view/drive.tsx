/**
 * Driving by hand: one button per lane saying what it would do, or why it cannot; data alternatives;
 * undo; running on by a strategy; and what it came to when the race is hit or the execution ends safely.
 */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { shorten } from '../../core/trace/visible.ts';
import { counted, thousands } from '../../core/trace/words.ts';
import type { DriveOutcome, DriveState, LaneChoice, RunOn } from '../../protocol/panel.ts';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { reachedWords } from '../model/sentences.ts';
import { Icon } from './icons.tsx';
import { Badge, Code, withCode } from './parts.tsx';

export function Drive({ replay, state }: { replay: Replay; state: DriveState }): JSX.Element {
  const { actions, store } = usePanel();
  const { ending } = state;
  const behind = store.cursor.value < state.trace.steps.length - 1;
  return (
    <section class={`drive ending-${ending}`} aria-label={t('Drive')}>
      <div class="drive-title">
        <h2>{titleOf(state)}</h2>
        <span class="drive-story" role="status">
          {withCode(driveWords(replay, state))}
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
          <button type="button" class="small" title={t('Back to the replay (Esc)')} onClick={() => actions.driveStop()}>
            <Icon name="stop" />
            {t('Stop')}
          </button>
        </span>
      </div>
      {state.reached && !store.puzzle.value && (
        <p class="reached">
          <span>{reachedWords(state.reached)}</span>
          <Shortest reached={state.reached} />
        </p>
      )}
      {ending === 'running' && (
        <div class="choices">
          {state.choices.map((choice) => (
            <Choice key={choice.lane} replay={replay} choice={choice} />
          ))}
        </div>
      )}
      {ending === 'running' && <RunningOn />}
    </section>
  );
}

function titleOf({ ending, trace }: DriveState): string {
  if (ending === 'running') return t('What runs next?');
  if (ending === 'safe') return t('It ended well.');
  return trace.violation?.kind === 'deadlock' || trace.violation?.kind === 'lost-wakeup' ? t('Nobody can go on.') : t('You hit the race.');
}

/** What came of the last move: how it went wrong, what running on did, or how far it is. */
function driveWords(replay: Replay, { ending, moves, quiet, ran, trace }: DriveState): string {
  if (ending === 'violation') return shorten(trace.violation?.story ?? '', 200);
  if (ran?.search) {
    return ran.search.exhausted
      ? counted(ran.search.executions, 'The only way on from here does not fail.', 'None of the {0} ways on from here fails.', t)
      : t('None of the {0} ways on from here that were tried fails; there are others.', thousands(ran.search.executions));
  }
  if (ending === 'safe') {
    return ran?.how.strategy === 'random'
      ? t('At random with seed {0} it does not fail. Undo, and try another way.', ran.how.seed)
      : t('This interleaving does not fail. Take back a few moves and try another.');
  }
  const steps = counted(trace.steps.length, '{0} step so far', '{0} steps so far', t);
  const count = t('{0}, {1}', counted(moves, '{0} move', '{0} moves', t), steps);
  if (quiet === null) return count;
  const name = shorten(replay.laneOf(quiet.lane).name, 60);
  const inside = quiet.inside === '' ? '' : `\`${shorten(quiet.inside.replaceAll('`', "'"), 60)}\``;
  return `${inside === '' ? t('{0}: {1}.', name, shorten(quiet.reason, 120)) : t('{0} went on inside {1}.', name, inside)} ${count}`;
}

/** To see the shortest way, where the user's is longer. */
export function Shortest({ reached }: { reached: DriveOutcome }): JSX.Element | null {
  const { actions } = usePanel();
  if (reached.fewest >= reached.switches) return null;
  return (
    <button type="button" class="small" onClick={() => actions.driveRun('shortest')}>
      {t('Show a shortest way')}
    </button>
  );
}

const strategies: readonly { strategy: RunOn['strategy']; name: string; does: string }[] = [
  { strategy: 'serial', name: t('One after the other'), does: t('Whoever runs goes on for as long as it can') },
  { strategy: 'round-robin', name: t('Take turns'), does: t('Another lane at every step') },
  { strategy: 'random', name: t('At random'), does: t('Any lane, by a seed that counts up') },
  { strategy: 'violation', name: t('Into a violation'), does: t('Search for a way from here that goes wrong') },
];

/** The ways in which the simulator goes on by itself. */
function RunningOn(): JSX.Element {
  const { actions, store } = usePanel();
  const group = useRef<HTMLDivElement>(null);
  const asked = store.runOn.value;
  const seen = useRef(asked);
  useEffect(() => {
    if (asked !== seen.current) group.current?.querySelector('button')?.focus();
    seen.current = asked;
  }, [asked]);
  return (
    <div class="run-on" role="group" aria-labelledby="run-on-title" ref={group}>
      <span id="run-on-title">
        {t('Run on')} <kbd aria-hidden="true">R</kbd>
      </span>
      {strategies.map(({ strategy, name, does }) => (
        <button key={strategy} type="button" class="small" title={does} onClick={() => actions.driveRun(strategy)}>
          {name}
        </button>
      ))}
    </div>
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

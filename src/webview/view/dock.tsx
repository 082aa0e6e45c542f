/**
 * The step under the cursor in full: what it did, the shared state before and after with who wrote
 * each value, this lane's variables, and what can be done from here.
 */
import type { JSX } from 'preact';
import { shorten } from '../../core/trace/visible.ts';
import { locationName, placeWords } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import { orderOf } from '../model/order.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { changeNames } from '../model/sentences.ts';
import { Icon } from './icons.tsx';
import { Badge, Code, LaneName, RoleTag } from './parts.tsx';
import { changeMarks } from './row.tsx';

/** Values longer than this get a button that opens them in full. */
const longValue = 48;
const mostShown = 40;

export function Dock({ replay }: { replay: Replay }): JSX.Element | null {
  const { store, actions } = usePanel();
  const index = store.cursor.value;
  const step = replay.trace.steps[index];
  if (!step) return null;
  const lane = replay.laneOf(step.lane);
  const { simulate, editor } = store.host.capabilities;
  return (
    <section class="dock" aria-label={t('Current step')}>
      <div class="dock-title">
        <LaneName lane={lane} />
        <span class="dock-place">{t('step {0}, {1}', index + 1, placeWords(step.range, t))}</span>
        {step.role && <RoleTag role={step.role} />}
        <span class="dock-actions">
          {editor && (
            <button type="button" class="link" onClick={() => actions.reveal(step.range)}>
              {t('Show code')}
            </button>
          )}
          {simulate && !store.drive.value && (
            <button
              type="button"
              class="link"
              title={t('Keep the execution up to this step and choose what runs next')}
              onClick={() => actions.driveFrom(index + 1)}
            >
              <Icon name="fork" />
              <span class="roomy-inline">{t('Drive from here')}</span>
              <span class="tight-inline">{t('Drive')}</span>
            </button>
          )}
        </span>
      </div>
      <div class="dock-body">
        <StateList replay={replay} index={index} />
        <Inside replay={replay} index={index} />
      </div>
    </section>
  );
}

/** One line per location: mark, name, before → after, and a link to the step that wrote the value. */
function StateList({ replay, index }: { replay: Replay; index: number }): JSX.Element {
  const { store, actions } = usePanel();
  const keys = store.keys.value.slice(0, mostShown);
  return (
    <ul class="state-list" aria-label={t('Shared state before and after step {0}', index + 1)}>
      {keys.length === 0 && <li class="nothing">{t('No shared state')}</li>}
      {keys.map((key) => {
        const name = locationName(replay.trace, key);
        const change = replay.history.changeAt(key, index);
        const value = replay.history.valueAt(key, index);
        const origin = replay.history.lastChange(key, index);
        const writer = origin ? replay.trace.steps[origin.step] : undefined;
        const full = change ? `${change.before ?? t('(nothing)')}\n→\n${change.after ?? t('(deleted)')}` : (value ?? '');
        const long = (value?.length ?? 0) > longValue || (change?.before?.length ?? 0) > longValue;
        return (
          <li key={key} class={change ? `changed ${change.kind}` : 'same'}>
            <span class="change-mark" aria-hidden="true">
              {change ? changeMarks[change.kind] : ''}
            </span>
            <span class="state-name">
              <Code text={name} limit={48} />
            </span>
            <span class="state-value">
              {change && change.before !== undefined && (
                <>
                  <span class="was code">{shorten(change.before, longValue)}</span>
                  <span aria-hidden="true"> → </span>
                  <span class="visually-hidden"> {t('becomes')} </span>
                </>
              )}
              <span class="now code">{value === undefined ? (change ? t('deleted') : t('no value')) : shorten(value, longValue)}</span>
              {change && <span class="visually-hidden"> {changeNames[change.kind]}</span>}
              {long && (
                <button
                  type="button"
                  class="link"
                  aria-label={t('Open {0} in full', shorten(name, 60))}
                  onClick={() => actions.openValue(name, full)}
                >
                  <Icon name="open" />
                </button>
              )}
            </span>
            {writer && origin ? (
              <button
                type="button"
                class="link writer"
                title={t('Who wrote this? Go to that step')}
                onClick={() => actions.goTo(origin.step, true)}
              >
                <span class="visually-hidden">{t('Who wrote this? {0},', shorten(replay.laneOf(writer.lane).name, 60))} </span>
                <Badge lane={replay.laneOf(writer.lane)} />
                {origin.step === index ? t('this step') : t('step {0}', origin.step + 1)}
              </button>
            ) : (
              <span class="initial">{t('initial')}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const accessWords = { read: t('reads'), write: t('writes'), delete: t('deletes'), sync: '' } as const;

/** The micro-steps of the statement, the lane's variables, and how it is ordered to the others. */
function Inside({ replay, index }: { replay: Replay; index: number }): JSX.Element | null {
  const { store, actions } = usePanel();
  const step = replay.trace.steps[index];
  if (!step) return null;
  const locals = replay.localsAt(step.lane, index).slice(0, mostShown);
  // A list's length and elements are one place to a reader: the same words twice in a row say nothing new.
  const accesses = step.accesses.filter((access, at) => {
    const before = step.accesses[at - 1];
    return (
      !before ||
      before.kind !== access.kind ||
      before.location !== access.location ||
      before.value !== access.value ||
      before.operation !== access.operation
    );
  });
  const relation = store.showOrder.value ? countOrder(replay, index) : null;
  return (
    <div class="inside">
      <p class="does">
        {shorten(step.summary, 300)}
        {step.suspended && !step.summary.includes(step.suspended) ? ` (${shorten(step.suspended, 120)})` : ''}
      </p>
      {accesses.length > 1 && (
        <ol class="micro" aria-label={t('Its accesses, in order')}>
          {accesses.slice(0, mostShown).map((access, at) => (
            <li key={at}>
              {access.kind === 'sync' ? shorten(access.operation ?? t('uses'), 30) : accessWords[access.kind]}{' '}
              <Code text={locationName(replay.trace, access.location)} limit={40} />
              {access.value !== undefined && (
                <>
                  {' = '}
                  <Code text={access.value} limit={longValue} />
                </>
              )}
            </li>
          ))}
        </ol>
      )}
      {locals.length > 0 && (
        <ul class="locals" aria-label={t('Variables of {0}', shorten(replay.laneOf(step.lane).name, 60))}>
          {locals.map((local) => (
            <li key={local.name} class={local.stale ? 'local stale' : 'local'}>
              <Code text={`${local.name} = ${local.value}`} limit={longValue} stale={local.stale !== null} />
              {local.stale && (
                <button type="button" class="link" onClick={() => local.stale && actions.goTo(local.stale.staleStep, true)}>
                  {t('stale since step {0}', local.stale.staleStep + 1)}
                </button>
              )}
              {local.value.length > longValue && (
                <button
                  type="button"
                  class="link"
                  aria-label={t('Open {0} in full', shorten(local.name, 60))}
                  onClick={() => actions.openValue(local.name, local.value)}
                >
                  <Icon name="open" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {relation && (
        <p class="relation">{t('{0} before, {1} after, {2} concurrent', relation.before, relation.after, relation.concurrent)}</p>
      )}
    </div>
  );
}

function countOrder(replay: Replay, index: number): { before: number; after: number; concurrent: number } {
  const counts = { before: 0, after: 0, concurrent: 0 };
  for (let other = 0; other < replay.trace.steps.length; other++) {
    const order = orderOf(replay, index, other);
    if (order && order !== 'same') counts[order]++;
  }
  return counts;
}

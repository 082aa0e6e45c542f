/** The whole trace as one plain table: the same facts without a picture. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { shorten } from '../../core/trace/visible.ts';
import { locationName, placeWords } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { changeNames, roleNames } from '../model/sentences.ts';
import { changeMarks } from './row.tsx';
import { Badge, Code } from './parts.tsx';

export function Table({ replay }: { replay: Replay }): JSX.Element {
  const { store, actions } = usePanel();
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = store.keys.value.slice(0, 6);
  const hidden = store.hiddenLanes.value;
  const cursor = store.cursor.value;
  useEffect(() => {
    body.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [cursor]);
  // The rows do not depend on the cursor: with thousands of them that matters.
  const cells = useMemo(
    () =>
      replay.trace.steps.map((step, index) => {
        const lane = replay.laneOf(step.lane);
        return (
          <>
            <td>
              <button type="button" class="link" aria-label={t('Step {0}', index + 1)} onClick={() => actions.goTo(index, true)}>
                {index + 1}
              </button>
            </td>
            <td class="lane-cell">
              <Badge lane={lane} /> {shorten(lane.name, 60)}
            </td>
            <td>{step.range.path === undefined ? step.range.line : placeWords(step.range, t)}</td>
            <td>
              <Code text={step.text} limit={120} />
            </td>
            <td>
              {step.role && <b>{roleNames[step.role]}: </b>}
              {shorten(step.summary, 200)}
              {index === replay.wrong && <b class="wrong"> — {t('violation')}</b>}
            </td>
            {keys.map((key) => {
              const change = replay.history.changeAt(key, index);
              const value = replay.history.valueAt(key, index);
              return (
                <td key={key} class={change ? `state-cell ${change.kind}` : 'state-cell same'}>
                  {change && (
                    <>
                      <span class="change-mark" aria-hidden="true">
                        {changeMarks[change.kind]}
                      </span>
                      <span class="visually-hidden">{changeNames[change.kind]}: </span>
                    </>
                  )}
                  <span class="code">{value === undefined ? '–' : shorten(value, 60)}</span>
                </td>
              );
            })}
          </>
        );
      }),
    [replay, store.keys.value],
  );
  return (
    <div class="table-view" tabIndex={0} role="group" aria-label={t('All steps')}>
      <table>
        <caption class="visually-hidden">{t('All steps of the execution with the shared state after each')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Step')}</th>
            <th scope="col">{t('Lane')}</th>
            <th scope="col">{t('Line')}</th>
            <th scope="col">{t('Code')}</th>
            <th scope="col">{t('What it does')}</th>
            {keys.map((key) => (
              <th scope="col" key={key}>
                <code class="code">{shorten(locationName(replay.trace, key), 40)}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {replay.trace.steps.map((step, index) =>
            hidden.has(step.lane) ? null : (
              <tr
                key={index}
                aria-current={index === cursor ? 'step' : undefined}
                class={`${step.role ? `role-${step.role}` : ''} ${index === replay.wrong ? 'wrong-row' : ''}`}
              >
                {cells[index]}
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** This interleaving beside a serial order that works, the first divergence marked; and all outcomes. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TraceStep } from '../../core/trace/trace.ts';
import { shorten } from '../../core/trace/visible.ts';
import { locationName, placeWords, thousands } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { parts, t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { compareWithSerial, differenceWords } from '../model/serial.ts';
import { Badge, Code } from './parts.tsx';

const mostRows = 400;

export function Compare({ replay }: { replay: Replay }): JSX.Element | null {
  const { actions, store } = usePanel();
  const { trace } = replay;
  const difference = useMemo(() => compareWithSerial(trace), [trace]);
  const serial = trace.serialWitness;
  if (!serial || !difference) return null;
  const keys = [...new Set([...Object.keys(trace.outcome.observed), ...trace.outcome.serial.flatMap((state) => Object.keys(state))])];
  const here = difference.step === null ? undefined : trace.steps[difference.step];
  const there = difference.serialStep === null ? undefined : serial.steps[difference.serialStep];
  const words = here && there ? differenceWords(here, there, (key) => locationName(trace, key)) : null;
  return (
    <div class="compare" tabIndex={0} role="group" aria-label={t('Comparison with a serial order')}>
      <p class="compare-story">
        {here
          ? parts<string | JSX.Element>(
              words
                ? 'They part at {0}: here {1} {2}; one after the other, it {3}.'
                : 'They part at {0}: here {1} {2}; one after the other, it never gets there.',
              <b>{t('step {0}', here.index + 1)}</b>,
              shorten(replay.laneOf(here.lane).name, 60),
              shorten(words?.here ?? here.summary, 160),
              shorten(words?.there ?? '', 160),
            )
          : t('Every step is the same; only the order differs.')}
      </p>
      <table class="outcome-table">
        <caption>{t('Result')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Shared state')}</th>
            <th scope="col">{t('This interleaving')}</th>
            <th scope="col">{t('In a serial order')}</th>
          </tr>
        </thead>
        <tbody>
          {keys.slice(0, 60).map((key) => {
            const observed = Object.hasOwn(trace.outcome.observed, key) ? trace.outcome.observed[key] : undefined;
            const values = [...new Set(trace.outcome.serial.map((state) => (Object.hasOwn(state, key) ? (state[key] ?? '') : '–')))];
            const wrong = values.length > 0 && !values.includes(observed ?? '–');
            return (
              <tr key={key}>
                <th scope="row">
                  <Code text={locationName(trace, key)} limit={60} />
                </th>
                <td class={wrong ? 'differs' : ''}>
                  <Code text={observed ?? '–'} limit={80} />
                  {wrong && <span class="differs-word">{t('in no serial order')}</span>}
                </td>
                <td>
                  {values.slice(0, 5).map((value, index) => (
                    <span key={value}>
                      {index > 0 && ` ${t('or')} `}
                      <Code text={value} limit={80} />
                    </span>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div class="side-by-side">
        <StepList
          title={t('This interleaving')}
          replay={replay}
          steps={trace.steps}
          marked={difference.step}
          around={difference.step}
          current={store.cursor.value}
          go={(index) => actions.goTo(index, true)}
        />
        <StepList
          title={t('Serial: {0}', shorten(serial.order, 80))}
          replay={replay}
          steps={serial.steps}
          marked={difference.serialStep}
          around={difference.serialStep}
        />
      </div>
    </div>
  );
}

interface StepListProps {
  title: string;
  replay: Replay;
  steps: TraceStep[];
  marked: number | null;
  around: number | null;
  current?: number;
  go?: (index: number) => void;
}

function StepList({ title, replay, steps, marked, around, current, go }: StepListProps): JSX.Element {
  // Long traces: the part around the divergence.
  const from = steps.length <= mostRows ? 0 : Math.max(0, (around ?? 0) - mostRows / 2);
  const shown = steps.slice(from, from + mostRows);
  return (
    <section class="step-list">
      <h2>{title}</h2>
      {from > 0 && <p class="left-out">{t('{0} steps before', thousands(from))}</p>}
      <ol start={from + 1}>
        {shown.map((step, offset) => {
          const index = from + offset;
          const lane = replay.laneOf(step.lane);
          const content = (
            <>
              <Badge lane={lane} />
              <span class="visually-hidden">{shorten(lane.name, 60)}: </span>
              <span class="step-text">
                <Code text={step.text} limit={80} />
                <span class="step-does">
                  {placeWords(step.range, t)}, {shorten(step.summary, 120)}
                </span>
              </span>
              {index === marked && <span class="diverges">{t('first difference')}</span>}
            </>
          );
          return (
            <li key={index} class={index === marked ? 'divergence' : ''} aria-current={index === current ? 'step' : undefined}>
              {go ? (
                <button type="button" class="step-button" onClick={() => go(index)}>
                  {content}
                </button>
              ) : (
                <div class="step-button">{content}</div>
              )}
            </li>
          );
        })}
      </ol>
      {from + shown.length < steps.length && <p class="left-out">{t('{0} steps more', thousands(steps.length - from - shown.length))}</p>}
    </section>
  );
}

/** With every interleaving explored: which results there are, and which a serial order gives. */
export function Outcomes({ replay }: { replay: Replay }): JSX.Element | null {
  const { trace } = replay;
  const outcomes = trace.outcomes;
  if (!outcomes) return null;
  const keys = [...new Set(outcomes.flatMap((outcome) => Object.keys(outcome.state)))].slice(0, 8);
  const total = outcomes.reduce((sum, outcome) => sum + outcome.executions, 0);
  const wrong = outcomes.filter((outcome) => !outcome.serial).reduce((sum, outcome) => sum + outcome.executions, 0);
  return (
    <div class="outcomes" tabIndex={0} role="group" aria-label={t('All outcomes')}>
      <p class="compare-story">
        {parts(
          '{0} interleavings end in a state that no serial order gives.',
          <b>{t('{0} of {1}', thousands(wrong), thousands(total))}</b>,
        )}
      </p>
      <table class="outcome-table">
        <caption class="visually-hidden">{t('Outcomes of all interleavings')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Result')}</th>
            {keys.map((key) => (
              <th scope="col" key={key}>
                <code class="code">{shorten(locationName(trace, key), 40)}</code>
              </th>
            ))}
            <th scope="col">{t('Interleavings')}</th>
          </tr>
        </thead>
        <tbody>
          {[...outcomes]
            .sort((a, b) => Number(b.serial) - Number(a.serial) || b.executions - a.executions)
            .slice(0, 200)
            .map((outcome, index) => (
              <tr key={index}>
                <th scope="row">
                  <span class={outcome.serial ? 'runtime yes' : 'runtime no'}>
                    {outcome.serial ? `✓ ${t('as in a serial order')}` : `✗ ${t('in no serial order')}`}
                  </span>
                </th>
                {keys.map((key) => (
                  <td key={key}>
                    <Code text={Object.hasOwn(outcome.state, key) ? (outcome.state[key] ?? '') : '–'} limit={60} />
                  </td>
                ))}
                <td>
                  <span class="share-of">
                    <span class="share-bar" aria-hidden="true">
                      <span
                        class={outcome.serial ? 'good' : 'bad'}
                        style={{ width: `${(outcome.executions / Math.max(1, total)) * 100}%` }}
                      />
                    </span>
                    {thousands(outcome.executions)}
                  </span>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

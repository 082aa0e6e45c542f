/**
 * The top of the panel: in one sentence what went wrong (or what was found instead), the three key
 * places as a chain one can click through, and the honest line with its details.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Trace, TraceRange } from '../../core/trace/trace.ts';
import { shorten } from '../../core/trace/visible.ts';
import { counted, headline, honestLine, placeWords, runtimeName, runtimeWords } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { parts, t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { roleNames } from '../model/sentences.ts';
import { Icon } from './icons.tsx';
import { Badge, withCode } from './parts.tsx';

/** Headline, key places and honest line of the shown trace. */
export function Story({ replay }: { replay: Replay }): JSX.Element {
  const { store } = usePanel();
  const { trace } = replay;
  const driving = store.drive.value !== null;
  const shown = driving ? (store.trace.value ?? trace) : trace;
  const { violation, verdict } = shown;
  return (
    <header class={`story verdict-${verdict} ${driving ? 'aside' : ''}`}>
      <p class="kicker">
        <span class="verdict-mark">
          <Icon name={verdict === 'violation' ? 'violation' : verdict === 'verified' ? 'check' : 'help'} />
          <span>{verdictWords[verdict]}</span>
        </span>
        {violation ? (
          <span class="ellipsis">
            {parts<string | JSX.Element>(
              '{0} on {1}',
              shorten(violation.rule, 60),
              <code class="code">{shorten(violation.shared, 60)}</code>,
            )}
          </span>
        ) : (
          <span class="ellipsis">{shorten(fileName(shown.source.path), 80)}</span>
        )}
      </p>
      <h1 class="headline">{withCode(shorten(headline(shown, t), 400))}</h1>
      {violation && !driving && <Places replay={replay} />}
      {!driving && <Honest trace={shown} />}
    </header>
  );
}

const verdictWords: Readonly<Record<Trace['verdict'], string>> = {
  violation: t('Race'),
  verified: t('Verified'),
  bounded: t('No failure found'),
  unsupported: t('Not simulated'),
};

function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}

interface Place {
  role: 'check' | 'interference' | 'act';
  step: number | null;
  range: TraceRange | null;
}

/** check → gap → interference → act: each a button that takes the cursor there. */
function Places({ replay }: { replay: Replay }): JSX.Element | null {
  const { store, actions } = usePanel();
  const violation = replay.trace.violation;
  if (!violation) return null;
  const all: Place[] = [
    { role: 'check', step: violation.checkStep, range: violation.check },
    { role: 'interference', step: violation.interferenceStep, range: violation.interference },
    { role: 'act', step: violation.actStep, range: violation.act },
  ];
  const places = all.filter((place) => place.step !== null || place.range !== null);
  if (places.length === 0) return null;
  const cursor = store.cursor.value;
  return (
    <ol class="places" aria-label={t('Key places')}>
      {places.map((place, index) => {
        const step = place.step === null ? undefined : replay.trace.steps[place.step];
        const lane = step ? replay.laneOf(step.lane) : null;
        const range = step?.range ?? place.range;
        return (
          <li key={place.role} class="place-item">
            {index > 0 && (
              <span class="place-link">
                {index === 1 && violation.gap && places[0]?.role === 'check' ? (
                  <span class="gap-name ellipsis" title={t('The gap: {0}', shorten(violation.gap, 200))}>
                    {shorten(violation.gap.replaceAll('`', ''), 40)}
                  </span>
                ) : null}
                <Icon name="next" />
              </span>
            )}
            <button
              type="button"
              class={`place tag-${place.role}`}
              aria-current={place.step !== null && place.step === cursor ? 'step' : undefined}
              title={step ? shorten(step.text, 200) : undefined}
              onClick={() => {
                if (place.step !== null) actions.goTo(place.step, true);
                else if (place.range) actions.reveal(place.range);
              }}
            >
              {lane && <Badge lane={lane} />}
              <span class="place-role">{roleNames[place.role]}</span>
              {lane && <span class="visually-hidden">{t('by {0}', shorten(lane.name, 60))}</span>}
              {range && <span class="place-line">{placeWords(range, t)}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** How much was searched and where it can happen; assumptions and harness on request. */
function Honest({ trace }: { trace: Trace }): JSX.Element {
  const { actions, store } = usePanel();
  const [open, setOpen] = useState(false);
  const runtimes = runtimeWords(trace, t);
  const assumed = trace.assumptions.length;
  return (
    <div class="honest">
      <p class="honest-line">
        <span>{honestLine(trace, t)}</span>
        {runtimes && (
          <>
            {' · '}
            <span>{shorten(runtimes, 200)}</span>
          </>
        )}
        {' · '}
        <button type="button" class="link" aria-expanded={open} aria-controls="honest-details" onClick={() => setOpen(!open)}>
          {assumed > 0 ? counted(assumed, '{0} assumption, details', '{0} assumptions, details', t) : t('details')}
        </button>
      </p>
      <div class="details-box" id="honest-details" role="group" aria-label={t('Details')} tabIndex={0} hidden={!open}>
        <dl class="details">
          {trace.violation && (
            <>
              <dt>{t('Finding')}</dt>
              <dd>{shorten(trace.violation.message, 800)}</dd>
              {trace.violation.evidence && (
                <>
                  <dt>{t('Why they overlap')}</dt>
                  <dd>{shorten(trace.violation.evidence, 400)}</dd>
                </>
              )}
            </>
          )}
          <dt>{t('Simulated as')}</dt>
          <dd>
            {t('{0}, in {1} ms', shorten(runtimeName(trace.runtime, t), 60), Math.round(trace.explored.elapsedMs))}
            {trace.explored.bound ? `; ${t('bound: {0}', shorten(trace.explored.bound.detail, 300))}` : ''}
          </dd>
          {trace.runtimes.length > 1 && (
            <>
              <dt>{t('Can happen on')}</dt>
              <dd class="runtimes">
                {trace.runtimes.map((item) => (
                  <span key={item.runtime} class={item.possible ? 'runtime yes' : 'runtime no'}>
                    <Icon name={item.possible ? 'check' : 'close'} />
                    {shorten(runtimeName(item.runtime, t), 60)}
                    <span class="visually-hidden">{item.possible ? t('yes') : t('no')}</span>
                  </span>
                ))}
              </dd>
            </>
          )}
          {assumed > 0 && (
            <>
              <dt>{t('Taken for granted')}</dt>
              <dd>
                <ul>
                  {trace.assumptions.slice(0, 50).map((item, index) => (
                    <li key={index}>
                      {shorten(item.text, 300)}
                      {item.range && store.host.capabilities.editor && (
                        <>
                          {' '}
                          <button type="button" class="link" onClick={() => item.range && actions.reveal(item.range)}>
                            {placeWords(item.range, t)}
                          </button>
                        </>
                      )}
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
          {trace.harness !== null && (
            <>
              <dt>{t('Called by this driver')}</dt>
              <dd>
                <pre class="harness" tabIndex={0}>
                  {trace.harness
                    .split('\n')
                    .slice(0, 60)
                    .map((line) => shorten(line, 200))
                    .join('\n')}
                </pre>
              </dd>
            </>
          )}
          {trace.schedule && (
            <>
              <dt>{t('Schedule')}</dt>
              <dd>
                <code class="code wrap">{shorten(trace.schedule, 600)}</code>
              </dd>
            </>
          )}
        </dl>
      </div>
    </div>
  );
}

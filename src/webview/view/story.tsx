/**
 * The top of the panel: in one sentence what went wrong (or what was found instead), the three key
 * places as a chain one can click through, and the honest line with its details.
 */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Trace, TraceRange } from '../../core/trace/trace.ts';
import { shorten } from '../../core/trace/visible.ts';
import { headline, honestLine, placeWords, roleWords, runtimeName, runtimeWords } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import type { Replay } from '../model/replay.ts';
import { Icon } from './icons.tsx';
import { Badge } from './parts.tsx';

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
            {shorten(violation.rule, 60)} on <code class="code">{shorten(violation.shared, 60)}</code>
          </span>
        ) : (
          <span class="ellipsis">{shorten(fileName(shown.source.path), 80)}</span>
        )}
      </p>
      <h1 class="headline">{withCode(shorten(headline(shown), 400))}</h1>
      {violation && !driving && <Places replay={replay} />}
      {!driving && <Honest trace={shown} />}
    </header>
  );
}

const verdictWords: Readonly<Record<Trace['verdict'], string>> = {
  violation: 'Race',
  verified: 'Verified',
  bounded: 'No failure found',
  unsupported: 'Not simulated',
};

/** Prose with `code` between backticks, as elements; a backtick without its partner stays as it is. */
function withCode(text: string): (string | JSX.Element)[] {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return [text];
  return parts.map((part, at) => (at % 2 === 0 ? part : <code class="code">{part}</code>));
}

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
    <ol class="places" aria-label="Key places">
      {places.map((place, index) => {
        const step = place.step === null ? undefined : replay.trace.steps[place.step];
        const lane = step ? replay.laneOf(step.lane) : null;
        const range = step?.range ?? place.range;
        return (
          <li key={place.role} class="place-item">
            {index > 0 && (
              <span class="place-link">
                {index === 1 && violation.gap && places[0]?.role === 'check' ? (
                  <span class="gap-name ellipsis" title={`The gap: ${shorten(violation.gap, 200)}`}>
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
              <span class="place-role">{roleWords[place.role]}</span>
              {lane && <span class="visually-hidden">by {shorten(lane.name, 60)}</span>}
              {range && <span class="place-line">{placeWords(range)}</span>}
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
  const runtimes = runtimeWords(trace);
  const assumed = trace.assumptions.length;
  return (
    <div class="honest">
      <p class="honest-line">
        <span>{honestLine(trace)}</span>
        {runtimes && (
          <>
            {' · '}
            <span>{shorten(runtimes, 200)}</span>
          </>
        )}
        {' · '}
        <button type="button" class="link" aria-expanded={open} aria-controls="honest-details" onClick={() => setOpen(!open)}>
          {assumed > 0 ? `${assumed} ${assumed === 1 ? 'assumption' : 'assumptions'}, details` : 'details'}
        </button>
      </p>
      <div class="details-box" id="honest-details" role="group" aria-label="Details" tabIndex={0} hidden={!open}>
        <dl class="details">
          {trace.violation && (
            <>
              <dt>Finding</dt>
              <dd>{shorten(trace.violation.message, 800)}</dd>
              {trace.violation.evidence && (
                <>
                  <dt>Why they overlap</dt>
                  <dd>{shorten(trace.violation.evidence, 400)}</dd>
                </>
              )}
            </>
          )}
          <dt>Simulated as</dt>
          <dd>
            {shorten(runtimeName(trace.runtime), 60)}, in {Math.round(trace.explored.elapsedMs)} ms
            {trace.explored.bound ? `; bound: ${shorten(trace.explored.bound.detail, 300)}` : ''}
          </dd>
          {trace.runtimes.length > 1 && (
            <>
              <dt>Can happen on</dt>
              <dd class="runtimes">
                {trace.runtimes.map((item) => (
                  <span key={item.runtime} class={item.possible ? 'runtime yes' : 'runtime no'}>
                    <Icon name={item.possible ? 'check' : 'close'} />
                    {shorten(runtimeName(item.runtime), 60)}
                    <span class="visually-hidden">{item.possible ? 'yes' : 'no'}</span>
                  </span>
                ))}
              </dd>
            </>
          )}
          {assumed > 0 && (
            <>
              <dt>Taken for granted</dt>
              <dd>
                <ul>
                  {trace.assumptions.slice(0, 50).map((item, index) => (
                    <li key={index}>
                      {shorten(item.text, 300)}
                      {item.range && store.host.capabilities.editor && (
                        <>
                          {' '}
                          <button type="button" class="link" onClick={() => item.range && actions.reveal(item.range)}>
                            {placeWords(item.range)}
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
              <dt>Called by this driver</dt>
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
              <dt>Schedule</dt>
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

/** What is shown without steps: nothing open yet, work in progress, errors, results that have no replay. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Trace } from '../../core/trace/trace.ts';
import { shorten, visible } from '../../core/trace/visible.ts';
import { placeWords, thousands } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { keyHelp } from '../model/keys.ts';
import { Icon } from './icons.tsx';
import { Tool } from './parts.tsx';

/** Before the first trace. */
export function Empty(): JSX.Element {
  return (
    <div class="message">
      <h1>No race open</h1>
      <p>
        Choose <b>Simulate race</b> above a function, or from the lightbulb on a warning. The interleaving that goes wrong is replayed here.
      </p>
    </div>
  );
}

/** The host works. Over a trace, a thin strip; else the whole panel. */
export function Progress({ text, strip }: { text: string; strip: boolean }): JSX.Element {
  return (
    <div class={strip ? 'progress strip' : 'message progress'} role="status">
      <div class="bar" aria-hidden="true" />
      {strip ? <p>{shorten(text, 200)}</p> : <h1>{shorten(text, 200)}</h1>}
    </div>
  );
}

export function ErrorMessage({ text, strip }: { text: string; strip: boolean }): JSX.Element {
  const { actions, store } = usePanel();
  const { simulate } = store.host.capabilities;
  return (
    <div class={strip ? 'banner bad' : 'message error'} role="alert">
      {strip ? <Icon name="violation" /> : <h1>That did not work</h1>}
      <p>{shorten(text, 600)}</p>
      <div class="message-buttons">
        {simulate && (
          <button type="button" class="button" onClick={() => actions.send({ type: 'resimulate' })}>
            Try again
          </button>
        )}
        {simulate && !strip && (
          <button type="button" class="button second" onClick={() => actions.send({ type: 'openSettings' })}>
            Settings
          </button>
        )}
        {strip && <Tool icon="close" label="Dismiss" onClick={() => (store.error.value = null)} />}
      </div>
    </div>
  );
}

/** A result without steps: why there is nothing to replay, and what one can do. */
export function NoSteps({ trace }: { trace: Trace }): JSX.Element {
  const { actions, store } = usePanel();
  const { simulate, editor } = store.host.capabilities;
  const where = trace.unsupported?.range;
  return (
    <div class="message quiet">
      {trace.verdict === 'verified' && (
        <p>Every interleaving was simulated, and each ends as some serial order does. There is nothing to replay.</p>
      )}
      {trace.verdict === 'bounded' && (
        <p>
          {thousands(trace.explored.executions)} interleavings were simulated and none fails
          {trace.explored.bound ? `; then the search ended: ${shorten(trace.explored.bound.detail, 300)}` : ''}. A larger budget may find
          more.
        </p>
      )}
      {trace.verdict === 'unsupported' && (
        <p>
          The simulator says nothing about code it cannot run faithfully.
          {where ? ` The construct in the way is at ${placeWords(where)}.` : ''}
        </p>
      )}
      <div class="message-buttons">
        {where && editor && (
          <button type="button" class="button" onClick={() => actions.reveal(where)}>
            Show the construct
          </button>
        )}
        {simulate && (
          <button type="button" class={where ? 'button second' : 'button'} onClick={() => actions.send({ type: 'resimulate' })}>
            Simulate again
          </button>
        )}
        {simulate && trace.verdict === 'bounded' && (
          <button type="button" class="button second" onClick={() => actions.send({ type: 'openSettings' })}>
            Change the budget
          </button>
        )}
      </div>
    </div>
  );
}

/** A note from the host above everything, such as the result after a fix. */
export function Banner({ text, good }: { text: string; good: boolean }): JSX.Element {
  const { store } = usePanel();
  return (
    <div class={good ? 'banner good' : 'banner bad'} role="status">
      <Icon name={good ? 'check' : 'violation'} />
      <p>{shorten(text, 400)}</p>
      <Tool icon="close" label="Dismiss" onClick={() => (store.banner.value = null)} />
    </div>
  );
}

/** A dialog over the panel; Escape closes it (the key handler does), focus starts inside. */
function Dialog({ title, close, children }: { title: string; close: () => void; children: JSX.Element }): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    root.current?.querySelector<HTMLElement>('button')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div
      class="veil"
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div
        class="dialog"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        ref={root}
        onKeyDown={(event) => {
          if (event.key !== 'Tab') return;
          const inside = [...(root.current?.querySelectorAll<HTMLElement>('button, [tabindex="0"]') ?? [])];
          const edge = event.shiftKey ? inside[0] : inside[inside.length - 1];
          if (document.activeElement === edge) {
            event.preventDefault();
            (event.shiftKey ? inside[inside.length - 1] : inside[0])?.focus();
          }
        }}
      >
        <div class="dialog-title">
          <h2>{title}</h2>
          <Tool icon="close" label="Close" keys="Esc" onClick={close} />
        </div>
        {children}
      </div>
    </div>
  );
}

/** All keys, and how to read the picture. */
export function Help(): JSX.Element {
  const { store } = usePanel();
  return (
    <Dialog title="Keys" close={() => (store.overlay.value = null)}>
      <div class="dialog-body" tabIndex={0} role="group" aria-label="Keys">
        <table class="keys">
          <tbody>
            {keyHelp.map((row) => (
              <tr key={row.does}>
                <th scope="row">{row.keys.map((key) => (key === '…' ? <span key={key}>…</span> : <kbd key={key}>{key}</kbd>))}</th>
                <td>{row.does}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="reading-help">
          Time runs down. The thick line is what runs; where it jumps, the context switches. The hatched band is the gap between check and
          act; the arrow leads from the write that interferes to the check it makes stale. <s>Struck through</s>: a copy that is no longer
          true. In the state: <b>+</b> added, <b>~</b> modified, <b>−</b> deleted.
        </p>
      </div>
    </Dialog>
  );
}

/** A long value in full, where there is no editor to open it in. */
export function Reading({ title, text }: { title: string; text: string }): JSX.Element {
  const { store } = usePanel();
  const most = 200_000;
  return (
    <Dialog title={shorten(title, 80)} close={() => (store.reading.value = null)}>
      <pre class="dialog-body value" tabIndex={0}>
        {text.slice(0, most).split('\n').map(visible).join('\n')}
        {text.length > most ? `\n… ${thousands(text.length - most)} characters more` : ''}
      </pre>
    </Dialog>
  );
}

/** What is shown without steps: nothing open yet, work in progress, errors, results that have no replay. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Trace } from '../../core/trace/trace.ts';
import { shorten, visible } from '../../core/trace/visible.ts';
import { placeWords, thousands } from '../../core/trace/words.ts';
import { usePanel } from '../context.ts';
import { parts, t } from '../l10n.ts';
import { keyHelp } from '../model/keys.ts';
import { Icon } from './icons.tsx';
import { Tool } from './parts.tsx';

/** Before the first trace. */
export function Empty(): JSX.Element {
  return (
    <div class="message">
      <h1>{t('No race open')}</h1>
      <p>
        {parts(
          'Choose {0} above a function, or from the lightbulb on a warning. The interleaving that goes wrong is replayed here.',
          <b>{t('Simulate race')}</b>,
        )}
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
      {strip ? <Icon name="violation" /> : <h1>{t('That did not work')}</h1>}
      <p>{shorten(text, 600)}</p>
      <div class="message-buttons">
        {simulate && (
          <button type="button" class="button" onClick={() => actions.send({ type: 'resimulate' })}>
            {t('Try again')}
          </button>
        )}
        {simulate && !strip && (
          <button type="button" class="button second" onClick={() => actions.send({ type: 'openSettings' })}>
            {t('Settings')}
          </button>
        )}
        {strip && <Tool icon="close" label={t('Dismiss')} onClick={() => (store.error.value = null)} />}
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
        <p>{t('Every interleaving was simulated, and each ends as some serial order does. There is nothing to replay.')}</p>
      )}
      {trace.verdict === 'bounded' && (
        <p>
          {trace.explored.bound
            ? t(
                '{0} interleavings were simulated and none fails; then the search ended: {1}. A larger budget may find more.',
                thousands(trace.explored.executions),
                shorten(trace.explored.bound.detail, 300),
              )
            : t('{0} interleavings were simulated and none fails. A larger budget may find more.', thousands(trace.explored.executions))}
        </p>
      )}
      {trace.verdict === 'unsupported' && (
        <p>
          {t('The simulator says nothing about code it cannot run faithfully.')}
          {where ? ` ${t('The construct in the way is at {0}.', placeWords(where, t))}` : ''}
        </p>
      )}
      <div class="message-buttons">
        {where && editor && (
          <button type="button" class="button" onClick={() => actions.reveal(where)}>
            {t('Show the construct')}
          </button>
        )}
        {simulate && (
          <button type="button" class={where ? 'button second' : 'button'} onClick={() => actions.send({ type: 'resimulate' })}>
            {t('Simulate again')}
          </button>
        )}
        {simulate && trace.verdict === 'bounded' && (
          <button type="button" class="button second" onClick={() => actions.send({ type: 'openSettings' })}>
            {t('Change the budget')}
          </button>
        )}
      </div>
    </div>
  );
}

/** A note from the host above everything, such as the result after a fix. */
export function Banner({ text, good }: { text: string; good: boolean }): JSX.Element {
  const { actions, store } = usePanel();
  return (
    <div class={`banner ${good ? 'good' : 'bad'} ${store.old.value ? 'asks' : ''}`} role="status">
      <Icon name={good ? 'check' : 'violation'} />
      <p>{shorten(text, 400)}</p>
      {store.old.value && (
        <button type="button" class="small" onClick={() => actions.send({ type: 'followOld' })}>
          {t('Try the old interleaving')}
        </button>
      )}
      <Tool icon="close" label={t('Dismiss')} onClick={() => (store.banner.value = null)} />
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
          <Tool icon="close" label={t('Close')} keys={t('Esc')} onClick={close} />
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
    <Dialog title={t('Keys')} close={() => (store.overlay.value = null)}>
      <div class="dialog-body" tabIndex={0} role="group" aria-label={t('Keys')}>
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
          {t('Time runs down. The thick line is what runs; where it jumps, the context switches.')}{' '}
          {t(
            'The hatched band is the gap between check and act; the arrow leads from the write that interferes to the check it makes stale.',
          )}{' '}
          {parts('{0}: a copy that is no longer true.', <s>{t('Struck through')}</s>)}{' '}
          {parts('In the state: {0} added, {1} modified, {2} deleted.', <b>+</b>, <b>~</b>, <b>−</b>)}
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
        {text.length > most ? `\n… ${t('{0} characters more', thousands(text.length - most))}` : ''}
      </pre>
    </Dialog>
  );
}

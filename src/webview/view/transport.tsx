/**
 * The controls: a scrubber that is also a map of the execution (one line per lane, so that every
 * context switch shows as a jump), and the buttons every key stands for.
 */
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { usePanel } from '../context.ts';
import { t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';
import { stepLabel } from '../model/sentences.ts';
import { speeds } from '../store.ts';
import { laneColours, Tool } from './parts.tsx';

/** Scrubber and buttons. */
export function Transport({ replay }: { replay: Replay }): JSX.Element {
  const { store, actions } = usePanel();
  const count = replay.trace.steps.length;
  const at = store.cursor.value;
  const playing = store.playing.value;
  return (
    <section class="transport" aria-label={t('Replay controls')}>
      <Scrubber replay={replay} />
      <div class="buttons">
        <Tool icon="first" label={t('First step')} keys={t('Home')} class="roomy" onClick={() => actions.command('first')} />
        <Tool
          icon="previousSwitch"
          label={t('Previous context switch')}
          keys={t('Shift+←')}
          onClick={() => actions.command('previousSwitch')}
        />
        <Tool icon="previous" label={t('Previous step')} keys="←" onClick={() => actions.command('stepBack')} />
        <Tool
          icon={playing ? 'pause' : 'play'}
          label={playing ? t('Pause') : t('Play')}
          keys={t('Space')}
          primary
          onClick={() => actions.command('playPause')}
        />
        <Tool icon="next" label={t('Next step')} keys="→" onClick={() => actions.command('stepForward')} />
        <Tool icon="nextSwitch" label={t('Next context switch')} keys={t('Shift+→')} onClick={() => actions.command('nextSwitch')} />
        <Tool icon="last" label={t('Last step')} keys={t('End')} class="roomy" onClick={() => actions.command('last')} />
        {replay.wrong !== null && (
          <Tool icon="violation" label={t('Go to the violation')} keys="V" class="danger" onClick={() => actions.command('violation')} />
        )}
        <span class="counter">
          <span class="visually-hidden">{t('Step')} </span>
          <b>{count === 0 ? 0 : at + 1}</b> / {count}
        </span>
        <select
          class="speed"
          aria-label={t('Speed')}
          value={String(store.speed.value)}
          onChange={(event) => actions.setSpeed(Number(event.currentTarget.value))}
        >
          {speeds.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed}×
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}

const most = 12;

/** The slider. One path per lane, so that 2,000 steps stay cheap. */
function Scrubber({ replay }: { replay: Replay }): JSX.Element {
  const { store, actions } = usePanel();
  const track = useRef<HTMLDivElement>(null);
  const { steps } = replay.trace;
  const count = steps.length;
  const at = Math.min(store.cursor.value, Math.max(0, count - 1));
  const rows = Math.min(most, Math.max(1, replay.lanes.length));
  const laneHeight = rows <= 4 ? 9 : 5;
  const map = useMemo(
    () =>
      replay.lanes.map((lane) => {
        const y = (lane.position % most) * laneHeight + 1;
        let d = '';
        for (let index = 0; index < lane.steps.length; index++) {
          const from = lane.steps[index] ?? 0;
          while (lane.steps[index + 1] === (lane.steps[index] ?? 0) + 1) index++;
          const to = (lane.steps[index] ?? 0) + 1;
          d += `M${from + 0.04} ${y}H${to - 0.04}V${y + laneHeight - 2}H${from + 0.04}z`;
        }
        return d;
      }),
    [replay, laneHeight],
  );
  const seek = (event: PointerEvent): void => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0 || count === 0) return;
    store.playing.value = false;
    actions.goTo(Math.floor(((event.clientX - box.left) / box.width) * count));
  };
  const keys = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.round(count / 10));
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      store.playing.value = false;
      actions.goTo(at + (event.key === 'PageUp' ? -page : page));
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      actions.press(event.key === 'ArrowUp' ? 'stepForward' : 'stepBack');
    }
  };
  const percent = (step: number): string => `${(step / Math.max(1, count)) * 100}%`;
  return (
    <div class="scrubber">
      <div class="scrub-letters" aria-hidden="true">
        {rows <= 4 && replay.lanes.slice(0, rows).map((lane) => <span key={lane.id}>{lane.letter}</span>)}
      </div>
      <div
        ref={track}
        class="track"
        role="slider"
        tabIndex={0}
        aria-label={t('Step')}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, count)}
        aria-valuenow={count === 0 ? 1 : at + 1}
        aria-valuetext={stepLabel(replay, at)}
        onKeyDown={keys}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          seek(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons & 1) seek(event);
        }}
      >
        <svg
          class="track-map"
          height={rows * laneHeight}
          viewBox={`0 0 ${Math.max(1, count)} ${rows * laneHeight}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {map.map((d, index) => (
            <path key={index} d={d} class={`fill lane${index % laneColours}`} />
          ))}
        </svg>
        {replay.wrong !== null && <div class="tick-violation" style={{ left: percent(replay.wrong + 1) }} />}
        <div class="thumb" style={{ left: percent(at), width: percent(1) }} />
      </div>
    </div>
  );
}

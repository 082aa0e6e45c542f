/**
 * Steps as sentences: what the live region reads, what rows are called, what the scrubber says. Plain
 * words with values shortened; the same in the timeline, the table and for a screen reader.
 */
import { shorten } from '../../core/trace/visible.ts';
import { counted, locationName, placeWords } from '../../core/trace/words.ts';
import type { StepRole } from '../../core/trace/words.ts';
import type { StateChange } from '../../core/trace/states.ts';
import type { TraceQueue, TraceQueues } from '../../core/trace/trace.ts';
import type { DriveOutcome } from '../../protocol/panel.ts';
import { t } from '../l10n.ts';
import type { Replay } from '../../core/trace/replay.ts';

export const queueNames: Readonly<Record<TraceQueue['kind'], string>> = {
  ticks: t('nextTick'),
  microtasks: t('microtasks'),
  ready: t('ready'),
  timers: t('timers'),
  completions: t('I/O'),
  immediates: t('immediates'),
};

export const queueAbout: Readonly<Record<TraceQueue['kind'], string>> = {
  ticks: t('Callbacks of process.nextTick: emptied before the turn ends'),
  microtasks: t('Promise reactions and queueMicrotask: emptied before the turn ends'),
  ready: t('Tasks and callbacks that may run now, first in, first out'),
  timers: t('Timers, in the order in which they are due'),
  completions: t('What arrives from outside: each in a turn of its own, in any order'),
  immediates: t('Callbacks of setImmediate: after I/O, before timers that are not due'),
};

const callbackWords = {
  script: t('the script'),
  ready: t('a task of the ready queue'),
  timer: t('a timer’s callback'),
  immediate: t('an immediate’s callback'),
  completion: t('an I/O completion'),
} as const;

const jobWords = {
  script: { tick: t('a nextTick callback, in the script’s turn'), microtask: t('a microtask, in the script’s turn') },
  ready: { tick: t('a nextTick callback'), microtask: t('a microtask') },
  timer: { tick: t('a nextTick callback, in a timer’s turn'), microtask: t('a microtask, in a timer’s turn') },
  immediate: { tick: t('a nextTick callback, in an immediate’s turn'), microtask: t('a microtask, in an immediate’s turn') },
  completion: { tick: t('a nextTick callback, in an I/O completion’s turn'), microtask: t('a microtask, in an I/O completion’s turn') },
} as const;

/** What part of which turn a step ran in: `a microtask, in a timer’s turn`. */
export function runningWords({ turn, job }: TraceQueues): string {
  if (turn === null) return t('a thread, outside the loop');
  return job === 'callback' ? callbackWords[turn] : jobWords[turn][job];
}

/** `nextTick 1, timers 2`; empty when nothing waits. */
function waitingWords({ waiting }: TraceQueues): string {
  return waiting.map(({ kind, count }) => `${queueNames[kind]} ${count}`).join(', ');
}

/** What a role's tag says. */
export const roleNames: Readonly<Record<StepRole, string>> = {
  check: t('check'),
  gap: t('gap'),
  interference: t('interferes'),
  act: t('act'),
  violation: t('violation'),
};

/** What happened to a value, beside its mark. */
export const changeNames: Readonly<Record<StateChange['kind'], string>> = {
  added: t('added'),
  modified: t('modified'),
  deleted: t('deleted'),
};

const roleSentences = {
  check: t('This is the check.'),
  gap: t('The gap opens here.'),
  interference: t('This interferes: the check is stale from here on.'),
  act: t('This is the act, on a stale check.'),
  violation: t('Here the execution goes wrong.'),
} as const;

/** `Step 8 of 8, lane B, thread1, line 11: removes stack[0] = 9. …` */
export function stepSentence(replay: Replay, index: number): string {
  const step = replay.trace.steps[index];
  if (!step) return '';
  const lane = replay.laneOf(step.lane);
  const parts = [
    t(
      'Step {0} of {1}, lane {2}, {3}, {4}: {5}.',
      index + 1,
      replay.trace.steps.length,
      lane.letter,
      shorten(lane.name, 60),
      placeWords(step.range, t),
      shorten(step.summary, 200),
    ),
  ];
  for (const key of Object.keys({ ...step.before, ...step.after })) {
    const change = replay.history.changeAt(key, index);
    if (!change) continue;
    const name = shorten(locationName(replay.trace, key), 60);
    const before = shorten(change.before ?? '', 60);
    const after = shorten(change.after ?? '', 60);
    if (change.kind === 'added') parts.push(t('{0} becomes {1}.', name, after));
    else if (change.kind === 'deleted') parts.push(t('{0} is deleted; it was {1}.', name, before));
    else parts.push(t('{0} changes from {1} to {2}.', name, before, after));
  }
  for (const copy of replay.trace.staleCopies) {
    if (copy.staleStep === index) {
      parts.push(
        t("{0}'s {1} = {2} is stale now.", shorten(replay.laneOf(copy.lane).name, 60), shorten(copy.name, 40), shorten(copy.value, 40)),
      );
    }
  }
  if (step.queues) {
    const waiting = waitingWords(step.queues);
    parts.push(waiting === '' ? t('Nothing waits in the event loop.') : t('Waiting in the event loop: {0}.', waiting));
  }
  if (step.exception) parts.push(t('Raises {0}.', shorten(step.exception, 80)));
  if (step.role) parts.push(roleSentences[step.role]);
  if (replay.trace.divergence?.step === index)
    parts.push(t('The old order cannot be followed further: {0}.', shorten(replay.trace.divergence.reason, 200)));
  if (index === replay.wrong && step.role !== 'act' && step.role !== 'violation') parts.push(roleSentences.violation);
  return parts.join(' ');
}

/** Short label of a step for the scrubber: `step 8 of 8, thread1, act`. */
export function stepLabel(replay: Replay, index: number): string {
  const step = replay.trace.steps[index];
  if (!step) return t('no step');
  const lane = replay.laneOf(step.lane);
  const role = step.role ? `, ${roleNames[step.role]}` : '';
  const what = `${lane.letter} ${shorten(lane.name, 60)}, ${shorten(step.summary, 100)}${role}`;
  return t('step {0} of {1}, {2}', index + 1, replay.trace.steps.length, what);
}

/** How a driven execution that fails, run on to its end, compares with the shortest one. */
export function reachedWords({ switches, fewest, proved }: DriveOutcome): string {
  const way = counted(switches, 'Run to its end, your way has {0} context switch', 'Run to its end, your way has {0} context switches', t);
  if (switches > fewest)
    return proved ? t('{0}; {1} are enough, and none has fewer.', way, fewest) : t('{0}; {1} are enough.', way, fewest);
  return proved ? t('{0}: none has fewer.', way) : t('{0}; no shorter one was found.', way);
}

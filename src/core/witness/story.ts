/**
 * The words: what went wrong in one sentence, and the whole message of a finding. Every value in
 * them was seen in the recorded execution.
 */
import type { TraceRange, TraceStep } from '../trace/trace.ts';
import { fileName } from '../trace/words.ts';

export interface StoryFacts {
  rule: string;
  kind: string;
  shared: string;
  /** Lane names. */
  victim: string;
  culprit: string | null;
  /** Lanes in a deadlock, but for those that only wait for another to end. */
  stuck: string[];
  check: TraceStep | null;
  /** Where this file looks and acts, when the steps are in another. */
  checkAt: TraceRange | null;
  actAt: TraceRange | null;
  interference: TraceStep | null;
  act: TraceStep | null;
  gap: string;
  /** First difference between what happened and what serial orders give. */
  difference: { location: string; observed: string; serial: string[] } | null;
  exception: string | null;
  /** What is wrong whatever came of it: see `StaleAct`. */
  anyway: 'overtaken' | 'woken' | 'entered' | 'early' | 'late' | null;
  /** The other one found it set before what it stands for was there. */
  early: boolean;
  /** What is gone on with is the call's own. */
  own: 'emptied' | 'given' | 'put' | null;
  /** What happened more often than in any serial order, in words. */
  repeated: string | null;
  /** The order of the contexts in this execution, and in a serial one that works. */
  order: string;
  otherOrder: string | null;
}

const shorten = (text: string, most = 60): string => {
  const line = text.split('\n')[0] ?? '';
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};

/** One plain sentence for the panel and the command line. */
export function storyOf(f: StoryFacts): string {
  const who = f.victim;
  const other = f.culprit ?? 'another context';
  if (f.kind === 'deadlock' && f.stuck.length > 2)
    return `${f.stuck.slice(0, -1).join(', ')} and ${f.stuck.at(-1) ?? ''} wait for one another, and none can ever go on.`;
  if (f.kind === 'deadlock') return `${who} and ${other} wait for each other, and neither can ever go on.`;
  if (f.kind === 'lost-wakeup' && f.rule.startsWith('check-then-'))
    return `${who} looked before it took, but what was there has been taken since: it waits for another, which nobody will bring.`;
  if (f.kind === 'lost-wakeup') return `${who} waits for a wake-up that ${f.culprit ? `${other} has already sent` : 'nobody will send'}.`;
  if (f.anyway === 'overtaken') return `${who} asked first, but its answer came after ${other}'s, which it replaced: ${consequenceOf(f)}.`;
  if (f.anyway === 'woken' && f.check && f.act)
    return `${who} waited for ${f.shared}, and what it waited for came to be, but ${other} ${interferenceWords(f)} before ${who} went on to ${actWords(f)}: ${consequenceOf(f)}.`;
  if (f.kind === 'order-violation')
    return (
      `${who} fails with ${shorten(f.exception ?? 'an exception', 100)} in the order ${f.order}` +
      `${f.otherOrder === null ? '' : `, but not in the order ${f.otherOrder}`}: nothing makes them come in the order that works.`
    );
  if (f.kind === 'every-order')
    return `${who} fails with ${shorten(f.exception ?? 'an exception', 100)} whatever the order: this is not a race.`;
  if (!f.check || !f.act) {
    return f.exception
      ? `${who} fails with ${shorten(f.exception, 120)}, which no serial order does.`
      : `The result is one that no serial order gives.`;
  }
  if (f.anyway === 'early' && f.act)
    return `${who} set ${f.shared} and then waited for ${actWords(f)} to make it ready: ${other} found it set and went on before that had ended, so that ${consequenceOf(f)}.`;
  if (f.anyway === 'late')
    return `${who} waited for ${f.gap}; ${other} was called meanwhile, to end what is in ${f.shared}, and ended, and then ${who} went on to ${actWords(f)}: ${consequenceOf(f)}.`;
  if (f.early)
    return `${who} set ${f.shared} before all that it stands for was there: ${other} found it set and went on, and only then ${who} came to ${actWords(f)}: ${consequenceOf(f)}.`;
  return `${who} ${checkWords(f)}, then ${other} ${interferenceWords(f)}, and ${who} went on to ${actWords(f)}: ${consequenceOf(f)}.`;
}

function interferenceWords(f: StoryFacts): string {
  return f.interference ? shorten(changeWords(f.interference), 90) : 'changed it';
}

/** The part of a step's summary that says what it changed, told as past. */
function changeWords(step: TraceStep): string {
  const parts = step.summary.split('; ').filter((p) => /^(changes|sets|removes) /.test(p));
  if (parts.length === 0) return step.summary;
  return parts
    .map((p) =>
      p
        .replace(/^changes /, 'changed ')
        .replace(/^sets /, 'set ')
        .replace(/^removes /, 'removed '),
    )
    .join(' and ');
}

function checkWords(f: StoryFacts): string {
  if (f.own === 'emptied') return `emptied ${f.shared}`;
  if (f.own !== null && f.check) return changeWords(f.check);
  const read = f.check?.accesses.find((a) => a.kind === 'read' && a.value !== undefined && a.value !== '—');
  return read?.value !== undefined && read.value !== '—'
    ? `saw ${readName(f.check)} = ${shorten(read.value, 40)}`
    : `checked \`${shorten(f.check?.text ?? f.shared, 50)}\``;
}

function readName(step: TraceStep | null): string {
  const match = step ? /reads (.+?) = /.exec(step.summary) : null;
  return match?.[1] ?? step?.accesses[0]?.location ?? 'it';
}

function actWords(f: StoryFacts): string {
  return `\`${shorten(f.act?.text ?? '', 50)}\``;
}

/** What the simulator saw come of it. */
export function consequenceOf(f: StoryFacts): string {
  if (f.exception) return `it fails with ${shorten(f.exception, 100)}`;
  if (f.anyway === 'overtaken') {
    const stored = f.act?.accesses.find((a) => a.kind === 'write' && a.value !== undefined);
    const answers =
      stored?.before !== undefined ? `, ${shorten(stored.value ?? '', 40)}, over the newer one, ${shorten(stored.before, 40)}` : '';
    return `${f.shared} ends with the answer to the older request${answers}`;
  }
  if (f.anyway === 'late') return `${f.shared} is set although it was over, and nobody ends it any more`;
  const removed = f.act?.accesses.find((a) => a.kind === 'delete' && a.before !== undefined && a.before !== '—');
  const checked = f.check?.accesses.find((a) => a.kind === 'read' && a.value !== undefined);
  if (
    removed?.before !== undefined &&
    checked?.value !== undefined &&
    removed.before !== checked.value &&
    !checked.value.startsWith('[') &&
    !checked.value.startsWith('{')
  ) {
    return `the element removed, ${shorten(removed.before, 30)}, is not the one checked, ${shorten(checked.value, 30)}`;
  }
  if (f.difference) {
    const serial = f.difference.serial
      .slice(0, 2)
      .map((s) => shorten(s, 40))
      .join(' or ');
    const what = f.rule === 'lost-update' ? 'an update is lost: ' : '';
    return `${what}${f.difference.location} ends as ${shorten(f.difference.observed, 60)}; one after the other it would be ${serial}`;
  }
  if (f.repeated) return shorten(f.repeated, 140);
  if (f.anyway === 'entered')
    return `${f.victim} and ${f.culprit ?? 'another context'} are at work at the same time, which ${f.shared} was to prevent`;
  if (f.anyway === 'early') return `${f.culprit ?? 'another context'} was given it before it was ready`;
  if (f.early) return `${f.culprit ?? 'another context'} did without it`;
  if (f.rule === 'double-init') return 'it is initialised twice';
  if (f.anyway === 'woken') return 'it acted on what it would have had to wait for again';
  return 'it relied on a value that was no longer true';
}

/** `line 9`, `line 9 of models.py` where that is not the file in question. */
function lineWords({ line, path }: TraceRange): string {
  return path === undefined ? `line ${line}` : `line ${line} of ${fileName(path)}`;
}

/** The message of a diagnostic: check, gap, act, shared state, who else writes it, consequence. */
export function messageOf(f: StoryFacts): string {
  const line = (s: TraceStep | null): string =>
    s ? lineWords((s === f.check ? f.checkAt : s === f.act ? f.actAt : null) ?? s.range) : '?';
  if (f.kind === 'deadlock' || f.kind === 'lost-wakeup') return `${f.shared === '' ? '' : `${f.shared}: `}${storyOf(f)}`;
  const other = f.culprit ?? 'another context';
  const change = f.interference ? ` (${lineWords(f.interference.range)}: \`${shorten(f.interference.text, 50)}\`)` : '';
  const changed = f.interference ? ` (${lineWords(f.interference.range)})` : '';
  if (f.anyway === 'overtaken')
    return (
      `\`${f.shared}\` gets the answer to what ${line(f.check)} asks for, but ${f.gap} may take longer than in a later call: ` +
      `${other} has then stored the newer answer${changed} when ${line(f.act)} overwrites it. Simulated: ${consequenceOf(f)}.`
    );
  if (!f.check || !f.act) return storyOf(f);
  if (f.anyway === 'woken')
    return (
      `\`${f.shared}\` is checked once at ${line(f.check)}, before ${f.gap}; when that ends, ${other} may have changed it back` +
      `${change} before ${line(f.act)} relies on it. ` +
      `Simulated: ${consequenceOf(f)}.`
    );
  if (f.anyway === 'late')
    return (
      `\`${f.shared}\` is set at ${line(f.act)}, but ${f.gap} leaves a gap in which ${other} may be called to end what is there` +
      `${change}, too early for this one. ` +
      `Simulated: ${consequenceOf(f)}.`
    );
  if (f.early)
    return (
      `\`${f.shared}\` is checked at ${line(f.check)} and then set, but what it stands for is complete only at ${line(f.act)}: ` +
      `${f.gap} leaves a gap in which ${other} finds it set${changed} and goes on without. ` +
      `Simulated: ${consequenceOf(f)}.`
    );
  if (f.own !== null)
    return (
      `\`${f.shared}\` is ${{ emptied: 'emptied', given: 'set', put: 'written' }[f.own]} at ${line(f.check)}, but ${f.gap} leaves a gap in which ${other} ` +
      `can change it${change} before ${line(f.act)} ${{ emptied: 'fills it', given: 'goes on with it', put: 'takes it from there' }[f.own]}. Simulated: ${consequenceOf(f)}.`
    );
  const looked = f.rule === 'lost-update' ? 'read' : 'checked';
  return (
    `\`${f.shared}\` is ${looked} at ${line(f.check)}, but ${f.gap} leaves a gap in which ${other} can change it${change} ` +
    `before ${line(f.act)} relies on it. Simulated: ${consequenceOf(f)}.`
  );
}

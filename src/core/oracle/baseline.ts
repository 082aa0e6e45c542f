/**
 * Outcomes that excuse an execution, each under the answers its questions about the unknown had. What
 * nobody can see into (an import, an argument, the rows that were there at the start) has one value in
 * one execution: a serial order in which a value was None says nothing of one in which it was a name.
 * So an outcome excuses only executions whose answers agree with its own, question by question;
 * questions that only one of the two asked do not matter to the two, but an execution is excused only
 * when some serial order gives its outcome whatever the answers to the questions it did not ask.
 */

/** An answer given to a question about the unknown. */
export interface Answered {
  what: string;
  answer: string;
}

/** The answers of one execution: to each question (values of the same name share one), the sorted answers. */
export interface Answers {
  readonly text: string;
  readonly byQuestion: ReadonlyMap<string, readonly string[]>;
}

const none: Answers = { text: '', byQuestion: new Map() };

/** Kept for one outcome; beyond that it excuses whatever the answers are. */
const mostAnswers = 256;

export function answersTo(questions: readonly Answered[]): Answers {
  if (questions.length === 0) return none;
  const byQuestion = new Map<string, string[]>();
  for (const q of questions) {
    const known = byQuestion.get(q.what);
    if (known) known.push(q.answer);
    else byQuestion.set(q.what, [q.answer]);
  }
  for (const given of byQuestion.values()) given.sort();
  const text = [...byQuestion]
    .map(([what, given]) => `${what}: ${given.join(', ')}`)
    .sort()
    .join('\n');
  return { text, byQuestion };
}

/** Whether two executions can have had the same world: no question they share was answered differently. */
export function agree(a: Answers, b: Answers): boolean {
  if (a.text === b.text) return true;
  const [few, many] = a.byQuestion.size <= b.byQuestion.size ? [a, b] : [b, a];
  for (const [what, given] of few.byQuestion) {
    const other = many.byQuestion.get(what);
    if (other && !includes(given, other) && !includes(other, given)) return false;
  }
  return true;
}

/** Whether every element of a sorted list has one of its own in another. */
function includes(list: readonly string[], part: readonly string[]): boolean {
  let i = 0;
  for (const x of part) {
    while (i < list.length && (list[i] as string) < x) i++;
    if (list[i] !== x) return false;
    i++;
  }
  return true;
}

/**
 * What is known of the world of an execution, and of another's what it did not ask. A question that both
 * asked, but not equally often (what time it is, what a second call gives), was answered as the first says.
 */
function together(a: Answers, b: Answers): Answers {
  if (a.text === '' || a.text === b.text) return b;
  if (b.text === '') return a;
  const byQuestion = new Map(a.byQuestion);
  for (const [what, given] of b.byQuestion) if (!byQuestion.has(what)) byQuestion.set(what, given);
  return { text: `${a.text}\n${b.text}`, byQuestion };
}

/** To whoever called it is one error which line of it looked for what was not there. */
function plain(outcome: string): string {
  // The same text is asked about once for each candidate.
  if (outcome !== last.outcome) last = { outcome, plain: outcome.includes('raised ') ? withoutPlaces(outcome) : outcome };
  return last.plain;
}

let last = { outcome: '', plain: '' };

function withoutPlaces(outcome: string): string {
  return outcome.replace(/^(raised (?:KeyError|IndexError|FileNotFoundError|FileExistsError)\b.*) at \d+$/gm, '$1');
}

/** How often each call of the unknown was made in an outcome, and what else there is in it. */
interface Calls {
  /** Each call once. */
  once: string;
  times: ReadonlyMap<string, number>;
}

const call = /^call /;

function callsIn(outcome: string): Calls {
  const times = new Map<string, number>();
  const once: string[] = [];
  for (const line of outcome.split('\n')) {
    const before = times.get(line) ?? 0;
    if (call.test(line)) times.set(line, before + 1);
    if (before === 0) once.push(line);
  }
  return { once: once.join('\n'), times };
}

/** Outcomes (or failures) and the answers under which they were seen. */
export class Baseline {
  private readonly seen = new Map<string, Map<string, Answers> | 'any'>();
  /** Those in which some call was made more than once, by what they are with each made once. */
  private readonly repeated = new Map<string, Map<string, Calls>>();
  /** How many of those seen were looked at for that. */
  private counted = 0;
  /** As they were seen. */
  private readonly texts = new Set<string>();
  /** All answers there were, whatever the outcome. */
  private readonly worlds = new Map<string, Answers>();

  add(seen: string, answers: Answers): void {
    const outcome = plain(seen);
    if (this.texts.size < mostAnswers) this.texts.add(seen);
    if (this.worlds.size < mostAnswers) this.worlds.set(answers.text, answers);
    const known = this.seen.get(outcome);
    if (known === 'any') return;
    if (!known) this.seen.set(outcome, new Map([[answers.text, answers]]));
    else if (known.size < mostAnswers) known.set(answers.text, answers);
    else this.seen.set(outcome, 'any');
  }

  /** Whether the outcome was seen under answers that agree with these. */
  has(seen: string, answers: Answers): boolean {
    return this.hasPlain(plain(seen), answers);
  }

  private hasPlain(outcome: string, answers: Answers): boolean {
    const known = this.seen.get(outcome);
    if (known === undefined) return false;
    if (known === 'any' || known.has(answers.text)) return true;
    for (const a of known.values()) if (agree(a, answers)) return true;
    return false;
  }

  /**
   * Whether an outcome is seen in every world in which these answers are given; a world is what they
   * and the answers of an execution of this baseline say together. `also` is another baseline that may
   * excuse it, world by world.
   */
  excuses(seen: string, answers: Answers, also: Baseline | undefined): boolean {
    const outcome = plain(seen);
    let more: string[] | null = null;
    const excused = (world: Answers): boolean =>
      this.hasPlain(outcome, world) ||
      also?.hasPlain(outcome, world) === true ||
      (more ??= this.withMoreCalls(outcome)).some((o) => this.hasPlain(o, world));
    if (!excused(answers)) return false;
    for (const world of this.worlds.values())
      if (world.text !== answers.text && agree(world, answers) && !excused(together(answers, world))) return false;
    return true;
  }

  /**
   * Outcomes that only make some call of this one more often: what several asked for was done once for all
   * of them, which is what a check for work that is under way is there for.
   */
  private withMoreCalls(outcome: string): string[] {
    this.countCalls();
    if (this.repeated.size === 0) return [];
    const { once, times } = callsIn(outcome);
    const covers = (more: Calls): boolean => [...times].every(([line, n]) => (more.times.get(line) ?? 0) >= n);
    return [...(this.repeated.get(once) ?? [])].flatMap(([other, calls]) => (other !== outcome && covers(calls) ? [other] : []));
  }

  /** Looks at the outcomes that came since; most baselines are never asked. */
  private countCalls(): void {
    if (this.counted === this.seen.size) return;
    for (const outcome of [...this.seen.keys()].slice(this.counted)) {
      const calls = callsIn(outcome);
      if (calls.once === outcome) continue;
      const alike = this.repeated.get(calls.once) ?? new Map<string, Calls>();
      this.repeated.set(calls.once, alike.set(outcome, calls));
    }
    this.counted = this.seen.size;
  }

  outcomes(): string[] {
    return [...this.texts];
  }

  /** From now on the answers do not matter: not all of them could be tried. */
  loosen(): void {
    this.worlds.clear();
    for (const outcome of this.seen.keys()) this.seen.set(outcome, 'any');
  }
}

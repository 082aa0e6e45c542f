/**
 * A replay as a debugger sees it: answers the Debug Adapter Protocol's requests about a trace and its
 * cursor. Nothing runs here; stepping moves the cursor, back as well as forward. Threads are the
 * lanes, and each has one frame: where it stands. Knows nothing of VS Code, which only carries the
 * messages. Lines and columns are 1-based, as in traces and as the protocol has it by default.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { LaneView, Replay } from '../../core/trace/replay.ts';
import type { TraceRange } from '../../core/trace/trace.ts';
import { shorten, visible } from '../../core/trace/visible.ts';
import { headline, locationName, type Say } from '../../core/trace/words.ts';

/** What is debugged: a replay at a step that others may move too. */
export interface Debuggee {
  replay: Replay;
  cursor(): number;
  goTo(step: number): void;
  /** The file of a range with that `path`. With a `sourceReference`, its text is the trace's own. */
  source(path: string | undefined): DebugProtocol.Source;
}

export interface ReplayDebugger {
  receive(message: DebugProtocol.ProtocolMessage): void;
  /** The cursor was moved by somebody else. */
  moved(): void;
  /** There is nothing left to debug. */
  end(): void;
}

const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsEvaluateForHovers: true,
  supportsExceptionInfoRequest: true,
  supportsGotoTargetsRequest: true,
  supportsRestartRequest: true,
  supportsStepBack: true,
};

/** Messages go out through `send`; `t` gives the words in the user's language. */
export function createReplayDebugger(debuggee: Debuggee, send: (message: DebugProtocol.ProtocolMessage) => void, t: Say): ReplayDebugger {
  const { replay } = debuggee;
  const { trace, history } = replay;
  const last = trace.steps.length - 1;
  /** Lines with a breakpoint, by source. */
  const breakpoints = new Map<string, ReadonlySet<number>>();
  let sent = 0;
  let refreshes = false;
  let begun = false;

  const laneOf = (thread: number): LaneView => {
    const lane = replay.lanes.find(({ id }) => id === thread - 1);
    if (lane === undefined) throw new Error(t('There is no thread {0}.', thread));
    return lane;
  };
  const keyOf = ({ path, sourceReference }: DebugProtocol.Source): string => path ?? `#${sourceReference ?? 0}`;
  const isAt = ({ line, path }: TraceRange, source: string, wanted: number): boolean =>
    line === wanted && keyOf(debuggee.source(path)) === source;
  const hasBreakpoint = (step: number): boolean => {
    const range = trace.steps[step]?.range;
    return range !== undefined && breakpoints.get(keyOf(debuggee.source(range.path)))?.has(range.line) === true;
  };

  const event = (name: string, body?: object): void => send({ seq: ++sent, type: 'event', event: name, body } as DebugProtocol.Event);
  /** Tells where the replay stands now; at the violation that is an exception, whatever led there. */
  const stopped = (reason: string, byPanel = false): void => {
    const at = debuggee.cursor();
    const step = trace.steps[at];
    if (step === undefined) return;
    const how =
      at === replay.wrong
        ? { reason: 'exception', description: t('Violation'), text: shorten(headline(trace, t), 400) }
        : replay.switches.includes(at)
          ? { reason, description: t('Context switch to {0}', visible(replay.laneOf(step.lane).name)) }
          : { reason };
    event('stopped', { ...how, threadId: step.lane + 1, allThreadsStopped: true, preserveFocusHint: byPanel });
  };
  const goTo = (step: number, reason: string): void => {
    debuggee.goTo(Math.min(Math.max(0, step), last));
    stopped(reason);
  };
  /** To the nearest context switch, violation or breakpoint in a direction, else as far as there are steps. */
  const runOn = (by: 1 | -1): void => {
    let at = debuggee.cursor() + by;
    while (at > 0 && at < last && at !== replay.wrong && !replay.switches.includes(at) && !hasBreakpoint(at)) at += by;
    goTo(at, hasBreakpoint(at) ? 'breakpoint' : 'step');
  };

  const place = (range: TraceRange): Pick<DebugProtocol.StackFrame, 'source' | 'line' | 'column' | 'endLine' | 'endColumn'> => {
    const { line, column, endLine, endColumn } = range;
    return { source: debuggee.source(range.path), line, column, endLine, endColumn };
  };
  /** The one frame of a lane: its last step, or where it will be started. */
  const frameOf = (lane: LaneView): DebugProtocol.StackFrame[] => {
    const at = replay.lastOf(lane.id, debuggee.cursor());
    const step = at === null ? undefined : trace.steps[at];
    const id = lane.id + 1;
    if (step !== undefined) return [{ id, name: shorten(step.summary, 120), ...place(step.range) }];
    const { startedAt } = lane.lane;
    return startedAt === null ? [] : [{ id, name: t('not started yet'), presentationHint: 'subtle', ...place(startedAt) }];
  };
  const variable = (name: string, value: string): DebugProtocol.Variable => ({
    name,
    value: visible(value),
    evaluateName: name,
    variablesReference: 0,
  });
  /** What the lanes share after the step, and before it where the step changed it. */
  const shared = (): DebugProtocol.Variable[] =>
    history.keys.flatMap((key) => {
      const at = debuggee.cursor();
      const name = locationName(trace, key);
      const change = history.changeAt(key, at);
      if (change) return [variable(name, `${change.before ?? t('(nothing)')} → ${change.after ?? t('(deleted)')}`)];
      const value = history.valueAt(key, at);
      return value === undefined ? [] : [variable(name, value)];
    });
  /** A lane's variables; copies that are no longer true say so. */
  const locals = (lane: number): DebugProtocol.Variable[] =>
    replay.localsAt(lane, debuggee.cursor()).map(({ name, value, stale }) => {
      if (stale === null) return variable(name, value);
      const now = history.valueAt(stale.location, debuggee.cursor()) ?? t('(deleted)');
      return variable(name, t('{0} (stale: {1} is {2} by now)', value, locationName(trace, stale.location), now));
    });

  /** A lane's scopes are numbered by its thread: twice that for what is shared, one more for its own. */
  const scopes = (thread: number): DebugProtocol.Scope[] => [
    { name: t('Shared state'), variablesReference: thread * 2, expensive: false },
    {
      name: t('Locals of {0}', visible(laneOf(thread).name)),
      presentationHint: 'locals',
      variablesReference: thread * 2 + 1,
      expensive: false,
    },
  ];
  const setBreakpoints = ({ source, breakpoints: wanted = [] }: DebugProtocol.SetBreakpointsArguments): DebugProtocol.Breakpoint[] => {
    const key = keyOf(source);
    breakpoints.set(key, new Set(wanted.map(({ line }) => line)));
    return wanted.map(({ line }) =>
      trace.steps.some(({ range }) => isAt(range, key, line))
        ? { verified: true, line }
        : { verified: false, line, message: t('No step of this replay is on this line.') },
    );
  };
  const exceptionInfo = (): DebugProtocol.ExceptionInfoResponse['body'] => ({
    exceptionId: trace.violation?.rule ?? '',
    description: visible((trace.violation?.message ?? headline(trace, t)).replaceAll('`', '')),
    breakMode: 'always',
    details: { message: visible(headline(trace, t)) },
  });

  /** Answers one request: its body, and what happens once that has been sent. */
  const answer = (command: string, given: unknown): { body?: object; then?: () => void } => {
    switch (command) {
      case 'initialize':
        refreshes = (given as DebugProtocol.InitializeRequestArguments).supportsInvalidatedEvent === true;
        return { body: capabilities, then: () => event('initialized') };
      case 'configurationDone':
        begun = true;
        return { then: () => stopped('entry') };
      case 'launch':
      case 'setExceptionBreakpoints':
        return {};
      case 'threads':
        return { body: { threads: replay.lanes.map(({ id, letter, name }) => ({ id: id + 1, name: `${letter} ${visible(name)}` })) } };
      case 'stackTrace': {
        const stackFrames = frameOf(laneOf((given as DebugProtocol.StackTraceArguments).threadId));
        return { body: { stackFrames, totalFrames: stackFrames.length } };
      }
      case 'scopes':
        return { body: { scopes: scopes((given as DebugProtocol.ScopesArguments).frameId) } };
      case 'variables': {
        const { variablesReference } = given as DebugProtocol.VariablesArguments;
        return { body: { variables: variablesReference % 2 === 0 ? shared() : locals((variablesReference - 1) / 2 - 1) } };
      }
      case 'evaluate': {
        const { expression, frameId } = given as DebugProtocol.EvaluateArguments;
        const own = frameId === undefined ? [] : locals(frameId - 1);
        const found = [...own, ...shared()].find(({ name }) => name === expression.trim());
        if (found === undefined) throw new Error(t('This replay does not tell the value of {0}.', shorten(expression, 80)));
        return { body: { result: found.value, variablesReference: 0 } };
      }
      case 'next':
      case 'stepIn':
        return { then: () => goTo(debuggee.cursor() + 1, 'step') };
      case 'stepBack':
        return { then: () => goTo(debuggee.cursor() - 1, 'step') };
      // Out of the interruption: to where the lane at the cursor goes on.
      case 'stepOut': {
        const at = debuggee.cursor();
        return { then: () => goTo(replay.laneOf(trace.steps[at]?.lane ?? 0).steps.find((step) => step > at) ?? last, 'step') };
      }
      case 'continue':
        return { body: { allThreadsContinued: true }, then: () => runOn(1) };
      case 'reverseContinue':
        return { then: () => runOn(-1) };
      case 'pause':
        return { then: () => stopped('pause') };
      case 'restart':
        return { then: () => goTo(0, 'entry') };
      case 'gotoTargets': {
        const { source, line } = given as DebugProtocol.GotoTargetsArguments;
        const found = trace.steps.filter(({ range }) => isAt(range, keyOf(source), line));
        const targets = found.map(({ index, summary }) => ({
          id: index,
          label: t('step {0}: {1}', index + 1, shorten(summary, 120)),
          line,
        }));
        return { body: { targets } };
      }
      case 'goto':
        return { then: () => goTo((given as DebugProtocol.GotoArguments).targetId, 'goto') };
      case 'setBreakpoints':
        return { body: { breakpoints: setBreakpoints(given as DebugProtocol.SetBreakpointsArguments) } };
      case 'exceptionInfo':
        return { body: exceptionInfo() };
      case 'source':
        return { body: { content: trace.source.text ?? '' } };
      case 'disconnect':
        return { then: () => event('terminated') };
      default:
        throw new Error(t('A replay cannot do this: {0}', command));
    }
  };

  return {
    receive(message) {
      if (message.type !== 'request') return;
      const { seq, command, arguments: given } = message as Omit<DebugProtocol.Request, 'arguments'> & { arguments?: unknown };
      const response = { type: 'response', request_seq: seq, command };
      try {
        const { body, then } = answer(command, given);
        send({ ...response, seq: ++sent, success: true, body } as DebugProtocol.Response);
        then?.();
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        send({ ...response, seq: ++sent, success: false, message: words } as DebugProtocol.Response);
      }
    },
    moved() {
      if (!begun) return;
      stopped('goto', true);
      // The client keeps its frame, whose variables are others now.
      if (refreshes) event('invalidated', { areas: ['variables'] });
    },
    end: () => event('terminated'),
  };
}

/** The debug adapter's answers over a real trace of the stack sample, message by message. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { replayOf } from '../../src/core/trace/replay.ts';
import type { Trace } from '../../src/core/trace/trace.ts';
import { fill } from '../../src/core/trace/words.ts';
import { createReplayDebugger, type ReplayDebugger } from '../../src/extension/debug/answers.ts';
import { control, file, loadEngine, options } from '../engine/load.ts';

let trace: Trace;
let check: number;
let interference: number;
let act: number;
let cursor: number;
let sent: DebugProtocol.ProtocolMessage[];
let tested: ReplayDebugger;

beforeAll(async () => {
  trace = (await loadEngine()).simulate({ file: file('media/samples/stack.py'), line: null }, options, control);
  const { violation } = trace;
  [check, interference, act] = [violation?.checkStep, violation?.interferenceStep, violation?.actStep].map((step) => step ?? -1) as [
    number,
    number,
    number,
  ];
});
beforeEach(() => {
  begin();
});

function begin(): void {
  sent = [];
  cursor = act;
  tested = createReplayDebugger(
    {
      replay: replayOf(trace),
      cursor: () => cursor,
      goTo: (step) => {
        cursor = step;
      },
      source: (path) => (path === undefined ? { name: 'stack.py', path: '/work/stack.py' } : { name: path, path }),
    },
    (message) => sent.push(message),
    (message, ...values) => fill(message, values),
  );
  ask('initialize', { adapterID: 'race-replay', supportsInvalidatedEvent: true });
  ask('launch', {});
  ask('configurationDone');
}

function request(command: string, args: object = {}): DebugProtocol.Response {
  const seq = sent.length + 1000;
  tested.receive({ seq, type: 'request', command, arguments: args } as DebugProtocol.Request);
  const response = sent.find((message) => message.type === 'response' && (message as DebugProtocol.Response).request_seq === seq);
  if (response === undefined) throw new Error(`no response to ${command}`);
  return response as DebugProtocol.Response;
}
/** The body of a response that says it succeeded. */
function ask<T = unknown>(command: string, args: object = {}): T {
  const response = request(command, args);
  expect(response.success, response.message).toBe(true);
  return response.body as T;
}
const stops = (): DebugProtocol.StoppedEvent['body'][] =>
  sent.flatMap((message) =>
    message.type === 'event' && (message as DebugProtocol.Event).event === 'stopped' ? [(message as DebugProtocol.StoppedEvent).body] : [],
  );
const thread = (step: number): number => (trace.steps[step]?.lane ?? 0) + 1;
const shared = (): string[] => values(2 * thread(cursor));
const locals = (step: number): string[] => values(2 * thread(step) + 1);
function values(variablesReference: number): string[] {
  const { variables } = ask<DebugProtocol.VariablesResponse['body']>('variables', { variablesReference });
  return variables.map(({ name, value }) => `${name} = ${value}`);
}

describe('a session', () => {
  it('begins where the panel is: at the violation, which is an exception that tells the story', () => {
    expect(sent.map((message) => (message.type === 'event' ? (message as DebugProtocol.Event).event : message.type))).toEqual([
      'response',
      'initialized',
      'response',
      'response',
      'stopped',
    ]);
    expect(stops()).toMatchObject([{ reason: 'exception', threadId: thread(act), allThreadsStopped: true, text: trace.violation?.story }]);
    const info = ask<DebugProtocol.ExceptionInfoResponse['body']>('exceptionInfo', { threadId: thread(act) });
    expect(info).toMatchObject({
      exceptionId: 'check-then-act',
      description: trace.violation?.message.replaceAll('`', ''),
      details: { message: trace.violation?.story },
    });
  });

  it('has a thread for each lane, with one frame where it stands', () => {
    const { threads } = ask<DebugProtocol.ThreadsResponse['body']>('threads');
    expect(threads.map(({ name }) => name)).toEqual(['A main', 'B thread2', 'C thread1']);
    cursor = interference;
    const frames = threads.flatMap(({ id }) => ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: id }).stackFrames);
    const expected = [check - 1, interference, interference - 1].map((step) => trace.steps[step]?.range.line);
    expect(frames.map(({ line }) => line)).toEqual(expected);
    expect(frames[1]).toMatchObject({ name: trace.steps[interference]?.summary, source: { path: '/work/stack.py' } });
    cursor = 0;
    const [frame] = ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: thread(check) }).stackFrames;
    expect(frame).toMatchObject({ name: 'not started yet', line: trace.lanes[2]?.startedAt?.line });
  });

  it('shows what is shared before and after the step, and a copy that is stale', () => {
    cursor = interference;
    const { scopes } = ask<DebugProtocol.ScopesResponse['body']>('scopes', { frameId: thread(check) });
    expect(scopes.map(({ name }) => name)).toEqual(['Shared state', 'Locals of thread1']);
    expect(shared()).toEqual(['stack = [2, 3, 4, 5, 6, 7, 8] → [9, 2, 3, 4, 5, 6, 7, 8]']);
    expect(locals(check)).toEqual(['v = 2 (stale: stack is [9, 2, 3, 4, 5, 6, 7, 8] by now)']);
    cursor = check;
    expect(shared()).toEqual(['stack = [2, 3, 4, 5, 6, 7, 8]']);
    expect(locals(check)).toEqual(['v = 2']);
    const hovered = ask<DebugProtocol.EvaluateResponse['body']>('evaluate', { expression: 'v', frameId: thread(check), context: 'hover' });
    expect(hovered.result).toBe('2');
    expect(request('evaluate', { expression: 'nobody' })).toMatchObject({
      success: false,
      message: 'This replay does not tell the value of nobody.',
    });
  });

  it('steps forward and back, over every lane, and not beyond the ends', () => {
    cursor = check;
    for (const command of ['next', 'stepIn', 'stepBack']) ask(command, { threadId: 1 });
    expect(cursor).toBe(check + 1);
    expect(stops().at(-1)).toMatchObject({ reason: 'step', threadId: thread(check) });
    ask('stepBack', { threadId: 1 });
    ask('restart');
    ask('stepBack', { threadId: 1 });
    expect(cursor).toBe(0);
    cursor = trace.steps.length - 1;
    ask('next', { threadId: 1 });
    expect(cursor).toBe(trace.steps.length - 1);
  });

  it('steps out of an interruption, to where the lane goes on', () => {
    cursor = interference - 1;
    ask('stepOut', { threadId: thread(check) });
    expect(cursor).toBe(trace.steps.findIndex(({ lane, index }) => index >= interference && lane === trace.steps[check]?.lane));
    expect(cursor).toBeGreaterThan(interference);
  });

  it('continues to the next context switch and into the violation, and back the same way', () => {
    cursor = 0;
    const visited: number[] = [];
    while (cursor < act) {
      ask('continue', { threadId: 1 });
      visited.push(cursor);
    }
    const { switches } = replayOf(trace);
    expect(visited).toEqual([...switches.filter((step) => step < act), act]);
    expect(stops().at(-1)?.reason).toBe('exception');
    expect(stops().at(-2)).toMatchObject({ reason: 'step', description: 'Context switch to thread1' });
    while (cursor > 0) {
      ask('reverseContinue', { threadId: 1 });
      visited.push(cursor);
    }
    expect(visited.slice(switches.length + 1)).toEqual([...switches.filter((step) => step < act).reverse(), 0]);
  });

  it('stops at breakpoints, which only lines with a step can have', () => {
    const line = trace.steps[check + 1]?.range.line ?? 0;
    const source = { path: '/work/stack.py' };
    const { breakpoints } = ask<DebugProtocol.SetBreakpointsResponse['body']>('setBreakpoints', {
      source,
      breakpoints: [{ line }, { line: 1 }],
    });
    expect(breakpoints).toMatchObject([
      { verified: true, line },
      { verified: false, message: 'No step of this replay is on this line.' },
    ]);
    cursor = check;
    ask('continue', { threadId: 1 });
    expect(cursor).toBe(check + 1);
    expect(stops().at(-1)?.reason).toBe('breakpoint');
    ask('setBreakpoints', { source: { path: '/work/other.py' }, breakpoints: [{ line: trace.steps[interference + 1]?.range.line }] });
    ask('setBreakpoints', { source, breakpoints: [] });
    cursor = check;
    ask('continue', { threadId: 1 });
    expect(cursor).toBe(interference);
  });

  it('jumps to any step of a line', () => {
    const line = trace.steps[interference]?.range.line;
    const { targets } = ask<DebugProtocol.GotoTargetsResponse['body']>('gotoTargets', { source: { path: '/work/stack.py' }, line });
    expect(targets.map(({ id }) => id)).toEqual(trace.steps.filter(({ range }) => range.line === line).map(({ index }) => index));
    ask('goto', { threadId: 1, targetId: targets[0]?.id });
    expect(cursor).toBe(interference);
  });

  it('follows the panel without taking the focus from it', () => {
    cursor = check;
    tested.moved();
    expect(stops().at(-1)).toMatchObject({ reason: 'goto', threadId: thread(check), preserveFocusHint: true });
    expect(sent.at(-1)).toMatchObject({ event: 'invalidated', body: { areas: ['variables'] } });
  });

  it('ends when there is nothing left to debug, and refuses what a replay cannot do', () => {
    expect(request('setVariable', { name: 'v' })).toMatchObject({ success: false, message: 'A replay cannot do this: setVariable' });
    expect(request('stackTrace', { threadId: 99 })).toMatchObject({ success: false, message: 'There is no thread 99.' });
    expect(ask<DebugProtocol.ThreadsResponse['body']>('threads').threads).toHaveLength(3);
    tested.end();
    expect(sent.at(-1)).toMatchObject({ event: 'terminated' });
  });
});

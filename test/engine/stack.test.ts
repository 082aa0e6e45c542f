/** The stack example, as pasted, locked, and with nothing imported. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { parseTrace } from '../../src/core/trace/parse.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const body = `stack = [2, 3, 4, 5, 6, 7, 8]
def thread1():
    while 1:
        v = stack[0]
        sleep(0.001)
        if v % 2 == 0: del stack[0]
        sleep(0.001)
def thread2():
    while 1:
        stack.insert(0, stack[-1] + 1)
        sleep(0.002)
thread(thread2, ())
sleep(1)
thread(thread1, ())
`;
const pasted = `from time import sleep
from _thread import start_new_thread as thread
${body}`;

const locked = `from time import sleep
from threading import Lock
from _thread import start_new_thread as thread
lock = Lock()
stack = [2, 3, 4, 5, 6, 7, 8]
def thread1():
    while 1:
        with lock:
            v = stack[0]
            sleep(0.001)
            if v % 2 == 0: del stack[0]
        sleep(0.001)
def thread2():
    while 1:
        with lock:
            stack.insert(0, stack[-1] + 1)
        sleep(0.002)
thread(thread2, ())
sleep(1)
thread(thread1, ())
`;

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

describe('the stack example', () => {
  it('loses: check at the read, interference at the insert, act at the del', () => {
    const trace = engine.simulate({ file: python(pasted), line: null }, options, control);
    expect(trace.verdict).toBe('violation');
    expect(trace.violation?.check?.line).toBe(lineOf(pasted, 'v = stack[0]'));
    expect(trace.violation?.interference?.line).toBe(lineOf(pasted, 'stack.insert'));
    expect(trace.violation?.act?.line).toBe(lineOf(pasted, 'if v % 2'));
    expect(trace.contextSwitches).toBeGreaterThanOrEqual(2);
    expect(trace.contextSwitches).toBeLessThanOrEqual(3);
    expect(trace.explored.fewestSwitches).toBe(true);
    expect(trace.violation?.message).toContain('the element removed, 9, is not the one checked, 2');
    expect(parseTrace(JSON.parse(JSON.stringify(trace))).problems).toEqual([]);
  });

  it('shows steps in order, each with the lane that ran it and the values it saw', () => {
    const trace = engine.simulate({ file: python(pasted), line: null }, options, control);
    const v = trace.violation;
    expect(v && [v.checkStep, v.interferenceStep, v.actStep].every((s) => s !== null)).toBe(true);
    expect(v?.checkStep).toBeLessThan(v?.interferenceStep ?? -1);
    expect(v?.interferenceStep).toBeLessThan(v?.actStep ?? -1);
    const act = trace.steps[v?.actStep ?? -1];
    expect(act?.accesses.find((a) => a.kind === 'delete')?.before).toBe('9');
    expect(trace.lanes.map((l) => l.name).sort()).toEqual(['main', 'thread1', 'thread2']);
  });

  it('gives one warning, on the racy function alone', () => {
    const { findings } = engine.check(python(pasted), options, control);
    expect(findings.map((f) => [f.rule, f.severity, f.evidence])).toEqual([['check-then-act', 'warning', 'code']]);
  });

  it('replays its schedule, also after an edit elsewhere', () => {
    const { schedule } = engine.simulate({ file: python(pasted), line: null }, options, control);
    const edited = `# a comment\nimport os\n${pasted}`;
    const again = engine.simulate({ file: python(edited), line: null, schedule }, options, control);
    expect(again.verdict).toBe('violation');
    expect(again.schedule).toBe(schedule);
    expect(again.assumptions.filter((a) => a.text.startsWith('schedule:'))).toEqual([]);
  });

  it('says where a schedule no longer fits', () => {
    const trace = engine.simulate({ file: python(pasted), line: null, schedule: 'rr1:0#2;0.7@nowhere+1*1' }, options, control);
    expect(trace.assumptions.map((a) => a.text).join('\n')).toMatch(/segment 2 .*did not get there/);
  });

  it('is safe with one lock across read and delete in both threads', () => {
    const { findings } = engine.check(python(locked), options, control);
    expect(findings).toEqual([]);
    const trace = engine.simulate({ file: python(locked), line: null }, options, control);
    expect(trace.verdict).toBe('bounded');
    expect(trace.explored.bound?.kind).toBe('loop iterations');
    expect(trace.explored.executions).toBeGreaterThan(1);
  });

  it('is understood with nothing imported, and says what was assumed', () => {
    const trace = engine.simulate({ file: python(body), line: null }, options, control);
    expect(trace.verdict).toBe('violation');
    const assumed = trace.assumptions.map((a) => a.text).join('\n');
    expect(assumed).toMatch(/`sleep` is not defined in this file; taken to be time\.sleep/);
    expect(assumed).toMatch(/`thread` is not defined in this file; taken to be _thread\.start_new_thread/);
  });
});

/** The exports: what they must say, and that no text of a program can become markup or a command in them. */
import { describe, expect, it } from 'vitest';
import { embedJson, toStandaloneHtml } from '../../src/core/trace/html.ts';
import { codeSpan, escapeMarkdown, toMarkdown } from '../../src/core/trace/markdown.ts';
import { toMermaid } from '../../src/core/trace/mermaid.ts';
import { toPretty } from '../../src/core/trace/pretty.ts';
import { stateHistory } from '../../src/core/trace/states.ts';
import { toSvg } from '../../src/core/trace/svg.ts';
import { columnsOf, fit, shorten, visible, wrap } from '../../src/core/trace/visible.ts';
import { honestLine, laneLetter, runtimeWords } from '../../src/core/trace/words.ts';
import * as others from '../webview/fixtures/others.ts';
import { stackTrace } from '../webview/fixtures/stack.ts';

const all = {
  stack: stackTrace(),
  session: others.sessionTrace(),
  counter: others.counterTrace(),
  verified: others.verifiedTrace(),
  bounded: others.boundedTrace(),
  unsupported: others.unsupportedTrace(),
  deadlock: others.deadlockTrace(),
  long: others.longTrace(),
  hostile: others.hostileTrace(),
};

describe('visible text', () => {
  it('escapes what one cannot see', () => {
    expect(visible('a\u202Eb\u0007\n\t\u200b\ud800')).toBe('a\\u202eb\\x07\\n\\t\\u200b\\ud800');
    expect(visible('é 漢 😀')).toBe('é 漢 😀');
  });
  it('cuts without splitting a character, and a megabyte quickly', () => {
    expect(shorten('ab😀cd', 4)).toBe('ab…');
    expect(shorten('abcd', 4)).toBe('abcd');
    expect(shorten('x'.repeat(1_000_000), 50)).toHaveLength(50);
  });
  it('counts terminal columns', () => {
    expect(columnsOf('a漢😀é')).toBe(6);
    expect(fit('漢字', 3)).toBe('漢…');
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });
});

describe('words', () => {
  it('says how much was searched', () => {
    expect(honestLine(all.stack)).toBe(
      '8 steps, 2 context switches, none with fewer · 143 interleavings explored; each endless loop ran at most 2 times',
    );
    expect(honestLine(all.verified)).toBe('8 steps, 2 context switches · all 96 interleavings explored');
    expect(honestLine(all.bounded)).toBe('10,000 interleavings explored; stopped at 10,000 executions');
  });
  it('joins runtimes that follow one another', () => {
    expect(runtimeWords(all.counter)).toBe('on CPython 3.9 and 3.13 free-threaded; not on 3.10–3.13');
    expect(runtimeWords(all.verified)).toBe('');
  });
  it('letters lanes beyond Z', () => {
    expect([0, 25, 26, 27].map(laneLetter)).toEqual(['A', 'Z', 'AA', 'AB']);
  });
});

describe('state over time', () => {
  const history = stateHistory(all.stack);
  it('knows the value after any step, and who wrote it', () => {
    expect([-1, 3, 4, 6, 7].map((step) => history.valueAt('stack', step))).toEqual([
      '[2, 8]',
      '[2, 8]',
      '[9, 2, 8]',
      '[9, 2, 8]',
      '[2, 8]',
    ]);
    expect(history.lastChange('stack', 6)?.step).toBe(4);
    expect(history.lastChange('stack', 3)).toBeNull();
    expect(history.changeAt('stack', 7)).toEqual({ step: 7, kind: 'modified', before: '[9, 2, 8]', after: '[2, 8]' });
    expect(history.changeAt('stack', 6)).toBeNull();
  });
});

describe('toPretty', () => {
  for (const [name, trace] of Object.entries(all)) {
    for (const columns of [40, 80, 120]) {
      it(`${name} keeps to ${columns} columns and prints nothing invisible`, () => {
        const text = toPretty(trace, { columns, colour: null });
        // The violation's rule and every row fit; a single unbreakable mark may not exceed the width.
        for (const line of text.split('\n')) expect(columnsOf(line), line).toBeLessThanOrEqual(columns);
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
      });
    }
  }
  it('tells the story of the stack', () => {
    const text = toPretty(all.stack, { columns: 120, colour: null });
    expect(text).toContain('✗ thread1 checked 2, but removed 9, which thread2 inserted in between.');
    for (const mark of ['◀ check', '┆ gap', '◀ interferes', '◀ act', '── violation', 'stack: [9, 2, 8] → [2, 8]'])
      expect(text).toContain(mark);
    const order = ['v = stack[0]', 'stack.insert(0', 'del stack[0]', '── violation', 'shared state'].map((part) => text.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
  it('paints only through the given functions', () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</>`;
    const text = toPretty(all.stack, {
      columns: 80,
      colour: {
        bold: mark('b'),
        dim: mark('d'),
        good: mark('g'),
        bad: mark('r'),
        warn: mark('y'),
        lane: (at, inner) => `<l${at}>${inner}</>`,
      },
    });
    expect(text).toContain('<l1>v = stack[0]');
    expect(text).toContain('<r>◀ act</>');
    expect(text.replace(/<\/?[a-z0-9]*>/g, '').replace(/ +$/gm, '')).toBe(toPretty(all.stack, { columns: 80, colour: null }));
  });
});

describe('toMermaid', () => {
  it('has a participant per lane, a note per step and the stale arrow', () => {
    const text = toMermaid(all.stack);
    expect(text.startsWith('sequenceDiagram\n')).toBe(true);
    expect(text.match(/participant /g)).toHaveLength(3);
    expect(text).toContain('L2-->>L1: makes the check stale');
    expect(text.match(/Note over L1: /g)).toHaveLength(4);
    expect(text).toContain('VIOLATION');
  });
  it('keeps hostile text inert', () => {
    const text = toMermaid(all.hostile);
    expect(text).not.toMatch(/<(?!br\/>)/);
    for (const line of text.split('\n').slice(1)) expect(line).toMatch(/^(| {2}(participant|Note over|L\d).*)$/);
    // A `;` would end the statement, unless it closes an entity code.
    expect(text.replace(/#\d+;/g, '')).not.toMatch(/[;#]/);
  });
});

describe('toMarkdown', () => {
  it('tabulates the steps with the state after each', () => {
    const text = toMarkdown(all.stack);
    expect(text).toContain('| 8 | B thread1 | 11 | `del stack[0]` | removes stack\\[0\\] = 9 | **act** ❌ | **`[2, 8]`** |');
    expect(text).toContain('Schedule: `rr1:');
  });
  it('keeps hostile text inert', () => {
    const rows = toMarkdown(all.hostile)
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
    const outside = rows.join('\n').replace(/(`+) ?.*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/<\/?[a-z]/i);
    expect(codeSpan('a`b|c')).toBe('``a`b\\|c``');
    expect(escapeMarkdown('[x](y) <b> @all')).toBe('\\[x\\]\\(y\\) &lt;b&gt; \\@all');
  });
});

describe('toSvg', () => {
  it.each(Object.entries(all))('%s is well formed and loads nothing', (_name, trace) => {
    const text = toSvg(trace);
    expect(text).not.toMatch(/<(script|image|foreignObject|use|a)\b|href|url\(/);
    // Every element that is opened is closed, in order.
    const open: string[] = [];
    for (const [, close, name, self] of text.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/gi)) {
      if (self) continue;
      if (close) expect(open.pop()).toBe(name);
      else open.push(name ?? '');
    }
    expect(open).toEqual([]);
    expect(text.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
  });
});

describe('toStandaloneHtml', () => {
  it('holds the trace as data that cannot end its element', () => {
    const html = toStandaloneHtml(all.hostile, { script: 'var a = "</script><!--";', css: 'p{}' });
    expect(html.match(/<\/script>/gi)).toHaveLength(2);
    const json = /<script type="application\/json" id="trace">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(all.hostile)));
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/(src|href)="?https?:/);
  });
  it('escapes every < and line separator', () => {
    expect(embedJson({ a: '</script>\u2028' })).toBe('{"a":"\\u003c/script\\u003e\\u2028"}');
  });
});

/** Callbacks handed to functions nobody can see into: an answer comes, once, in a turn of its own. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, SourceFile } from '../../src/engine/api.ts';
import { control, loadEngine, options } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const javascript = (text: string): SourceFile => ({ path: 'example.js', text, language: 'javascript' });
const found = (text: string): string[] =>
  engine
    .check(javascript(text), { ...options, hints: true }, control)
    .findings.map((f) => `${f.rule} ${String(f.check.line)}→${String(f.act.line)}`);
const cache = (load: string): string => `const lib = require('some-library');
let cached = null;
exports.get = async function get() {
  if (cached === null) {
    cached = await new Promise((resolve, reject) => { ${load} });
  }
  return cached;
};
`;

describe('a callback', () => {
  it.each([
    'lib.query("a", (err, rows) => (err ? reject(err) : resolve(rows)));',
    'lib.ready(resolve);',
    'lib.load((value) => resolve(value));',
    'lib.load(resolve, reject);',
  ])('is called back when it gets an answer: %s', (load) => {
    expect(found(cache(load))).toEqual(['double-init 4→5']);
  });

  it.each(['lib.use((err, request) => resolve(request));', 'lib.map((value) => value + 1);'])('is not where it gets none: %s', (load) => {
    expect(found(cache(load))).toEqual([]);
  });

  it('may be where the act is', () => {
    const store = `const lib = require('some-library');
class Store {
  constructor() { this.items = null; }
  load(callback) {
    if (this.items !== null) return callback(null, this.items);
    lib.read('items', (err, items) => {
      if (err) return callback(err);
      this.items = items;
      callback(null, items);
    });
  }
}
module.exports = Store;
`;
    expect(found(store)).toEqual(['check-then-act 5→8']);
  });

  it('ends where it hands itself on', () => {
    const poll = `const lib = require('some-library');
let state = null;
exports.poll = function poll() {
  lib.read('state', (err, next) => { state = next; poll(); });
};
`;
    expect(found(poll)).toEqual([]);
  });
});

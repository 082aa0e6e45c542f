/** Programs whose executions are so long that a search gets through few of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

describe('a race early in long executions', () => {
  const program = (claim: string): string => `import threading

class Accounts:
    def __init__(self):
        self.lock = threading.Lock()
        self.owner = None
        self.moves = 0

${claim}
    def work(self, who):
        mine = self.claim(who)
        for _ in range(150):
            with self.lock:
                self.moves += 1
        if mine:
            assert self.owner == who, "two owners"

accounts = Accounts()
threads = [threading.Thread(target=accounts.work, args=(n,)) for n in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
`;
  it('is found by holding back who has checked', () => {
    const racy = `    def claim(self, who):
        if self.owner is None:
            self.owner = who
            return True
        return False
`;
    const { findings } = engine.check(python(program(racy)), options, control);
    expect(findings.map((f) => [f.check.line, f.act.line])).toEqual([[10, 11]]);
  });
  it('is not found where there is none', () => {
    const safe = `    def claim(self, who):
        with self.lock:
            if self.owner is None:
                self.owner = who
                return True
        return False
`;
    const { findings } = engine.check(python(program(safe)), options, control);
    expect(findings).toEqual([]);
  });
});

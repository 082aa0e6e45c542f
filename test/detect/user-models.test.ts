/** A user's effect models: read, checked with the place of the fault, and used by detection. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { detect, modelsWith, readUserModels } from '../../src/core/detect/index.ts';
import { javascript } from '../../src/core/detect/models/javascript.ts';
import { python } from '../../src/core/detect/models/python.ts';
import { programOf } from './programs.ts';

const schema = JSON.parse(readFileSync(new URL('../../media/schemas/race-replay.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv().compile(schema);

describe('readUserModels', () => {
  it('nothing is no fault', () => {
    expect(readUserModels(null)).toEqual({ models: [], problems: [] });
    expect(readUserModels({ rules: {} })).toEqual({ models: [], problems: [] });
  });

  it('names the faulty entry and keeps the others', () => {
    const { models, problems } = readUserModels({
      models: [
        { call: 'pool.Pool', creates: 'pool.Pool' },
        { call: 'x', gap: 'sometimes' },
        { gap: 'block' },
        'nonsense',
        { call: 'y', spawn: { argument: 0 } },
        { call: 'z', extra: 1 },
      ],
    });
    expect(models.map((m) => m.call)).toEqual(['pool.Pool']);
    expect(problems.map((p) => p.path)).toEqual(['models[1].gap', 'models[2].call', 'models[3]', 'models[4].spawn', 'models[5].extra']);
    expect(problems[0]?.message).toBe('expected one of suspend, block, none');
  });

  it.each([[[]], ['text'], [7], [{ models: {} }]])('%j is refused', (content) => {
    expect(readUserModels(content).problems).toHaveLength(1);
  });

  it('agrees with the schema, also on the built-in tables', () => {
    const samples: unknown[] = [
      ...python.slice(0, 60),
      ...javascript.slice(0, 60),
      { call: 'a', gap: 'x' },
      { call: '' },
      { call: 'a', file: { argument: -1, op: 'act' } },
      { call: 'a', file: { argument: 'receiver', op: 'act' } },
    ];
    for (const model of samples) {
      const content = { models: [model] };
      expect([model, validate(content)]).toEqual([model, readUserModels(content).problems.length === 0]);
    }
  });
});

it('a model changes what detection sees', () => {
  const program = programOf(
    'test.py',
    `import ourlocks
portal = ourlocks.Gate()
balance = 10
def withdraw(n):
    global balance
    with portal:
        if balance >= n:
            balance = 0
`,
  );
  expect(detect(program).candidates.map((c) => c.rule)).toEqual(['check-then-act']);
  const { models } = readUserModels({ models: [{ call: 'ourlocks.Gate', lock: 'create', creates: 'lock' }] });
  expect(detect(program, modelsWith(models)).candidates).toEqual([]);
});

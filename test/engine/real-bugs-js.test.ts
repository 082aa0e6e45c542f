/** Patterns of races that were found, and mended, in published JavaScript and TypeScript packages: each with what mends it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (text: string, path?: string): string[] =>
  engine.check(typescript(text, path), options, control).findings.map((f) => `${f.rule} ${f.check.line}→${f.act.line}`);

describe('a transaction that reads what was committed', () => {
  const counter = (body: string): string => `export class Counters {
  constructor(private readonly prisma: Client, private readonly table: string) {}
  add(key: string, points: number) {
    return this.prisma.$transaction(async (prisma) => {
${body}
    });
  }
}
`;
  it('lets another read the same row, of a table that is told by a value', () => {
    const body = `      const row = await prisma[this.table].findFirst({ where: { key } });
      if (row) return prisma[this.table].update({ where: { key }, data: { points: row.points + points } });
      return prisma[this.table].create({ data: { key, points } });`;
    expect(found(counter(body))).toEqual(['db-check-then-act 5→6']);
  });
  it('has no check where one statement does it all', () => {
    const body = `      return prisma[this.table].upsert({
        where: { key },
        create: { key, points },
        update: { points: { increment: points } },
      });`;
    expect(found(counter(body))).toEqual([]);
  });
});

describe('a file that is moved', () => {
  const archive = (body: string): string => `const fs = require('fs-extra');
async function archive(source, target, options) {
  if (options.keep) return fs.copy(source, target);
${body}
}
module.exports = archive;
`;
  it('is no longer there for the next who saw it, whatever the options say', () => {
    expect(found(archive('  if (await fs.pathExists(source)) await fs.move(source, target, { overwrite: true });'), 'archive.js')).toEqual([
      'file-toctou 4→4',
    ]);
  });
  it('may have gone for who is ready for it', () => {
    const body = `  try {
    await fs.move(source, target, { overwrite: true });
  } catch (e) {
    if (e.code !== 'ENOENT') throw e;
  }`;
    expect(found(archive(body), 'archive.js')).toEqual([]);
  });
});

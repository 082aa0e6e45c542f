/** Runs generated programs of one thread in real interpreters, all in one process, for comparison line by line. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pythonRunner = `
import sys, json, io, contextlib, resource
# A program that grows without end fails alone.
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
out = []
for text in json.load(sys.stdin):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        exec(compile(text, 'main.py', 'exec'), {'__name__': '__main__'})
    out.append(buffer.getvalue()[:100000])
json.dump(out, sys.__stdout__)
`;

/** What each program prints. */
export function inPython(python: string, programs: readonly string[]): string[] {
  const out = execFileSync(python, ['-W', 'ignore', '-c', pythonRunner], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 300_000,
  });
  return JSON.parse(out) as string[];
}

const nodeRunner = `import { format } from 'node:util';
const out = [];
const count = Number(process.argv[2]);
for (let i = 0; i < count; i++) {
  const lines = [];
  console.log = (...values) => lines.push(format(...values));
  try { await import(\`./\${i}.mjs\`); } catch (e) { lines.push(\`uncaught \${e}\`); }
  out.push(lines.join('\\n'));
}
process.stdout.write(JSON.stringify(out));
`;

/** What each module prints. */
export function inNode(programs: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'race-replay-truth-'));
  try {
    programs.forEach((text, i) => {
      writeFileSync(join(folder, `${i}.mjs`), text);
    });
    writeFileSync(join(folder, 'run.mjs'), nodeRunner);
    const out = execFileSync(process.execPath, [join(folder, 'run.mjs'), String(programs.length)], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      timeout: 300_000,
    });
    return JSON.parse(out) as string[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

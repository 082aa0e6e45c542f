/** The command line as a contract: every flag, every exit status, run as a process from its bundle. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCli, packageVersion, root } from './build.ts';
import { runCli, type Ran, type RunOptions } from './run.ts';

const stack = `from time import sleep
from _thread import start_new_thread as thread
stack = [2, 3, 4, 5, 6, 7, 8]
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
const seats = `const seats = new Map();
async function pay() {
  await new Promise((resolve) => setTimeout(resolve, 10));
}
async function reserve(seat, user) {
  if (seats.has(seat)) return false;
  await pay();
  seats.set(seat, user);
  return true;
}
module.exports = { reserve };
`;

let cli = '';
let folder = '';
const run = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  runCli(cli, args, { cwd: folder, ...options, env: { XDG_CACHE_HOME: join(folder, '.cache'), ...options.env } });

/** One line on standard error, no stack trace, nothing on standard output. */
function usageError(r: Ran, message: RegExp): void {
  expect(r.status).toBe(2);
  expect(r.stdout).toBe('');
  expect(r.stderr).toMatch(message);
  expect(r.stderr.trim().split('\n')).toHaveLength(1);
}

interface Report {
  version: number;
  files: {
    path: string;
    language: string;
    problems: { message: string; range: { line: number } }[];
    findings: Record<string, unknown>[];
  }[];
  summary: { files: number; lines: number; findings: number; elapsedMs: number };
}
const reportOf = (r: Ran): Report => JSON.parse(r.stdout) as Report;

beforeAll(async () => {
  cli = await buildCli();
  folder = mkdtempSync(join(tmpdir(), 'race-replay-cli-test-'));
  mkdirSync(join(folder, 'src', 'node_modules', 'x'), { recursive: true });
  writeFileSync(join(folder, 'src', 'stack.py'), stack);
  writeFileSync(join(folder, 'src', 'seats.js'), seats);
  writeFileSync(join(folder, 'src', 'clean.py'), 'def add(a, b):\n    return a + b\n');
  writeFileSync(join(folder, 'src', 'node_modules', 'x', 'stack.py'), stack);
  writeFileSync(join(folder, 'src', 'notes.txt'), 'not source\n');
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (cli !== '') rmSync(dirname(dirname(cli)), { recursive: true, force: true });
});

describe('help, version and wrong usage', () => {
  it('answers --help and --version with 0', async () => {
    const help = await run(['--help']);
    expect(help.status).toBe(0);
    for (const command of ['check', 'simulate', 'replay', 'confirm', 'fix', 'mcp']) expect(help.stdout).toContain(command);
    expect(await run(['--version'])).toMatchObject({ status: 0, stdout: `${packageVersion()}\n` });
    expect((await run(['check', '--help'])).status).toBe(0);
  });
  it.each([
    [['bogus'], /unknown command/],
    [['check', '--bogus'], /unknown option/],
    [['check', 'src', '--format', 'xml'], /unknown format xml/],
    [['check', 'src', '--severity', 'fatal'], /unknown severity fatal/],
    [['check', 'src', '--shard', '4/3'], /--shard takes I\/N/],
    [['check', 'src', '--jobs', 'many'], /--jobs takes a whole number/],
    [['check', 'src', '--runtime', 'ruby'], /unknown runtime ruby/],
    [['check', '-'], /language/],
    [['check', '-', '--language', 'cobol'], /unknown language cobol/],
    [['simulate'], /missing required argument/],
    [['simulate', 'nosuch.py'], /cannot read nosuch.py: no such file/],
    [['simulate', 'src/notes.txt'], /cannot tell the language/],
    [['simulate', 'src/stack.py:999'], /has no line 999/],
    [['simulate', 'src/stack.py', '--timeout', 'soon'], /--timeout takes a number/],
    [['simulate', 'src/stack.py', '--preemptions', '-1'], /--preemptions takes a whole number/],
    [['simulate', 'src/stack.py', '--schedule', 'zz'], /schedule that begins with rr1:/],
    [['simulate', 'src'], /it is a folder|cannot tell/],
    [['replay', 'src/stack.py'], /is not JSON/],
    [['replay', 'nosuch.race.json'], /no such file/],
    [['fix', 'nosuch.py'], /no such file/],
    [['confirm', 'src/stack.py'], /give --yes/],
  ])('%j ends with 2 and one clear line', async (args, message) => {
    usageError(await run(args), message);
  });
  it('says how to use it when nothing is asked', async () => {
    const r = await run([]);
    expect(r.status).toBe(2);
    expect(r.stderr).toContain('Usage: race-replay');
  });
});

describe('check', () => {
  it('reports findings as the contract says, in the order of the files, without node_modules', async () => {
    const r = await run(['check', 'src', '--format', 'json', '--jobs', '2']);
    expect(r.status).toBe(1);
    const report = reportOf(r);
    expect(report.version).toBe(1);
    expect(report.files.map((f) => f.path)).toEqual([join('src', 'clean.py'), join('src', 'seats.js'), join('src', 'stack.py')]);
    expect(report.summary.files).toBe(3);
    expect(report.summary.findings).toBe(report.files.reduce((n, f) => n + f.findings.length, 0));
    const finding = report.files[2]?.findings[0];
    expect(finding).toMatchObject({
      rule: 'check-then-act',
      severity: 'warning',
      verdict: 'violation',
      evidence: 'code',
      check: { line: 6, column: 13 },
      act: { line: 8 },
    });
    expect(finding?.['schedule']).toMatch(/^rr1:/);
    expect(finding?.['contexts']).toContain('thread1');
    expect(finding?.['id']).toMatch(/^[0-9a-f]{16}$/);
  });
  it('ends with 0 when nothing is found', async () => {
    expect(await run(['check', 'src/clean.py'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('No race found in 1 file') as string,
    });
  });
  it('checks the current folder by default', async () => {
    expect(reportOf(await run(['check', '--format', 'json'], { cwd: join(folder, 'src') })).summary.files).toBe(3);
  });
  it('takes standard input', async () => {
    const r = await run(['check', '-', '--language', 'python', '--format', 'json'], { input: stack });
    expect(r.status).toBe(1);
    expect(reportOf(r).files[0]).toMatchObject({ path: '-', language: 'python' });
  });
  it('shards without loss or overlap', async () => {
    const parts = await Promise.all(
      ['1/2', '2/2'].map(async (s) => reportOf(await run(['check', 'src', '--shard', s, '--format', 'json'])).files.map((f) => f.path)),
    );
    expect(parts.flat().sort()).toEqual([join('src', 'clean.py'), join('src', 'seats.js'), join('src', 'stack.py')]);
    expect(parts[0]?.some((p) => parts[1]?.includes(p))).toBe(false);
  });
  it('goes on past a file that cannot be read, and ends with 2', async () => {
    const r = await run(['check', 'nosuch.py', 'src/stack.py', '--format', 'json']);
    expect(r.status).toBe(2);
    expect(r.stderr).toBe('race-replay: cannot read nosuch.py: no such file\n');
    expect(reportOf(r).files[0]?.findings.length).toBeGreaterThan(0);
  });
  it('survives binary, broken, empty and odd files', async () => {
    const odd = join(folder, 'odd');
    mkdirSync(odd, { recursive: true });
    writeFileSync(join(odd, 'binary.py'), Buffer.from([0, 1, 2, 255, 254, 0]));
    writeFileSync(join(odd, 'broken.py'), 'def f(:\n  if\n');
    writeFileSync(join(odd, 'broken.ts'), 'class { async ( => {{{');
    writeFileSync(join(odd, 'empty.js'), '');
    writeFileSync(join(odd, 'bom.py'), '\ufeffx = 1\n');
    const r = await run(['check', 'odd', '--format', 'json']);
    expect(r.status).toBe(0);
    expect(r.stderr).toBe('');
    const problems = Object.fromEntries(reportOf(r).files.map((f) => [f.path, f.problems.length]));
    expect(problems[join('odd', 'binary.py')]).toBe(1);
    expect(problems[join('odd', 'broken.py')]).toBeGreaterThan(0);
    expect(problems[join('odd', 'broken.ts')]).toBeGreaterThan(0);
    expect(problems[join('odd', 'bom.py')]).toBe(0);
  });
  it('has annotations for GitHub', async () => {
    expect((await run(['check', 'src/stack.py', '--format', 'github'])).stdout).toMatch(
      /^::warning file=src\/stack\.py,line=8,endLine=8,col=\d+,endColumn=\d+,title=Race Replay%3A check-then-act::/m,
    );
  });
  it('writes SARIF with rules, fingerprints and thread flows', async () => {
    const r = await run(['check', 'src', '--format', 'sarif']);
    const sarif = JSON.parse(r.stdout) as {
      version: string;
      runs: {
        tool: { driver: { name: string; rules: { id: string; shortDescription: { text: string }; help: { text: string } }[] } };
        results: SarifResult[];
      }[];
    };
    expect(sarif.version).toBe('2.1.0');
    const [first] = sarif.runs;
    for (const rule of first?.tool.driver.rules ?? []) {
      expect(rule.shortDescription.text).not.toBe('');
      expect(rule.help.text).not.toBe('');
    }
    for (const result of first?.results ?? []) {
      expect(first?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.message.text).not.toBe('');
      expect(result.partialFingerprints['raceReplay/v1']).toMatch(/^[0-9a-f]{16}$/);
      const place = result.locations[0]?.physicalLocation;
      expect(place?.artifactLocation.uri).toMatch(/^src\/\w+\.(py|js)$/);
      expect(place?.region.startLine).toBeGreaterThan(0);
      expect(result.codeFlows[0]?.threadFlows[0]?.locations.length).toBeGreaterThanOrEqual(2);
    }
    expect(first?.results.length).toBeGreaterThan(0);
  });
  it('keeps results, and forgets them when the text or an import changes', async () => {
    const place = join(folder, 'kept');
    mkdirSync(place, { recursive: true });
    const cache = join(place, 'cache');
    writeFileSync(join(place, 'a.py'), stack);
    const options = { cwd: place, env: { XDG_CACHE_HOME: cache } };
    const first = reportOf(await run(['check', 'a.py', '--format', 'json'], options));
    expect(readdirSync(join(cache, 'race-replay'))).toHaveLength(1);
    const again = reportOf(await run(['check', 'a.py', '--format', 'json'], options));
    expect(again.files).toEqual(first.files);
    for (const name of readdirSync(join(cache, 'race-replay'))) {
      const path = join(cache, 'race-replay', name);
      writeFileSync(path, readFileSync(path, 'utf8').replace('"line":8', '"line":88'));
    }
    expect(JSON.stringify(reportOf(await run(['check', 'a.py', '--format', 'json'], options)))).toContain('"line":88');
    expect(JSON.stringify(reportOf(await run(['check', 'a.py', '--format', 'json', '--no-cache'], options)))).not.toContain('"line":88');
    writeFileSync(join(place, 'a.py'), `\n${stack}`);
    expect(reportOf(await run(['check', 'a.py', '--format', 'json'], options)).files[0]?.findings[0]).toMatchObject({ act: { line: 9 } });
  });
  it('refuses a project file that is not JSON', async () => {
    const place = join(folder, 'project');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'race-replay.json'), '{');
    writeFileSync(join(place, 'a.py'), 'x = 1\n');
    usageError(await run(['check', '.'], { cwd: place }), /cannot use .*race-replay\.json/);
  });
  it('does not mind a reader that stops reading', async () => {
    const child = spawn(process.execPath, [cli, 'check', 'src', '--format', 'json'], {
      cwd: folder,
      env: { ...process.env, XDG_CACHE_HOME: join(folder, '.cache') },
    });
    let errors = '';
    child.stderr.on('data', (d: Buffer) => (errors += d.toString('utf8')));
    child.stdout.destroy();
    const status = await new Promise<number | null>((done) => child.on('close', done));
    expect(errors).toBe('');
    expect([0, 1]).toContain(status);
  });
  it.skipIf(process.platform === 'win32')(
    'ends with 130 on Ctrl+C',
    async () => {
      const slow = join(folder, 'slow.py');
      writeFileSync(slow, stack.replace('thread(thread1, ())', Array.from({ length: 6 }, () => 'thread(thread1, ())').join('\n')));
      const interrupt = async (after: number): Promise<number | null> => {
        const child = spawn(process.execPath, [cli, 'simulate', slow, '--all', '--timeout', '60', '--max-executions', '100000000'], {
          cwd: folder,
        });
        setTimeout(() => child.kill('SIGINT'), after);
        return new Promise((done) => child.on('close', done));
      };
      // A process that was not yet up when the signal came is ended by the signal itself.
      let status = await interrupt(1500);
      for (let after = 4000; status === null && after < 20_000; after *= 2) status = await interrupt(after);
      expect(status).toBe(130);
    },
    60_000,
  );
});

interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  message: { text: string };
  partialFingerprints: Record<string, string>;
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
  codeFlows: { threadFlows: { locations: unknown[] }[] }[];
}

describe('simulate and replay', () => {
  const schema = JSON.parse(readFileSync(join(root, 'media', 'schemas', 'race-trace.schema.json'), 'utf8')) as object;
  const accepts = new Ajv({ allErrors: true }).compile(schema);
  interface SimulatedTrace {
    verdict: string;
    schedule: string;
    steps: unknown[];
    outcomes?: unknown[];
    runtime: string;
    outcome: { observed: Record<string, string> };
    explored: { executions: number };
  }

  it('prints traces that the schema accepts, and their schedules replay the same execution', async () => {
    const r = await run(['simulate', 'src/stack.py:8', '--format', 'json']);
    expect(r.status).toBe(1);
    const trace = JSON.parse(r.stdout) as SimulatedTrace;
    expect(accepts(trace), JSON.stringify(accepts.errors)).toBe(true);
    expect(trace.verdict).toBe('violation');
    const again = JSON.parse(
      (await run(['simulate', 'src/stack.py:8', '--format', 'json', '--schedule', trace.schedule])).stdout,
    ) as SimulatedTrace;
    expect(again.outcome.observed).toEqual(trace.outcome.observed);
  });
  it.each(['src/seats.js', 'src/clean.py', 'src/stack.py'])('%s: every verdict is valid', async (path) => {
    const r = await run(['simulate', path, '--format', 'json']);
    const trace = JSON.parse(r.stdout) as SimulatedTrace;
    expect(accepts(trace), JSON.stringify(accepts.errors)).toBe(true);
    expect(r.status).toBe(trace.verdict === 'violation' ? 1 : 0);
  });
  it('lists all outcomes with --all', async () => {
    const trace = JSON.parse((await run(['simulate', 'src/stack.py', '--all', '--format', 'json'])).stdout) as SimulatedTrace;
    expect(trace.outcomes?.length).toBeGreaterThan(1);
  });
  it('takes a runtime and bounds', async () => {
    const r = await run([
      'simulate',
      'src/stack.py',
      '--runtime',
      'cpython-3.12',
      '--max-executions',
      '50',
      '--timeout',
      '5',
      '--preemptions',
      '1',
      '--format',
      'json',
    ]);
    expect((JSON.parse(r.stdout) as SimulatedTrace).runtime).toBe('cpython-3.12');
  });
  it('writes the formats people share, and replays a saved trace', async () => {
    expect((await run(['simulate', 'src/stack.py'])).stdout).toContain('thread1');
    expect((await run(['simulate', 'src/stack.py', '--format', 'mermaid'])).stdout).toContain('sequenceDiagram');
    const out = join(folder, 'stack.race.json');
    expect(await run(['simulate', 'src/stack.py', '--format', 'json', '--out', out])).toMatchObject({ status: 1, stdout: '' });
    expect(existsSync(out)).toBe(true);
    expect(await run(['replay', out])).toMatchObject({ status: 1, stdout: expect.stringContaining('thread1') as string });
    expect((await run(['replay', out, '--format', 'mermaid'])).stdout).toContain('sequenceDiagram');
    usageError(await run(['simulate', 'src/stack.py', '--out', join(folder, 'no', 'such', 'folder', 'x')]), /cannot write/);
  });
  it('reads standard input', async () => {
    expect((await run(['simulate', '-', '--language', 'python'], { input: stack })).status).toBe(1);
  });
});

describe('fix', () => {
  it('prints a diff that patch would take, and changes nothing', async () => {
    const r = await run(['fix', 'src/stack.py:8']);
    expect(r.status).toBe(0);
    expect(r.stdout).toMatch(/^--- a\/src\/stack\.py\n\+\+\+ b\/src\/stack\.py\n@@ -\d+(,\d+)? \+\d+(,\d+)? @@\n/);
    expect(r.stdout).toContain('+stack_lock = threading.Lock()');
    expect(r.stderr).toMatch(/0 of \d+ interleavings fail/);
    expect(readFileSync(join(folder, 'src', 'stack.py'), 'utf8')).toBe(stack);
  });
  it('applies it with --write; then nothing is found', async () => {
    const path = join(folder, 'write.py');
    writeFileSync(path, stack);
    expect((await run(['fix', `${path}:8`, '--write'])).status).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('with stack_lock:');
    expect((await run(['check', path])).status).toBe(0);
    expect(await run(['fix', `${path}:8`])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: expect.stringContaining('no race was found') as string,
    });
  });
  it('says what it cannot write', async () => {
    usageError(await run(['fix', '-', '--write', '--language', 'python'], { input: stack }), /--write needs a file/);
    if (process.getuid?.() === 0) return;
    const path = join(folder, 'readonly.py');
    writeFileSync(path, stack);
    chmodSync(path, 0o444);
    usageError(await run(['fix', `${path}:8`, '--write']), /cannot write/);
  });
});

describe('mcp', () => {
  it('offers its tools and answers with structured content', async () => {
    const child = spawn(process.execPath, [cli, 'mcp'], { cwd: folder });
    let buffer = '';
    const answers = new Map<number, (value: McpAnswer) => void>();
    child.stdout.on('data', (d: Buffer) => {
      buffer += d.toString('utf8');
      for (let at = buffer.indexOf('\n'); at >= 0; at = buffer.indexOf('\n')) {
        const message = JSON.parse(buffer.slice(0, at)) as McpAnswer;
        buffer = buffer.slice(at + 1);
        answers.get(message.id)?.(message);
      }
    });
    let next = 1;
    const ask = (method: string, params: object): Promise<McpAnswer> =>
      new Promise((done) => {
        const id = next++;
        answers.set(id, done);
        child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      });
    await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } });
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
    const tools = await ask('tools/list', {});
    expect(tools.result?.tools?.map((t) => t.name)).toEqual(['find_races', 'simulate_race', 'verify_fix']);
    const found = await ask('tools/call', { name: 'find_races', arguments: { code: stack, language: 'python' } });
    expect(found.result?.structuredContent?.['findings']).toMatchObject([{ rule: 'check-then-act' }]);
    const simulated = await ask('tools/call', { name: 'simulate_race', arguments: { path: 'src/stack.py', line: 8 } });
    expect(simulated.result?.structuredContent?.['verdict']).toBe('violation');
    const fixes = await ask('tools/call', { name: 'verify_fix', arguments: { path: 'src/stack.py', line: 8 } });
    const [fix] = fixes.result?.structuredContent?.['fixes'] as { text: string }[];
    const verified = await ask('tools/call', { name: 'verify_fix', arguments: { path: 'src/stack.py', fixed: fix?.text ?? '' } });
    expect(verified.result?.structuredContent?.['holds']).toBe(true);
    const refused = await ask('tools/call', { name: 'simulate_race', arguments: { path: 'nosuch.py' } });
    expect(refused.result).toMatchObject({ isError: true });
    child.stdin.end();
    expect(await new Promise<number | null>((done) => child.on('close', done))).toBe(0);
  });
});

interface McpAnswer {
  id: number;
  result?: { tools?: { name: string }[]; structuredContent?: Record<string, unknown>; isError?: boolean };
}

/** What a request says is the same whenever it is asked: two requests with one body are about one thing. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/api.ts';
import { control, loadEngine, options, python, typescript } from './load.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine();
});

const found = (file: ReturnType<typeof python>): string[] =>
  engine
    .check(file, { ...options, timeoutMs: 5000 }, control)
    .findings.filter((f) => f.severity === 'warning')
    .map((f) => `${f.check.line}→${f.act.line}`);

describe('a route handler that is given a request of the Fetch API', () => {
  const route = (read: string, check: string): string => `import axios from 'axios';
const sessions = new Map<string, unknown>();
export async function POST(request: Request) {
  ${read}
  ${check}
  const { data } = await axios.post('https://auth', { user });
  sessions.set(user, data);
  return Response.json(data);
}
`;
  const check = "if (sessions.has(user)) return new Response('taken', { status: 409 });";
  it('may get the same body twice', () => {
    expect(found(typescript(route('const { user } = await request.json();', check)))).toEqual(['5→7']);
    expect(found(typescript(route("const user = request.headers.get('x-user') ?? '';", check)))).toEqual(['5→7']);
  });
  it('is safe where the name is taken at once', () => {
    const taken = `${check}\n  sessions.set(user, null);`;
    expect(found(typescript(route('const { user } = await request.json();', taken)))).toEqual([]);
  });
});

describe('a handler of aiohttp', () => {
  const handler = (read: string, set: string): string => `from aiohttp import web
import httpx

taken = {}

async def claim(request):
    ${read}
    if code in taken:
        return web.json_response({}, status=409)
    ${set}
    async with httpx.AsyncClient() as client:
        await client.post("https://x", json=code)
    taken[code] = True
    return web.json_response({})

app = web.Application()
app.router.add_post("/claim/{code}", claim)
`;
  it('may get the same code twice, in the body or in the path', () => {
    expect(found(python(handler('code = (await request.json())["code"]', 'pass')))).toEqual(['8→13']);
    expect(found(python(handler('code = request.match_info.get("code")', 'pass')))).toEqual(['8→13']);
  });
  it('is safe where the code is taken at once', () => {
    expect(found(python(handler('code = (await request.json())["code"]', 'taken[code] = False')))).toEqual([]);
  });
});

describe('what is made of a part of a request', () => {
  const post = (read: string, first = 'await pay(id);', then = 'seats.set(id, true);'): string => `const seats = new Map<string, boolean>();
export async function POST({ request }: { request: Request }) {
  ${read}
  if (seats.has(id)) return { taken: true };
  ${first}
  ${then}
  return { ok: true };
}
`;
  const lines = (text: string): string[] =>
    engine.check(typescript(text), options, control).findings.map((f) => `${String(f.check.line)}→${String(f.act.line)}`);
  it.each([
    "const data = await request.formData(); const id = String(data.get('id'));",
    'const id = String((await request.json()).id);',
    "const id = new URL(request.url).searchParams.get('id')!;",
    'const url = new URL(request.url); const id = url.pathname;',
    'const { id } = await readBody(request);',
  ])('is the same for both: %s', (read) => {
    expect(lines(post(read))).toEqual(['4→6']);
    expect(lines(post(read, 'seats.set(id, true);', 'await pay(id);'))).toEqual([]);
  });
  it('is looked at where a module exports an object of handlers', () => {
    const worker = (first: string, then: string): string => `const seats = new Map<string, boolean>();
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const id = request.headers.get('id')!;
    if (seats.has(id)) return new Response('taken');
    ${first}
    ${then}
    return new Response('ok');
  },
};
`;
    expect(lines(worker('await pay(id);', 'seats.set(id, true);'))).toEqual(['5→7']);
    expect(lines(worker('seats.set(id, true);', 'await pay(id);'))).toEqual([]);
  });
});

import contextvars, asyncio, threading
rid = contextvars.ContextVar('rid', default='-'); nod = contextvars.ContextVar('nod')
print(rid.get(), rid.name, nod.get('d'))
try: nod.get()
except LookupError as e: print(type(e).__name__)
tok = rid.set('a'); print(rid.get(), tok.old_value is contextvars.Token.MISSING, tok.var is rid); rid.reset(tok); print(rid.get())
ctx = contextvars.copy_context()
def f(x): rid.set(x); return rid.get()
print(ctx.run(f, 'in'), rid.get(), ctx[rid], rid in ctx, ctx.get(nod, 'zz'), len(list(ctx)))
async def handler(n, log):
    rid.set(n); await asyncio.sleep(0); log.append((n, rid.get())); inner = asyncio.create_task(child()); return await inner
async def child(): return 'child of ' + rid.get()
async def main():
    log = []; rid.set('main'); print(await asyncio.gather(*(handler(f'r{i}', log) for i in range(3)))); print(log, rid.get())
    loop = asyncio.get_running_loop(); loop.call_soon(lambda: print('soon', rid.get())); rid.set('later'); await asyncio.sleep(0)
    print(await asyncio.to_thread(rid.get))
    t = asyncio.create_task(child(), context=ctx); print(await t)
asyncio.run(main())
def th(): print('thread', rid.get()); rid.set('t')
rid.set('outer'); t = threading.Thread(target=th); t.start(); t.join(); print(rid.get())
t = threading.Thread(target=contextvars.copy_context().run, args=(th,)); t.start(); t.join(); print(rid.get())

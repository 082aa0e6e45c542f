/** Printed trees of real-looking source: the shapes that detection and the machine rely on. */
import { expect, test } from 'vitest';
import { tree } from './helpers.ts';

test('a class with a check-then-act, fields, parameter properties and private members', () => {
  expect(
    tree(`
export class Bank {
  #log: string[] = [];
  static instance = new Bank(new Repo());
  private refresh = async () => { this.balances.clear(); };
  balances = new Map<string, number>();
  constructor(private readonly repo: Repo) {}
  async withdraw(id: string, amount = 10): Promise<boolean> {
    const balance = this.balances.get(id) ?? 0;
    if (balance < amount) return false;
    await this.repo.save?.(id)!.then((r) => r.ok);
    this.balances.set(id, balance - amount);
    return true;
  }
}
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (global Bank class constant)
      (export Bank Bank)
      (module #0 <module> ()
        (declare $Bank (class #0 Bank)))
      (initializer #1 Bank.#log of Bank ()
        (return (list)))
      (initializer #2 Bank.instance static of Bank ()
        (return (new $Bank (new $Repo))))
      (initializer #3 Bank.refresh of Bank ()
        (return (function #4 refresh)))
      (arrow #4 Bank.refresh async of Bank ()
        (do (call (attr (attr (this) balances) clear))))
      (initializer #5 Bank.balances of Bank ()
        (return (new $Map)))
      (constructor #6 Bank.constructor exported of Bank ((repo: "Repo"))
        (vars repo)
        (do (:= (attr (this) repo) repo)))
      (method #7 Bank.withdraw async exported of Bank ((id: "string") (amount = 10))
        (vars id amount balance:tdz,const)
        (returns "Promise<boolean>")
        (declare balance (nullish (call (attr (attr (this) balances) get) id) 0))
        (if (compare balance < amount)
          (return false))
        (do (await (chain (call (attr (call? (attr (attr (this) repo) save) id) then) (function #8 )))))
        (do (call (attr (attr (this) balances) set) id (- balance amount)))
        (return true))
      (arrow #8 Bank.withdraw.<anonymous> ((r))
        (vars r)
        (return (attr r ok)))
      (class #0 Bank exported ()
        (field #log #1)
        (static field instance #2)
        (field refresh #3)
        (field balances #5)
        (constructor constructor #6)
        (method withdraw #7)))
    "
  `);
});

test('module state, imports used as types and as values, exports', () => {
  expect(
    tree(`
import express, { type Request, Response } from 'express';
import * as db from './db';
import type { Seat } from './types';
import './polyfill';
// race-replay-disable-next-line lost-update, check-then-act: measured elsewhere
let sold = 0;
let connection: db.Connection | undefined;
export const app = express();
export async function connect() {
  if (!connection) connection = await db.connect();
  return connection;
}
app.post('/buy', async (req: Request, res: Response) => {
  sold += await db.count(req.body.seat);
  res.json({ sold });
});
export { sold as total };
export * from './seats';
export { Seat } from './types';
export default connect;
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (global express import constant)
      (global db import constant)
      (global sold let)
      (global connection let)
      (global app const constant)
      (global connect function constant)
      (global *from ./seats* import constant)
      (global *Seat from ./types* import constant)
      (export app app)
      (export connect connect)
      (export total sold)
      (export * *from ./seats*)
      (export Seat *Seat from ./types*)
      (export default connect)
      (directive 6 [lost-update check-then-act] "measured elsewhere")
      (module #0 <module> ()
        (declare $connect (function #1 connect))
        (import express [default as $express])
        (import ./db [* as $db])
        (import ./polyfill)
        (import ./seats [* as $*from ./seats*])
        (import ./types [Seat as $*Seat from ./types*])
        (declare $sold 0)
        (declare $connection)
        (declare $app (call $express))
        (do (call (attr $app post) "/buy" (function #2 ))))
      (function #1 connect async exported ()
        (if (not $connection)
          (do (:= $connection (await (call (attr $db connect))))))
        (return $connection))
      (arrow #2 <anonymous> async ((req: "Request") (res: "Response"))
        (vars req res)
        (do (+= $sold (await (call (attr $db count) (attr (attr req body) seat)))))
        (do (call (attr res json) (object sold: $sold)))))
    "
  `);
});

test('loops, labels, switch and closures over per-iteration bindings', () => {
  expect(
    tree(`
export async function drain(queue: AsyncIterable<Job>, jobs: Job[]) {
  outer: for (let i = 0, n = jobs.length; i < n; i++) {
    for (const job of jobs) {
      const id = job.id;
      setTimeout(() => done(i, id));
      switch (job.state) {
        case 'ready': continue outer;
        case 'stop': break outer;
        default: { let note = id; log(() => note); }
      }
    }
  }
  for await (const { id = 1, ...rest } of queue) delete rest[id];
  for (var key in jobs) use(key);
  do { key--; } while (key > 0);
}
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (global drain function constant)
      (export drain drain)
      (module #0 <module> ()
        (declare $drain (function #1 drain)))
      (function #1 drain async exported ((queue: "AsyncIterable<Job>") (jobs: "Job[]"))
        (vars queue jobs key:reassigned i:tdz,captured,reassigned n:tdz job:tdz,const id:tdz,const,captured note:tdz,captured id~2:tdz,const rest:tdz,const)
        (for outer: (vars i n)
          (init
            (declare i 0)
            (declare n (attr jobs length)))
          (test (compare i < n))
          (update (old+= i 1))
          (each job in jobs (vars job)
            (block (vars id)
              (declare id (attr job id))
              (do (call $setTimeout (function #2 )))
              (switch (attr job state)
                (case "ready"
                  (continue outer))
                (case "stop"
                  (break outer))
                (case _
                  (block (vars note)
                    (declare note id)
                    (do (call $log (function #3 )))))))))
        (async each {id: id~2 = 1, ...rest} in queue (vars id~2 rest)
          (do (delete (index rest id~2))))
        (each key in (js.forInKeys jobs)
          (do (call $use key)))
        (do-while (compare key > 0)
          (do (old-= key 1))))
      (arrow #2 drain.<anonymous> ()
        (return (call $done drain/i drain/id)))
      (arrow #3 drain.<anonymous> ()
        (return drain/note)))
    "
  `);
});

test('optional chains end where the language ends them', () => {
  expect(
    tree(`
a?.b.c(1)?.[d];
(a?.b).c;
a?.b!.c();
delete a?.b;
delete a.b?.c.d;
(a?.b)();
a.b?.();
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (module #0 <module> ()
        (do (chain (index? (call (attr (attr? $a b) c) 1) $d)))
        (do (attr (chain (attr? $a b)) c))
        (do (chain (call (attr (attr? $a b) c))))
        (do (chain (js.deleteOptional $a "b")))
        (do (chain (delete (attr (attr? (attr $a b) c) d))))
        (do (call (chain (attr? $a b))))
        (do (chain (call? (attr $a b))))))
    "
  `);
});

test('assignments of every kind', () => {
  expect(
    tree(`
let a: any, b: any;
[a, , b.c = 2, ...b.rest] = [b, a];
({ a, b: b.d = a, [a]: b[a], ...b.others } = b);
a ??= b; b.x ||= () => 1; a &&= b;
a **= 2; a >>>= 1; b.n++; --b[a];
a = b = a, b;
const f = function self(n: number): number { return n && self(n - 1); };
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (global a let)
      (global b let constant)
      (global f const constant)
      (module #0 <module> ()
        (vars self:captured)
        (declare $a)
        (declare $b)
        (do (:= [$a hole (attr $b c) = 2 ...(attr $b rest)] (list $b $a)))
        (do (:= {a: $a, b: (attr $b d) = $a, [$a]: (index $b $a), ...(attr $b others)} $b))
        (do (nullish= $a $b))
        (do (or= (attr $b x) (function #1 )))
        (do (and= $a $b))
        (do (**= $a 2))
        (do (>>>= $a 1))
        (do (old+= (attr $b n) 1))
        (do (-= (index $b $a) 1))
        (do (seq (:= $a (:= $b $a)) $b))
        (declare $f (:= self (function #2 self))))
      (arrow #1 b.x ()
        (return 1))
      (function #2 self ((n: "number"))
        (vars n)
        (returns "number")
        (return (and n (call <module>/self (- n 1))))))
    "
  `);
});

test('try, using and exceptions', () => {
  expect(
    tree(`
async function save(path: string) {
  using file = open(path), lock = file.lock();
  try {
    await using tx = begin();
    await tx.write();
  } catch ({ code, message = code }) {
    retry(() => message);
    throw new Error(\`cannot write \${path}: \${message}\`);
  } finally {
    done();
  }
}
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (global save function constant)
      (module #0 <module> ()
        (declare $save (function #1 save)))
      (function #1 save async ((path: "string"))
        (vars path file:tdz,const lock:tdz,const tx:tdz,const code message:captured)
        (with (call $open path) as file, (call (attr file lock)) as lock
          (block (vars code message)
            (try
              (async with (call $begin) as tx
                (do (await (call (attr tx write)))))
              (catch _ as {code: code, message: message = code}
                (do (call $retry (function #2 )))
                (raise (new $Error (template "cannot write " {path} ": " {message}))))
              (finally
                (do (call $done)))))))
      (arrow #2 save.<anonymous> ()
        (return save/message)))
    "
  `);
});

test('enums and namespaces become objects', () => {
  expect(
    tree(`
export enum State { Idle, Busy = 'busy', Flags = 1 << 3 | 1, Next }
enum Late { Size = 'abc'.length, Twice = Size * 2 }
enum Late { More = 10 }
namespace Store.Cache {
  export let hits = 0;
  const entries = new Map();
  export function get(k: string) { hits++; return entries.get(k); }
}
declare enum Gone { A }
namespace OnlyTypes { export interface T {} }
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (global State const constant)
      (global Late const constant)
      (global Store const constant)
      (export State State)
      (module #0 <module> ()
        (vars entries:tdz,const,captured)
        (declare $State (object Idle: 0 0: "Idle" Busy: "busy" Flags: 9 9: "Flags" Next: 10 10: "Next"))
        (declare $Late (object))
        (do (:= (attr $Late Size) (attr "abc" length)))
        (do (:= (index $Late (attr $Late Size)) "Size"))
        (do (:= (attr $Late Twice) (* (attr $Late Size) 2)))
        (do (:= (index $Late (attr $Late Twice)) "Twice"))
        (do (:= (attr $Late More) 10))
        (do (:= (index $Late (attr $Late More)) "More"))
        (declare $Store (object))
        (block
          (do (or= (attr $Store Cache) (object)))
          (block (vars entries)
            (declare (attr (attr $Store Cache) get) (function #1 get))
            (declare (attr (attr $Store Cache) hits) 0)
            (declare entries (new $Map)))))
      (function #1 Store.Cache.get ((k: "string"))
        (vars k)
        (do (old+= (attr (attr $Store Cache) hits) 1))
        (return (call (attr <module>/entries get) k))))
    "
  `);
});

test('members: accessors, computed keys, statics, super, private brand checks', () => {
  expect(
    tree(`
@Controller('seats')
abstract class Seats<T> extends Base<T> {
  abstract price(): number;
  find(id: string): T;
  find(id: unknown): T { return super.find(id); }
  @Get(':id') async *[Symbol.asyncIterator]() { yield* this.all(); }
  get size() { return this.#n; }
  set size(v) { this.#n = v; }
  #n = 0;
  static { registry.add(this); }
  has(o: object) { return #n in o; }
}
const Node = class Tree { static root = new Tree(); };
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (global Seats class constant)
      (global Node const constant)
      (module #0 <module> ()
        (vars Tree:captured)
        (declare $Seats (class #0 Seats))
        (declare $Node (class #1 Tree)))
      (method #1 Seats.find of Seats ((id: "unknown"))
        (vars id)
        (returns "T")
        (return (call (attr (super) find) id)))
      (method #2 Seats.[computed] async generator of Seats ()
        (do (yield-from (call (attr (this) all)))))
      (getter #3 Seats.size of Seats ()
        (return (attr (this) #n)))
      (setter #4 Seats.size of Seats ((v))
        (vars v)
        (do (:= (attr (this) #n) v)))
      (initializer #5 Seats.#n of Seats ()
        (return 0))
      (initializer #6 Seats.static static of Seats ()
        (do (call (attr $registry add) (this))))
      (method #7 Seats.has of Seats ((o: "object"))
        (vars o)
        (return (js.privateIn "#n" o)))
      (initializer #8 Tree.root static of Tree ()
        (return (new <module>/Tree)))
      (class #0 Seats ($Base)
        (decorator (call $Controller "seats"))
        (method find #1)
        (method [(attr $Symbol asyncIterator)] #2 (decorator (call $Get ":id")))
        (getter size #3)
        (setter size #4)
        (field #n #5)
        (static staticBlock  #6)
        (method has #7))
      (class #1 Tree ()
        (static field root #8)))
    "
  `);
});

test('JSX', () => {
  expect(
    tree(
      `
export function Seat({ seat, ...rest }) {
  return <li key={seat.id} selected {...rest}>
    Seat <b>{seat.name}</b> is
    free
    <Price.Tag value="3" onClick={() => buy(seat)} />
    <></>
  </li>;
}
`,
      'seat.jsx',
    ),
  ).toMatchInlineSnapshot(`
    "(module javascript
      (global Seat function constant)
      (export Seat Seat)
      (module #0 <module> ()
        (declare $Seat (function #1 Seat)))
      (function #1 Seat exported (({seat: seat, ...rest}))
        (vars seat:captured rest)
        (return (js.jsx "li" (object key: (attr seat id) selected: true ...rest) "Seat " (js.jsx "b" (object) (attr seat name)) " is free" (js.jsx (attr $Price Tag) (object value: "3" onClick: (function #2 onClick))) (js.jsx "" (object)))))
      (arrow #2 Seat.onClick ()
        (return (call $buy Seat/seat))))
    "
  `);
});

test('CommonJS exports that are plain to see', () => {
  expect(
    tree(
      `
'use strict';
const fs = require('fs');
async function read(path) { return fs.promises.readFile(path); }
class Cache { async get(k) {} }
module.exports = { read, Cache, load: read, async write(path) {}, close: () => {} };
exports.later = async () => {};
module.exports.again = function named() {};
`,
      'store.cjs',
    ),
  ).toMatchInlineSnapshot(`
    "(module javascript
      (global fs const constant)
      (global read function constant)
      (global Cache class constant)
      (export read read)
      (export Cache Cache)
      (export load read)
      (module #0 <module> ()
        (declare $read (function #1 read))
        (declare $fs (call $require "fs"))
        (declare $Cache (class #0 Cache))
        (do (:= (attr $module exports) (object read: $read Cache: $Cache load: $read (method write #3) close: (function #4 close))))
        (do (:= (attr $exports later) (function #5 )))
        (do (:= (attr (attr $module exports) again) (function #6 named))))
      (function #1 read async exported ((path))
        (vars path)
        (return (call (attr (attr $fs promises) readFile) path)))
      (method #2 Cache.get async exported of Cache ((k))
        (vars k))
      (method #3 write async exported ((path))
        (vars path))
      (arrow #4 close exported ())
      (arrow #5 later async exported ())
      (function #6 named exported ())
      (class #0 Cache exported ()
        (method get #2)))
    "
  `);
});

test('other expressions', () => {
  expect(
    tree(`
function* g(this: Ctx, a = () => b, { b, c: [d = 1] = [] }: any = {}, ...more: number[]) {
  var b2 = arguments.length;
  const r = yield; yield* more;
  return typeof missing + typeof a + (() => arguments)()[0] + (void 0, 0xff) + 10n + -1 + /a\\/b/gi.source;
}
const o = { f, async m() {}, get x() { return 1; }, set x(v) {}, ['k' + 1]: 2, 'q r': 1, 0x10: 2, ...f, g: function () {}, __proto__: null };
tag\`a\${1}\\u{zz}\`;
import.meta.url; import('./lazy'); new Map<string, number>; f as any as string; <any>f; f satisfies unknown;
`),
  ).toMatchInlineSnapshot(`
    "(module typescript
      (global g function constant)
      (global o const constant)
      (module #0 <module> ()
        (declare $g (function #1 g))
        (declare $o (object f: $f (method m #4) (getter x #5) (setter x #6) [(+ "k" 1)]: 2 q r: 1 16: 2 ...$f g: (function #7 g) __proto__: null))
        (do (tagged $tag "a" "\\\\u{zz}" 1))
        (do (attr (js.importMeta) url))
        (do (import "./lazy"))
        (do (new $Map))
        (do $f)
        (do $f)
        (do $f))
      (function #1 g generator ((a = (function #2 a)) ({b: b, c: [d = 1] = (list)}: "any" = (object)) (*more: "number[]"))
        (vars a b:captured d more r:tdz,const b2 arguments:captured)
        (declare b2 (attr arguments length))
        (declare r (yield))
        (do (yield-from more))
        (return (+ (+ (+ (+ (+ (+ (js.typeofName "missing") (typeof a)) (index (call (function #3 )) 0)) (seq (void 0) 255)) 10n) -1) (attr /a\\/b/gi source))))
      (arrow #2 g.a ()
        (return g/b))
      (arrow #3 g.<anonymous> ()
        (return g/arguments))
      (method #4 o.m async ())
      (getter #5 o.x ()
        (return 1))
      (setter #6 o.x ((v))
        (vars v))
      (function #7 o.g ()))
    "
  `);
});

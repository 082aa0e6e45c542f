/**
 * The controller for CPython, as Python source. Threads run freely up to their next access of the
 * witness (found by the position of the bytecode, so CPython 3.11 or later) and wait there for their
 * turn; on asyncio, sleeps end in the witness's order. Standard library only.
 */
export const pythonController = String.raw`
import builtins, gc, json, os, platform, re, sys, threading, time, types
import _thread

PLAN = json.load(open(sys.argv[1], encoding="utf-8"))
PATH, TEXT = PLAN["path"], PLAN["text"]
NAME = platform.python_implementation() + " " + platform.python_version()
OUT = os.dup(1)
os.dup2(2, 1)
real_sleep, real_start = time.sleep, _thread.start_new_thread
done = False
done_lock = _thread.allocate_lock()


def report(confirmed, detail):
    global done
    with done_lock:
        if done:
            return
        done = True
        line = "\x1erace-replay " + json.dumps({"confirmed": confirmed, "interpreter": NAME, "detail": detail}) + "\n"
        os.write(OUT, line.encode("utf-8"))
        os._exit(0)


if sys.version_info < (3, 11):
    report(False, "not reproduced: positions of bytecode need CPython 3.11 or later")

LINES = TEXT.split("\n")


def column16(line, column):
    """UTF-8 byte offset to the 1-based UTF-16 column of the trace."""
    text = LINES[line - 1] if 0 < line <= len(LINES) else ""
    return len(text.encode("utf-8")[:column].decode("utf-8", "ignore").encode("utf-16-le")) // 2 + 1


class Group:
    def __init__(self, access):
        self.lane, self.step = access["lane"], access["step"]
        self.at = (access["line"], access["column"], access["endLine"], access["endColumn"])
        self.kinds = [access["kind"]]
        self.blocks = access["blocks"]
        self.spent = False


THREADS = any(l["kind"] == "thread" for l in PLAN["lanes"])
groups = []
for a in PLAN["accesses"]:
    g = Group(a)
    last = groups[-1] if groups else None
    # One operation: the same place in the same step; a read followed by a write of a name or attribute is two.
    if last and last.lane == g.lane and last.step == g.step and last.at == g.at:
        last.kinds += g.kinds
    else:
        groups.append(g)
places = {g.at for g in groups}
queues = {}
for index, g in enumerate(groups):
    queues.setdefault(g.lane, []).append(index)

state = threading.Condition(threading.Lock())
turn = 0
moved = time.monotonic()
diverged = None
lanes = threading.local()
started = 0
raised = []
SKIP = {"PRECALL", "KW_NAMES", "PUSH_NULL", "POP_TOP", "COPY", "SWAP", "RESUME", "NOP", "CACHE", "NOT_TAKEN", "EXTENDED_ARG"}
PASSIVE = ("JUMP", "POP_JUMP", "LOAD_CONST", "LOAD_FAST", "STORE_FAST", "RETURN", "MAKE_", "BUILD_")
LOADS = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_ATTR", "LOAD_DEREF", "LOAD_CLASSDEREF", "BINARY_SUBSCR", "LOAD_METHOD"}
tables = {}


def table(code):
    found = tables.get(code)
    if found is None:
        import dis
        found = {}
        for i in dis.get_instructions(code):
            p = i.positions
            if i.opname in SKIP or i.opname.startswith(PASSIVE) or not p or p.lineno is None or p.col_offset is None:
                continue
            found[i.offset] = (i.opname, (p.lineno, column16(p.lineno, p.col_offset), p.end_lineno, column16(p.end_lineno, p.end_col_offset)))
        tables[code] = found
    return found


def advance():
    global turn, moved
    while turn < len(groups) and groups[turn].spent:
        turn += 1
    moved = time.monotonic()
    state.notify_all()


def executed():
    """The operation this thread was let through for has run."""
    index = getattr(lanes, "running", None)
    if index is None:
        return
    lanes.running = None
    with state:
        groups[index].spent = True
        advance()
        if turn >= len(groups):
            finish()


def finish():
    if expects_exception():
        return
    judge()


def arrive(opname, at):
    global diverged
    lane = getattr(lanes, "id", None)
    if lane is None:
        return
    queue = queues.get(lane, [])
    hit = next((k for k, index in enumerate(queue[:8]) if groups[index].at == at), None)
    if hit is None:
        if not queue and at in places and not expects_exception():
            # The witness ends before this: wait for the end.
            with state:
                while True:
                    state.wait(1)
        return
    with state:
        for index in queue[:hit]:
            groups[index].spent = True
        del queue[:hit]
        index = queue[0]
        g = groups[index]
        if hit:
            advance()
        while turn != index:
            state.wait(1)
            if done:
                return
        if opname in LOADS and "read" in g.kinds and g.kinds[-1] != "read":
            # Read and write of one place are two operations: the write comes later.
            while g.kinds and g.kinds[0] == "read":
                g.kinds.pop(0)
            return
        queue.pop(0)
        if g.blocks:
            g.spent = True
            advance()
            over = turn >= len(groups)
        else:
            lanes.running = index
            over = False
    if over:
        finish()


def tracer(frame, event, arg):
    if frame.f_code.co_filename != PATH:
        return None
    if event == "call":
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        executed()
        return tracer
    executed()
    if event == "opcode":
        found = table(frame.f_code).get(frame.f_lasti)
        if found:
            arrive(*found)
    return tracer


def ended(lane):
    global diverged
    with state:
        for index in queues.get(lane, []):
            groups[index].spent = True
        if any(set(groups[i].kinds) != {"sync"} for i in queues.get(lane, [])):
            diverged = diverged or "a thread ended before it had done all that the witness says"
        queues[lane] = []
        advance()
        over = turn >= len(groups)
    if over:
        finish()


def start_new_thread(function, args=(), kwargs=None):
    global started
    started += 1
    lane = started

    def run():
        lanes.id = lane
        if THREADS:
            sys.settrace(tracer)
        try:
            function(*args, **(kwargs or {}))
        except SystemExit:
            pass
        except BaseException as error:
            note(error)
        finally:
            executed()
            sys.settrace(None)
            ended(lane)

    return real_start(run, ())


def note(error):
    raised.append(error)
    if expects_exception():
        judge()


def expects_exception():
    return PLAN["violation"]["kind"] in ("exception", "assertion")


def lookup(name):
    scope = {}
    for module in (target, harness):
        if module is not None:
            scope.update(vars(module))
    if not re.fullmatch(r"[A-Za-z_]\w*((\.[A-Za-z_]\w*)|(\[('[^'\\]*'|\"[^\"\\]*\"|-?\d+)\]))*", name):
        raise LookupError(name)
    return repr(eval(name, {"__builtins__": {}}, scope))


def judge():
    sys.settrace(None)
    if expects_exception():
        expected = PLAN["violation"]["exception"] or ""
        for error in raised:
            kind = type(error).__name__
            if re.match(r"[\w.]*\b" + kind + r"\b", expected) or (kind == "AssertionError" and PLAN["violation"]["kind"] == "assertion"):
                report(True, kind + (": " + str(error) if str(error) else ""))
        seen = ", ".join(type(e).__name__ for e in raised)
        report(False, "not reproduced: " + ("raised " + seen if raised else "no exception was raised"))
    values, differs = {}, []
    for name, expected in PLAN["observed"].items():
        try:
            value = lookup(name)
        except BaseException:
            continue
        if value.startswith("<") or expected.startswith("<"):
            continue
        values[name] = value
        if value != expected:
            differs.append(name + " == " + value + " and not " + expected)
    if differs:
        report(False, "not reproduced: " + "; ".join(differs[:3]))
    if diverged:
        report(False, "not reproduced: " + diverged)
    serial = PLAN["serial"]
    tells = [n for n in values if any(s.get(n) is not None and s.get(n) != values[n] for s in serial)]
    if not serial or not all(any(s.get(n) is not None and s.get(n) != values[n] for n in tells) for s in serial):
        report(False, "not reproduced: no state that can be compared tells this outcome from a serial one")
    report(True, "; ".join(n + " == " + values[n] for n in tells[:4]))


def watchdog():
    """Nobody moves: everyone waits for a lock, or the schedule cannot be followed here."""
    while not done:
        real_sleep(0.1)
        if time.monotonic() - moved > 3:
            if PLAN["violation"]["kind"] in ("deadlock", "lost-wakeup") and turn >= len(groups):
                report(True, "the threads wait for ever")
            if expects_exception():
                judge()
            report(False, "not reproduced: the schedule could not be followed to its end")



class Loop:
    """Ends sleeps of asyncio in the order of the witness."""

    def __init__(self):
        self.waiting, self.counts, self.next, self.pumping = [], {}, 0, False

    async def sleep(self, delay, result=None):
        import asyncio
        line, frame = 0, sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == PATH:
                line = frame.f_lineno
                break
            frame = frame.f_back
        ordinal = self.counts.get(line, 0)
        self.counts[line] = ordinal + 1
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self.waiting.append((line, ordinal, future))
        if not self.pumping:
            self.pumping = True
            loop.call_soon(self.pump, loop)
        await future
        return result

    def pump(self, loop):
        if len(getattr(loop, "_ready", ())) > 0:
            loop.call_soon(self.pump, loop)
            return
        global diverged, moved
        moved = time.monotonic()
        order = PLAN["resumptions"]
        chosen = None
        while self.next < len(order) and chosen is None:
            want = order[self.next]
            chosen = next((w for w in self.waiting if (w[0], w[1]) == (want["line"], want["ordinal"])), None)
            self.next += 1
        if chosen is None and self.waiting:
            chosen = self.waiting[0]
        self.pumping = False
        if chosen:
            self.waiting.remove(chosen)
            if not chosen[2].done():
                chosen[2].set_result(None)
            if self.waiting:
                self.pumping = True
                loop.call_soon(lambda: loop.call_soon(self.pump, loop))


def concurrently(*functions):
    import asyncio, inspect
    if any(inspect.iscoroutinefunction(f) for f in functions):
        return in_tasks(functions)
    pending = [f() if getattr(f, "__name__", "") == "<lambda>" and not THREADS else f for f in functions]
    if any(inspect.isawaitable(p) for p in pending):
        return in_tasks(pending)
    threads = [threading.Thread(target=f) for f in functions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return None


def in_tasks(items):
    import asyncio

    async def one(item):
        value = item() if callable(item) else item
        return await value if hasattr(value, "__await__") else value

    async def everything():
        for result in await asyncio.gather(*(one(i) for i in items), return_exceptions=True):
            if isinstance(result, BaseException):
                note(result)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(everything())
    return everything()


def opaque(name="value"):
    from unittest.mock import MagicMock
    return MagicMock(name=name)


def functionAt(line, column=1):
    best = None
    for o in gc.get_objects():
        if isinstance(o, types.FunctionType) and o.__code__.co_filename == PATH:
            first = o.__code__.co_firstlineno
            last = max([l for _, _, l in o.__code__.co_lines() if l] + [first])
            if first <= line <= last and (best is None or first >= best.__code__.co_firstlineno):
                best = o
    if best is None:
        raise LookupError("no function at line %d" % line)
    return best


target = harness = None


def main():
    global target, harness
    import asyncio
    _thread.start_new_thread = start_new_thread
    threading._start_new_thread = start_new_thread
    if hasattr(threading, "_start_joinable_thread"):
        def joinable(function, handle=None, daemon=True):
            global started
            started += 1
            lane = started

            def run():
                lanes.id = lane
                sys.settrace(tracer if THREADS else None)
                try:
                    function()
                finally:
                    executed()
                    sys.settrace(None)
                    ended(lane)

            return real_joinable(run, handle=handle, daemon=daemon)

        real_joinable = threading._start_joinable_thread
        threading._start_joinable_thread = joinable
    threading.excepthook = lambda args: note(args.exc_value)
    time.sleep = lambda seconds: real_sleep(0)
    asyncio.sleep = Loop().sleep
    builtins.concurrently, builtins.opaque, builtins.functionAt = concurrently, opaque, functionAt
    sys.path.insert(0, os.path.dirname(PATH))
    sys.argv = [PATH]
    real_start(watchdog, ())
    lanes.id = 0
    if THREADS:
        sys.settrace(tracer)
    try:
        target = types.ModuleType("target" if PLAN["harness"] else "__main__")
        target.__file__ = PATH
        sys.modules["target" if PLAN["harness"] else "__main__"] = target
        exec(compile(TEXT, PATH, "exec"), vars(target))
        if PLAN["harness"]:
            harness = types.ModuleType("harness")
            exec(compile(PLAN["harness"], "<driver>", "exec"), vars(harness))
    except SystemExit:
        pass
    except BaseException as error:
        if isinstance(error, ImportError):
            report(False, "not reproduced: " + str(error))
        note(error)
    executed()
    sys.settrace(None)
    if not THREADS:
        judge()
    ended(0)
    while True:
        real_sleep(1)


main()
`;

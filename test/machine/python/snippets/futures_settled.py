# Futures that are cancelled, settled twice, or whose callbacks fail: what is raised, and who is told.
from concurrent.futures import Future, InvalidStateError, CancelledError


def attempt(name, act):
    try:
        print(name, act())
    except BaseException as e:
        print(name, type(e).__name__)


def told(name):
    return lambda future: print(name, 'done', future.done(), future.cancelled())


waiting = Future()
waiting.add_done_callback(told('waiting'))
attempt('cancel', waiting.cancel)
attempt('again', waiting.cancel)
attempt('begin', waiting.set_running_or_notify_cancel)
attempt('cancel once more', waiting.cancel)
attempt('begin once more', waiting.set_running_or_notify_cancel)
attempt('settle', lambda: waiting.set_result(1))
attempt('result', waiting.result)
attempt('exception', waiting.exception)
waiting.add_done_callback(told('late'))

running = Future()
attempt('begin', running.set_running_or_notify_cancel)
attempt('cancel', running.cancel)
attempt('settle', lambda: running.set_result(2))
attempt('settle again', lambda: running.set_exception(ValueError('x')))
attempt('result', running.result)
attempt('cancel', running.cancel)
print(running.done(), running.running(), running.cancelled())
print(issubclass(InvalidStateError, Exception), CancelledError.__name__)

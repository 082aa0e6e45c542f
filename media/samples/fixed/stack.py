from time import sleep
from _thread import allocate_lock, start_new_thread as thread
stack = [2, 3, 4, 5, 6, 7, 8]
lock = allocate_lock()
def thread1():
    while 1:
        with lock:
            v = stack[0]
            sleep(0.001)
            if v % 2 == 0: del stack[0]
        sleep(0.001)
def thread2():
    while 1:
        with lock:
            stack.insert(0, stack[-1] + 1)
        sleep(0.002)
thread(thread2, ())
sleep(1)
thread(thread1, ())

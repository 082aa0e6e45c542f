for f in [lambda: [][0], lambda: [1].pop(5), lambda: [].pop(), lambda: [1].remove(2), lambda: [1].index(3), lambda: [1]['a'], lambda: [1] + 'a', lambda: 'a' + 1, lambda: 1 + 'a', lambda: [1] * 'a', lambda: None.x, lambda: 1(), lambda: len(5), lambda: 'abc'[10], lambda: (1,)[3], lambda: {}['k'], lambda: {[]: 1}, lambda: int('x'), lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0]:
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)

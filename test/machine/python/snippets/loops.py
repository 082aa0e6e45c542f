for i in range(5):
    if i == 3: break
else: print('no')
for i in range(2): pass
else: print('else')
i = 0
while i < 3:
    i += 1
    if i == 2: continue
    print(i)
else: print('while else')
for a, b in {'x': 1}.items(): print(a, b)
for i in range(10, 0, -3): print(i, end=',')
print(list(range(5)), range(3)[1], len(range(0, 10, 3)), 5 in range(0, 10, 5), range(2, 5), list(range(0)), range(10)[2:5], range(5) == range(0, 5))

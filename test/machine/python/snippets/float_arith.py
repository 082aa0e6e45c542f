print(0.1 + 0.2, 1e16, 1e15, 1.5e-5, 0.0001, 1e22, -0.0, 3.0, 1/3, 2.5 // 1, -2.5 % 1, 1e308 * 10)
print(round(2.5), round(3.5), round(2.675, 2), round(1234.567, -2), round(-0.5), float('inf'), float('-inf'), float('nan'))
print(int(3.9), int(-3.9), float('1e3'), 1.0 == 1, hash(1.0) == hash(1), 3.7.is_integer(), (0.5).as_integer_ratio())

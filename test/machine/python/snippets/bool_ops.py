print(True + True, True and 0, None or 'x', not [], not 'a', True & False, True | False, True ^ True)
print(isinstance(True, int), bool([]), bool({}), bool(0.0), bool('0'), 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True)

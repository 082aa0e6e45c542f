import math
print(math.sqrt(16), math.floor(-1.5), math.ceil(1.2), math.pi, math.gcd(12, 18), math.factorial(5), math.inf, math.isnan(math.nan), math.log(1), math.log2(8), math.isclose(0.1 + 0.2, 0.3), math.trunc(-1.5), math.hypot(3, 4), math.prod([1, 2, 3]), math.comb(5, 2), math.isqrt(17))
try: math.sqrt(-1)
except ValueError as e: print(e)

import operator
print(operator.iadd([1],[2]), operator.concat('a','b'), operator.countOf([1,1],1), operator.indexOf([3,4],4), operator.truth([]), operator.pos(3), operator.invert(3), operator.length_hint([1]), operator.__lt__(1,2), operator.__add__(1,2), operator.abs(-3), operator.inv(1), operator.isub(3,1), operator.ior({1},{2}), operator.contains([1],1), operator.call(len, [1]))

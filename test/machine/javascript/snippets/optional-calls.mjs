console.log([10, 9, 1].sort(), ['b', undefined, 'a'].sort());
console.log(null?.x, undefined?.[0]?.());
console.log([] + {}, [] + [], 1 + '2', '3' * '4', [1, 2] == '1,2', null == undefined, NaN != NaN);
console.log('10' < '9', 10 < '9', 'b' > 'a', [2] > 1, null >= 0, undefined == 0, true + 1, [] == false, !!'0', +'', +[], +{}, +'1e3', -'5', typeof +'x');
let x = null; x ??= 5; x ||= 6; x &&= 7; x **= 2; x >>>= 1; console.log(x, (1, 2));

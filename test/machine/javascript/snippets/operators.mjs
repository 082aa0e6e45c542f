console.log(1 + '2', '3' * '4', 5 / 2, 7 % 3, -7 % 3, 2 ** 10, 1 / 0, 0 / 0, '5' - 2, true + 1, null + 1, undefined + 1, [] + [], [] + {}, [1] + 1, 1 + null);
console.log(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 31, -1 >>> 0, -8 >> 1, 2 ** -1, (-2) ** 2);
console.log(null == undefined, null == 0, '1' == 1, [] == '', [1] == 1, NaN == NaN, null === null, 'b' > 'a', '10' < '9', 10 < '9', null >= 0, undefined >= 0, [2] > 1, '' == 0);
console.log(typeof 1, typeof 'a', typeof undefined, typeof null, typeof {}, typeof [], typeof (() => 1), typeof Symbol(), typeof 1n, typeof class {}, typeof undeclared, void 0);
let i = 5; console.log(i++ + ++i, i--, --i, i, +'3', -'4', !'', !!'a', +[], +{}, +true, -null);
let s = '5'; s++; console.log(s, typeof s); let u; u += 'x'; console.log(u); let big = 10n; big++; console.log(big * 2n, big / 3n, -big, 2n ** 64n, 5n > 4, 5n == 5, typeof big, 7n % 4n, ~5n);
console.log((1, 2, 3), 'a' in { a: 1 }, 1 in [5, 6], 'length' in [], delete [1][0], [10, 9, 1].sort(), 0.1 + 0.2, 1e21, 1e-7, 123456789012345680000, 0xff, 0b11, 0o17, 1_000, .5, 5e-324, -0, [-0], Object.is(-0, 0));

setTimeout((a, b) => console.log(a, b), 1, 'x', 42);
setImmediate((a) => console.log(a), 'imm');
process.nextTick((a, b) => console.log(a, b), 1, 2);

import fc from 'fast-check';
import { gatedProgram } from './test/machine/truth/gated-programs.ts';
import { trial } from './test/machine/truth/gated.ts';
import { generator } from './test/machine/truth/count.ts';
const ts = fc.sample(gatedProgram, {numRuns: 100, seed: 3}).map((s,i)=>trial(s, generator(i)));
console.log(ts.map(t=>t.lines.length).join(' ')); console.log(ts.filter(t=>t.problem).length, ts.filter(t=>t.lines.some(l=>/uncaught|unhandled/.test(l))).length);

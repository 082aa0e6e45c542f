import fc from 'fast-check';
import { asyncioProgram } from './test/machine/truth/asyncio-programs.ts';
import { trial, inAsyncio } from './test/machine/truth/asyncio.ts';
import { generator } from './test/machine/truth/count.ts';
const N=Number(process.argv[2]??100), seed=Number(process.argv[3]??1), show=Number(process.argv[4]??3);
const ts = fc.sample(asyncioProgram, {numRuns: N, seed}).flatMap((s,i)=>[0,1,2].map(k=>trial(s, generator(i*31+k*7+seed))));
const real = inAsyncio('/root/.pyenv/versions/3.11.7/bin/python3', ts);
let bad=0; const kinds=new Map();
const out=[];
ts.forEach((t,i)=>{ const a=t.lines, b=real[i]; if (t.problem===null && a.join('\n')===b.join('\n')) return; bad++;
 let k=0; while(a[k]===b[k]) k++;
 const key=t.problem?'unsupported '+t.problem:`${(a[k]??'END').replace(/\d+/g,'#')} <> ${(b[k]??'END').replace(/\d+/g,'#')}`; kinds.set(key,(kinds.get(key)??0)+1);
 out.push([t.source.length, t, a, b, k]); });
console.log('trials',ts.length,'bad',bad); for(const [k,v] of [...kinds].sort((x,y)=>y[1]-x[1]).slice(0,20)) console.log(v,k);
out.sort((x,y)=>x[0]-y[0]);
for (const [,t,a,b,k] of out.slice(0,show)) { console.log('-----\n'+t.source.slice(t.source.indexOf('box = Box()'))+'\nSCHED '+t.schedule.join(' ')+'\n'+t.problem+'\nMACHINE '+a.slice(0,k+3).join(' | ')+'\nPYTHON  '+b.slice(0,k+3).join(' | ')); }

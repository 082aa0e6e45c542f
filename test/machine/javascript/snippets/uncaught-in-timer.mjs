setTimeout(() => { console.log('before'); throw new Error('boom'); }, 1);
setTimeout(() => console.log('never'), 30);

// safe: taken out before the await
const jobs: string[] = ['a'];
const done: string[] = [];

async function worker(): Promise<void> {
  while (jobs.length > 0) {
    const job = jobs.shift();
    if (job === undefined) return;
    await null;
    done.push(job);
  }
}

await Promise.all([worker(), worker()]);
console.log(done);

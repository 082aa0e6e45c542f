// race: check-then-remove check=8 act=10
const jobs: string[] = ['resize'];
const done: string[] = [];

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function worker(name: string): Promise<void> {
  if (jobs.length > 0) {
    await pause();
    const job = jobs.shift()!;
    done.push(`${name}: ${job.toUpperCase()}`);
  }
}

await Promise.all([worker('w1'), worker('w2')]);
console.log(done);

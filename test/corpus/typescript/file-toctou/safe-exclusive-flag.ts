// safe: flag wx creates or fails in one step
import { writeFile } from 'node:fs/promises';

const written: string[] = [];

async function save(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    written.push(text);
  } catch {
    return;
  }
}

await Promise.all([save('report.txt', 'one'), save('report.txt', 'two')]);
console.log(written.length);

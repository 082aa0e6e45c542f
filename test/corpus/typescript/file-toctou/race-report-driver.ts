// race: file-toctou check=16 act=17
import { access, writeFile } from 'node:fs/promises';

const written: string[] = [];

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

async function save(path: string, text: string): Promise<void> {
  if (!(await exists(path))) {
    await writeFile(path, text);
    written.push(text);
  }
}

await Promise.all([save('report.txt', 'one'), save('report.txt', 'two')]);
console.log(written);

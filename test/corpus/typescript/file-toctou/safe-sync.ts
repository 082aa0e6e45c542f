// safe: both steps in one turn of the event loop
import * as fs from 'node:fs';

export async function prepare(log: { write(line: string): Promise<void> }): Promise<void> {
  if (!fs.existsSync('out')) fs.mkdirSync('out');
  await log.write('ready');
}

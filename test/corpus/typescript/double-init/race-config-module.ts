// race: double-init check=11 act=13
import { readFile } from 'node:fs/promises';

interface Config {
  port: number;
}

let config: Config | undefined;

export async function loadConfig(path: string): Promise<Config> {
  if (config === undefined) {
    const text = await readFile(path, 'utf8');
    config = JSON.parse(text) as Config;
  }
  return config;
}

/** Draws media/icon.png from media/icon.svg with Chromium; run it after changing the picture. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium, root } from '../test/vscode/places.mjs';

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
const svg = await readFile(join(root, 'media', 'icon.svg'), 'utf8');
await page.setContent(`<body style="margin:0">${svg}</body>`);
await page.screenshot({ path: join(root, 'media', 'icon.png'), omitBackground: true });
await browser.close();

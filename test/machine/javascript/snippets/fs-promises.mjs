import { promises as fs } from 'node:fs'; import { mkdir, rm } from 'node:fs/promises';
const base = '/tmp/rr-conformance-p';
await rm(base, { recursive: true, force: true }); await mkdir(base);
await fs.writeFile(base + '/f', '1'); const bump = async () => { const n = Number(await fs.readFile(base + '/f', 'utf8')); await fs.writeFile(base + '/f', String(n + 1)); };
await bump(); await bump(); console.log(await fs.readFile(base + '/f', 'utf8'));
try { await fs.readFile(base + '/none'); } catch (e) { console.log(e.code, e.message); }
try { await fs.access(base + '/none'); } catch (e) { console.log(e.code); }
const h = await fs.open(base + '/h', 'wx'); await h.writeFile('handle'); await h.close(); console.log(await fs.readFile(base + '/h', 'utf8'));
try { await fs.open(base + '/h', 'wx'); } catch (e) { console.log(e.code); } console.log(await fs.readdir(base), (await fs.stat(base + '/h')).size);
await rm(base, { recursive: true });

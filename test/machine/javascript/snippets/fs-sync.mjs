import fs from 'node:fs'; import os from 'node:os';
const base = '/tmp/rr-conformance-' + 'dir';
fs.rmSync(base, { recursive: true, force: true });
console.log(fs.existsSync(base)); fs.mkdirSync(base); console.log(fs.existsSync(base));
fs.writeFileSync(base + '/a.txt', 'hello'); console.log(fs.readFileSync(base + '/a.txt', 'utf8'));
try { fs.writeFileSync(base + '/a.txt', 'x', { flag: 'wx' }); } catch (e) { console.log(e.code, e.message); }
fs.appendFileSync(base + '/a.txt', '!'); fs.renameSync(base + '/a.txt', base + '/b.txt'); console.log(fs.readdirSync(base), fs.readFileSync(base + '/b.txt', 'utf8'));
try { fs.readFileSync(base + '/a.txt'); } catch (e) { console.log(e.code, e.message, e.syscall); }
try { fs.mkdirSync(base); } catch (e) { console.log(e.code); } fs.mkdirSync(base, { recursive: true });
const fd = fs.openSync(base + '/c', 'w'); fs.writeSync(fd, 'via fd'); fs.closeSync(fd); console.log(fs.readFileSync(base + '/c', 'utf8'), fs.statSync(base + '/c').isFile(), fs.statSync(base).isDirectory());
try { fs.openSync(base + '/c', 'wx'); } catch (e) { console.log(e.code); } fs.unlinkSync(base + '/c'); try { fs.unlinkSync(base + '/c'); } catch (e) { console.log(e.message); }
fs.rmSync(base, { recursive: true }); console.log(fs.existsSync(base)); try { fs.accessSync(base); } catch (e) { console.log(e.code); }

class Semaphore { constructor(n) { this.n = n; this.w = []; } async acquire() { if (this.n > 0) { this.n--; return; } await new Promise((r) => this.w.push(r)); } release() { const r = this.w.shift(); if (r) r(); else this.n++; } async use(f) { await this.acquire(); try { return await f(); } finally { this.release(); } } }
const s = new Semaphore(2); let active = 0, peak = 0;
console.log(await Promise.all([1, 2, 3, 4, 5].map((i) => s.use(async () => { active++; peak = Math.max(peak, active); await new Promise((r) => setTimeout(r, 5)); active--; return i * i; }))), peak, active, s.n);

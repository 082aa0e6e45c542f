let conn = null;
async function connect() { await new Promise((r) => setTimeout(r, 2)); console.log('connected'); return { id: Math.floor(1.5) }; }
async function get() { if (!conn) conn = await connect(); return conn; }
const [x, y] = await Promise.all([get(), get()]);
console.log(x === y);

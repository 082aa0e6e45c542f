function debounce(f, ms) { let t; return (...a) => { clearTimeout(t); t = setTimeout(() => f(...a), ms); }; }
const log = debounce((x) => console.log('called', x), 10); log(1); log(2); setTimeout(() => log(3), 100); log(4);

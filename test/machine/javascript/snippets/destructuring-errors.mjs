try { const { a } = undefined; } catch (e) { console.log(e.name, e.message); }
try { const { a } = null; } catch (e) { console.log(e.name, e.message); }
try { const [a] = undefined; } catch (e) { console.log(e.name, e.message); }
try { const [a] = {}; } catch (e) { console.log(e.name, e.message); }
const src = undefined; try { const { k } = src; } catch (e) { console.log(e.message); }
const objx = {}; try { const { k: { z } } = objx; } catch (e) { console.log(e.message); }
try { (({ a }) => a)(); } catch (e) { console.log(e.message); }
try { for (const x of 5) {} } catch (e) { console.log(e.message); }
const notIt = { a: 1 }; try { for (const x of notIt) {} } catch (e) { console.log(e.message); }
try { [...notIt]; } catch (e) { console.log(e.message); }
try { Math.max(...notIt); } catch (e) { console.log(e.message); }
try { new Map([1]); } catch (e) { console.log(e.message); }
try { new Set(5); } catch (e) { console.log(e.message); }

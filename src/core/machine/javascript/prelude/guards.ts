/** Locks of libraries nobody can see into, kept by what they are called on and with; and functions that call back. */
export const guardsPrelude = String.raw`
const unknownGuards = new Map();
function unknownGuard(key) {
  let guard = unknownGuards.get(key);
  if (guard === undefined) { guard = new Mutex(); unknownGuards.set(key, guard); }
  return guard;
}
function guardRun(key, callback, argument) { return unknownGuard(key).runExclusive(() => callback(argument)); }
async function guardAcquire(key) {
  const release = await unknownGuard(key).acquire();
  let held = true;
  const free = async () => { if (held) { held = false; release(); } };
  return Object.assign(free, { release: free, unlock: free, free, [Symbol.dispose]: free, [Symbol.asyncDispose]: free });
}
function answerBack(answer, callback) {
  answer.then((v) => callback(null, v), (e) => callback(e));
}

async function callBack(unknown, callback, args) {
  const given = await unknown;
  const result = await callback(...args);
  return result === undefined ? given : result;
}
function runAtOnce(callback) { return callback(); }
function guardedMethod(method) {
  const guards = new WeakMap();
  return function (...args) {
    let guard = guards.get(this);
    if (guard === undefined) { guard = new Mutex(); guards.set(this, guard); }
    return guard.runExclusive(() => method.apply(this, args));
  };
}
function sharedMethod(method) {
  const running = new Map();
  return function (...args) {
    if (running.has(this)) return running.get(this);
    const answer = method.apply(this, args);
    if (answer === null || typeof answer !== 'object' || typeof answer.then !== 'function') return answer;
    running.set(this, answer);
    const end = () => { running.delete(this); };
    answer.then(end, end);
    return answer;
  };
}
function guardRelease(prefix) {
  for (const [key, guard] of unknownGuards) if (key.startsWith(prefix)) guard.release();
  return Promise.resolve();
}
`;

/**
 * What the name of a method of an unknown object says about events. A function handed to `on('close', f)`
 * runs when the event comes, in a turn of its own, and not before the call that hands it in is over.
 */
const registers =
  /^(on|once|addListener|prependListener|prependOnceListener|addEventListener|addOnceListener|subscribe|listen|on[A-Z]\w*|once[A-Z]\w*)$/;
const removes = /^(off|removeListener|removeEventListener|removeAllListeners|unsubscribe)$/;
const endsSubscription = /^(unsubscribe|dispose|remove|cancel|off|close|stop|destroy)$/;
const failures = /^(error|abort|aborted|timeout|fail|failed|failure)$/i;
const ends = /^(end|finish|finished|done|complete|completed|success|load|response|result|drain)$/i;
const opens = /^(open|opened|connect|connected|secureConnect)$/i;
const arrives = /^(data|readable|message|chunk|progress|row)$/i;
const last = /^(close|closed|exit|disconnect|disconnected)$/i;

export function registersListener(name: string): boolean {
  return registers.test(name);
}

/** The event that a property of an object stands for: `close` of `socket.onclose = f`; null for any other property. */
export function eventOfProperty(name: string): string | null {
  const event = /^on(?!ce$|ly|e(?:[A-Z]|$)|line$)([A-Za-z]\w*)$/.exec(name)?.[1];
  return event === undefined ? null : event.charAt(0).toLowerCase() + event.slice(1);
}

/** The first argument is the name of the event: `on('close', f)`, not `onClose(key, f)`. */
export function namesEvent(name: string): boolean {
  return !/^on(ce)?[A-Z]/.test(name);
}

export function removesListener(name: string): boolean {
  return removes.test(name);
}

/** A method of what registering gave that takes the listener away again. */
export function endsListening(name: string): boolean {
  return endsSubscription.test(name);
}

/** One object reports either that it failed or that it came to its end, not both. */
export function excludeEachOther(a: string, b: string): boolean {
  return (failures.test(a) && ends.test(b)) || (ends.test(a) && failures.test(b));
}

/** What an object reports before another event of its own: that it is open before data, data before the end, the end before the closing. */
export function comesBefore(a: string, b: string): boolean {
  if (opens.test(a)) return arrives.test(b) || ends.test(b) || last.test(b);
  return (arrives.test(a) && ends.test(b)) || ((arrives.test(a) || ends.test(a) || failures.test(a)) && last.test(b));
}

/**
 * What is kept elsewhere and read and written as a whole, by the names of two methods of one object:
 * `await client.getPreferences()` and `await client.putPreferences(changed)`. Data for detection and the machine alike.
 */
import { keptBy } from './kept.ts';

export interface RecordVerb {
  does: 'get' | 'set';
  /** What is kept, `Preferences`. */
  noun: string;
}

const reads = 'get|fetch|load|read';
const writes = 'put|set|save|store|write|replace|update';
const verb = new RegExp(`^(?:(${reads})|${writes})([A-Z]\\w*)$`);

/** `receiver`: as the source has it. Null where the module does not wait for both of the pair, of one object. */
export function recordVerb(module: { text: string }, receiver: string, method: string): RecordVerb | null {
  const [, gets, noun] = verb.exec(method) ?? [];
  if (noun === undefined || !/^(?:this\.)?#?[\w$]+(?:[!?]?\.#?[\w$]+){0,5}$/.test(receiver) || receiver === 'this') return null;
  return areWaitedFor(module, `${receiver} ${noun}`) ? { does: gets === undefined ? 'set' : 'get', noun } : null;
}

const areWaitedFor = keptBy((module: { text: string }, pair): boolean => {
  const [receiver = '', noun = ''] = pair.split(' ');
  const object = receiver.replace(/[.$?]/g, '\\$&');
  const waits = (verbs: string): boolean =>
    new RegExp(`\\bawait\\s+${object}[!?]?\\.(?:${verbs})${noun}(?:<[^()\\n]{0,80}>)?\\(`).test(module.text);
  return waits(reads) && waits(writes);
});

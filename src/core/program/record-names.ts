/**
 * What is kept elsewhere and read and written as a whole, by the names of two methods of one object:
 * `await client.getPreferences()` and `await client.putPreferences(changed)`. Data for detection and the machine alike.
 */
import { keptBy } from './kept.ts';

export interface RecordVerb {
  does: 'get' | 'set';
  /** Nobody waits for it: `store.getSettings()`. */
  sync: boolean;
  /** What is kept, `Preferences`. */
  noun: string;
}

const reads = 'get|fetch|load|read';
const writes = 'put|set|save|store|write|replace|update';
const verb = new RegExp(`^(?:(${reads})|${writes})([A-Z]\\w*)$`);

/**
 * `receiver`: as the source has it. Null where the module does not wait for both of the pair, of one object; of what is not
 * waited for where it does for one of them, or where the object is not brought from elsewhere.
 */
export function recordVerb(module: { text: string }, receiver: string, method: string, awaited: boolean): RecordVerb | null {
  const [, gets, noun] = verb.exec(method) ?? [];
  if (noun === undefined || !/^(?:this\.)?#?[\w$]+(?:[!?]?\.#?[\w$]+){0,5}$/.test(receiver) || receiver === 'this') return null;
  const isPair = awaited ? areWaitedFor(module, `${receiver} ${noun}`) : areAtHand(module, `${receiver} ${noun}`);
  return isPair ? { does: gets === undefined ? 'set' : 'get', noun, sync: !awaited } : null;
}

/** `store.getSettings()` … `store.setSettings(changed)`, neither ever waited for, of an object that the module or class is given. */
const areAtHand = keptBy((module: { text: string }, pair): boolean => {
  const [receiver = '', noun = ''] = pair.split(' ');
  const [root = ''] = receiver.split(/[!?]?\./);
  if (root !== 'this' && !isImported(module.text, root)) return false;
  const object = receiver.replace(/[.$?]/g, '\\$&');
  const calls = (verb: string): boolean => {
    const call = `${object}[!?]?\\.${verb}${noun}(?:<[^()\\n]{0,80}>)?\\(`;
    return new RegExp(`(?<![\\w$.])${call}`).test(module.text) && !new RegExp(`\\bawait\\s+${call}`).test(module.text);
  };
  return calls('get') && calls('set');
});

function isImported(text: string, name: string): boolean {
  const it = `(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`;
  return new RegExp(
    `^import\\b[^;'"]*${it}[^;'"]*\\bfrom\\b|^(?:const|let|var)\\s*(?:\\{[^{}=]*${it}[^{}=]*\\}|${it})\\s*=\\s*require\\(`,
    'm',
  ).test(text);
}

const areWaitedFor = keptBy((module: { text: string }, pair): boolean => {
  const [receiver = '', noun = ''] = pair.split(' ');
  const object = receiver.replace(/[.$?]/g, '\\$&');
  const waits = (verbs: string): boolean =>
    new RegExp(`\\bawait\\s+${object}[!?]?\\.(?:${verbs})${noun}(?:<[^()\\n]{0,80}>)?\\(`).test(module.text);
  return waits(reads) && waits(writes);
});

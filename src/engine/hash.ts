/** SHA-256 of a text as hexadecimal, for `source.sha256` and finding fingerprints. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export function sha256Of(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

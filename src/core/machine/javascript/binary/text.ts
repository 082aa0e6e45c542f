/** Text as bytes and back, in the encodings that Node has. Bytes are numbers from 0 to 255. */

/** UTF-8; lone surrogates become U+FFFD. */
export function utf8Bytes(text: string): number[] {
  const out: number[] = [];
  for (const c of text) {
    let n = c.codePointAt(0) ?? 0;
    if (n >= 0xd800 && n <= 0xdfff) n = 0xfffd;
    if (n < 0x80) out.push(n);
    else if (n < 0x800) out.push(0xc0 | (n >> 6), 0x80 | (n & 63));
    else if (n < 0x10000) out.push(0xe0 | (n >> 12), 0x80 | ((n >> 6) & 63), 0x80 | (n & 63));
    else out.push(0xf0 | (n >> 18), 0x80 | ((n >> 12) & 63), 0x80 | ((n >> 6) & 63), 0x80 | (n & 63));
  }
  return out;
}

/** The decoder of the Encoding Standard; null where a fatal one fails. */
export function utf8Text(bytes: readonly number[], fatal = false): string | null {
  let out = '';
  let needed = 0;
  let point = 0;
  let lower = 0x80;
  let upper = 0xbf;
  let isBad = false;
  const bad = (): void => {
    isBad = true;
    out += '\ufffd';
    needed = 0;
    lower = 0x80;
    upper = 0xbf;
  };
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i] ?? 0;
    if (needed === 0) {
      if (b < 0x80) out += String.fromCharCode(b);
      else if (b >= 0xc2 && b <= 0xdf) [needed, point] = [1, b & 31];
      else if (b >= 0xe0 && b <= 0xef) {
        if (b === 0xe0) lower = 0xa0;
        if (b === 0xed) upper = 0x9f;
        [needed, point] = [2, b & 15];
      } else if (b >= 0xf0 && b <= 0xf4) {
        if (b === 0xf0) lower = 0x90;
        if (b === 0xf4) upper = 0x8f;
        [needed, point] = [3, b & 7];
      } else bad();
      continue;
    }
    if (b < lower || b > upper) {
      bad();
      // The byte may begin another character.
      i--;
      continue;
    }
    lower = 0x80;
    upper = 0xbf;
    point = (point << 6) | (b & 63);
    if (--needed === 0) out += String.fromCodePoint(point);
  }
  if (needed > 0) bad();
  return isBad && fatal ? null : out;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64Text(bytes: readonly number[], isUrl = false): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const n = (a << 16) | (b << 8) | c;
    const left = bytes.length - i;
    out += `${alphabet[n >> 18] ?? ''}${alphabet[(n >> 12) & 63] ?? ''}`;
    out += left > 1 ? (alphabet[(n >> 6) & 63] ?? '') : isUrl ? '' : '=';
    out += left > 2 ? (alphabet[n & 63] ?? '') : isUrl ? '' : '=';
  }
  return isUrl ? out.replace(/\+/g, '-').replace(/\//g, '_') : out;
}

/** As Node reads it: both alphabets, what is neither is passed over, `=` ends it. */
export function base64Bytes(text: string): number[] {
  const out: number[] = [];
  let bits = 0;
  let count = 0;
  for (const c of text.split('=')[0] ?? '') {
    const n = alphabet.indexOf(c === '-' ? '+' : c === '_' ? '/' : c);
    if (n < 0) continue;
    bits = ((bits << 6) | n) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push((bits >> count) & 255);
    }
  }
  return out;
}

/** The name of an encoding as Node knows it; null for one that it does not. */
export function encodingOf(name: string): string | null {
  const lower = name.toLowerCase();
  const known: Record<string, string> = {
    utf8: 'utf8',
    'utf-8': 'utf8',
    hex: 'hex',
    base64: 'base64',
    base64url: 'base64url',
    latin1: 'latin1',
    binary: 'latin1',
    ascii: 'ascii',
    ucs2: 'utf16le',
    'ucs-2': 'utf16le',
    utf16le: 'utf16le',
    'utf-16le': 'utf16le',
  };
  return Object.hasOwn(known, lower) ? (known[lower] ?? null) : null;
}

/** Bytes of a text in an encoding that `encodingOf` gave. */
export function bytesOf(text: string, encoding: string): number[] {
  switch (encoding) {
    case 'hex': {
      const out: number[] = [];
      for (let i = 0; i + 1 < text.length && /^[\da-f]{2}$/i.test(text.slice(i, i + 2)); i += 2)
        out.push(parseInt(text.slice(i, i + 2), 16));
      return out;
    }
    case 'base64':
    case 'base64url':
      return base64Bytes(text);
    case 'latin1':
    case 'ascii':
      return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i) & 255);
    case 'utf16le':
      return Array.from({ length: text.length * 2 }, (_, i) => (text.charCodeAt(i >> 1) >> (i % 2 === 0 ? 0 : 8)) & 255);
    default:
      return utf8Bytes(text);
  }
}

export function textOfBytes(bytes: readonly number[], encoding: string): string {
  switch (encoding) {
    case 'hex':
      return bytes.map((b) => b.toString(16).padStart(2, '0')).join('');
    case 'base64':
    case 'base64url':
      return base64Text(bytes, encoding === 'base64url');
    case 'latin1':
      return bytes.map((b) => String.fromCharCode(b)).join('');
    case 'ascii':
      return bytes.map((b) => String.fromCharCode(b & 127)).join('');
    case 'utf16le':
      return Array.from({ length: bytes.length >> 1 }, (_, i) =>
        String.fromCharCode((bytes[2 * i] ?? 0) | ((bytes[2 * i + 1] ?? 0) << 8)),
      ).join('');
    default:
      return utf8Text(bytes) ?? '';
  }
}

/**
 * Text from a program, made safe to show on one line: control characters, bidirectional overrides and
 * other invisible characters become visible escapes, and what is too long is cut. Terminals, the
 * panel and every export pass source text and values through here.
 */

// C0 and C1 controls, soft hyphen, zero-width and bidi controls, separators, BOM, lone surrogates, tags.
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]/g;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Replaces every character one cannot see by its escape (`\n`, `\x1b`, `\u202e`). */
export function visible(text: string): string {
  return text.replace(unseen, (found) => {
    const short = shortEscapes[found];
    if (short) return short;
    const code = found.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
    return `\\u{${code.toString(16)}}`;
  });
}

/** `visible`, cut to at most `limit` UTF-16 units with an ellipsis; never splits a surrogate pair. */
export function shorten(text: string, limit: number): string {
  // Cut first: the text may be megabytes long, and an escape only ever makes it longer.
  const shown = visible(text.length > limit + 8 ? text.slice(0, limit + 8) : text);
  if (shown.length <= limit && text.length <= limit) return shown;
  let end = Math.max(0, limit - 1);
  const last = shown.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end--;
  return `${shown.slice(0, end)}…`;
}

/** Terminal columns taken by one code point: 0 for combining marks, 2 for East Asian wide and emoji. */
function codePointWidth(code: number): number {
  if (code < 0x300) return 1;
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0x1ab0 && code <= 0x1aff) || (code >= 0xfe00 && code <= 0xfe0f)) return 0;
  if ((code >= 0x20d0 && code <= 0x20ff) || (code >= 0xfe20 && code <= 0xfe2f)) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

/** Terminal columns a string takes. */
export function columnsOf(text: string): number {
  let width = 0;
  for (const character of text) width += codePointWidth(character.codePointAt(0) ?? 0);
  return width;
}

/** Cuts (with an ellipsis) or pads a string to exactly `width` terminal columns. */
export function fit(text: string, width: number): string {
  if (width <= 0) return '';
  const long = columnsOf(text);
  if (long <= width) return text + ' '.repeat(width - long);
  let out = '';
  let used = 0;
  for (const character of text) {
    const next = codePointWidth(character.codePointAt(0) ?? 0);
    if (used + next > width - 1) break;
    out += character;
    used += next;
  }
  return `${out}…${' '.repeat(Math.max(0, width - 1 - used))}`;
}

/** Breaks a text at spaces into lines of at most `width` columns; a longer word is cut hard. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    let rest = word;
    if (line !== '' && columnsOf(line) + 1 + columnsOf(rest) <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (columnsOf(rest) > width && width > 0) {
      let cut = 0;
      let used = 0;
      for (const character of rest) {
        const next = codePointWidth(character.codePointAt(0) ?? 0);
        if (used + next > width && cut > 0) break;
        used += next;
        cut += character.length;
      }
      lines.push(rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    line = rest;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

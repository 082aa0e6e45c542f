/** Parameters that have to be bytes: what hashes, packs or decodes them takes no text. */
import type { Expr } from '../../program/program.ts';
import type { ModuleInfo } from '../module-info.ts';

/** Functions of the standard library that take bytes first. */
const takesBytes =
  /^(?:hashlib\.)?(?:md5|sha1|sha224|sha256|sha384|sha512|sha3_\d+|blake2[bs])$|^(?:zlib|gzip|bz2|lzma)\.(?:de)?compress$|^zlib\.(?:crc32|adler32)$|^base64\.(?:urlsafe_|standard_)?b(?:16|32|64|85)encode$|^binascii\.(?:hexlify|b2a_\w+|crc32)$|^(?:io\.)?BytesIO$|^int\.from_bytes$|^struct\.unpack(?:_from)?$/;

/** The argument of a call that has to be bytes; null for none. */
export function bytesOf(info: ModuleInfo, e: Extract<Expr, { kind: 'call' }>): Expr | null {
  if (info.language !== 'python') return null;
  const callee = info.text(e.callee.span);
  if (!takesBytes.test(callee)) return null;
  const [first, second] = e.args;
  return (/^struct\./.test(callee) ? second : first)?.value ?? null;
}

/** Handed to one that the code opened for bytes: `with open(path, 'wb') as f: f.write(data)`. */
export function isWrittenAsBytes(info: ModuleInfo, object: string, method: string): boolean {
  if (info.language !== 'python' || method !== 'write' || !/^\w+$/.test(object)) return false;
  const opened = `(?:open|NamedTemporaryFile|fdopen|TemporaryFile)\\([^\\n]*['"][rwax+]*b[rwax+]*['"][^\\n]*\\)`;
  return new RegExp(`${opened}\\s*as\\s+${object}\\s*:|\\b${object}\\s*=\\s*[\\w.]*${opened}`).test(info.module.text);
}

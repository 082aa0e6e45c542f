/**
 * Calls of unknown functions that are no event anybody outside can see, by their names: what is logged,
 * and what modules of the standard library compute. Doing them once more is no other outcome.
 */
const logs =
  /(^|\.)_?(log|logs|logger|logging|_?LOG|LOGGER|_LOGGER|console|winston|pino|loguru|structlog)(\([^()]*\))?\.(debug|info|warn|warning|error|exception|critical|fatal|log|trace|verbose|silly|notice|success|isEnabledFor)\(/i;
/** As the source has it: `this._log('…')`, `debug('…')`. */
const writtenLog =
  /^(?:await\s+)?(?:(?:this|self|cls)\.)?[_#]*(?:log|debug|trace|verbose|logger)(?:_?(?:debug|info|warn|warning|error|verbose|trace|message|line))?\s*\(/i;
const computes =
  /^(datetime|math|cmath|re|json|hashlib|hmac|uuid|base64|binascii|decimal|fractions|statistics|urllib\.parse|copy|string|textwrap|struct|html|zlib|operator|inspect|types|calendar|locale|ipaddress|secrets|numbers|unicodedata|zoneinfo|pytz|dateutil|difflib|fnmatch|mimetypes|lodash|dayjs|moment|date-fns|semver|ms|util|node:util|path|node:path|url|node:url)\./;

/** What they give that is another each time. */
const differs = /\b(now|today|utcnow|uuid1|uuid4|token_\w+|random\w*|choice|urandom|mktemp|time|monotonic)\b/;

/** Does the call compute something of its arguments, so that the same gives the same? */
export function isComputed(call: string): boolean {
  return computes.test(call) && !differs.test(call);
}

/** Sets what a file is like to what it may be already: the same call once more changes nothing. */
const setsAgain =
  /^(os\.(l?chmod|l?chown|utime|fsync|sync)|shutil\.(chown|copymode|copystat)|fs(\.promises|-extra)?\.(l?chmod|l?chown|utimes)(Sync)?)\(/;

/** `source`: the text of the call as far as it is known, from its beginning. */
export function isSeenByNobody(call: string, source = ''): boolean {
  return logs.test(call) || writtenLog.test(source) || computes.test(call) || setsAgain.test(call);
}

/**
 * Methods by whose names an unknown object is told what it holds or shows from now on, as a whole: `chart.setData(rows)`,
 * `selection$.next(item)`. Whoever calls last decides.
 */
const setter = /^(?:set|next|render|(?:set|render|replace)(?:[A-Z]\w*|All)?)$/;
/** What else they set something of: by a key, or of how the object goes about its work. */
const setsPart = /^set(?:Timeout|Interval|Immediate|State|Encoding|Header|Attribute|Item|Prototype\w*|Max\w*|Keep\w*|No\w*)$/;

/** Whether a call of the method with one argument puts that in the place of what was there. */
export function isSetterName(name: string): boolean {
  return setter.test(name) && !setsPart.test(name);
}

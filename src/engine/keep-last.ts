/** Puts an entry last and drops the first ones beyond `most`: a map in the order of use. `dropped`: told of each that goes. */
export function keepLast<K, V>(map: Map<K, V>, key: K, value: V, most: number, dropped?: (value: V) => void): void {
  map.delete(key);
  map.set(key, value);
  for (const [oldest, gone] of map) {
    if (map.size <= most) break;
    map.delete(oldest);
    dropped?.(gone);
  }
}

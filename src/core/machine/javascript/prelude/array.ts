/** Array methods that call the program. Generic: `this` may be anything with a length. */
export const arrayPrelude = String.raw`
function checkCallback(f, self, name) {
  if (self === null || self === undefined) __rr_typeError('Array.prototype.' + name + ' called on null or undefined');
  if (!__rr_isCallable(f)) __rr_typeError(__rr_show(f) + ' is not a function');
}
function mergeSort(items, compare) {
  const n = items.length;
  if (n < 2) return items;
  const middle = n >> 1;
  const a = mergeSort(items.slice(0, middle), compare);
  const b = mergeSort(items.slice(middle), compare);
  const out = [];
  let i = 0, j = 0;
  while (i < a.length && j < b.length) {
    if (compare(a[i], b[j]) <= 0) out.push(a[i++]);
    else out.push(b[j++]);
  }
  while (i < a.length) out.push(a[i++]);
  while (j < b.length) out.push(b[j++]);
  return out;
}
/** V8 sorts up to a few elements by binary insertion, so that comparators see the same pairs. */
function insertionSort(items, compare) {
  const out = items;
  let start = 1;
  if (out.length >= 2) {
    // Count the run at the start, reversing a strictly descending one, as TimSort does.
    let order = compare(out[1], out[0]);
    start = 2;
    const descending = order < 0;
    while (start < out.length) {
      order = compare(out[start], out[start - 1]);
      if (descending ? order >= 0 : order < 0) break;
      start++;
    }
    if (descending) {
      for (let lo = 0, hi = start - 1; lo < hi; lo++, hi--) { const t = out[lo]; out[lo] = out[hi]; out[hi] = t; }
    }
  }
  for (; start < out.length; start++) {
    const pivot = out[start];
    let left = 0, right = start;
    while (left < right) {
      const mid = left + ((right - left) >> 1);
      if (compare(pivot, out[mid]) < 0) right = mid;
      else left = mid + 1;
    }
    for (let p = start; p > left; p--) out[p] = out[p - 1];
    out[left] = pivot;
  }
  return out;
}
function sortItems(source, comparator) {
  const items = [];
  let missing = 0;
  let holes = 0;
  for (let i = 0; i < source.length; i++) {
    if (!(i in source)) { holes++; continue; }
    const v = source[i];
    if (v === undefined) missing++;
    else items.push(v);
  }
  const compare = comparator === undefined
    ? (a, b) => { const x = String(a), y = String(b); return x < y ? -1 : x > y ? 1 : 0; }
    : (a, b) => { const r = Number(comparator(a, b)); return r !== r ? 0 : r; };
  const sorted = items.length <= 32 ? insertionSort(items, compare) : mergeSort(items, compare);
  for (let i = 0; i < missing; i++) sorted.push(undefined);
  return { sorted, holes };
}
function flattenInto(out, source, depth) {
  for (let i = 0; i < source.length; i++) {
    if (!(i in source)) continue;
    const v = source[i];
    if (depth > 0 && __rr_isArray(v)) flattenInto(out, v, depth - 1);
    else out.push(v);
  }
}
__rr_define(Array, {
  from(source, mapper, thisArg) {
    if (source === null || source === undefined) __rr_typeError(String(source) + ' is not iterable');
    if (mapper !== undefined && !__rr_isCallable(mapper)) __rr_typeError(__rr_show(mapper) + ' is not a function');
    const out = [];
    if (source[Symbol.iterator] !== undefined && source[Symbol.iterator] !== null) {
      if (mapper === undefined) { for (const x of source) out.push(x); return out; }
      let i = 0;
      for (const x of source) { out.push(mapper.call(thisArg, x, i)); i++; }
      return out;
    }
    const n = source.length > 0 ? Math.floor(source.length) : 0;
    for (let i = 0; i < n; i++) out.push(mapper === undefined ? source[i] : mapper.call(thisArg, source[i], i));
    return out;
  },
  async fromAsync(source, mapper) {
    const out = [];
    let i = 0;
    for await (const x of source) out.push(mapper === undefined ? x : await mapper(x, i++));
    return out;
  },
});
__rr_define(Array.prototype, {
  forEach(callback, thisArg) {
    checkCallback(callback, this, 'forEach');
    const n = this.length;
    for (let i = 0; i < n; i++) if (i in this) callback.call(thisArg, this[i], i, this);
  },
  map(callback, thisArg) {
    checkCallback(callback, this, 'map');
    const n = this.length;
    const out = new Array(n);
    for (let i = 0; i < n; i++) if (i in this) out[i] = callback.call(thisArg, this[i], i, this);
    return out;
  },
  filter(callback, thisArg) {
    checkCallback(callback, this, 'filter');
    const n = this.length;
    const out = [];
    for (let i = 0; i < n; i++) {
      if (!(i in this)) continue;
      const v = this[i];
      if (callback.call(thisArg, v, i, this)) out.push(v);
    }
    return out;
  },
  reduce(callback, ...initial) {
    checkCallback(callback, this, 'reduce');
    const n = this.length;
    let i = 0;
    let acc;
    if (initial.length > 0) acc = initial[0];
    else {
      while (i < n && !(i in this)) i++;
      if (i >= n) __rr_typeError('Reduce of empty array with no initial value');
      acc = this[i++];
    }
    for (; i < n; i++) if (i in this) acc = callback(acc, this[i], i, this);
    return acc;
  },
  reduceRight(callback, ...initial) {
    checkCallback(callback, this, 'reduceRight');
    let i = this.length - 1;
    let acc;
    if (initial.length > 0) acc = initial[0];
    else {
      while (i >= 0 && !(i in this)) i--;
      if (i < 0) __rr_typeError('Reduce of empty array with no initial value');
      acc = this[i--];
    }
    for (; i >= 0; i--) if (i in this) acc = callback(acc, this[i], i, this);
    return acc;
  },
  some(callback, thisArg) {
    checkCallback(callback, this, 'some');
    const n = this.length;
    for (let i = 0; i < n; i++) if (i in this && callback.call(thisArg, this[i], i, this)) return true;
    return false;
  },
  every(callback, thisArg) {
    checkCallback(callback, this, 'every');
    const n = this.length;
    for (let i = 0; i < n; i++) if (i in this && !callback.call(thisArg, this[i], i, this)) return false;
    return true;
  },
  find(callback, thisArg) {
    checkCallback(callback, this, 'find');
    const n = this.length;
    for (let i = 0; i < n; i++) { const v = this[i]; if (callback.call(thisArg, v, i, this)) return v; }
    return undefined;
  },
  findIndex(callback, thisArg) {
    checkCallback(callback, this, 'findIndex');
    const n = this.length;
    for (let i = 0; i < n; i++) if (callback.call(thisArg, this[i], i, this)) return i;
    return -1;
  },
  findLast(callback, thisArg) {
    checkCallback(callback, this, 'findLast');
    for (let i = this.length - 1; i >= 0; i--) { const v = this[i]; if (callback.call(thisArg, v, i, this)) return v; }
    return undefined;
  },
  findLastIndex(callback, thisArg) {
    checkCallback(callback, this, 'findLastIndex');
    for (let i = this.length - 1; i >= 0; i--) if (callback.call(thisArg, this[i], i, this)) return i;
    return -1;
  },
  flatMap(callback, thisArg) {
    checkCallback(callback, this, 'flatMap');
    const out = [];
    const n = this.length;
    for (let i = 0; i < n; i++) {
      if (!(i in this)) continue;
      const v = callback.call(thisArg, this[i], i, this);
      if (__rr_isArray(v)) flattenInto(out, v, 0);
      else out.push(v);
    }
    return out;
  },
  sort(comparator) {
    if (comparator !== undefined && !__rr_isCallable(comparator)) __rr_typeError('The comparison function must be either a function or undefined');
    const { sorted, holes } = sortItems(this, comparator);
    if (holes > 0) sorted.length += holes;
    return __rr_reorder(this, sorted);
  },
  toSorted(comparator) {
    if (comparator !== undefined && !__rr_isCallable(comparator)) __rr_typeError('The comparison function must be either a function or undefined');
    return sortItems([...this], comparator).sorted;
  },
});
`;

/** Array methods that call the program. Generic: `this` may be anything with a length. */
export const arrayPrelude = String.raw`
function checkCallback(f, self, name) {
  if (self === null || self === undefined) __rr_typeError('Array.prototype.' + name + ' called on null or undefined');
  if (!__rr_isCallable(f)) __rr_typeError(__rr_show(f) + ' is not a function');
  return Object(self);
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
/** Array methods on what is not an array (a proxy, an array-like object): as the specification writes them. */
const generic = {
  push(o, ...values) {
    let n = o.length > 0 ? Math.floor(o.length) : 0;
    for (const v of values) o[n++] = v;
    o.length = n;
    return n;
  },
  pop(o) {
    const n = o.length > 0 ? Math.floor(o.length) : 0;
    if (n === 0) { o.length = 0; return undefined; }
    const v = o[n - 1];
    delete o[n - 1];
    o.length = n - 1;
    return v;
  },
  shift(o) {
    const n = o.length > 0 ? Math.floor(o.length) : 0;
    if (n === 0) { o.length = 0; return undefined; }
    const first = o[0];
    moved(o, 1, 0, n - 1);
    delete o[n - 1];
    o.length = n - 1;
    return first;
  },
  unshift(o, ...values) {
    const n = o.length > 0 ? Math.floor(o.length) : 0;
    if (values.length > 0) {
      movedBack(o, 0, values.length, n);
      for (let i = 0; i < values.length; i++) o[i] = values[i];
    }
    o.length = n + values.length;
    return n + values.length;
  },
  splice(o, ...args) {
    const n = o.length > 0 ? Math.floor(o.length) : 0;
    const all = copied(o, n);
    const removed = all.splice(...args);
    const start = args.length === 0 ? 0 : args[0] < 0 ? Math.max(n + Math.trunc(args[0]), 0) : Math.min(Math.trunc(args[0]) || 0, n);
    const items = args.slice(2);
    const tail = n - start - removed.length;
    if (items.length < removed.length) {
      moved(o, start + removed.length, start + items.length, tail);
      for (let i = n; i > all.length; i--) delete o[i - 1];
    } else if (items.length > removed.length) movedBack(o, start + removed.length, start + items.length, tail);
    for (let i = 0; i < items.length; i++) o[start + i] = items[i];
    o.length = all.length;
    return removed;
  },
  reverse(o) {
    const all = copied(o, o.length).reverse();
    for (let i = 0; i < all.length; i++) o[i] = all[i];
    return o;
  },
  fill(o, value, start, end) {
    const at = copied(o, o.length).map((_, i) => i).fill(-1, start, end);
    for (let i = 0; i < at.length; i++) if (at[i] === -1) o[i] = value;
    return o;
  },
};
function copied(o, n) {
  const out = new Array(n > 0 ? Math.floor(n) : 0);
  for (let i = 0; i < out.length; i++) if (i in o) out[i] = o[i];
  return out;
}
function moved(o, from, to, count) {
  for (let i = 0; i < count; i++) if (from + i in o) o[to + i] = o[from + i]; else delete o[to + i];
}
function movedBack(o, from, to, count) {
  for (let i = count - 1; i >= 0; i--) if (from + i in o) o[to + i] = o[from + i]; else delete o[to + i];
}
function indexOfUnknown(items, sought, from) {
  for (let i = from; i < items.length; i++) if (items[i] === sought) return i;
  return -1;
}
function lastIndexOfUnknown(items, sought, from) {
  for (let i = from; i >= 0; i--) if (items[i] === sought) return i;
  return -1;
}
function genericArray(name, o, args) {
  return generic[name] ? generic[name](o, ...args) : copied(o, o.length)[name](...args);
}
__rr_define(Array, {
  from(source, mapper, thisArg) {
    if (!__rr_isOpaque(source) && (source === null || source === undefined)) __rr_typeError((source === null ? 'object null' : 'undefined') + ' is not iterable (cannot read property Symbol(Symbol.iterator))');
    if (mapper !== undefined && !__rr_isCallable(mapper)) __rr_typeError(__rr_show(mapper) + ' is not a function');
    const out = [];
    if (__rr_isOpaque(source) || source[Symbol.iterator] !== undefined && source[Symbol.iterator] !== null) {
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
    const self = checkCallback(callback, this, 'forEach');
    const n = self.length;
    for (let i = 0; i < n; i++) if (i in self) callback.call(thisArg, self[i], i, self);
  },
  map(callback, thisArg) {
    const self = checkCallback(callback, this, 'map');
    const n = self.length;
    const out = new Array(n);
    for (let i = 0; i < n; i++) if (i in self) out[i] = callback.call(thisArg, self[i], i, self);
    return out;
  },
  filter(callback, thisArg) {
    const self = checkCallback(callback, this, 'filter');
    const n = self.length;
    const out = [];
    for (let i = 0; i < n; i++) {
      if (!(i in self)) continue;
      const v = self[i];
      if (callback.call(thisArg, v, i, self)) out.push(v);
    }
    return out;
  },
  reduce(callback, ...initial) {
    const self = checkCallback(callback, this, 'reduce');
    const n = self.length;
    let i = 0;
    let acc;
    if (initial.length > 0) acc = initial[0];
    else {
      while (i < n && !(i in self)) i++;
      if (i >= n) __rr_typeError('Reduce of empty array with no initial value');
      acc = self[i++];
    }
    for (; i < n; i++) if (i in self) acc = callback(acc, self[i], i, self);
    return acc;
  },
  reduceRight(callback, ...initial) {
    const self = checkCallback(callback, this, 'reduceRight');
    let i = self.length - 1;
    let acc;
    if (initial.length > 0) acc = initial[0];
    else {
      while (i >= 0 && !(i in self)) i--;
      if (i < 0) __rr_typeError('Reduce of empty array with no initial value');
      acc = self[i--];
    }
    for (; i >= 0; i--) if (i in self) acc = callback(acc, self[i], i, self);
    return acc;
  },
  some(callback, thisArg) {
    const self = checkCallback(callback, this, 'some');
    const n = self.length;
    for (let i = 0; i < n; i++) if (i in self && callback.call(thisArg, self[i], i, self)) return true;
    return false;
  },
  every(callback, thisArg) {
    const self = checkCallback(callback, this, 'every');
    const n = self.length;
    for (let i = 0; i < n; i++) if (i in self && !callback.call(thisArg, self[i], i, self)) return false;
    return true;
  },
  find(callback, thisArg) {
    const self = checkCallback(callback, this, 'find');
    const n = self.length;
    for (let i = 0; i < n; i++) { const v = self[i]; if (callback.call(thisArg, v, i, self)) return v; }
    return undefined;
  },
  findIndex(callback, thisArg) {
    const self = checkCallback(callback, this, 'findIndex');
    const n = self.length;
    for (let i = 0; i < n; i++) if (callback.call(thisArg, self[i], i, self)) return i;
    return -1;
  },
  findLast(callback, thisArg) {
    const self = checkCallback(callback, this, 'findLast');
    for (let i = self.length - 1; i >= 0; i--) { const v = self[i]; if (callback.call(thisArg, v, i, self)) return v; }
    return undefined;
  },
  findLastIndex(callback, thisArg) {
    const self = checkCallback(callback, this, 'findLastIndex');
    for (let i = self.length - 1; i >= 0; i--) if (callback.call(thisArg, self[i], i, self)) return i;
    return -1;
  },
  flatMap(callback, thisArg) {
    const self = checkCallback(callback, this, 'flatMap');
    const out = [];
    const n = self.length;
    for (let i = 0; i < n; i++) {
      if (!(i in self)) continue;
      const v = callback.call(thisArg, self[i], i, self);
      if (__rr_isArray(v)) flattenInto(out, v, 0);
      else out.push(v);
    }
    return out;
  },
  sort(comparator) {
    if (comparator !== undefined && !__rr_isCallable(comparator)) __rr_typeError('The comparison function must be either a function or undefined');
    const { sorted, holes } = sortItems(this, comparator);
    if (holes > 0) sorted.length += holes;
    if (__rr_isPlainArray(this)) return __rr_reorder(this, sorted);
    for (let i = 0; i < sorted.length; i++) this[i] = sorted[i];
    return this;
  },
  toSorted(comparator) {
    if (comparator !== undefined && !__rr_isCallable(comparator)) __rr_typeError('The comparison function must be either a function or undefined');
    return sortItems([...this], comparator).sorted;
  },
});
`;

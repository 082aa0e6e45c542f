/**
 * Library code written in JavaScript: path for messages, text, and what a program mentions that needs it; always needed
 * where that is left out. Loaded in this order.
 */
import { arrayPrelude } from './array.ts';
import { binaryPrelude } from './binary.ts';
import { cellsPrelude } from './cells.ts';
import { corePrelude } from './core.ts';
import { eventsPrelude } from './events.ts';
import { fsPrelude } from './fs.ts';
import { fsExtraPrelude } from './fs-extra.ts';
import { guardsPrelude } from './guards.ts';
import { modulesPrelude } from './modules.ts';
import { promisePrelude } from './promise.ts';
import { tslibPrelude } from './tslib.ts';
import { reactPrelude } from './react.ts';
import { rxjsPrelude } from './rxjs.ts';
import { vuePrelude } from './vue.ts';
import { zustandPrelude } from './zustand.ts';

const binaryNames =
  /(?:Uint|Int|Float)\w*Array|Big(?:Ui|I)nt64|ArrayBuffer|DataView|Buffer|Atomics|Text(?:En|De)coder|atob|btoa|crypto|\bfs\b|structuredClone|zlib|Blob/;

export const preludes: readonly (readonly [path: string, text: string, needed?: RegExp])[] = [
  ['race-replay:core.js', corePrelude],
  ['race-replay:array.js', arrayPrelude],
  ['race-replay:promise.js', promisePrelude],
  ['race-replay:events.js', eventsPrelude],
  ['race-replay:modules.js', modulesPrelude],
  ['race-replay:binary.js', binaryPrelude, binaryNames],
  ['race-replay:guards.js', guardsPrelude],
  ['race-replay:tslib.js', tslibPrelude, /tslib/],
  ['race-replay:fs.js', fsPrelude],
  ['race-replay:fs-extra.js', fsExtraPrelude, /fs-extra|graceful-fs|mz\/fs/],
  ['race-replay:react.js', reactPrelude, /react|mount\(/],
  ['race-replay:rxjs.js', rxjsPrelude, /\brxjs\b|@angular\//],
  ['race-replay:cells.js', cellsPrelude, /svelte\/store|@angular\/core/],
  ['race-replay:zustand.js', zustandPrelude, /zustand/],
  ['race-replay:vue.js', vuePrelude, /\bvue\b|vue-demi|pinia/],
];

/** Library code written in JavaScript: path for messages, and text. Loaded in this order. */
import { arrayPrelude } from './array.ts';
import { binaryPrelude } from './binary.ts';
import { corePrelude } from './core.ts';
import { eventsPrelude } from './events.ts';
import { fsPrelude } from './fs.ts';
import { guardsPrelude } from './guards.ts';
import { modulesPrelude } from './modules.ts';
import { promisePrelude } from './promise.ts';
import { tslibPrelude } from './tslib.ts';
import { reactPrelude } from './react.ts';

export const preludes: readonly (readonly [string, string])[] = [
  ['race-replay:core.js', corePrelude],
  ['race-replay:array.js', arrayPrelude],
  ['race-replay:promise.js', promisePrelude],
  ['race-replay:events.js', eventsPrelude],
  ['race-replay:modules.js', modulesPrelude],
  ['race-replay:binary.js', binaryPrelude],
  ['race-replay:guards.js', guardsPrelude],
  ['race-replay:tslib.js', tslibPrelude],
  ['race-replay:fs.js', fsPrelude],
  ['race-replay:react.js', reactPrelude],
];

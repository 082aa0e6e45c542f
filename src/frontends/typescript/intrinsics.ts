/**
 * Every machine operation this front end emits as an `intrinsic`, with its exact meaning, so that
 * the machine's coverage can be checked against the list.
 */

export interface IntrinsicInfo {
  readonly name: string;
  /** Names of the arguments; `...x` takes the rest. */
  readonly parameters: readonly string[];
  readonly meaning: string;
}

export const intrinsics = [
  {
    name: 'js.typeofName',
    parameters: ['name'],
    meaning:
      '`typeof x` for a name no code of the module declares. `name` is a string constant. The result is the string "undefined" when neither the module namespace nor the built-ins have it (no ReferenceError), otherwise `typeof` of its value.',
  },
  {
    name: 'js.forInKeys',
    parameters: ['object'],
    meaning:
      'The keys `for (k in object)` visits, as an array of strings made at once: own enumerable string keys in OrdinaryOwnPropertyKeys order (integer indices ascending, then creation order), then those of the prototypes not yet seen. Empty for null and undefined. The loop skips no key deleted meanwhile.',
  },
  {
    name: 'js.privateIn',
    parameters: ['name', 'object'],
    meaning:
      '`#x in object`: whether the object has the private element; `name` is a string constant with its `#`. TypeError when `object` is not an object.',
  },
  {
    name: 'js.importMeta',
    parameters: [],
    meaning: '`import.meta` of the module: one object per module with at least a string property `url`.',
  },
  {
    name: 'js.deleteOptional',
    parameters: ['object', 'key'],
    meaning:
      '`delete object?.key`: true when `object` is null or undefined, otherwise `delete object[key]`. `key` is a string constant for a dotted name.',
  },
  {
    name: 'js.jsx',
    parameters: ['type', 'props', '...children'],
    meaning:
      'Builds a JSX element: a plain object {type, props, children} with `children` an array. `type` is a string constant for intrinsic elements (the empty string for a fragment), otherwise the component value, which is not called. A child written `{...list}` arrives as an array.',
  },
] as const satisfies readonly IntrinsicInfo[];

export type IntrinsicName = (typeof intrinsics)[number]['name'];

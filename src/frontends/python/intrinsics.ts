/**
 * Every operation of the machine the Python front end asks for by name, with its exact meaning, so
 * that the machine can check that it knows them all. Operands are evaluated left to right before the
 * operation; `subject` is the value a `match` statement looks at, or a part of it.
 *
 * | name | arguments | value |
 * |---|---|---|
 * | `py.super` | class, instance | What `super(class, instance)` gives: the zero-argument `super()` of a method. `class` is a name: the variable `__class__` of the class body function (`ClassDef.body.variables`), which the machine sets to the class once it is made; reading it earlier raises `RuntimeError: super(): empty __class__ cell`. `instance` is the first parameter of the enclosing function, or the constant None when it has none (`RuntimeError: super(): no arguments`). |
 * | `py.annotate` | name, text | Class bodies only, in source order: the field `name` (constant string, mangled) has an annotation whose source is `text` (constant string). Records it in `__annotations__`; value None. For `x: int = 1` it follows the assignment. |
 * | `py.match_sequence` | subject, length, star | True when `subject` is a sequence (list, tuple, range, deque, array, `collections.abc.Sequence`; not str, bytes, bytearray) whose `len` is `length`, or at least `length` when `star` is True (both constants). |
 * | `py.match_unpack` | subject, before, after, star | A tuple of the items of `subject` in one step: `before` items, then, when `star` is True, a list of the middle ones, then `after` items. As UNPACK_SEQUENCE and UNPACK_EX: `ValueError` when the length no longer fits. |
 * | `py.match_mapping` | subject, length | True when `subject` is a mapping (dict, `collections.abc.Mapping`) with at least `length` items. |
 * | `py.match_key` | subject, key | `(value,)` for the value of `key`, or `()` when it has none. As MATCH_KEYS: by `subject.get(key, marker)`, so `defaultdict` makes nothing. |
 * | `py.match_rest` | subject, keys | A new dict of the items of the mapping `subject` but for those whose key is in the tuple `keys` (the `**rest` of a mapping pattern). |
 * | `py.match_class` | subject, class | True when `isinstance(subject, class)`; `TypeError: called match pattern must be a class` when `class` is not a class. |
 * | `py.match_positional` | subject, class, index, count | `(value,)` for the positional sub-pattern `index` of `count` of a class pattern, or `()` when the attribute is missing. The attribute is `class.__match_args__[index]`; for bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple and their subclasses without `__match_args__` sub-pattern 0 is `subject` itself. `TypeError` when `count` is more than the class accepts. |
 * | `py.match_attr` | subject, name | `(value,)` for the attribute `name` (constant string), or `()` when reading it raises AttributeError. |
 */
export const pythonIntrinsics = [
  'py.super',
  'py.annotate',
  'py.match_sequence',
  'py.match_unpack',
  'py.match_mapping',
  'py.match_key',
  'py.match_rest',
  'py.match_class',
  'py.match_positional',
  'py.match_attr',
] as const;

export type PythonIntrinsic = (typeof pythonIntrinsics)[number];

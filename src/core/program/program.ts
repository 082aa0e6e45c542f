/**
 * The core program: the one tree both front ends lower to. It is structured (so that detection can
 * read it) and desugared where the languages only differ in spelling; what differs in meaning stays
 * apart: the compiler emits `py.*` or `js.*` operations by `Module.language`.
 *
 * Invariants: every node carries the span of the source text it came from; names are resolved (a
 * `Ref` points at its Variable object or at the module namespace); the tree is a tree (no node is
 * shared), except that Variables are shared by identity.
 */
import type { Exchange } from './exchange.ts';

/** UTF-16 offsets into the text of the module the node belongs to; `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Language = 'python' | 'typescript' | 'javascript';

export interface Program {
  language: Language;
  /** The module to run is modules[0]; the others are the workspace files it imports, resolved. */
  modules: Module[];
  /** Files that specifiers stand for which are no paths, by the importing file's path and the specifier: `@/lib/store`. */
  aliases?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Workspace files that import modules[0], at first or second hand. */
  users?: () => readonly Module[];
}

/** Syntax errors and things the front end could not lower. Never thrown. */
export interface Problem {
  message: string;
  span: Span;
}

export interface FrontEndResult {
  module: Module;
  problems: Problem[];
}

export interface Module {
  language: Language;
  /** As given to the front end; used to match imports and to label ranges. */
  path: string;
  text: string;
  /** The top-level code. Its variables live in the module namespace: refs to them are `global`. */
  body: FunctionDef;
  /** Every function of the module, the module body first, in source order; `id` is its index. */
  functions: FunctionDef[];
  classes: ClassDef[];
  /** Names bound at the top level. */
  globals: GlobalBinding[];
  /** TypeScript/JavaScript: exported name to top-level name (`default` for the default export). */
  exports: { exported: string; local: string }[];
  /** TypeScript: names imported for their types alone, which leaves nothing of the import to run. */
  typeImports?: { local: string; imported: string; module: string }[];
  /** Comments such as `race-replay-disable-next-line RULE: reason`, with the line they act on (0-based). */
  directives: { line: number; rules: string[]; reason: string }[];
  /** While it is edited: what it was made of in place. */
  exchanged?: Exchange;
}

export interface GlobalBinding {
  name: string;
  kind: 'let' | 'const' | 'var' | 'function' | 'class' | 'import' | 'python';
  span: Span;
  /**
   * Assigned once, by top-level code outside any loop, and never rebound from a function, so that
   * reading it is not a shared access. Front ends compute it syntactically.
   */
  constant: boolean;
}

/** A variable of a function (parameter, local, or block-scoped binding), unique by identity. */
export interface Variable {
  name: string;
  span: Span;
  /** JavaScript let/const/class: reading it before its declaration ran throws. */
  hasDeadZone: boolean;
  /** JavaScript const: assignment throws. */
  isConst: boolean;
  /** Used by an inner function, so it lives in a cell and may be shared between contexts. */
  captured: boolean;
  /** Rebound after its first binding anywhere (so that a captured one can be a shared location). */
  reassigned: boolean;
}

export type FunctionKind =
  | 'function'
  | 'method'
  | 'arrow'
  | 'lambda'
  | 'getter'
  | 'setter'
  | 'constructor'
  | 'module'
  | 'classBody'
  | 'comprehension'
  | 'initializer';

export interface FunctionDef {
  /** Index in Module.functions. */
  id: number;
  name: string;
  /** `Bank.withdraw`, `outer.inner`, `<module>`. */
  qualifiedName: string;
  kind: FunctionKind;
  isAsync: boolean;
  isGenerator: boolean;
  isStatic: boolean;
  exported: boolean;
  params: Param[];
  /** Every variable declared in this function, its parameters' variables included. */
  variables: Variable[];
  body: Stmt[];
  /** Python decorators, outermost first. TypeScript decorators too. */
  decorators: Expr[];
  /** The whole definition. */
  span: Span;
  nameSpan: Span;
  /** Enclosing function, null for the module body. */
  parent: FunctionDef | null;
  /** The class it is a member of, null when none. */
  owner: ClassDef | null;
  /** Source text of the return annotation. */
  returnAnnotation?: string;
  /** JavaScript: uses `arguments` (then it is declared as a variable of that name). */
  usesArguments?: Variable;
}

export interface Param {
  kind: 'positional' | 'keywordOnly' | 'positionalOnly' | 'rest' | 'keywordRest';
  /** Python: a name target. JavaScript: any pattern. */
  target: Target;
  name: string;
  default: Expr | null;
  /** Source text of the type annotation. */
  annotation?: string;
  span: Span;
}

export interface ClassDef {
  id: number;
  name: string;
  qualifiedName: string;
  bases: Expr[];
  /** Python class keywords (`metaclass=…`). */
  keywords: { name: string; value: Expr }[];
  decorators: Expr[];
  /** Python: the class body as code; its local names are `classLocal` refs. Null in JavaScript. */
  body: FunctionDef | null;
  /** JavaScript members in source order. Empty in Python. */
  members: ClassMember[];
  exported: boolean;
  span: Span;
  nameSpan: Span;
  /**
   * JavaScript: what the class's own name means inside its body. The machine binds it as a
   * declaration does once the constructor function exists, before static members are initialised.
   */
  self?: Ref;
}

export interface ClassMember {
  kind: 'method' | 'getter' | 'setter' | 'field' | 'constructor' | 'staticBlock';
  isStatic: boolean;
  /** Property name; private names keep their `#`. Null when computed. */
  name: string | null;
  computed: Expr | null;
  /** The method; for a field or static block an `initializer` function that returns the value. Null for a field without one. */
  fn: FunctionDef | null;
  annotation?: string;
  /** A field that nothing here sets and that is not optional: a container injects it, or a base class brings it. */
  isBrought?: true;
  decorators: Expr[];
  span: Span;
}

/** What a name means. */
export type Ref =
  /** A variable of this or an enclosing function. */
  | { kind: 'variable'; variable: Variable }
  /** A name of the module namespace; failing that, of the language's built-ins. */
  | { kind: 'global'; name: string }
  /** Python: a name of the class body being executed; failing that, global. */
  | { kind: 'classLocal'; name: string };

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '>>>' | '&' | '|' | '^';

export type CompareOperator = '==' | '!=' | '===' | '!==' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in' | 'instanceof';

export type UnaryOperator = '-' | '+' | '~' | 'not' | 'typeof' | 'void';

export type Expr =
  | { kind: 'const'; span: Span; value: ConstValue }
  | { kind: 'name'; span: Span; ref: Ref }
  | { kind: 'attr'; span: Span; object: Expr; name: string; nameSpan: Span; optional: boolean }
  | { kind: 'index'; span: Span; object: Expr; index: Expr; optional: boolean }
  | { kind: 'slice'; span: Span; lower: Expr | null; upper: Expr | null; step: Expr | null }
  | { kind: 'call'; span: Span; callee: Expr; args: Arg[]; optional: boolean }
  | { kind: 'new'; span: Span; callee: Expr; args: Arg[] }
  /** Ends the short circuit of the optional links inside it (`a?.b.c` as one chain). */
  | { kind: 'optionalChain'; span: Span; value: Expr }
  | { kind: 'binary'; span: Span; op: BinaryOperator; left: Expr; right: Expr }
  | { kind: 'unary'; span: Span; op: UnaryOperator; operand: Expr }
  /** `a < b < c` is first a, rest [< b, < c]; JavaScript always has one rest. */
  | { kind: 'compare'; span: Span; first: Expr; rest: { op: CompareOperator; right: Expr }[] }
  | { kind: 'logical'; span: Span; op: 'and' | 'or' | 'nullish'; left: Expr; right: Expr }
  | { kind: 'conditional'; span: Span; test: Expr; then: Expr; else: Expr }
  /** Assignment as an expression (JavaScript `=`, Python `:=`). */
  | { kind: 'assign'; span: Span; target: Target; value: Expr }
  /** JavaScript `a ||= b`, `&&=`, `??=`. */
  | { kind: 'logicalAssign'; span: Span; op: 'and' | 'or' | 'nullish'; target: Target; value: Expr }
  /** Read-modify-write: Python `x += v` (in place), JavaScript `x += v`, `x++` (then `returnsOld`). */
  | { kind: 'update'; span: Span; op: BinaryOperator; target: Target; value: Expr; returnsOld: boolean }
  | { kind: 'sequence'; span: Span; items: Expr[] }
  | { kind: 'function'; span: Span; fn: FunctionDef }
  | { kind: 'class'; span: Span; cls: ClassDef }
  | { kind: 'await'; span: Span; value: Expr }
  | { kind: 'yield'; span: Span; value: Expr | null; delegate: boolean }
  /** JavaScript arrays too (a null item is a hole). */
  | { kind: 'list' | 'tuple' | 'set'; span: Span; items: (Item | null)[] }
  /** Python dict; a null key is `**value`. */
  | { kind: 'dict'; span: Span; entries: { key: Expr | null; value: Expr }[] }
  /** JavaScript object literal. */
  | { kind: 'object'; span: Span; properties: Property[] }
  /**
   * f-string or template literal: string pieces and values in order. Python conversions and format
   * specs (itself a template) come with the value.
   */
  | { kind: 'template'; span: Span; parts: (string | TemplateValue)[] }
  | { kind: 'taggedTemplate'; span: Span; tag: Expr; cooked: (string | null)[]; raw: string[]; values: Expr[] }
  | { kind: 'regexp'; span: Span; source: string; flags: string }
  | { kind: 'this'; span: Span }
  | { kind: 'super'; span: Span }
  | { kind: 'newTarget'; span: Span }
  | { kind: 'importCall'; span: Span; specifier: Expr }
  | { kind: 'delete'; span: Span; target: Target }
  /**
   * Python comprehension or generator expression. `fn` is of kind `comprehension`: a generator when
   * `form` is `generator`, otherwise a function that builds and returns the collection with the
   * statements `{kind: 'collect'}`. Its single parameter receives the iterator of `iterable`.
   */
  | { kind: 'comprehension'; span: Span; form: 'list' | 'set' | 'dict' | 'generator'; fn: FunctionDef; iterable: Expr }
  /** An operation of the machine by name (`py.super`, `py.match_sequence`, `js.forInKeys`, …). */
  | { kind: 'intrinsic'; span: Span; name: string; args: Expr[] }
  /** Executing this ends the simulation with verdict `unsupported` here. */
  | { kind: 'unsupported'; span: Span; what: string };

export type ConstValue =
  | { type: 'none' }
  | { type: 'undefined' }
  | { type: 'null' }
  | { type: 'ellipsis' }
  | { type: 'boolean'; value: boolean }
  /** Python int of any size, JavaScript BigInt. */
  | { type: 'integer'; value: bigint }
  /** Python float, JavaScript number. */
  | { type: 'number'; value: number }
  | { type: 'complex'; value: number }
  | { type: 'string'; value: string }
  | { type: 'bytes'; value: Uint8Array };

export interface TemplateValue {
  value: Expr;
  conversion: '' | 'r' | 's' | 'a';
  format: Expr | null;
}

export type Arg =
  | { kind: 'positional'; value: Expr }
  | { kind: 'spread'; value: Expr }
  | { kind: 'keyword'; name: string; value: Expr }
  | { kind: 'keywordSpread'; value: Expr };

export type Item = { kind: 'value'; value: Expr } | { kind: 'spread'; value: Expr };

export type Property =
  | { kind: 'value'; key: PropertyKey; value: Expr }
  | { kind: 'getter' | 'setter' | 'method'; key: PropertyKey; fn: FunctionDef }
  | { kind: 'spread'; value: Expr };

export type PropertyKey = { name: string } | { computed: Expr };

/** What can be assigned to. */
export type Target =
  | { kind: 'name'; span: Span; ref: Ref }
  | { kind: 'attr'; span: Span; object: Expr; name: string; nameSpan: Span }
  | { kind: 'index'; span: Span; object: Expr; index: Expr }
  /** Unpacking (Python) or array destructuring (JavaScript; null is an elision). */
  | { kind: 'sequence'; span: Span; items: (TargetItem | null)[] }
  | { kind: 'objectPattern'; span: Span; properties: { key: PropertyKey; target: Target; default: Expr | null }[]; rest: Target | null };

export interface TargetItem {
  target: Target;
  /** JavaScript default. */
  default: Expr | null;
  /** `*rest` or `...rest`. */
  rest: boolean;
}

export type Stmt =
  | { kind: 'expr'; span: Span; value: Expr }
  /** `a = b = value` has two targets. `declares`: JavaScript let/const/var/class or Python def/class. */
  | { kind: 'assign'; span: Span; targets: Target[]; value: Expr; declares: boolean }
  /** A let without initialiser (ends the dead zone). */
  | { kind: 'declare'; span: Span; variables: Ref[] }
  | { kind: 'if'; span: Span; test: Expr; then: Stmt[]; else: Stmt[] }
  | { kind: 'while'; span: Span; label: string | null; test: Expr; body: Stmt[]; orElse: Stmt[]; testAfter: boolean }
  /** JavaScript for(;;). `perIteration` are copied to fresh cells at each turn. */
  | {
      kind: 'for';
      span: Span;
      label: string | null;
      init: Stmt[];
      test: Expr | null;
      update: Expr | null;
      body: Stmt[];
      perIteration: Variable[];
    }
  /** Python for, JavaScript for-of. `perIteration` get fresh cells at each turn. */
  | {
      kind: 'forEach';
      span: Span;
      label: string | null;
      target: Target;
      iterable: Expr;
      isAsync: boolean;
      body: Stmt[];
      orElse: Stmt[];
      perIteration: Variable[];
    }
  /** A block with its own captured variables, given fresh cells on entry; breakable when labelled. */
  | { kind: 'block'; span: Span; label: string | null; variables: Variable[]; body: Stmt[] }
  | {
      kind: 'switch';
      span: Span;
      label: string | null;
      discriminant: Expr;
      cases: { test: Expr | null; body: Stmt[]; span: Span }[];
      variables: Variable[];
    }
  | { kind: 'break' | 'continue'; span: Span; label: string | null }
  | { kind: 'return'; span: Span; value: Expr | null }
  | { kind: 'raise'; span: Span; value: Expr | null; cause: Expr | null }
  | { kind: 'try'; span: Span; body: Stmt[]; handlers: Handler[]; orElse: Stmt[]; finalizer: Stmt[] | null }
  /** Python with / async with; JavaScript using / await using (target a declared name, body the rest of the block). */
  | { kind: 'with'; span: Span; isAsync: boolean; items: { context: Expr; target: Target | null }[]; body: Stmt[] }
  | { kind: 'delete'; span: Span; targets: Target[] }
  | { kind: 'assert'; span: Span; test: Expr; message: Expr | null }
  | { kind: 'import'; span: Span; module: string; level: number; names: ImportName[] }
  /** Inside a comprehension function: add to the collection being built (dict: key and value). */
  | { kind: 'collect'; span: Span; key: Expr | null; value: Expr }
  | { kind: 'pass'; span: Span }
  | { kind: 'unsupported'; span: Span; what: string };

export interface Handler {
  /** Python: exception class or tuple of them; null catches everything. */
  type: Expr | null;
  /** Bound exception: a name in Python, any pattern in JavaScript. */
  target: Target | null;
  /** `except*`. */
  isGroup: boolean;
  body: Stmt[];
  span: Span;
}

/**
 * `import a.b as c`: imported null (the module itself), local c. `import a.b`: imported null, local
 * a, `topLevel` true (binds the package). `from a import b as c`: imported `b`. `from a import *`
 * and `import * as ns`: imported `*` (local null for Python). Default import: imported `default`.
 */
export interface ImportName {
  imported: string | null;
  local: Target | null;
  topLevel: boolean;
  span: Span;
}

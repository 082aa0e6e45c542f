/**
 * Core program to machine code, one function at a time. Statements are in compile-statements.ts,
 * expressions in compile-expressions.ts; here is what a function as a whole needs: places for its
 * variables, cells for the captured ones, and the parameters' shape.
 */
import type { FunctionDef, Module, Variable } from '../program/program.ts';
import type { Code, ParameterShape } from './code.ts';
import { Op } from './code.ts';
import type { Builder, ModuleContext } from './builder.ts';
import { emit, temporary } from './builder.ts';
import { compileStatements } from './compile-statements.ts';
import { assignTo, compileInto, loadVariable } from './compile-expressions.ts';

/** Compiles a module's top-level code; inner functions are compiled with it, reachable through it. */
export function compileModule(module: Module, options: { internal: boolean; atomic: boolean }): { code: Code; all: Code[] } {
  const owners = new Map<Variable, FunctionDef>();
  for (const fn of module.functions) for (const v of fn.variables) owners.set(v, fn);
  const context: ModuleContext = { module, owners, codes: new Map(), ...options };
  const code = compileFunction(context, module.body, null);
  return { code, all: [...context.codes.values()] };
}

export type CollectionForm = 'list' | 'set' | 'dict' | 'generator';

export function compileFunction(context: ModuleContext, fn: FunctionDef, parent: Builder | null, form: CollectionForm | null = null): Code {
  const code: Code = {
    name: fn.name,
    qualifiedName: fn.qualifiedName,
    language: context.module.language,
    module: context.module,
    fn,
    instructions: [],
    protectedRanges: [],
    handlers: [],
    registerCount: 0,
    parameters: [],
    freeSources: [],
    isAsync: fn.isAsync,
    isGenerator: fn.isGenerator,
    internal: context.internal,
    atomic: context.atomic,
    isArrow: fn.kind === 'arrow',
    loops: [],
    locals: [],
    entered: false,
  };
  context.codes.set(fn, code);
  const b: Builder = {
    context,
    fn,
    code,
    parent,
    places: new Map(),
    scopes: [],
    statement: fn.nameSpan,
    nextRegister: 0,
    free: new Map(),
    collection: null,
    loopDepth: 0,
    chain: null,
  };
  placeParameters(b);
  for (const v of fn.variables) if (!b.places.has(v)) b.places.set(v, temporary(b));
  for (const [v, register] of b.places) {
    code.locals.push({ name: v.name, register, isCell: v.captured });
    const isParameter = code.parameters.some((p) => p.register === register);
    if (v.captured) emit(b, Op.NewCell, v.span, register, isParameter ? register : -1, -1, -1, v);
    else if (!isParameter && (v.hasDeadZone || code.language === 'python')) emit(b, Op.Const, v.span, register, -1, -1, -1, UNBOUND_CONST);
  }
  parameterPatterns(b);
  if (form !== null && form !== 'generator') {
    const register = temporary(b);
    emit(b, form === 'list' ? Op.MakeList : form === 'set' ? Op.MakeSet : Op.MakeDict, fn.span, register, 0, 0);
    b.collection = { register, form };
  }
  compileStatements(b, fn.body);
  const end = { start: fn.span.end, end: fn.span.end };
  b.statement = end;
  let result = b.collection?.register;
  if (result === undefined) {
    result = temporary(b);
    emit(b, Op.Const, end, result, -1, -1, -1, code.language === 'python' ? null : undefined);
  }
  emit(b, Op.Return, end, -1, result);
  return code;
}

/** Marks a Const instruction that empties a variable. Compared by identity by the machine. */
export const UNBOUND_CONST = Symbol.for('race-replay.unbound');

function placeParameters(b: Builder): void {
  for (const p of b.fn.params) {
    const register = temporary(b);
    const shape: ParameterShape = { name: p.name, kind: p.kind, register, hasDefault: p.default !== null };
    b.code.parameters.push(shape);
    if (p.target.kind === 'name' && p.target.ref.kind === 'variable' && !b.places.has(p.target.ref.variable)) {
      b.places.set(p.target.ref.variable, register);
    }
  }
}

/**
 * JavaScript evaluates defaults and takes patterns apart inside the function; Python evaluates
 * defaults where the function is defined (the closure brings them).
 */
function parameterPatterns(b: Builder): void {
  if (b.code.language === 'python') return;
  const uses = b.fn.usesArguments;
  if (uses) {
    const t = temporary(b);
    emit(b, Op.Intrinsic, b.fn.nameSpan, t, -1, 0, -1, 'js.arguments');
    assignTo(b, { kind: 'name', span: b.fn.nameSpan, ref: { kind: 'variable', variable: uses } }, t, true);
  }
  b.fn.params.forEach((p, i) => {
    const register = b.code.parameters[i]?.register ?? 0;
    b.statement = p.span;
    const simple = p.target.kind === 'name' && p.target.ref.kind === 'variable' && b.places.get(p.target.ref.variable) === register;
    let value = register;
    if (p.default) {
      if (simple && p.target.kind === 'name') value = loadVariable(b, p.target.ref, p.span, false);
      const skip = emit(b, Op.JumpIfUndefined, p.span, -1, value);
      const over = emit(b, Op.Jump, p.span);
      skip.x = b.code.instructions.length;
      const t = temporary(b);
      compileInto(b, p.default, t);
      if (simple) assignTo(b, p.target, t, true);
      else emit(b, Op.Move, p.span, register, t);
      over.x = b.code.instructions.length;
    }
    if (!simple) assignTo(b, p.target, register, true);
  });
}

/**
 * The way to a place in a function: from which of its instructions the place can still be come to. Backward
 * reachability over the function's control flow; that an instruction may raise is an edge to what handles it.
 */
import { Op, type Code, type Instruction } from '../machine/code.ts';

/** By instruction, 1 when a goal is at it or may come after it in the same call. */
export function wayTo(code: Code, isGoal: (i: Instruction) => boolean): Uint8Array {
  const { instructions } = code;
  const open = new Uint8Array(instructions.length);
  const exits = exitsOf(code, isGoal);
  const leadsOn = (at: number): boolean => {
    const i = instructions[at] as Instruction;
    if (isGoal(i)) return true;
    const exit = exits.get(at);
    if (exit) return exit.some((to) => open[to] === 1);
    return successors(i, at).some((to) => open[to] === 1) || (mayRaise(i.op) && handlersOf(code, at).some((to) => open[to] === 1));
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = instructions.length - 1; at >= 0; at--) {
      if (open[at] === 1 || !leadsOn(at)) continue;
      open[at] = 1;
      changed = true;
    }
  }
  return open;
}

/** Where control may go on without an exception. */
export function successors({ op, x }: Instruction, at: number): number[] {
  switch (op) {
    case Op.Jump:
      return [x as number];
    case Op.JumpIf:
    case Op.JumpIfNot:
    case Op.JumpIfNullish:
    case Op.JumpIfUndefined:
    case Op.JumpIfUnbound:
    case Op.IterNext:
      return [x as number, at + 1];
    case Op.JumpTable:
      return [...(x as (number | undefined)[]).filter((to) => to !== undefined), at + 1];
    case Op.Return:
    case Op.Raise:
    case Op.Reraise:
      return [];
    default:
      return [at + 1];
  }
}

function mayRaise(op: Op): boolean {
  return op !== Op.Const && op !== Op.Move && op !== Op.Jump && op !== Op.Return && op !== Op.Nop;
}

/** Where an exception may go on: all ranges around, as a handler may not match. */
function handlersOf(code: Code, at: number): number[] {
  return code.protectedRanges.filter((r) => at >= r.start && at < r.end).map((r) => r.target);
}

/**
 * Ways out that pass a finalizer: by the instruction that sets the selector, the finalizer's entry is not enough to
 * go by, as it goes on wherever anybody left for. Such a way leads to the place its table has for it; not so where
 * the finalizer has goals of its own.
 */
function exitsOf(code: Code, isGoal: (i: Instruction) => boolean): Map<number, number[]> {
  const exits = new Map<number, number[]>();
  code.instructions.forEach((table, end) => {
    if (table.op !== Op.JumpTable) return;
    const range = code.handlers.find((h) => h.selector === table.a && h.end === end);
    if (!range || code.instructions.slice(range.start, range.end).some(isGoal)) return;
    code.instructions.forEach((i, at) => {
      const selector = i.op === Op.Const && i.d === table.a ? i.x : null;
      if (typeof selector !== 'number' || selector < 2) return;
      const onward = (table.x as (number | undefined)[])[selector];
      if (onward !== undefined) exits.set(at, [onward]);
    });
  });
  return exits;
}

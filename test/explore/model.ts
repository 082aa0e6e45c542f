/**
 * A small transition system for the explorer's own tests: processes are lists of tiny instructions
 * over shared integer cells and private registers. Every visible instruction is one step; the local
 * ones after it run together with it, so that a process always rests at a visible instruction or has
 * ended. The whole state is one integer array with a trail, so that undoing a step restores it.
 */

import {
  type Access,
  AccessKind,
  type BlockedOperation,
  type ProcessId,
  type System,
  type SystemEvent,
} from '../../src/core/explore/system.ts';

/** A shared cell: a name, or a name with a constant or register (by name) as index. */
export type Cell = string | readonly [array: string, index: number | string];
/** A register by name, or a constant. */
export type Operand = string | number;

export type Instruction =
  // Visible.
  | { op: 'load'; into: string; cell: Cell }
  | { op: 'store'; cell: Cell; value: Operand }
  /** Reads one cell and writes what it read to another, in one step. */
  | { op: 'copy'; from: Cell; to: Cell }
  /** Reads `pointer` and then the cell of `array` it names, in one step. */
  | { op: 'follow'; into: string; pointer: Cell; array: string; size: number }
  /** Reads `check` and, if it is 0, writes `value` to `cell`, in one step. */
  | { op: 'actIfZero'; check: Cell; cell: Cell; value: Operand }
  /** Writes `value` if the cell is 0; `into` is 1 if it did. Always counts as a write. */
  | { op: 'claim'; into: string; cell: Cell; value: Operand }
  | { op: 'lock'; cell: Cell }
  | { op: 'unlock'; cell: Cell }
  /** Takes a lock and reads a cell, in one step. */
  | { op: 'lockAndLoad'; lock: Cell; into: string; cell: Cell }
  | { op: 'down'; cell: Cell }
  | { op: 'up'; cell: Cell }
  | { op: 'spawn'; process: string }
  | { op: 'join'; process: string }
  | { op: 'choose'; into: string; alternatives: number }
  | { op: 'pause' }
  // Local.
  | { op: 'set'; into: string; value: Operand }
  | { op: 'add' | 'mul' | 'mod'; into: string; left: Operand; right: Operand }
  | { op: 'label'; name: string }
  | { op: 'jump'; to: string }
  | { op: 'jumpIf'; left: Operand; is: '==' | '!=' | '<'; right: Operand; to: string }
  | { op: 'halt' };

export interface Program {
  /** Shared cells with their first values; an array for indexed ones. */
  shared: Record<string, number | readonly number[]>;
  /** In order of their numbers. Those in `spawned` begin when another process spawns them. */
  processes: Record<string, readonly Instruction[]>;
  spawned?: readonly string[];
}

const enum Op {
  Load,
  Store,
  Copy,
  Follow,
  ActIfZero,
  Claim,
  Lock,
  Unlock,
  LockAndLoad,
  Down,
  Up,
  Spawn,
  Join,
  Choose,
  Pause,
  Set,
  Add,
  Mul,
  Mod,
  Jump,
  JumpEqual,
  JumpDifferent,
  JumpLess,
  Halt,
}

const WIDTH = 8;
const ABSENT = 0;
const ALIVE = 1;
const ENDED = 2;
const NO_PROCESSES: readonly ProcessId[] = [];
/** Constants live in registers of their own, so operands are always registers. */
interface Code {
  code: Int32Array;
  registers: number[];
}

/** The system of a program. Location numbers are the cells' positions, in order of declaration. */
export class Model implements System {
  readonly fixedAccesses: boolean;
  readonly cellNames: string[] = [];
  readonly processNames: string[];
  /** Cells, then per process: program counter, status, registers. */
  readonly state: Int32Array;
  readonly cellCount: number;
  private readonly initial: Int32Array;
  private readonly code: Int32Array[] = [];
  private readonly base: Int32Array;
  private readonly processes: number;
  private trail = new Int32Array(1024);
  private trailLength = 0;
  private marks = new Int32Array(256);
  private steps = 0;
  private readonly enabledNow: ProcessId[] = [];
  private readonly one: Access = { location: 0, kind: AccessKind.Read, needs: 0, held: 0 };
  private readonly two: Access = { location: 0, kind: AccessKind.Read, needs: 0, held: 0 };
  private readonly none: Access[] = [];
  private readonly single: Access[] = [this.one];
  private readonly pair: Access[] = [this.one, this.two];
  private readonly event: {
    process: number;
    alternative: number;
    accesses: readonly Access[];
    spawned: readonly ProcessId[];
    joined: readonly ProcessId[];
  } = {
    process: 0,
    alternative: 0,
    accesses: this.none,
    spawned: NO_PROCESSES,
    joined: NO_PROCESSES,
  };
  private readonly alone: (readonly ProcessId[])[] = [];

  /** `fixedAccesses: false` withholds from the explorer that the accesses are fixed, if they are. */
  constructor(program: Program, options: { fixedAccesses?: boolean } = {}) {
    const cells = new Map<string, number>();
    const initial: number[] = [];
    for (const [name, value] of Object.entries(program.shared)) {
      cells.set(name, initial.length);
      const values = typeof value === 'number' ? [value] : value;
      values.forEach((v, i) => {
        initial.push(v);
        this.cellNames.push(typeof value === 'number' ? name : `${name}[${i}]`);
      });
    }
    this.cellCount = initial.length;
    this.fixedAccesses =
      options.fixedAccesses !== false &&
      !Object.values(program.processes).some((instructions) => instructions.some(({ op }) => op === 'follow' || op === 'actIfZero'));
    this.processNames = Object.keys(program.processes);
    this.processes = this.processNames.length;
    this.base = new Int32Array(this.processes);
    for (const [index, name] of this.processNames.entries()) {
      this.alone.push([index]);
      const compiled = compile(program.processes[name] ?? [], cells, this.processNames);
      this.code.push(compiled.code);
      this.base[index] = initial.length;
      const spawned = program.spawned?.includes(name) === true;
      initial.push(0, spawned ? ABSENT : ALIVE, ...compiled.registers);
    }
    this.state = Int32Array.from(initial);
    for (let process = 0; process < this.processes; process++) {
      this.settle(process);
    }
    this.trailLength = 0;
    this.initial = this.state.slice();
  }

  processCount(): number {
    return this.processes;
  }

  depth(): number {
    return this.steps;
  }

  /** The shared cells, as text: what executions are compared by. */
  outcome(): string {
    return this.state.subarray(0, this.cellCount).join(',');
  }

  enabled(): readonly ProcessId[] {
    const enabled = this.enabledNow;
    let count = 0;
    for (let process = 0; process < this.processes; process++) {
      if (this.isEnabled(process)) {
        enabled[count++] = process;
      }
    }
    if (enabled.length !== count) {
      enabled.length = count;
    }
    return enabled;
  }

  isEnabled(process: ProcessId): boolean {
    const { state } = this;
    const base = this.base[process] as number;
    if (state[base + 1] !== ALIVE) {
      return false;
    }
    const code = this.code[process] as Int32Array;
    const pc = state[base] as number;
    switch (code[pc] as Op) {
      case Op.Lock:
      case Op.LockAndLoad:
        return state[this.address(code, pc + 1, base)] === 0;
      case Op.Down:
        return (state[this.address(code, pc + 1, base)] as number) > 0;
      case Op.Join:
        return state[(this.base[code[pc + 1] as number] as number) + 1] === ENDED;
      default:
        return true;
    }
  }

  alternatives(process: ProcessId): number {
    const code = this.code[process] as Int32Array;
    const pc = this.state[this.base[process] as number] as number;
    return code[pc] === Op.Choose ? (code[pc + 2] as number) : 1;
  }

  blocked(): readonly BlockedOperation[] {
    const blocked: BlockedOperation[] = [];
    for (let process = 0; process < this.processes; process++) {
      const base = this.base[process] as number;
      if (this.state[base + 1] === ALIVE && !this.isEnabled(process)) {
        const code = this.code[process] as Int32Array;
        const pc = this.state[base] as number;
        const op = code[pc] as Op;
        const accesses: Access[] = [];
        if (op !== Op.Join) {
          const location = this.address(code, pc + 1, base);
          accesses.push({ location, kind: AccessKind.Sync, needs: 1, held: this.held(op, location) });
        }
        if (op === Op.LockAndLoad) {
          const location = this.address(code, pc + 3, base);
          accesses.push({ location, kind: AccessKind.Read, needs: 0, held: 0 });
        }
        blocked.push({ process, accesses });
      }
    }
    return blocked;
  }

  step(process: ProcessId, alternative: number): SystemEvent {
    const { state, event, one, two } = this;
    const base = this.base[process] as number;
    const code = this.code[process] as Int32Array;
    const pc = state[base] as number;
    const op = code[pc] as Op;
    if (this.steps === this.marks.length) {
      this.marks = enlarge(this.marks);
    }
    this.marks[this.steps++] = this.trailLength;
    event.process = process;
    event.alternative = alternative;
    event.accesses = this.single;
    event.spawned = NO_PROCESSES;
    event.joined = NO_PROCESSES;
    one.needs = 0;
    one.held = 0;
    two.needs = 0;
    two.held = 0;
    switch (op) {
      case Op.Load: {
        const cell = this.access(one, AccessKind.Read, code, pc + 1, base);
        this.write(base + (code[pc + 3] as number), state[cell] as number);
        break;
      }
      case Op.Store: {
        const cell = this.access(one, AccessKind.Write, code, pc + 1, base);
        this.write(cell, state[base + (code[pc + 3] as number)] as number);
        break;
      }
      case Op.Copy: {
        const from = this.access(one, AccessKind.Read, code, pc + 1, base);
        const to = this.access(two, AccessKind.Write, code, pc + 3, base);
        event.accesses = this.pair;
        this.write(to, state[from] as number);
        break;
      }
      case Op.Follow: {
        const pointer = this.access(one, AccessKind.Read, code, pc + 1, base);
        const size = code[pc + 5] as number;
        const offset = ((((state[pointer] as number) % size) + size) % size) | 0;
        two.kind = AccessKind.Read;
        two.location = (code[pc + 4] as number) + offset;
        event.accesses = this.pair;
        this.write(base + (code[pc + 3] as number), state[two.location] as number);
        break;
      }
      case Op.ActIfZero: {
        const check = this.access(one, AccessKind.Read, code, pc + 1, base);
        if (state[check] === 0) {
          const cell = this.access(two, AccessKind.Write, code, pc + 3, base);
          event.accesses = this.pair;
          this.write(cell, state[base + (code[pc + 5] as number)] as number);
        }
        break;
      }
      case Op.Claim: {
        const cell = this.access(one, AccessKind.Write, code, pc + 1, base);
        const free = state[cell] === 0;
        if (free) {
          this.write(cell, state[base + (code[pc + 4] as number)] as number);
        }
        this.write(base + (code[pc + 3] as number), free ? 1 : 0);
        break;
      }
      case Op.Lock: {
        const cell = this.access(one, AccessKind.Sync, code, pc + 1, base);
        one.needs = 1;
        one.held = 1;
        this.write(cell, process + 1);
        break;
      }
      case Op.LockAndLoad: {
        const lock = this.access(one, AccessKind.Sync, code, pc + 1, base);
        const cell = this.access(two, AccessKind.Read, code, pc + 3, base);
        one.needs = one.held = 1;
        event.accesses = this.pair;
        this.write(base + (code[pc + 5] as number), state[cell] as number);
        this.write(lock, process + 1);
        break;
      }
      case Op.Unlock: {
        const cell = this.access(one, AccessKind.Sync, code, pc + 1, base);
        one.held = state[cell] === 0 ? 1 : 0;
        this.write(cell, 0);
        break;
      }
      case Op.Down:
      case Op.Up: {
        const cell = this.access(one, AccessKind.Sync, code, pc + 1, base);
        one.needs = op === Op.Down ? 1 : 0;
        one.held = (state[cell] as number) > 0 ? 1 : 0;
        this.write(cell, (state[cell] as number) + (op === Op.Down ? -1 : 1));
        break;
      }
      case Op.Spawn: {
        const child = code[pc + 1] as number;
        event.accesses = this.none;
        const status = (this.base[child] as number) + 1;
        // Spawning twice does nothing the second time; programs of one spawner each avoid it.
        if (state[status] === ABSENT) {
          event.spawned = this.alone[child] as readonly ProcessId[];
          this.write(status, ALIVE);
          this.settle(child);
        }
        break;
      }
      case Op.Join:
        event.accesses = this.none;
        event.joined = this.alone[code[pc + 1] as number] as readonly ProcessId[];
        break;
      case Op.Choose:
        event.accesses = this.none;
        this.write(base + (code[pc + 1] as number), alternative);
        break;
      default:
        event.accesses = this.none;
        break;
    }
    this.write(base, pc + WIDTH);
    this.settle(process);
    return event;
  }

  undo(): void {
    const { state, trail } = this;
    const mark = this.marks[--this.steps] as number;
    let length = this.trailLength;
    while (length > mark) {
      length -= 2;
      state[trail[length] as number] = trail[length + 1] as number;
    }
    this.trailLength = length;
  }

  /** Back to the first state, without undoing. */
  reset(): void {
    this.state.set(this.initial);
    this.trailLength = 0;
    this.steps = 0;
  }

  private held(op: Op, location: number): number {
    const value = this.state[location] as number;
    return (op === Op.Down ? value > 0 : value === 0) ? 1 : 0;
  }

  /** Runs local instructions up to the next visible one, or to the end. */
  private settle(process: ProcessId): void {
    const { state } = this;
    const base = this.base[process] as number;
    const code = this.code[process] as Int32Array;
    if (state[base + 1] !== ALIVE) {
      return;
    }
    let pc = state[base] as number;
    const start = pc;
    for (;;) {
      const a = code[pc + 1] as number;
      const left = state[base + (code[pc + 2] as number)] as number;
      const right = state[base + (code[pc + 3] as number)] as number;
      switch (code[pc] as Op) {
        case Op.Set:
          this.write(base + a, left);
          break;
        case Op.Add:
          this.write(base + a, (left + right) | 0);
          break;
        case Op.Mul:
          this.write(base + a, Math.imul(left, right));
          break;
        case Op.Mod:
          this.write(base + a, right === 0 ? 0 : left % right);
          break;
        case Op.Jump:
          pc = a - WIDTH;
          break;
        case Op.JumpEqual:
          pc = left === right ? a - WIDTH : pc;
          break;
        case Op.JumpDifferent:
          pc = left !== right ? a - WIDTH : pc;
          break;
        case Op.JumpLess:
          pc = left < right ? a - WIDTH : pc;
          break;
        case Op.Halt:
          this.write(base + 1, ENDED);
          if (pc !== start) {
            this.write(base, pc);
          }
          return;
        default:
          if (pc !== start) {
            this.write(base, pc);
          }
          return;
      }
      pc += WIDTH;
    }
  }

  private write(index: number, value: number): void {
    if (this.trailLength + 2 > this.trail.length) {
      this.trail = enlarge(this.trail);
    }
    this.trail[this.trailLength] = index;
    this.trail[this.trailLength + 1] = this.state[index] as number;
    this.trailLength += 2;
    this.state[index] = value;
  }

  private address(code: Int32Array, at: number, base: number): number {
    return (code[at] as number) + (this.state[base + (code[at + 1] as number)] as number);
  }

  private access(into: Access, kind: AccessKind, code: Int32Array, at: number, base: number): number {
    into.kind = kind;
    into.location = this.address(code, at, base);
    return into.location;
  }
}

function enlarge(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Assembles a process: fixed-width instructions whose operands are registers (from 2 on). */
function compile(instructions: readonly Instruction[], cells: ReadonlyMap<string, number>, processNames: readonly string[]): Code {
  const registers = new Map<string, number>();
  const values: number[] = [];
  const operand = (value: Operand): number => {
    const key = typeof value === 'number' ? `#${value}` : value;
    let register = registers.get(key);
    if (register === undefined) {
      register = values.length + 2;
      registers.set(key, register);
      values.push(typeof value === 'number' ? value : 0);
    }
    return register;
  };
  const cell = (where: Cell): [number, number] => {
    const [name, index] = typeof where === 'string' ? [where, 0] : where;
    const at = cells.get(name);
    if (at === undefined) {
      throw new Error(`no shared cell ${name}`);
    }
    return [at, operand(index)];
  };
  const named = (name: string): number => {
    const index = processNames.indexOf(name);
    if (index < 0) {
      throw new Error(`no process ${name}`);
    }
    return index;
  };
  const labels = new Map<string, number>();
  let position = 0;
  for (const instruction of instructions) {
    if (instruction.op === 'label') {
      labels.set(instruction.name, position);
    } else {
      position += WIDTH;
    }
  }
  const target = (name: string): number => {
    const at = labels.get(name);
    if (at === undefined) {
      throw new Error(`no label ${name}`);
    }
    return at;
  };
  const rows: number[][] = [];
  for (const instruction of instructions) {
    if (instruction.op !== 'label') {
      rows.push(encode(instruction, operand, cell, named, target));
    }
  }
  rows.push([Op.Halt]);
  const code = new Int32Array(rows.length * WIDTH);
  rows.forEach((row, i) => {
    code.set(row, i * WIDTH);
  });
  return { code, registers: values };
}

function encode(
  i: Exclude<Instruction, { op: 'label' }>,
  operand: (value: Operand) => number,
  cell: (where: Cell) => [number, number],
  named: (name: string) => number,
  target: (label: string) => number,
): number[] {
  switch (i.op) {
    case 'load':
      return [Op.Load, ...cell(i.cell), operand(i.into)];
    case 'store':
      return [Op.Store, ...cell(i.cell), operand(i.value)];
    case 'copy':
      return [Op.Copy, ...cell(i.from), ...cell(i.to)];
    case 'follow':
      return [Op.Follow, ...cell(i.pointer), operand(i.into), cell(i.array)[0], i.size];
    case 'actIfZero':
      return [Op.ActIfZero, ...cell(i.check), ...cell(i.cell), operand(i.value)];
    case 'claim':
      return [Op.Claim, ...cell(i.cell), operand(i.into), operand(i.value)];
    case 'lock':
      return [Op.Lock, ...cell(i.cell)];
    case 'lockAndLoad':
      return [Op.LockAndLoad, ...cell(i.lock), ...cell(i.cell), operand(i.into)];
    case 'unlock':
      return [Op.Unlock, ...cell(i.cell)];
    case 'down':
      return [Op.Down, ...cell(i.cell)];
    case 'up':
      return [Op.Up, ...cell(i.cell)];
    case 'spawn':
      return [Op.Spawn, named(i.process)];
    case 'join':
      return [Op.Join, named(i.process)];
    case 'choose':
      return [Op.Choose, operand(i.into), i.alternatives];
    case 'pause':
      return [Op.Pause];
    case 'set':
      return [Op.Set, operand(i.into), operand(i.value)];
    case 'add':
      return [Op.Add, operand(i.into), operand(i.left), operand(i.right)];
    case 'mul':
      return [Op.Mul, operand(i.into), operand(i.left), operand(i.right)];
    case 'mod':
      return [Op.Mod, operand(i.into), operand(i.left), operand(i.right)];
    case 'jump':
      return [Op.Jump, target(i.to)];
    case 'jumpIf': {
      const op = { '==': Op.JumpEqual, '!=': Op.JumpDifferent, '<': Op.JumpLess }[i.is];
      return [op, target(i.to), operand(i.left), operand(i.right)];
    }
    case 'halt':
      return [Op.Halt];
  }
}

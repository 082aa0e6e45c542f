/**
 * Prints a core program tree as compact s-expressions, for golden tests and for reading what a front
 * end made of a text. Stable: it depends on nothing but the tree. Functions and classes are printed
 * one after the other in order of their ids and referred to by `#id` where they are defined.
 *
 * Names: `x` is a variable of the function being printed, `f/x` a variable of the function `f`
 * around it (`f#3/x` when another function has the same qualified name), `x~2` the second variable
 * of that name in one function, `$x` a module-level name, `.x` a name of a class body.
 */
import type {
  Arg,
  ClassDef,
  ConstValue,
  Expr,
  FunctionDef,
  Handler,
  Item,
  Module,
  Param,
  Property,
  PropertyKey,
  Ref,
  Stmt,
  Target,
  TargetItem,
  Variable,
} from './program.ts';

/** The whole module: header, globals, functions with their bodies, classes. Ends with a line break. */
export function printModule(module: Module): string {
  const labels = variableLabels(module);
  const lines: string[] = [`(module ${module.language}`];
  for (const g of module.globals) lines.push(`  (global ${g.name} ${g.kind}${g.constant ? ' constant' : ''})`);
  for (const e of module.exports) lines.push(`  (export ${e.exported} ${e.local})`);
  for (const d of module.directives) lines.push(`  (directive ${d.line} [${d.rules.join(' ')}] ${quote(d.reason)})`);
  for (const fn of module.functions) lines.push(...functionLines(fn, labels, '  '));
  for (const cls of module.classes) lines.push(...classLines(cls, labels, '  '));
  return `${lines.join('\n')})\n`;
}

/** One function, header and body, as it appears in `printModule` but not indented. */
export function printFunction(fn: FunctionDef, module: Module): string {
  return `${functionLines(fn, variableLabels(module), '').join('\n')}\n`;
}

/** One expression on one line. Variables are labelled as seen from inside `fn`. */
export function printExpr(expr: Expr, fn: FunctionDef, module: Module): string {
  return printer(fn, variableLabels(module)).expr(expr);
}

interface Label {
  owner: FunctionDef;
  ownerLabel: string;
  name: string;
}

function variableLabels(module: Module): Map<Variable, Label> {
  const labels = new Map<Variable, Label>();
  const uses = new Map<string, number>();
  for (const fn of module.functions) uses.set(fn.qualifiedName, (uses.get(fn.qualifiedName) ?? 0) + 1);
  for (const fn of module.functions) {
    const ownerLabel = (uses.get(fn.qualifiedName) ?? 0) > 1 ? `${fn.qualifiedName}#${fn.id}` : fn.qualifiedName;
    const seen = new Map<string, number>();
    for (const variable of fn.variables) {
      const n = (seen.get(variable.name) ?? 0) + 1;
      seen.set(variable.name, n);
      labels.set(variable, { owner: fn, ownerLabel, name: n === 1 ? variable.name : `${variable.name}~${n}` });
    }
  }
  return labels;
}

function functionLines(fn: FunctionDef, labels: Map<Variable, Label>, indent: string): string[] {
  const p = printer(fn, labels);
  const flags = [
    fn.isAsync ? 'async' : '',
    fn.isGenerator ? 'generator' : '',
    fn.isStatic ? 'static' : '',
    fn.exported ? 'exported' : '',
    fn.owner === null ? '' : `of ${fn.owner.name}`,
  ].filter((flag) => flag !== '');
  const params = fn.params.map(p.param).join(' ');
  const lines = [`${indent}(${fn.kind} #${fn.id} ${fn.qualifiedName}${flags.length > 0 ? ` ${flags.join(' ')}` : ''} (${params})`];
  const variables = fn.variables.map((v) => p.declared(v));
  if (variables.length > 0) lines.push(`${indent}  (vars ${variables.join(' ')})`);
  for (const d of fn.decorators) lines.push(`${indent}  (decorator ${p.expr(d)})`);
  if (fn.returnAnnotation !== undefined) lines.push(`${indent}  (returns ${quote(fn.returnAnnotation)})`);
  for (const s of fn.body) lines.push(...p.stmt(s, `${indent}  `));
  return close(lines);
}

function classLines(cls: ClassDef, labels: Map<Variable, Label>, indent: string): string[] {
  const scope = cls.body?.parent ?? null;
  const p = printer(scope, labels);
  const bases = [...cls.bases.map(p.expr), ...cls.keywords.map((k) => `${k.name}=${p.expr(k.value)}`)];
  const lines = [
    `${indent}(class #${cls.id} ${cls.qualifiedName}${cls.exported ? ' exported' : ''} (${bases.join(' ')})${cls.body === null ? '' : ` body #${cls.body.id}`}`,
  ];
  for (const d of cls.decorators) lines.push(`${indent}  (decorator ${p.expr(d)})`);
  for (const m of cls.members) {
    const name = m.computed === null ? (m.name ?? '') : `[${p.expr(m.computed)}]`;
    const decorators = m.decorators.map((d) => ` (decorator ${p.expr(d)})`).join('');
    lines.push(`${indent}  (${m.isStatic ? 'static ' : ''}${m.kind} ${name}${m.fn === null ? '' : ` #${m.fn.id}`}${decorators})`);
  }
  return close(lines);
}

function close(lines: string[]): string[] {
  const last = lines.length - 1;
  lines[last] = `${lines[last] ?? ''})`;
  return lines;
}

interface Printer {
  expr(e: Expr): string;
  stmt(s: Stmt, indent: string): string[];
  param(p: Param): string;
  declared(v: Variable): string;
}

function printer(fn: FunctionDef | null, labels: Map<Variable, Label>): Printer {
  const variable = (v: Variable): string => {
    const label = labels.get(v);
    if (label === undefined) return `?${v.name}`;
    return label.owner === fn ? label.name : `${label.ownerLabel}/${label.name}`;
  };

  const declared = (v: Variable): string => {
    const flags = [v.hasDeadZone ? 'tdz' : '', v.isConst ? 'const' : '', v.captured ? 'captured' : '', v.reassigned ? 'reassigned' : ''];
    const text = flags.filter((flag) => flag !== '').join(',');
    return text === '' ? variable(v) : `${variable(v)}:${text}`;
  };

  const ref = (r: Ref): string => {
    switch (r.kind) {
      case 'variable':
        return variable(r.variable);
      case 'global':
        return `$${r.name}`;
      case 'classLocal':
        return `.${r.name}`;
    }
  };

  const list = (parts: (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(' ');
  const key = (k: PropertyKey): string => ('name' in k ? k.name : `[${expr(k.computed)}]`);
  const item = (i: Item | null): string => (i === null ? 'hole' : i.kind === 'spread' ? `...${expr(i.value)}` : expr(i.value));

  const arg = (a: Arg): string => {
    switch (a.kind) {
      case 'positional':
        return expr(a.value);
      case 'spread':
        return `...${expr(a.value)}`;
      case 'keyword':
        return `${a.name}=${expr(a.value)}`;
      case 'keywordSpread':
        return `**${expr(a.value)}`;
    }
  };

  const property = (p: Property): string => {
    if (p.kind === 'spread') return `...${expr(p.value)}`;
    return p.kind === 'value' ? `${key(p.key)}: ${expr(p.value)}` : `(${p.kind} ${key(p.key)} #${p.fn.id})`;
  };

  const targetItem = (i: TargetItem | null): string => {
    if (i === null) return 'hole';
    return `${i.rest ? '...' : ''}${target(i.target)}${i.default === null ? '' : ` = ${expr(i.default)}`}`;
  };

  const target = (t: Target): string => {
    switch (t.kind) {
      case 'name':
        return ref(t.ref);
      case 'attr':
        return `(attr ${expr(t.object)} ${t.name})`;
      case 'index':
        return `(index ${expr(t.object)} ${expr(t.index)})`;
      case 'sequence':
        return `[${t.items.map(targetItem).join(' ')}]`;
      case 'objectPattern': {
        const parts = t.properties.map((p) => `${key(p.key)}: ${target(p.target)}${p.default === null ? '' : ` = ${expr(p.default)}`}`);
        if (t.rest !== null) parts.push(`...${target(t.rest)}`);
        return `{${parts.join(', ')}}`;
      }
    }
  };

  const expr = (e: Expr): string => {
    switch (e.kind) {
      case 'const':
        return printConst(e.value);
      case 'name':
        return ref(e.ref);
      case 'attr':
        return `(attr${e.optional ? '?' : ''} ${expr(e.object)} ${e.name})`;
      case 'index':
        return `(index${e.optional ? '?' : ''} ${expr(e.object)} ${expr(e.index)})`;
      case 'slice':
        return `(slice ${[e.lower, e.upper, e.step].map((x) => (x === null ? '_' : expr(x))).join(' ')})`;
      case 'call':
        return `(${list([`call${e.optional ? '?' : ''}`, expr(e.callee), ...e.args.map(arg)])})`;
      case 'new':
        return `(${list(['new', expr(e.callee), ...e.args.map(arg)])})`;
      case 'optionalChain':
        return `(chain ${expr(e.value)})`;
      case 'binary':
        return `(${e.op} ${expr(e.left)} ${expr(e.right)})`;
      case 'unary':
        return `(${e.op} ${expr(e.operand)})`;
      case 'compare':
        return `(compare ${expr(e.first)}${e.rest.map((r) => ` ${r.op} ${expr(r.right)}`).join('')})`;
      case 'logical':
        return `(${e.op} ${expr(e.left)} ${expr(e.right)})`;
      case 'conditional':
        return `(? ${expr(e.test)} ${expr(e.then)} ${expr(e.else)})`;
      case 'assign':
        return `(:= ${target(e.target)} ${expr(e.value)})`;
      case 'logicalAssign':
        return `(${e.op}= ${target(e.target)} ${expr(e.value)})`;
      case 'update':
        return `(${e.returnsOld ? 'old' : ''}${e.op}= ${target(e.target)} ${expr(e.value)})`;
      case 'sequence':
        return `(${list(['seq', ...e.items.map(expr)])})`;
      case 'function':
        return `(function #${e.fn.id} ${e.fn.name})`;
      case 'class':
        return `(class #${e.cls.id} ${e.cls.name})`;
      case 'await':
        return `(await ${expr(e.value)})`;
      case 'yield':
        return `(${list([e.delegate ? 'yield-from' : 'yield', e.value === null ? null : expr(e.value)])})`;
      case 'list':
      case 'tuple':
      case 'set':
        return `(${list([e.kind, ...e.items.map(item)])})`;
      case 'dict':
        return `(${list(['dict', ...e.entries.map((x) => (x.key === null ? `**${expr(x.value)}` : `${expr(x.key)}: ${expr(x.value)}`))])})`;
      case 'object':
        return `(${list(['object', ...e.properties.map(property)])})`;
      case 'template': {
        const parts = e.parts.map((part) => {
          if (typeof part === 'string') return quote(part);
          const conversion = part.conversion === '' ? '' : `!${part.conversion}`;
          return `{${expr(part.value)}${conversion}${part.format === null ? '' : ` :${expr(part.format)}`}}`;
        });
        return `(${list(['template', ...parts])})`;
      }
      case 'taggedTemplate':
        return `(${list(['tagged', expr(e.tag), ...e.raw.map(quote), ...e.values.map(expr)])})`;
      case 'regexp':
        return `/${e.source}/${e.flags}`;
      case 'this':
      case 'super':
      case 'newTarget':
        return `(${e.kind})`;
      case 'importCall':
        return `(import ${expr(e.specifier)})`;
      case 'delete':
        return `(delete ${target(e.target)})`;
      case 'comprehension':
        return `(comprehension ${e.form} #${e.fn.id} ${expr(e.iterable)})`;
      case 'intrinsic':
        return `(${list([e.name, ...e.args.map(expr)])})`;
      case 'unsupported':
        return `(unsupported ${quote(e.what)})`;
    }
  };

  const variables = (vs: Variable[]): string => (vs.length === 0 ? '' : ` (vars ${vs.map(variable).join(' ')})`);
  const label = (l: string | null): string => (l === null ? '' : ` ${l}:`);

  const part = (name: string, body: Stmt[], indent: string): string[] =>
    close([`${indent}(${name}`, ...body.flatMap((s) => stmt(s, `${indent}  `))]);

  const handler = (h: Handler, indent: string): string[] =>
    part(
      list([h.isGroup ? 'catch*' : 'catch', h.type === null ? '_' : expr(h.type), h.target === null ? null : `as ${target(h.target)}`]),
      h.body,
      indent,
    );

  const stmt = (s: Stmt, indent: string): string[] => {
    const inner = `${indent}  `;
    const body = (b: Stmt[]): string[] => b.flatMap((x) => stmt(x, inner));
    const one = (text: string): string[] => [`${indent}(${text})`];
    const orElse = (b: Stmt[]): string[] => (b.length === 0 ? [] : part('else', b, inner));
    switch (s.kind) {
      case 'expr':
        return one(`do ${expr(s.value)}`);
      case 'assign':
        return one(`${s.declares ? 'declare' : 'set'} ${s.targets.map(target).join(' ')} ${expr(s.value)}`);
      case 'declare':
        return one(`declare ${s.variables.map(ref).join(' ')}`);
      case 'if':
        return close([`${indent}(if ${expr(s.test)}`, ...body(s.then), ...orElse(s.else)]);
      case 'while':
        return close([
          `${indent}(${s.testAfter ? 'do-while' : 'while'}${label(s.label)} ${expr(s.test)}`,
          ...body(s.body),
          ...orElse(s.orElse),
        ]);
      case 'for': {
        const lines = [`${indent}(for${label(s.label)}${variables(s.perIteration)}`, ...part('init', s.init, inner)];
        lines.push(
          `${inner}(test ${s.test === null ? '_' : expr(s.test)})`,
          `${inner}(update ${s.update === null ? '_' : expr(s.update)})`,
        );
        return close([...lines, ...body(s.body)]);
      }
      case 'forEach': {
        const head = `${indent}(${s.isAsync ? 'async ' : ''}each${label(s.label)} ${target(s.target)} in ${expr(s.iterable)}${variables(s.perIteration)}`;
        return close([head, ...body(s.body), ...orElse(s.orElse)]);
      }
      case 'block':
        return close([`${indent}(block${label(s.label)}${variables(s.variables)}`, ...body(s.body)]);
      case 'switch': {
        const cases = s.cases.flatMap((c) => part(`case ${c.test === null ? '_' : expr(c.test)}`, c.body, inner));
        return close([`${indent}(switch${label(s.label)} ${expr(s.discriminant)}${variables(s.variables)}`, ...cases]);
      }
      case 'break':
      case 'continue':
        return one(s.label === null ? s.kind : `${s.kind} ${s.label}`);
      case 'return':
        return one(s.value === null ? 'return' : `return ${expr(s.value)}`);
      case 'raise':
        return one(list(['raise', s.value === null ? null : expr(s.value), s.cause === null ? null : `from ${expr(s.cause)}`]));
      case 'try': {
        const lines = [`${indent}(try`, ...body(s.body), ...s.handlers.flatMap((h) => handler(h, inner)), ...orElse(s.orElse)];
        return close(s.finalizer === null ? lines : [...lines, ...part('finally', s.finalizer, inner)]);
      }
      case 'with': {
        const items = s.items.map((i) => (i.target === null ? expr(i.context) : `${expr(i.context)} as ${target(i.target)}`));
        return close([`${indent}(${s.isAsync ? 'async ' : ''}with ${items.join(', ')}`, ...body(s.body)]);
      }
      case 'delete':
        return one(`delete ${s.targets.map(target).join(' ')}`);
      case 'assert':
        return one(list(['assert', expr(s.test), s.message === null ? null : expr(s.message)]));
      case 'import': {
        const names = s.names.map((n) => {
          const local = n.local === null ? '' : ` as ${target(n.local)}`;
          return `${n.imported ?? (n.topLevel ? 'package' : 'module')}${local}`;
        });
        return one(`import ${'.'.repeat(s.level)}${s.module}${names.map((n) => ` [${n}]`).join('')}`);
      }
      case 'collect':
        return one(s.key === null ? `collect ${expr(s.value)}` : `collect ${expr(s.key)}: ${expr(s.value)}`);
      case 'pass':
        return one('pass');
      case 'unsupported':
        return one(`unsupported ${quote(s.what)}`);
    }
  };

  const prefixes = { positional: '', keywordOnly: 'key ', positionalOnly: 'pos ', rest: '*', keywordRest: '**' } as const;
  const param = (p: Param): string => {
    const note = p.annotation === undefined ? '' : `: ${quote(p.annotation)}`;
    const value = p.default === null ? '' : ` = ${expr(p.default)}`;
    return `(${prefixes[p.kind]}${target(p.target)}${note}${value})`;
  };

  return { expr, stmt, param, declared };
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function printConst(value: ConstValue): string {
  switch (value.type) {
    case 'none':
      return 'None';
    case 'undefined':
    case 'null':
      return value.type;
    case 'ellipsis':
      return '...';
    case 'boolean':
      return String(value.value);
    case 'integer':
      return `${value.value}n`;
    case 'number':
      return Object.is(value.value, -0) ? '-0' : String(value.value);
    case 'complex':
      return `${value.value}j`;
    case 'string':
      return quote(value.value);
    case 'bytes':
      return `b"${[...value.value].map((b) => (b >= 32 && b < 127 && b !== 34 && b !== 92 ? String.fromCharCode(b) : `\\x${b.toString(16).padStart(2, '0')}`)).join('')}"`;
  }
}

/** What a project's `tsconfig.json` (or `jsconfig.json`) says of imports: `paths` and `baseUrl`. */
import ts from 'typescript';

export interface PathAliases {
  /** Another file that it goes on from, as written; null for none. */
  parent: string | null;
  /** Folder from which other imports are looked up, as written; null for none. */
  baseUrl: string | null;
  /** Patterns with at most one `*`, and what they stand for. */
  paths: { pattern: string; targets: string[] }[] | null;
}

/** Null for a text that is no such file. Comments and commas too many are allowed, as there. */
export function readPathAliases(text: string): PathAliases | null {
  if (text.length > largestText) return null;
  const config = valueOf(text);
  if (!isObject(config)) return null;
  const options = isObject(config['compilerOptions']) ? config['compilerOptions'] : {};
  const paths = isObject(options['paths']) ? options['paths'] : null;
  return {
    parent: typeof config['extends'] === 'string' ? config['extends'] : null,
    baseUrl: typeof options['baseUrl'] === 'string' ? options['baseUrl'] : null,
    paths:
      paths === null
        ? null
        : Object.entries(paths).map(([pattern, targets]) => ({
            pattern,
            targets: Array.isArray(targets) ? targets.filter((t): t is string => typeof t === 'string') : [],
          })),
  };
}

const largestText = 200_000;

/** JSON with comments is read as the expression of JavaScript that it is; what is no literal there is undefined. */
function valueOf(text: string): unknown {
  const file = ts.createSourceFile('config.js', `(${text}\n)`, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
  const [statement] = file.statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
  const read = (e: ts.Expression, depth: number): unknown => {
    if (depth > 8) return undefined;
    if (ts.isParenthesizedExpression(e)) return read(e.expression, depth + 1);
    if (ts.isStringLiteral(e)) return e.text;
    if (ts.isArrayLiteralExpression(e)) return e.elements.map((x) => read(x, depth + 1));
    if (!ts.isObjectLiteralExpression(e)) return undefined;
    const entries = e.properties.flatMap((p) =>
      ts.isPropertyAssignment(p) && ts.isStringLiteral(p.name) ? [[p.name.text, read(p.initializer, depth + 1)] as const] : [],
    );
    return Object.fromEntries(entries);
  };
  return read(statement.expression, 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

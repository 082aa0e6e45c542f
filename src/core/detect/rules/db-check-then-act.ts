/** Rows are asked for, then created or changed, with nothing in the data base that keeps others out. */
import { type Rule, pairCandidate, sameState } from './rule.ts';

const asked =
  /\bwhere\w*\(\s*(?:\{\s*)?['"`]?(\w+)|\bWHERE\s+["`]?(\w+)["`]?\s*(?:[<>=]|IS\b|IN\b)|\bAND\s+["`]?(\w+)["`]?\s*(?:[<>=]|IS\b)/g;
const set = /\bupdate\(\s*\{([^{}]*)|\bSET\s+["`]?(\w+)["`]?\s*=/g;

/** Rows are asked for by a column, and that column of those that were found is set: each is taken by one who asks. */
function claims(question: string, change: string): boolean {
  const columns = new Set([...question.matchAll(asked)].map(([, a, b, c]) => a ?? b ?? c ?? ''));
  return [...change.matchAll(set)].some(([, fields, column = '']) =>
    fields === undefined
      ? columns.has(column)
      : [...fields.matchAll(/(?:^|,)\s*['"]?(\w+)['"]?\s*:/g)].some(([, name = '']) => columns.has(name)),
  );
}

export const dbCheckThenAct: Rule = {
  id: 'db-check-then-act',
  detect: (context) =>
    context.facts.pairs.flatMap((pair) => {
      const { read, act } = pair;
      if (read.place.root.kind !== 'table' || act.place.root.kind !== 'table' || act.kind !== 'mutate' || !sameState(pair)) return [];
      if (pair.via === 'data' && !claims(context.info.text(pair.check), context.info.text(act.span))) return [];
      return pair.section.length > 0 ? [] : [pairCandidate(context, pair, 'db-check-then-act', 75)];
    }),
};

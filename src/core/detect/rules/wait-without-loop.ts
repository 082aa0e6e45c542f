/** A wait guarded by `if`: when it ends, the condition may have become false again. */
import { type Rule, candidate } from './rule.ts';

export const waitWithoutLoop: Rule = {
  id: 'wait-without-loop',
  detect: (context) =>
    context.facts.waits.flatMap((wait) => {
      const [first] = wait.reads;
      if (first === undefined || (!wait.isCondition && wait.act === null)) return [];
      return [
        candidate(
          context,
          'wait-without-loop',
          wait.fn,
          wait.test,
          wait.act?.span ?? wait.wait,
          wait.wait,
          first.place,
          wait.isCondition ? 85 : 66,
        ),
      ];
    }),
};

/** The rules, one line each. */
import { checkThenAct } from './check-then-act.ts';
import { checkThenRemove } from './check-then-remove.ts';
import { dbCheckThenAct } from './db-check-then-act.ts';
import { doubleInit } from './double-init.ts';
import { fileToctou } from './file-toctou.ts';
import { getOrCreate } from './get-or-create.ts';
import { lockOrder } from './lock-order.ts';
import { lostUpdate } from './lost-update.ts';
import { mutateWhileIterating } from './mutate-while-iterating.ts';
import type { Rule } from './rule.ts';
import { splitCriticalSection } from './split-critical-section.ts';
import { staleAfterAwait } from './stale-after-await.ts';
import { staleResponse } from './stale-response.ts';
import { waitWithoutLoop } from './wait-without-loop.ts';

export const rules: readonly Rule[] = [
  checkThenAct,
  lostUpdate,
  doubleInit,
  getOrCreate,
  checkThenRemove,
  fileToctou,
  dbCheckThenAct,
  staleAfterAwait,
  splitCriticalSection,
  mutateWhileIterating,
  waitWithoutLoop,
  lockOrder,
  staleResponse,
];

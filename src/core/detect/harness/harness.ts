/** How to run a candidate. */
import type { Program } from '../../program/program.ts';
import type { Candidate, Harness } from '../candidate.ts';

export function harnesses(_program: Program, _candidate: Candidate): Harness[] {
  return [];
}

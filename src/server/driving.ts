/** Drive sessions: an execution that a person steers, one request for each move. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { EngineOptions, SimulateRequest } from '../engine/api.ts';
import type { DriveParams, DriveResult, SimulateParams } from '../protocol/lsp.ts';
import type { DriveState } from '../protocol/panel.ts';
import type { Simulation } from './simulation.ts';

type RequestOf = (params: SimulateParams) => Promise<{ request: SimulateRequest; options: EngineOptions }>;

/** Returns the handler of `raceReplay/drive`. Session numbers count up and are never used again. */
export function createDriving(
  simulation: () => Simulation,
  requestOf: RequestOf,
  limitMs: number,
): (params: DriveParams, token: CancellationToken) => Promise<DriveResult> {
  let lastSession = 0;
  return async (params, token) => {
    const session = params.type === 'start' ? ++lastSession : params.session;
    const options = { token, limitMs };
    try {
      const state = await perform(params, session, options);
      return { session, state, error: null } as DriveResult;
    } catch (error) {
      return { session, state: null, error: failure(error, token) };
    }
  };

  async function perform(
    params: DriveParams,
    session: number,
    options: { token: CancellationToken; limitMs: number },
  ): Promise<DriveState | null> {
    const { run } = simulation();
    switch (params.type) {
      case 'start':
        return run('driveStart', { session, from: params.from, ...(await requestOf(params.simulate)) }, options);
      case 'move':
        return run('driveMove', { session, lane: params.lane, alternative: params.alternative }, options);
      case 'undo':
        return run('driveUndo', { session }, options);
      case 'rewind':
        return run('driveRewind', { session, step: params.step }, options);
      case 'run':
        return run('driveRun', { session, run: params.run }, options);
      case 'stop':
        return run('driveStop', { session }, options);
    }
  }
}

/** The words of a failure; a cancelled request fails as LSP wants it. */
export function failure(error: unknown, token: CancellationToken): string {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  return error instanceof Error ? error.message : String(error);
}

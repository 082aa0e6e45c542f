/**
 * The simulation worker without its thread: owns the engine, the open documents' texts and the
 * drive sessions, and turns each message into answers. The Node and the browser entry only connect
 * it to their ports.
 */
import type { Control, DriveSession, Engine, ReadFile } from '../../engine/api.ts';
import type { FromWorker, Job, JobName, Jobs, ToWorker } from './messages.ts';

export interface Host {
  /** Loads the engine; `dist` as in the start message. Called once, at the first job. */
  loadEngine: (dist: string) => Promise<Engine>;
  /** Milliseconds from any origin. */
  now: () => number;
  /** Reads a source file of the workspace, or null. */
  readFile: ReadFile;
  post: (message: FromWorker) => void;
}

/** Drive sessions kept at once; the oldest goes first, since a client may vanish without a stop. */
const maxSessions = 16;
/** Milliseconds between two progress messages. */
const progressInterval = 200;

/** Returns the function that takes every message of the server, in order. */
export function createHandler(host: Host): (message: ToWorker) => void {
  const texts = new Map<string, string>();
  const sessions = new Map<number, DriveSession>();
  let cancel: Int32Array | null = null;
  let dist = '';
  let engine: Promise<Engine> | null = null;
  const readFile: ReadFile = (path) => texts.get(path) ?? host.readFile(path);
  readFile.usersOf = (path) => host.readFile.usersOf?.(path) ?? [];

  const controlOf = (id: number): Control => {
    let last = host.now();
    return {
      now: host.now,
      cancelled: () => cancel !== null && Atomics.load(cancel, 0) === id,
      progress: (executions) => {
        const now = host.now();
        if (now - last < progressInterval) return;
        last = now;
        host.post({ type: 'progress', id, executions });
      },
    };
  };

  const sessionOf = (session: number): DriveSession => {
    const found = sessions.get(session);
    if (found === undefined) throw new Error('this session has ended; start again');
    return found;
  };

  const perform = (id: number, job: Job, loaded: Engine): Jobs[JobName]['result'] => {
    const control = controlOf(id);
    switch (job.name) {
      case 'check':
        return loaded.check(job.params.file, job.params.options, control, readFile);
      case 'simulate':
        return loaded.simulate(job.params.request, job.params.options, control, readFile);
      case 'fixes':
        return loaded.fixes(job.params.file, job.params.findingId, job.params.options, control, readFile);
      case 'driveStart': {
        const { session, request, from, options } = job.params;
        const started = loaded.drive(request, from, options, control, readFile);
        sessions.set(session, started);
        for (const oldest of sessions.keys()) {
          if (sessions.size <= maxSessions) break;
          sessions.delete(oldest);
        }
        return started.state(control);
      }
      case 'driveMove':
        return sessionOf(job.params.session).move(job.params.lane, job.params.alternative, control);
      case 'driveUndo':
        return sessionOf(job.params.session).undo(control);
      case 'driveRewind':
        return sessionOf(job.params.session).rewind(job.params.step, control);
      case 'driveRun':
        return sessionOf(job.params.session).run(job.params.run, control);
      case 'driveStop':
        sessions.delete(job.params.session);
        return null;
      default:
        return unreachable(job);
    }
  };

  const run = async (id: number, job: Job): Promise<void> => {
    try {
      engine ??= host.loadEngine(dist);
      const loaded = await engine;
      host.post({ type: 'done', id, result: perform(id, job, loaded) });
    } catch (error) {
      host.post({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    }
  };

  // Jobs run one after another: the engine is synchronous, but loading it is not.
  let last: Promise<void> = Promise.resolve();
  return (message) => {
    switch (message.type) {
      case 'start':
        cancel = message.cancel === null ? null : new Int32Array(message.cancel);
        dist = message.dist;
        break;
      case 'text':
        if (message.text === null) texts.delete(message.path);
        else texts.set(message.path, message.text);
        break;
      case 'job':
        last = last.then(() => run(message.id, message.job));
        break;
      default:
        unreachable(message);
    }
  };
}

function unreachable(value: never): never {
  throw new Error(`not a message: ${JSON.stringify(value)}`);
}

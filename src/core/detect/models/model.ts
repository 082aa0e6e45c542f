/**
 * Effect models: what calls into libraries do, as data. Detection asks a model set about a call by
 * its qualified name (`os.path.exists`, `threading.Thread`, `setTimeout`) or by the type of the
 * receiver and the method (`queue.Queue.get`); `*.method` stands for any receiver. The tables of
 * this folder and a user's `race-replay.json` have the same form.
 */
import { asksForFile } from '../../program/file-names.ts';

export type ModelLanguage = 'python' | 'javascript';

/** What a read of shared state tells, which decides the shape of a check. */
export type ReadShape = 'membership' | 'lookup' | 'size' | 'element' | 'value';

export interface Model {
  /** `time.sleep`; `queue.Queue.get` is a method of the type a call of `queue.Queue` creates; `*.findOne` of anything. */
  call: string;
  /** Default: both. */
  language?: ModelLanguage;
  /** Other contexts may run while the call is under way: on the event loop (`suspend`) or in other threads (`block`). */
  gap?: 'suspend' | 'block' | 'none';
  /** Starts a context that runs the function in this argument. */
  spawn?: { argument: number | string; as: 'thread' | 'task' | 'timer' | 'process' | 'handler' };
  /** The result is a lock or the call takes, gives back or scopes one; `condition`: wait() of a condition variable. */
  lock?: 'create' | 'acquire' | 'release' | 'scope' | 'wait';
  /** The result is a container; the methods of this type have models of their own. */
  creates?: string;
  /** What the method does to its receiver. `atomic`: tests and changes in one step. */
  state?: 'read' | 'add' | 'set' | 'remove' | 'atomic' | 'none';
  shape?: ReadShape;
  /** Which argument is the key of the element touched. */
  key?: number;
  /** File system: the argument that is the path, and whether the call looks, lists a folder or acts. */
  file?: { argument: number | 'receiver'; op: 'check' | 'list' | 'act' | 'atomic' };
  /** Data base: `check` asks for rows, `act` changes them, `atomic` does both in one statement. */
  table?: { op: 'check' | 'act' | 'atomic' };
  /** Function arguments run before the call returns, or later. */
  callbacks?: 'now' | 'later';
}

export interface ModelSet {
  /** The model of a qualified name, null when none. */
  ofCall(language: ModelLanguage, name: string): Model | null;
  /** The model of a method of a type (null: type unknown). */
  ofMethod(language: ModelLanguage, type: string | null, method: string): Model | null;
}

/** Indexes tables; later tables win over earlier ones. */
export function modelSet(tables: readonly (readonly Model[])[]): ModelSet {
  const byName: Record<ModelLanguage, Map<string, Model>> = { python: new Map(), javascript: new Map() };
  for (const table of tables) {
    for (const model of table) {
      if (model.language !== 'javascript') byName.python.set(model.call, model);
      if (model.language !== 'python') byName.javascript.set(model.call, model);
    }
  }
  return {
    ofCall: (language, name) => byName[language].get(name) ?? (language === 'javascript' ? fileQuestion(name) : null),
    ofMethod: (language, type, method) =>
      (type === null ? undefined : byName[language].get(`${type}.${method}`)) ?? byName[language].get(`*.${method}`) ?? null,
  };
}

/** A function of another file of the project that says whether a file is there. */
function fileQuestion(name: string): Model | null {
  const asks = asksForFile(name);
  return asks && { call: name, language: 'javascript', file: { argument: 0, op: 'check' }, gap: asks === 'now' ? 'none' : 'suspend' };
}

/** Shorthand for tables: the same facts about several methods of one type. */
export function methods(language: ModelLanguage, type: string, facts: Record<string, Omit<Model, 'call' | 'language'>>): Model[] {
  return Object.entries(facts).flatMap(([names, fact]) => names.split(' ').map((name) => ({ call: `${type}.${name}`, language, ...fact })));
}

/** Shorthand for tables: the same facts about several functions of one module (`''`: built-ins). */
export function calls(language: ModelLanguage, module: string, facts: Record<string, Omit<Model, 'call' | 'language'>>): Model[] {
  return Object.entries(facts).flatMap(([names, fact]) =>
    names.split(' ').map((name) => ({ call: module === '' ? name : `${module}.${name}`, language, ...fact })),
  );
}

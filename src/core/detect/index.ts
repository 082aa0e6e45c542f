/** The public face of detection: candidates of a program and ways to run them. */
export { detect, modelsWith } from './detect.ts';
export { harnesses } from './harness/harness.ts';
export type { ModelSet } from './models/model.ts';
export { readUserModels } from './models/user.ts';

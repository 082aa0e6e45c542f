/** The public face of detection: candidates of a program and ways to run them. */
export { detect, modelsWith } from './detect.ts';
export { harnesses } from './harness/harness.ts';
export { readUserModels } from './models/user.ts';

/** Errors a user caused, ended with one clear line on standard error and exit status 2. */

export class UsageError extends Error {}

export const exitStatus = { clean: 0, findings: 1, failure: 2 } as const;

/** Where a rule's documentation page is; one place, for the diagnostics and whoever else links to it. */

const pages = 'https://github.com/race-replay/race-replay/blob/main/docs/rules';

/** URL of the page of a rule id. */
export function rulePage(rule: string): string {
  return `${pages}/${rule}.md`;
}

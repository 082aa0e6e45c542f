/**
 * Globals of a page that a script brings when it has been loaded: `if (!window.Sdk) await append(script)`. Data:
 * detection and the machine read the same names. Taken for one where a module makes a script element, asks whether
 * the global is there and nowhere sets it; the assumption is told.
 */
import { keptBy } from './kept.ts';

const makesScript = /\.createElement\(\s*(['"`])script\1\s*\)/;

/** What the call that makes a script element is called as an unknown value. */
const scriptElement = /\.createElement\('script'\)/;

const namesIn = keptBy((module: { text: string }): ReadonlySet<string> => {
  const found = new Set<string>();
  const { text } = module;
  if (makesScript.test(text)) {
    const asked =
      /(?:!\s*\(*|\bif\s*\(\s*\(*|\btypeof\s+\(*)window(?:\s+as\s+\w+\s*\))?\??\.([A-Za-z_$][\w$]*)(?=\s*(?:\)|\?\.|&&|\|\||[!=]==?|\.|;|\}))/g;
    for (const [, name = ''] of text.matchAll(asked)) found.add(name);
    for (const name of [...found])
      if (new RegExp(`\\.${name.replaceAll('$', '\\$')}\\s*(?:\\?\\?|\\|\\|)?=(?![=>])`).test(text)) found.delete(name);
  }
  return found;
});

export function isBroughtByScript(module: { text: string }, name: string): boolean {
  return namesIn(module, '').has(name);
}

/** Does the module ask for any such global? */
export function loadsScripts(module: { text: string }): boolean {
  return namesIn(module, '').size > 0;
}

/** Is the unknown value of this name an element that loads a script? */
export function isScriptElement(name: string): boolean {
  return scriptElement.test(name);
}

/** Methods that put an element into a page, which begins to load what it names. */
export const putsIntoPage = /^(?:appendChild|append|prepend|insertBefore|before|after|replaceWith|insertAdjacentElement)$/;

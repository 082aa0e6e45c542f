/**
 * Functions that throw unless their first argument holds, by the end of their name: Node's `assert`, `tiny-invariant`, and
 * those that many projects of JavaScript have of their own. `console.assert` only says so.
 */
const assertions = /(?:^|[./])(?:assert|assert\.ok|(?:tiny-)?invariant|devAssert)$/;

export function isAssertion(name: string): boolean {
  return assertions.test(name) && !/^(?:console|chai|t|test)\./.test(name);
}

/** Functions of libraries that end the caller by an exception: `abort(404)` in a request handler. By qualified name, of Python. */
export const neverReturns =
  /^(?:(?:flask|quart|werkzeug|werkzeug\.exceptions|bottle|flask_restful|flask_restx|flask_smorest|sanic|sanic\.exceptions)\.abort|sys\.exit)$/;

/** The same of JavaScript: by qualified name, or as it is written where an object is handed in. */
export const neverReturnsInScripts =
  /^(?:ctx|context|koaContext)\.throw$|^(?:next\/navigation\.(?:notFound|redirect|permanentRedirect|forbidden|unauthorized)|@sveltejs\/kit\.(?:error|redirect)|(?:node:)?assert\.fail|process\.exit)$/;

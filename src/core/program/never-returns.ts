/** Functions of libraries that end the caller by an exception: `abort(404)` in a request handler. By qualified name, of Python. */
export const neverReturns =
  /^(?:(?:flask|quart|werkzeug|werkzeug\.exceptions|bottle|flask_restful|flask_restx|flask_smorest|sanic|sanic\.exceptions)\.abort|sys\.exit)$/;

/**
 * The layers of ARCHITECTURE.md as rules: data flows one way, and nothing reaches back. Files of one
 * layer may refer to each other in a ring, as the parts of a recursive descent do.
 */

/** Modules in `from` may import files only from the given folders. */
function layer(name, from, allowed) {
  return {
    name: `${name}-imports`,
    severity: 'error',
    comment: `${name} may import only ${allowed.join(', ')}.`,
    from: { path: `^src/${from}` },
    to: { path: '^src/', pathNot: allowed.map((folder) => `^src/${folder}`) },
  };
}

/** Modules in `from` may import only the packages (and node built-ins) that match. */
function packages(name, from, allowed) {
  return {
    name: `${name}-packages`,
    severity: 'error',
    comment: `${name} may use only these packages: ${allowed.join(', ') || 'none'}.`,
    from: { path: `^src/${from}` },
    to: {
      dependencyTypesNot: ['local'],
      pathNot: [
        '^src/',
        '^\\.',
        ...allowed.map((each) =>
          each === 'node'
            ? '^(node:)?(fs|path|url|os|child_process|worker_threads|perf_hooks|crypto|process|stream|util|events|readline|tty|net|timers|assert|buffer|module)(/|$)'
            : `(^|node_modules/)${each}(/|$)`,
        ),
      ],
    },
  };
}

module.exports = {
  forbidden: [
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
    layer('core', 'core/', ['core/']),
    layer('frontends', 'frontends/', ['core/', 'frontends/']),
    layer('protocol', 'protocol/', ['core/trace/', 'protocol/']),
    layer('engine', 'engine/', ['core/', 'frontends/', 'protocol/', 'engine/']),
    layer('webview', 'webview/', ['core/trace/', 'protocol/', 'webview/']),
    layer('extension', 'extension/', ['core/trace/', 'protocol/', 'extension/']),
    layer('server', 'server/', ['core/', 'engine/', 'protocol/', 'server/']),
    layer('confirm', 'confirm/', ['core/', 'confirm/']),
    layer('cli', 'cli/', ['core/', 'frontends/', 'engine/', 'protocol/', 'confirm/', 'cli/']),
    packages('core', 'core/', ['@noble/hashes']),
    packages('frontends', 'frontends/', ['typescript', 'web-tree-sitter']),
    packages('protocol', 'protocol/', []),
    packages('engine', 'engine/', ['typescript', 'web-tree-sitter', '@noble/hashes']),
    packages('webview', 'webview/', ['preact', '@preact/signals', '@vscode/codicons']),
    packages('server', 'server/', ['node', 'vscode-languageserver', 'vscode-languageserver-textdocument']),
    packages('extension', 'extension/', ['node', 'vscode', 'vscode-languageclient', '@types/vscode', '@vscode/debugprotocol']),
    packages('confirm', 'confirm/', ['node']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};

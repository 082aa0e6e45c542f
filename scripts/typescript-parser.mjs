/**
 * An esbuild plugin that bundles the parser of the TypeScript compiler and leaves out the type
 * checker, the emitter and the language service, which nothing here calls: a third of the size, and
 * of the time to load. The package is one file made of the compiler's source files in the order of
 * their dependencies, each under a comment with its path; everything from the command-line parser on
 * is left out. What remains is given to esbuild as a module, so that unused functions go too, and a
 * use of a function that was left out is a build error. test/extension/typescript-parser.test.ts
 * holds the result against the whole compiler.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const compiler = createRequire(import.meta.url).resolve('typescript');
const firstLeftOut = 'compiler/commandLineParser.ts';
/** Declarations of files left out that are used all the same; they depend on nothing else that was. */
const alsoKept = ['flattenDiagnosticMessageText', 'scanner', 'createNode', 'createChildren', 'addSyntheticNodes', 'createSyntaxList'];
/** The classes of nodes with methods (`getStart`, `getText`, `text` of an identifier), by their constructors' names. */
const nodeClasses = {
  getNodeConstructor: 'NodeObject',
  getTokenConstructor: 'TokenObject',
  getIdentifierConstructor: 'IdentifierObject',
  getPrivateIdentifierConstructor: 'PrivateIdentifierObject',
  getSourceFileConstructor: 'SourceFileObject',
};
/** What the compiler requires under Node; it takes this host for a browser and never gets there. */
const neverRequired = ['fs', 'path', 'os', 'inspector', 'perf_hooks', 'source-map-support', 'crypto', 'buffer'];

/** The names that a text declares outside of every function. */
function declared(text) {
  return [...text.matchAll(/^(?:async )?(?:function\*?|var|class|let|const) (\w+)/gm)].map((match) => match[1]);
}

/** The parser as the text of an ES module that exports everything it declares. */
export async function parserModule() {
  const text = await readFile(compiler, 'utf8');
  const [head, , ...files] = text.split(/^(?=\/\/ src\/)/m);
  const end = files.findIndex((file) => file.startsWith(`// src/${firstLeftOut}\n`));
  const start = head.indexOf('"use strict";');
  if (end < 0 || start < 0) throw new Error(`${compiler} is not laid out as this plugin expects`);
  const kept = files.slice(0, end).join('');
  const rest = files.slice(end).join('');
  const find = (name) => {
    // A function or class ends at the first closing brace in the first column, a variable at the first semicolon.
    const match = new RegExp(`^(?:function ${name}\\([\\s\\S]*?^}|var ${name} = class[\\s\\S]*?^};|var ${name} = [^;]*;)\\n`, 'm').exec(
      rest,
    );
    if (match === null) throw new Error(`${name} was not found in ${compiler}`);
    return match[0];
  };
  const classes = [
    'NodeObject',
    'TokenOrIdentifierObject',
    'TokenObject',
    'IdentifierObject',
    'PrivateIdentifierObject',
    'SourceFileObject',
  ];
  const allocator = Object.entries(nodeClasses).map(([get, name]) => `${get}: () => ${name}`);
  const extra = [...[...alsoKept, ...classes].map(find), `setObjectAllocator({ ${allocator.join(', ')} });\n`];
  const body = `${kept}\n${extra.join('')}`;
  return `${head.slice(start)}${body}\nexport { ${[...new Set(declared(body))].join(', ')} };\n`;
}

export const typescriptParser = {
  name: 'typescript-parser',
  setup(build) {
    build.initialOptions.logOverride = { ...build.initialOptions.logOverride, 'import-is-undefined': 'error' };
    build.initialOptions.external = [...(build.initialOptions.external ?? []), ...neverRequired];
    build.initialOptions.define = { ...build.initialOptions.define, 'process.browser': 'true' };
    build.onResolve({ filter: /^typescript$/ }, () => ({ path: 'typescript', namespace: 'typescript-parser' }));
    build.onLoad({ filter: /.*/, namespace: 'typescript-parser' }, async () => ({ contents: await parserModule(), loader: 'js' }));
    // The default import is one object of everything; by name, esbuild sees what is used.
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes("from 'typescript'")) return undefined;
      return { contents: text.replace(/^import ts from 'typescript';/m, "import * as ts from 'typescript';"), loader: 'ts' };
    });
  },
};

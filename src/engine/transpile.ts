/** TypeScript (or ES modules) to CommonJS with an inline source map, for running a witness on Node. */
import ts from 'typescript';

export function transpile(text: string, path: string): string {
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, inlineSourceMap: true, inlineSources: true, esModuleInterop: true, jsx: ts.JsxEmit.React },
  });
  return outputText;
}

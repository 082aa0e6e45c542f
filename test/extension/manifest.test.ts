/** The manifest against what it refers to: words, pictures, commands, colours, and the rules it names. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..', '..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

interface Manifest {
  version: string;
  icon: string;
  engines: { vscode: string };
  devDependencies: Record<string, string>;
  dependencies?: Record<string, string>;
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { supported: unknown }; virtualWorkspaces: unknown };
  contributes: {
    commands: { command: string; title: string; category: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    colors: { id: string; defaults: Record<string, string> }[];
    configuration: { properties: Record<string, { properties?: Record<string, unknown>; default: unknown }> };
    jsonValidation: { url: string }[];
    walkthroughs: { steps: { media: { svg: string }; description: string }[] }[];
  };
}
const manifest = read('package.json') as Manifest;
const text = readFileSync(join(root, 'package.json'), 'utf8');

/** Functions that translate, by name, with the positions of the arguments that are messages. */
const translators: Readonly<Record<string, readonly number[]>> = { t: [0], parts: [0], say: [0], counted: [1, 2], some: [0, 1] };

/** What the extension, the panel and the words of traces say, and calls whose message is not a literal. */
function wordsOfCode(): { messages: Set<string>; unclear: string[] } {
  const messages = new Set<string>();
  const unclear: string[] = [];
  const folders = ['src/extension', 'src/webview'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  for (const file of [...folders, 'src/core/trace/words.ts'].filter((name) => /\.tsx?$/.test(name))) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const message = (node: ts.Expression | undefined): void => {
      if (node && ts.isStringLiteralLike(node)) messages.add(node.text);
      else if (node && ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(message);
      else unclear.push(`${file}: ${node?.parent.getText() ?? ''}`);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        const { expression } = node;
        const name = ts.isIdentifier(expression) ? expression.text : expression.getText().endsWith('l10n.t') ? 't' : '';
        // Inside these the message is a parameter, which callers gave.
        const passesOn = ts.findAncestor(node, (outer) =>
          ts.isFunctionLike(outer) && outer.parameters.some((p) => ['one', 'message'].includes(p.name.getText())) ? true : false,
        );
        if (Object.hasOwn(translators, name) && !passesOn) for (const at of translators[name] ?? []) message(node.arguments[at]);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { messages, unclear };
}

describe('words', () => {
  it('are all in package.nls.json, and nothing else is', () => {
    const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(read('package.nls.json') as object).sort());
  });

  it('of the code are all in the l10n bundle, and nothing else is', () => {
    const { messages, unclear } = wordsOfCode();
    expect(unclear).toEqual([]);
    expect([...messages].sort()).toEqual(Object.keys(read('l10n/bundle.l10n.json') as object).sort());
  });

  it('of the bundle are the English texts themselves', () => {
    for (const [message, words] of Object.entries(read('l10n/bundle.l10n.json') as Record<string, string>)) expect(words).toBe(message);
  });
});

describe('the manifest', () => {
  it('activates on its languages only, has no run-time dependency, and trusts nobody', () => {
    expect(manifest.activationEvents).not.toContain('*');
    expect(manifest.activationEvents.filter((event) => event.startsWith('onLanguage:'))).toHaveLength(5);
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.capabilities).toMatchObject({ untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });

  it('shows a command in the palette only where it can apply', () => {
    const always = ['openSample', 'puzzles', 'showRaces', 'openWalkthrough', 'showOutput', 'restartServer'].map((id) => `raceReplay.${id}`);
    const guarded = new Set(manifest.contributes.menus['commandPalette']?.filter(({ when }) => when).map(({ command }) => command));
    expect(manifest.contributes.commands.filter(({ command }) => !guarded.has(command)).map(({ command }) => command)).toEqual(always);
    expect(new Set(manifest.contributes.commands.map(({ category }) => category))).toEqual(new Set(['Race Replay']));
  });

  it('refers to commands that exist', () => {
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    const words = JSON.stringify(read('package.nls.json'));
    const named = [
      ...Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ command }) => command)),
      ...[...words.matchAll(/command:(raceReplay\.[\w.]+)/g)].map((match) => match[1]),
    ];
    expect(named.filter((command) => !known.has(command ?? ''))).toEqual([]);
  });

  it('gives every lane colour a value in all four kinds of theme', () => {
    expect(manifest.contributes.colors.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `raceReplay.lane${n}`));
    for (const { defaults } of manifest.contributes.colors)
      expect(Object.keys(defaults).sort()).toEqual(['dark', 'highContrast', 'highContrastLight', 'light']);
  });

  it('names the rules that there are', () => {
    const rules = Object.keys(manifest.contributes.configuration.properties['raceReplay.rules']?.properties ?? {});
    // An order violation is no pattern in the code: the oracle finds it in what ran.
    const detected = rules.filter((rule) => rule !== 'order-violation');
    for (const rule of detected) expect(existsSync(join(root, 'src', 'core', 'detect', 'rules', `${rule}.ts`)), rule).toBe(true);
    expect(detected).toHaveLength(13);
    for (const rule of rules) expect(existsSync(join(root, 'docs', 'rules', `${rule}.md`)), rule).toBe(true);
  });

  it('refers to files that exist, and its icon is large enough', () => {
    const files = [
      manifest.icon,
      ...manifest.contributes.jsonValidation.map(({ url }) => url),
      ...manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
    const png = readFileSync(join(root, manifest.icon));
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(128);
    expect(png.readUInt32BE(20)).toBeGreaterThanOrEqual(128);
  });
});

describe('the schema of race-replay.json', () => {
  const validate = new Ajv({ strict: false }).compile(read('media/schemas/race-replay.schema.json') as object);

  it.each([
    [{ models: [{ call: 'mylib.connect', gap: 'suspend' }] }, true],
    [
      {
        models: [
          { call: 'mylib.Pool.run', spawn: { argument: 'target', as: 'thread' } },
          { call: 'p.exists', file: { argument: 'receiver', op: 'check' } },
        ],
      },
      true,
    ],
    [{}, true],
    [{ models: [{ gap: 'suspend' }] }, false],
    [{ models: [{ call: 'x', gap: 'sometimes' }] }, false],
    [{ models: [{ call: 'x', colour: 'red' }] }, false],
  ])('on %j says %s', (content, valid) => {
    expect(validate(content)).toBe(valid);
  });
});

describe('every sample', () => {
  const samples = join(root, 'media', 'samples');
  const names = readdirSync(samples).filter((name) => name.includes('.'));

  it.each(names)('%s has a fixed twin', (name) => {
    const fixed = readFileSync(join(samples, 'fixed', name), 'utf8');
    expect(fixed).not.toBe(readFileSync(join(samples, name), 'utf8'));
  });
});

/** The extension comes up in a real extension host, with all that its manifest promises. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  contributes: { commands: { command: string }[]; languageModelTools: { name: string }[] };
}

describe('activation', () => {
  const find = (): vscode.Extension<unknown> => {
    const extension = vscode.extensions.getExtension('race-replay.race-replay');
    assert.ok(extension);
    return extension;
  };

  it('is installed under its id and activates', async () => {
    await find().activate();
    assert.equal(find().isActive, true);
  });

  it('registers every command of its manifest', async () => {
    const { contributes } = find().packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('offers its tools to language models', () => {
    const { contributes } = find().packageJSON as Manifest;
    const offered = new Set(vscode.lm.tools.map(({ name }) => name));
    for (const { name } of contributes.languageModelTools) assert.ok(offered.has(name), name);
  });
});

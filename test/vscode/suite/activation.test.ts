/** The extension comes up in a real extension host, on the languages it is for and not before. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('is installed under its id and activates', async () => {
    const extension = vscode.extensions.getExtension('race-replay.race-replay');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});

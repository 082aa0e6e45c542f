/**
 * End to end in a real workbench: packs the VSIX, installs it into a fresh code-server, and works
 * with it as a person does, from the squiggle to the fix. Screenshots in a dark and a light theme go
 * to test-results/screenshots, results to test-results/e2e.json. Without a VS Code this fails.
 */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshProfile, installVsix, launchChromium, root, startCodeServer } from './places.mjs';
import { inspect, pack } from './vsix.mjs';

const results = join(root, 'test-results');
const screenshots = join(results, 'screenshots');
const tests = [];

/** One step of the story. After a failure the ones that build on it fail too, without being run. */
async function step(title, action) {
  const from = Date.now();
  if (tests.some(({ state }) => state === 'failed')) {
    tests.push({ title, state: 'failed', duration: 0, error: 'not run: an earlier step failed' });
    return;
  }
  try {
    await action();
    tests.push({ title, state: 'passed', duration: Date.now() - from });
    console.log(`  ok   ${title} (${Date.now() - from} ms)`);
  } catch (error) {
    tests.push({ title, state: 'failed', duration: Date.now() - from, error: error.stack ?? String(error) });
    console.log(` FAIL  ${title}\n${error.stack ?? error}`);
  }
}

/** Tries until it does not throw, for at most `ms`. */
async function eventually(attempt, ms = 20_000) {
  const until = Date.now() + ms;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/**
 * Whether the workbench has stored a state whose JSON matches. A workbench in a browser
 * stores every few seconds, since nothing asynchronous may be done when its page ends.
 */
function isStored(page, pattern) {
  return page.evaluate(async (wanted) => {
    const wait = (request) =>
      new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db')) continue;
      const database = await wait(indexedDB.open(name));
      const stores = [...database.objectStoreNames];
      const values = stores.length === 0 ? [] : await wait(database.transaction(stores[0]).objectStore(stores[0]).getAll());
      database.close();
      // States are JSON in JSON.
      if (values.some((value) => new RegExp(wanted).test(String(value).replaceAll('\\', '')))) return true;
    }
    return false;
  }, pattern.source);
}

/** Whether the workbench has kept an unsaved text that has these words in it. */
async function isBackedUp(profile, words) {
  const backups = join(profile.userData, 'User', 'Backups');
  const files = await readdir(backups, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
  );
  return texts.some((text) => text.includes(words));
}

async function main() {
  await rm(screenshots, { recursive: true, force: true });
  await mkdir(screenshots, { recursive: true });
  const workspace = await mkdtemp(join(tmpdir(), 'race-replay-e2e-'));
  await cp(join(root, 'media', 'samples', 'stack.py'), join(workspace, 'stack.py'));
  const profile = await freshProfile({ 'workbench.colorTheme': 'Default Dark Modern', 'window.restoreWindows': 'none' });
  const vsix = join(results, 'race-replay.vsix');
  let server = null;
  let browser = null;
  let page = null;
  const problems = [];
  try {
    await step('the package holds what it must, nothing else, in at most 2 MB', () => {
      pack(vsix);
      const found = inspect(vsix);
      assert.deepEqual(found.problems, []);
    });
    await step('the package installs', () => installVsix(profile, vsix));
    await step('the workbench opens the sample', async () => {
      server = await startCodeServer(profile, workspace);
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1600, height: 960 } });
      page.on('console', (message) => {
        const text = message.text();
        // What the workbench was writing into the profile when the page was loaded anew.
        if (/Unable to write file '[^']*\/user-data\/[^']*' \(Canceled/.test(text)) return;
        if (message.type() === 'error' && /race-replay|Content Security Policy/i.test(text)) problems.push(text);
      });
      const payload = [['openFile', `vscode-remote://${server.host}${join(workspace, 'stack.py')}`]];
      await page.goto(
        `http://${server.host}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
      );
      await page.locator('.monaco-editor .view-line', { hasText: 'def thread1' }).waitFor({ timeout: 60_000 });
    });
    const lens = () => page.locator('.codelens-decoration a', { hasText: 'Simulate race' }).first();
    await step('a squiggle and the lens appear', async () => {
      await page.locator('.monaco-editor .squiggly-warning').first().waitFor({ timeout: 30_000 });
      await lens().waitFor();
      await page.screenshot({ path: join(screenshots, 'editor-dark.png') });
    });
    await step('hovering over the warning tells check, gap, act and consequence', async () => {
      const text = page.locator('.monaco-editor .view-line', { hasText: 'del stack[0]' }).locator('span span').last();
      await eventually(async () => {
        await text.hover();
        await page.locator('.monaco-hover', { hasText: 'Race Replay' }).first().waitFor({ timeout: 2_000 });
      });
      await page.screenshot({ path: join(screenshots, 'hover-dark.png') });
      await page.keyboard.press('Escape');
      await page.mouse.move(5, 955);
    });
    /** Runs a command by its name in the palette, as a person finds it. */
    const palette = async (name) => {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').waitFor();
      await page.keyboard.insertText(name);
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
      await page.keyboard.press('Enter');
    };
    const panel = () => page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    const slider = () => panel().getByRole('slider');
    const at = async () => Number(await slider().getAttribute('aria-valuenow'));
    await step('clicking the lens opens the panel at the violation', async () => {
      await lens().click();
      await slider().waitFor({ timeout: 30_000 });
      await panel().locator('.verdict-violation').waitFor();
      assert.ok((await at()) > 1, 'the panel should not open at the first step');
      assert.match((await panel().locator('.headline').innerText()).trim(), /stack|thread/);
    });
    await step('the editor shows where each lane is', async () => {
      await eventually(async () =>
        assert.ok((await page.locator('.monaco-editor [class*="ced-"][class*="TextEditorDecorationType"]').count()) >= 2),
      );
      await page.screenshot({ path: join(screenshots, 'panel-dark.png') });
    });
    await step('keys step through the panel', async () => {
      await slider().focus();
      await page.keyboard.press('Home');
      await eventually(async () => assert.equal(await at(), 1));
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await eventually(async () => assert.equal(await at(), 3));
      await page.keyboard.press('v');
      await eventually(async () => assert.ok((await at()) > 3));
    });
    await step('the scrubber can be dragged', async () => {
      const box = await slider().boundingBox();
      await page.mouse.move(box.x + box.width - 3, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + 2, box.y + box.height / 2, { steps: 8 });
      await page.mouse.up();
      await eventually(async () => assert.equal(await at(), 1));
      await slider().focus();
      await page.keyboard.press('v');
    });
    await step('a click on a line of the editor selects its steps', async () => {
      const before = await at();
      await page.locator('.monaco-editor .view-line', { hasText: 'stack.insert(0' }).click();
      await eventually(async () => {
        const marked = await panel().locator('.row.editor-line, .row.on-line, .row[data-line]').count();
        assert.ok(marked > 0 || (await at()) !== before);
      });
    });
    await step("VS Code's own debugger steps the replay, and the panel follows", async () => {
      await slider().focus();
      await page.keyboard.press('v');
      await palette('Race Replay: Step the Replay in the Debugger');
      await page.locator('.debug-toolbar').waitFor({ timeout: 15_000 });
      const stack = page.locator('.debug-call-stack');
      await stack.getByText('C thread1').waitFor({ timeout: 15_000 });
      const before = await at();
      await page.locator('.exception-widget', { hasText: 'check-then-act' }).waitFor();
      await page.screenshot({ path: join(screenshots, 'debugger-violation-dark.png') });
      await page.keyboard.press('F10');
      await eventually(async () => assert.equal(await at(), before + 1));
      const back = page.locator('.debug-toolbar .codicon-debug-step-back');
      await back.click();
      await eventually(async () => assert.equal(await at(), before));
      await back.click();
      await eventually(async () => assert.equal(await at(), before - 1));
      await page.locator('.debug-variables .monaco-list-row', { hasText: 'stack' }).waitFor();
      await page.screenshot({ path: join(screenshots, 'debugger-dark.png') });
      await page.locator('.debug-toolbar .codicon-debug-stop').click();
      await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
      await page.keyboard.press('Control+Shift+E');
    });
    await step('after the window was reloaded the panel is there, at the same step', async () => {
      await slider().focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await eventually(async () => assert.equal(await at(), 3));
      const shown = async () => [await slider().getAttribute('aria-valuetext'), await panel().locator('.headline').innerText()];
      const before = await shown();
      await eventually(async () => assert.ok(await isStored(page, /"cursor":2,/), 'the workbench has not stored the step'), 30_000);
      // A window that was told to open a file opens that, in place of what it had open.
      await page.evaluate(() => history.replaceState(null, '', location.href.replace(/&payload=.*/, '')));
      await page.reload();
      await page.locator('.monaco-editor .view-line', { hasText: 'def thread1' }).waitFor({ timeout: 60_000 });
      await slider().waitFor({ timeout: 30_000 });
      // Simulated again: what the panel shows is the host's, and the editor follows it.
      await eventually(async () =>
        assert.ok((await page.locator('.monaco-editor [class*="ced-"][class*="TextEditorDecorationType"]').count()) >= 2),
      );
      await panel().locator('.progress').waitFor({ state: 'detached' });
      assert.equal(await at(), 3);
      assert.deepEqual(await shown(), before);
      await slider().focus();
      await page.keyboard.press('ArrowRight');
      await eventually(async () => assert.equal(await at(), 4));
      await page.screenshot({ path: join(screenshots, 'reloaded-dark.png') });
    });
    await step('driving by hand offers the lanes that may move', async () => {
      await palette('Race Replay: Choose the Interleaving by Hand');
      const choices = panel().locator('section[aria-label="Drive"] button.choice:not([disabled])');
      await choices.first().waitFor({ timeout: 15_000 });
      const before = Number(await slider().getAttribute('aria-valuemax'));
      await choices.first().click();
      await eventually(async () => assert.notEqual(await slider().getAttribute('aria-valuemax'), String(before === 1 ? 0 : before)));
      await page.screenshot({ path: join(screenshots, 'drive-dark.png') });
    });
    await step('the simulator runs on from there, one after the other and into the violation', async () => {
      const drive = panel().locator('section[aria-label="Drive"]');
      const runOn = (name) => panel().getByRole('group', { name: 'Run on' }).getByRole('button', { name }).click();
      await runOn('One after the other');
      await drive.locator('h2', { hasText: 'It ended well.' }).waitFor();
      await drive.getByRole('button', { name: 'Undo' }).click();
      await runOn('Into a violation');
      await drive.locator('h2', { hasText: 'You hit the race.' }).waitFor({ timeout: 15_000 });
      await drive.locator('.reached', { hasText: 'context switch' }).waitFor();
    });
    await step('a driven execution is gone on with after a reload', async () => {
      const steps = await slider().getAttribute('aria-valuemax');
      // The extension's memory is stored with the workbench's own.
      await eventually(async () => assert.ok(await isStored(page, /"moves":"rr1:[^"]*thread1/)), 30_000);
      await page.reload();
      const drive = panel().locator('section[aria-label="Drive"]');
      await drive.locator('h2', { hasText: 'You hit the race.' }).waitFor({ timeout: 60_000 });
      assert.equal(await slider().getAttribute('aria-valuemax'), steps);
      await drive.getByRole('button', { name: 'Undo' }).click();
      await drive.locator('h2', { hasText: 'What runs next?' }).waitFor();
    });
    await step('a puzzle is chosen, solved by hand, and tells how few switches are enough', async () => {
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'The last seat' });
      // On a slow machine something that takes the focus late closes the list.
      await eventually(async () => {
        await palette('Race Replay: Puzzles…');
        await row.waitFor({ timeout: 8_000 });
      }, 40_000);
      await page.screenshot({ path: join(screenshots, 'puzzles-dark.png') });
      await row.click();
      await panel().locator('h1', { hasText: 'Sell it to both of them' }).waitFor({ timeout: 15_000 });
      await page.locator('.monaco-editor .view-line', { hasText: 'def book' }).waitFor();
      const choice = (name) => panel().locator('button.choice:not([disabled])', { has: page.locator('.choice-name', { hasText: name }) });
      /** Moves a lane until it would do that next. */
      const moveUntil = async (name, done) => {
        for (let moves = 0; moves < 20 && !(await done()); moves++) {
          const before = await panel().locator('.drive-story').innerText();
          await choice(name).click();
          await eventually(async () => assert.notEqual(await panel().locator('.drive-story').innerText(), before));
        }
        assert.ok(await done());
      };
      const next = (name) => choice(name).locator('.code').innerText();
      await moveUntil(/^main/, async () => (await choice(/^book 2/).count()) > 0);
      // Both read how many seats are free before either takes one.
      await moveUntil(/^book(?! 2)/, async () => (await next(/^book(?! 2)/)) === 'free -= 1');
      await moveUntil(/^book 2/, async () => (await next(/^book 2/)) === 'free -= 1');
      assert.equal(await panel().locator('.solved').count(), 0);
      await panel().getByRole('group', { name: 'Run on' }).getByRole('button', { name: 'One after the other' }).click();
      const solved = panel().locator('.solved');
      await solved.waitFor({ timeout: 15_000 });
      assert.match(
        await solved.innerText(),
        /^Solved\. Run to its end, your way has (\d+) context switches; 4 are enough, and none has fewer\./,
      );
      await page.screenshot({ path: join(screenshots, 'puzzle-dark.png') });
      await solved.getByRole('button', { name: 'More puzzles…' }).click();
      await page.locator('.quick-input-list .monaco-list-row', { hasText: /The last seat.*solved with/ }).waitFor();
      await page.keyboard.press('Escape');
    });
    await step('a puzzle is gone on with after a reload, with its unsaved program', async () => {
      // The extension's memory, the layout and the unsaved text are stored each at a time of its own.
      await eventually(async () => assert.ok(await isStored(page, /"puzzle":"last_seat.py"/)), 30_000);
      await eventually(async () => assert.ok(await isStored(page, /"editorpart.state".*untitled/)), 30_000);
      await eventually(async () => assert.ok(await isBackedUp(profile, 'def book')), 30_000);
      await page.reload();
      await panel().locator('h1', { hasText: 'Sell it to both of them' }).waitFor({ timeout: 60_000 });
      await panel().locator('section[aria-label="Drive"]').waitFor();
      await page.locator('.monaco-editor .view-line', { hasText: 'def book' }).waitFor();
      await page.locator('.tab', { hasText: 'stack.py' }).click();
      await page.locator('.monaco-editor .view-line', { hasText: 'def thread1' }).waitFor();
    });
    await step('a sample, which is unsaved too, is simulated again after a reload', async () => {
      await palette('Race Replay: Open Sample…');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'counter_gil.py' }).click();
      await page.locator('.monaco-editor .view-line', { hasText: 'def count' }).waitFor();
      await lens().click();
      await panel().locator('.kicker', { hasText: 'total' }).waitFor({ timeout: 20_000 });
      await eventually(async () => assert.ok(await isStored(page, /"uri":"untitled:[^"]*"[^}]*},"moves":null/)), 30_000);
      await eventually(async () => assert.ok(await isBackedUp(profile, 'def count')), 30_000);
      await page.waitForTimeout(6_000);
      await page.reload();
      await slider().waitFor({ timeout: 60_000 });
      await page.locator('.monaco-editor .view-line', { hasText: 'def count' }).waitFor({ timeout: 30_000 });
      // Simulated again: the marks of the lanes are of the new replay.
      await eventually(async () =>
        assert.ok((await page.locator('.monaco-editor [class*="ced-"][class*="TextEditorDecorationType"]').count()) >= 2),
      );
      await panel().locator('.progress').waitFor({ state: 'detached' });
      assert.equal(await panel().getByRole('alert').count(), 0);
      await page.screenshot({ path: join(screenshots, 'sample-reloaded-dark.png') });
      await page.locator('.tab', { hasText: 'stack.py' }).click();
      await page.locator('.monaco-editor .view-line', { hasText: 'def thread1' }).waitFor();
    });
    await step('the light theme has its own picture', async () => {
      await palette('Preferences: Toggle between Light/Dark Themes');
      await page.locator('.monaco-workbench.vs').waitFor({ timeout: 15_000 });
      await lens().click();
      // The replay takes the place of the driving by hand.
      await panel().locator('section[aria-label="Drive"]').waitFor({ state: 'detached', timeout: 15_000 });
      await panel().locator('.place.tag-act').waitFor();
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(screenshots, 'panel-light.png') });
    });
    await step('adding a lock makes the warning vanish, in the unsaved text', async () => {
      await page.locator('.monaco-editor .view-line', { hasText: 'def thread2' }).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(await readFile(join(root, 'media', 'samples', 'fixed', 'stack.py'), 'utf8'));
      await page.locator('.monaco-editor .view-line', { hasText: 'with lock' }).first().waitFor();
      // The editor must hold the text as it was given, not one that no longer parses.
      const first = await page.locator('.monaco-editor .view-line', { hasText: 'def thread2' }).innerText();
      assert.match(first.replaceAll('\u00a0', ' '), /^def thread2/);
      await eventually(async () => {
        assert.equal(await page.locator('.monaco-editor .squiggly-warning').count(), 0);
        assert.equal(await page.locator('.codelens-decoration a', { hasText: 'Simulate race' }).count(), 0);
      }, 30_000);
      // The open panel follows: it tells how many interleavings were tried, and shows no violation.
      await panel().getByText('interleavings failed', { exact: false }).first().waitFor({ timeout: 20_000 });
      await page.screenshot({ path: join(screenshots, 'fixed-light.png') });
    });
    await step('the old interleaving is tried on the fixed text, and stops at the lock', async () => {
      await panel().getByRole('button', { name: 'Try the old interleaving' }).click();
      await panel()
        .getByText('Here your old interleaving can’t go on: thread2 waits for the lock, held by thread1.')
        .waitFor({ timeout: 20_000 });
      await panel().locator('.row.selected', { hasText: 'the old order ends here' }).waitFor();
      await page.screenshot({ path: join(screenshots, 'old-blocked-light.png') });
    });
    await step('no script of the panel was refused or failed', () => assert.deepEqual(problems, []));
    await step("in a browser's extension host the server is a web worker, and finds and shows the same", async () => {
      // Without the installed package: the extension comes from its folder, as a web extension.
      const bare = await freshProfile({ 'window.restoreWindows': 'none' });
      const own = await startCodeServer(bare, workspace);
      const tab = await browser.newPage({ viewport: { width: 1600, height: 960 } });
      try {
        const remote = (path) => `vscode-remote://${own.host}${path}`;
        const payload = [
          ['extensionDevelopmentPath', remote(root)],
          ['extensionDevelopmentKind', 'web'],
          ['openFile', remote(join(workspace, 'stack.py'))],
        ];
        await tab.goto(
          `http://${own.host}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
        );
        await tab.locator('.monaco-editor .squiggly-warning').first().waitFor({ timeout: 90_000 });
        assert.ok(tab.workers().length >= 2, 'the server and its simulation worker are workers of the page');
        await tab.locator('.codelens-decoration a', { hasText: 'Simulate race' }).first().click();
        const frame = tab.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
        await frame.locator('.verdict-violation').waitFor({ timeout: 30_000 });
        await tab.screenshot({ path: join(screenshots, 'web-dark.png') });
        await frame.getByRole('button', { name: 'Step in the debugger' }).click();
        await tab.locator('.debug-call-stack').getByText('C thread1').waitFor({ timeout: 30_000 });
        const before = await frame.getByRole('slider').getAttribute('aria-valuenow');
        await tab.locator('.debug-toolbar .codicon-debug-step-back').click();
        await eventually(async () =>
          assert.equal(await frame.getByRole('slider').getAttribute('aria-valuenow'), String(Number(before) - 1)),
        );
      } catch (error) {
        await tab.screenshot({ path: join(screenshots, 'web-failure.png') });
        throw error;
      } finally {
        await tab.close();
        await own.stop();
        await bare.remove();
      }
    });
  } finally {
    if (page !== null && tests.some(({ state }) => state === 'failed')) {
      await page.screenshot({ path: join(screenshots, 'failure.png') }).catch(() => undefined);
    }
    await browser?.close();
    await server?.stop();
    await profile.remove();
    await rm(workspace, { recursive: true, force: true });
    await writeFile(join(results, 'e2e.json'), JSON.stringify({ tests }, null, 2));
  }
  if (tests.some(({ state }) => state !== 'passed')) process.exitCode = 1;
}

main().catch((error) => {
  console.error(`The end-to-end test could not run: ${error.stack ?? error}`);
  process.exitCode = 1;
});

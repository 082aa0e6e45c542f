/** Unit and component tests run straight from the TypeScript sources; VS Code's own tests do not run here. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/vscode/**', 'node_modules/**', 'out/**', 'dist/**'],
    // Generous: a loaded machine is no failure, and what hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The machine may have two cores, and some tests start browsers and interpreters of their own.
    maxWorkers: 2,
  },
});

import { defineConfig } from 'vitest/config';

/** For `npm run fuzz -- --worlds N`: one endless kind of test, started by scripts/fuzz-worlds.mjs. */
export default defineConfig({
  test: {
    include: ['test/fuzz/*.fuzz.ts'],
    testTimeout: 0,
    pool: 'forks',
    silent: false,
    disableConsoleIntercept: true,
    reporters: [{}],
  },
});

/**
 * Prints the last line of `.ci/run`, `N passed, N failed`, and exits 1 when anything failed.
 * usage: node scripts/ci-counts.mjs RESULTS.json FAILED_STEPS TEST_EXIT_CODE
 */
import { readFileSync } from 'node:fs';

const [path = '', steps = '0', exitCode = '0'] = process.argv.slice(2);
const { passed, failed } = counts(readResults(path));
const failedInAll = Math.max(failed, exitCode === '0' ? 0 : 1) + Number(steps);
console.log(`${passed} passed, ${failedInAll} failed`);
process.exitCode = failedInAll === 0 && passed > 0 ? 0 : 1;

/** Vitest's results, or null where it did not get so far. */
function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** A file that could not be loaded has no tests to count: it counts as one failure. */
function counts(results) {
  if (results === null) return { passed: 0, failed: 1 };
  const broken = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: results.numPassedTests, failed: results.numFailedTests + broken.length };
}

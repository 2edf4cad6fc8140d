/** The last line of CI tells the truth: what passed, what failed, and a failure for what never ran. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SCRIPT = resolve(import.meta.dirname, '../../scripts/ci-counts.mjs');

interface FileResult {
  readonly status: 'passed' | 'failed';
  readonly assertionResults: readonly unknown[];
}

function lastLine(
  results: { passed: number; failed: number; files?: readonly FileResult[] } | null,
  failedSteps = 0,
  testExitCode = 0,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'ci-counts-'));
  try {
    const path = join(folder, 'results.json');
    if (results !== null) {
      const { passed, failed, files = [] } = results;
      writeFileSync(path, JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: files }));
    }
    const { stdout, status } = spawnSync(process.execPath, [SCRIPT, path, String(failedSteps), String(testExitCode)], {
      encoding: 'utf8',
    });
    return `${stdout.trimEnd()} · exit ${status}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('everything passed', () => {
  expect(lastLine({ passed: 812, failed: 0 })).toBe('812 passed, 0 failed · exit 0');
});

test('failed tests are counted', () => {
  expect(lastLine({ passed: 810, failed: 2 }, 0, 1)).toBe('810 passed, 2 failed · exit 1');
});

test('a test file that cannot be loaded has no tests to fail, and counts as one', () => {
  const files: FileResult[] = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'passed', assertionResults: [{}] },
  ];
  expect(lastLine({ passed: 5, failed: 1, files }, 0, 1)).toBe('5 passed, 2 failed · exit 1');
});

test('a step before the tests that failed counts as one failure each', () => {
  expect(lastLine({ passed: 812, failed: 0 }, 2)).toBe('812 passed, 2 failed · exit 1');
});

test('an error outside of any test is a failure although no test failed', () => {
  expect(lastLine({ passed: 812, failed: 0 }, 0, 1)).toBe('812 passed, 1 failed · exit 1');
});

test('without results, or without a single test, nothing is shown to hold', () => {
  expect(lastLine(null, 1, 1)).toBe('0 passed, 2 failed · exit 1');
  expect(lastLine({ passed: 0, failed: 0 })).toBe('0 passed, 0 failed · exit 1');
});

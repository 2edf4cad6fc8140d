#!/usr/bin/env node
/**
 * The executable. `--version` is answered here, before anything heavy is loaded: scripts ask for it often. All else
 * goes to `entry`, which returns the exit code; the process ends by itself once its output is written.
 */
import { readVersion } from './version.js';

const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  process.stdout.on('error', () => {
    process.stderr.write('error BS1008: the output was cut off\n');
    process.exitCode = 1;
  });
  process.stdout.write(`${readVersion()}\n`);
} else {
  const { main } = await import('./entry.js');
  process.exitCode = await main(words);
}

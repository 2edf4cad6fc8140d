/** The version of batchsim, from its own package.json. */
import { readFileSync } from 'node:fs';

/** The project's root: where package.json and scenarios/ lie. */
export const PACKAGE_ROOT = new URL('../../', import.meta.url);

/** Such as `0.1.0`. */
export function readVersion(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('package.json', PACKAGE_ROOT), 'utf8'));
  return manifest.version;
}

/** The vectors of the specification, read as users' files of vectors are. */
import { readFileSync } from 'node:fs';
import { renderDiagnostic } from '../../../src/base/index.js';
import { readVectors } from '../../../src/scenario/index.js';

const NAME = 'test/golden/autoscale-vectors.json';

/** The whole file; a problem in it fails whoever asks. */
export const SPECIFICATION = (() => {
  const file = readVectors(NAME, readFileSync(NAME, 'utf8'));
  if (!file.ok) throw new Error(file.error.map(renderDiagnostic).join('\n'));
  return file.value;
})();

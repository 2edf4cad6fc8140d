import { expect, test } from 'vitest';
import { referencePage } from './helpers/reference.js';

test('docs/formula-reference.md is what the tables say', async () => {
  await expect(referencePage()).toMatchFileSnapshot('../../docs/formula-reference.md');
});

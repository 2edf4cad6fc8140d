import { expect, test } from 'vitest';
import { checkResourceFiles, type ResourceFile } from '../../../src/model/index.js';
import { refusal } from './refusals.js';

const URL = 'https://files.example.invalid/a';

test.each<[string, ResourceFile, string]>([
  ['a file of the web', { httpUrl: URL, filePath: 'a' }, 'accepted'],
  ['a container', { storageContainerUrl: URL }, 'accepted'],
  [
    'a container with a prefix and a folder',
    { autoStorageContainerName: 'c', blobPrefix: 'x', filePath: 'd' },
    'accepted',
  ],
  ['no source', { filePath: 'a' }, 'MissingRequiredProperty httpUrl'],
  ['two sources', { httpUrl: URL, storageContainerUrl: URL, filePath: 'a' }, 'InvalidPropertyValue httpUrl'],
  ['a prefix of a single file', { httpUrl: URL, filePath: 'a', blobPrefix: 'x' }, 'InvalidPropertyValue blobPrefix'],
  ['a single file without a path', { httpUrl: URL }, 'MissingRequiredProperty filePath'],
  ['a path that leaves the working directory', { httpUrl: URL, filePath: '../a' }, 'InvalidPropertyValue filePath'],
])('FILE-04, FILE-13 %s', (_, file, expected) => {
  expect(refusal(checkResourceFiles([file]))).toBe(expected);
});

test('ERR-17 too many resource files are too large an entity', () => {
  const files = new Array<ResourceFile>(1001).fill({ storageContainerUrl: URL });
  expect(checkResourceFiles(files)).toMatchObject({ code: 'RequestEntityTooLarge', status: 413 });
  expect(checkResourceFiles(files.slice(1))).toBeNull();
});

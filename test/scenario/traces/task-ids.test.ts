import { describe, expect, test } from 'vitest';
import { idHash, mapTaskId, mapTaskIds } from '../../../src/scenario/traces/task-ids.js';

describe('ids of traces', () => {
  test.each(['a', 'A-b_9', 'x'.repeat(64), '0007'])('ACC-17 takes %s as it stands', (id) => {
    expect(mapTaskId(id)).toBe(id);
  });

  test.each([
    ['a.b:c/d e', 'a_b_c_d_e'],
    ['größe', 'gr__e'],
    ['rocket🚀', 'rocket_'],
    ['', '_'],
  ])('ACC-17 refuses characters of %j: each becomes _', (id, mapped) => {
    expect(mapTaskId(id)).toBe(mapped);
  });

  test('ACC-17 more than 64 characters: the first 51, a hyphen and 12 digits of the hash of the original', () => {
    const id = `${'a.'.repeat(25)}bcdefghijklmnop`;
    expect(mapTaskId(id)).toBe(`${'a_'.repeat(25)}b-${idHash(id)}`);
    expect(mapTaskId(id)).toHaveLength(64);
    expect(idHash('')).toMatch(/^[0-9a-f]{12}$/);
    expect(idHash('NFCORE_SAREK')).toBe(idHash('NFCORE_SAREK'));
    expect(idHash('NFCORE_SAREK')).not.toBe(idHash('NFCORE_SAREk'));
  });

  test('ACC-17 case does not count: ids that differ in it alone are kept apart', () => {
    const { ids, mappedCount, collisionCount } = mapTaskIds(['Task', 'task', 'other']);
    expect(ids).toEqual(['Task', `task-${idHash('task')}`, 'other']);
    expect([mappedCount, collisionCount]).toEqual([1, 1]);
  });

  test('an id that is fit for Batch is not taken by a mapped one before it', () => {
    const { ids } = mapTaskIds(['a.b', 'a_b', 'a:b']);
    expect(ids).toEqual([`a_b-${idHash('a.b')}`, 'a_b', `a_b-${idHash('a:b')}`]);
  });

  test('very many doubles of one id are kept apart without a search', () => {
    const { ids } = mapTaskIds(Array.from({ length: 50_000 }, () => '7'));
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(50_000);
  });
});

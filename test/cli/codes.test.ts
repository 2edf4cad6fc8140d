import { expect, test } from 'vitest';
import { allStories, titleOf } from '../../src/cli/stories.js';

test('every code of every room is unique, and each has a story and a way out', () => {
  const stories = allStories();
  expect(new Set(stories.map((story) => story.code)).size).toBe(stories.length);
  for (const { code, title, story, fix } of stories) {
    expect(code).toMatch(/^BS\d{4}$/);
    expect(title.length).toBeGreaterThan(5);
    expect(story).toMatch(/\.$/);
    expect(fix.length).toBeGreaterThan(5);
  }
});

test('titles are found by code', () => {
  expect(titleOf('BS1001')).toBe('unknown command');
  expect(titleOf('BS9999')).toBeNull();
});

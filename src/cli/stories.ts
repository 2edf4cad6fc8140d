/** Every code there is, from all rooms that report problems. */
import { FORMULA_CODES } from '../autoscale/index.js';
import { SCENARIO_CODES, TRACE_CODES } from '../scenario/index.js';
import { CLI_CODES, type CodeStory } from './codes.js';

/** All codes in order. */
export function allStories(): readonly CodeStory[] {
  const stories: CodeStory[] = [
    ...Object.values(CLI_CODES),
    ...SCENARIO_CODES,
    ...Object.values(TRACE_CODES),
    ...FORMULA_CODES,
  ];
  return stories.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

/** The story of a code; null if there is no such code. */
export function storyOf(code: string): CodeStory | null {
  return allStories().find((story) => story.code === code) ?? null;
}

/** One line for a code; null if there is no such code. */
export function titleOf(code: string): string | null {
  return storyOf(code)?.title ?? null;
}

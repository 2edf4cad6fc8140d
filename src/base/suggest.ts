/** "Did you mean": the nearest known word to one that is not known. */
import { closest, distance } from 'fastest-levenshtein';

/**
 * The known word nearest to `word`, or null when none is near enough to be what was meant: at most a third of its
 * letters differ, case aside.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  if (known.length === 0 || word.length > 200) return null;
  const lower = word.toLowerCase();
  const exact = known.find((candidate) => candidate.toLowerCase() === lower);
  if (exact !== undefined) return exact;
  const lowered = known.map((candidate) => candidate.toLowerCase());
  const best = closest(lower, lowered);
  if (distance(lower, best) > Math.max(1, Math.floor(Math.max(word.length, best.length) / 3))) return null;
  return known[lowered.indexOf(best)] ?? null;
}

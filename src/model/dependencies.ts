/** What a dependency names (DEP-06, DEP-11). */

/** Ids compare without regard to case. */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/** DEP-06: the integer that an id is for dependency ranges, leading zeros ignored; null for any other id. */
export function rangeMember(id: string): number | null {
  if (!/^[0-9]+$/.test(id)) return null;
  const value = Number(id);
  return Number.isSafeInteger(value) ? value : null;
}

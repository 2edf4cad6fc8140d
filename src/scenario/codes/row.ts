/** What is known of a code. */

/** The longer story of a code. */
export interface CodeStory {
  readonly code: string;
  /** One line. */
  readonly title: string;
  /** What it means and when it happens. */
  readonly story: string;
  /** What to do. */
  readonly fix: string;
}

/** One row of a table of codes. */
export function row<Code extends string>(code: Code, title: string, story: string, fix: string) {
  return { code, title, story, fix } as const;
}

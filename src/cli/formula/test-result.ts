/** What the tests of formulas came to, whoever reports it. */

/** One case, property or file that could not be tested. */
export interface TestResult {
  readonly kind: 'case' | 'property' | 'file';
  readonly name: string;
  readonly ok: boolean;
  /** What differs, a line each; of a property also what was found where it holds. */
  readonly says: readonly string[];
  /** `file:line:column`; null: it has no place. */
  readonly place: string | null;
}

/** The tests of one file. */
export interface TestReport {
  readonly file: string;
  readonly results: readonly TestResult[];
}

/** How many passed and failed. */
export function countResults(reports: readonly TestReport[]): { readonly passed: number; readonly failed: number } {
  const results = reports.flatMap((report) => report.results);
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed };
}

/** Test results for programs. Pure. */
import { countResults, type TestReport } from '../test-result.js';

/** Keys are only added while this stays the same. */
const SCHEMA_VERSION = 1;

/** The report as a JSON document. */
export function jsonReport(reports: readonly TestReport[]): string {
  return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...countResults(reports), files: reports }, null, 2);
}

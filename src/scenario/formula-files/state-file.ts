/** A state file → the state that a formula is tried on, or located diagnostics. */
import { type Diagnostic, err, ok, type Result } from '../../base/index.js';
import { formatOf } from '../json-schema.js';
import { readDocument } from './document.js';
import { type GivenState, state } from './state.js';

const FORMAT = formatOf(state, 'formula-state');

/** Reads a state: what stands under `state` in the cases of a formula test, as a file of its own. */
export function readState(name: string, text: string): Result<GivenState, readonly Diagnostic[]> {
  const document = readDocument(name, text, { schema: state, format: FORMAT, whole: 'the state' });
  return document.ok ? ok(document.value.value) : err(document.error);
}

/**
 * The library: everything from a scenario to its report, without the command line.
 *
 * ```ts
 * import { loadScenario, simulate, summarize } from 'batchsim';
 *
 * const loaded = loadScenario('scenario.yaml');
 * if (!loaded.ok) throw new Error(loaded.error.map(renderDiagnostic).join('\n'));
 * console.log(summarize(simulate(loaded.value.scenario)).makespan_s);
 * ```
 *
 * A scenario can also be made without a file, from {@link makeScenario} and its siblings; a million tasks are columns
 * of one {@link TaskSet}, not a million objects. `simulate(scenario, { record: 'summary' })` keeps no event log.
 */
import { type Diagnostic, type Result, renderDiagnostic } from './base/index.js';
import { nodeFiles, processEnvironment } from './host/index.js';
import type { Run } from './recording/index.js';
import {
  type LoadedScenario,
  type LoadOptions,
  loadScenarioText as loadTextWith,
  loadScenario as loadWith,
} from './scenario/index.js';
import { type SimulationOptions, simulate } from './sim/index.js';

/** As {@link LoadOptions}, but files are those of this machine and the environment is the process's, unless given. */
export type LibraryLoadOptions = Partial<LoadOptions>;

/** Loads and checks a scenario file; the error holds every problem found, warnings included. */
export function loadScenario(
  path: string,
  options: LibraryLoadOptions = {},
): Result<LoadedScenario, readonly Diagnostic[]> {
  return loadWith(path, withDefaults(options));
}

/** The same for text; `name` stands for the file in diagnostics, and relative paths count from its folder. */
export function loadScenarioText(
  name: string,
  text: string,
  options: LibraryLoadOptions = {},
): Result<LoadedScenario, readonly Diagnostic[]> {
  return loadTextWith(name, text, withDefaults(options));
}

/** As {@link LibraryLoadOptions}, with what a run is told. */
export type SimulateFileOptions = LibraryLoadOptions & SimulationOptions;

/** Loads a scenario file and simulates it, for tests: throws an error that names every problem of the file. */
export function simulateFile(path: string, { record, ...options }: SimulateFileOptions = {}): Run {
  const loaded = loadScenario(path, options);
  if (!loaded.ok) throw new Error(loaded.error.map(renderDiagnostic).join('\n'));
  return simulate(loaded.value.scenario, record === undefined ? {} : { record });
}

function withDefaults(options: LibraryLoadOptions): LoadOptions {
  return { ...options, files: options.files ?? nodeFiles(), env: options.env ?? processEnvironment() };
}

export {
  type Diagnostic,
  diagnosticsAs,
  err,
  type FileReader,
  ok,
  placeText,
  type Result,
  renderDiagnostic,
  type Source,
} from './base/index.js';
export { nodeFiles } from './host/index.js';
export * from './model/index.js';
export * from './recording/index.js';
export * from './report/index.js';
export { type LoadedScenario, type LoadOptions, preflight, scenarioJsonSchema } from './scenario/index.js';
export {
  FormulaHistory,
  type FormulaMoment,
  type PastEvaluation,
  Simulation,
  type SimulationOptions,
  simulate,
} from './sim/index.js';

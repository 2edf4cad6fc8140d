/** One spoilt input after the other: reads it, runs what can be run, judges how it ended. Started by fuzz-inputs.mjs. */

import { namedStream } from '../dist/base/index.js';
import { nodeFiles, renderDiagnostic, runFiles, Simulation, summarize } from '../dist/index.js';
import { loadScenarioText, preflight } from '../dist/scenario/index.js';
import { importTrace } from '../dist/scenario/traces/index.js';
import { readCorpus, SIDE_FILES } from './fuzz-corpus.mjs';
import { mutatedInput } from './fuzz-mutate.mjs';

/** A run that is not over after so many events was a good one: it moves on. */
const EVENTS_MAX = 100_000;

/** What a run folder says beside the run. */
const ABOUT = { tool: { name: 'fuzz', version: '0' }, scenarioHash: '' };

const corpus = readCorpus();

process.on('message', ({ k, seed, verbose }) => {
  process.send(judge(k, seed, verbose));
});

function judge(k, seed, verbose) {
  const input = mutatedInput(corpus, namedStream(seed, `input ${k}`));
  if (verbose) console.log(`--- ${input.name}: ${input.how.join(', ')}\n${input.text.slice(0, 20_000)}\n---`);
  try {
    const outcome = input.kind === 'trace' ? tryTrace(input) : tryScenario(input.name, input.text, new Map());
    if (verbose) console.log(outcome.shown);
    return { failure: outcome.failure ?? null, outcome: `${input.kind}: ${outcome.name}` };
  } catch (error) {
    return { failure: `${input.name} (${input.how.join(', ')}): ${error.stack?.split('\n').slice(0, 4).join(' | ')}` };
  }
}

function tryScenario(name, text, files) {
  const loaded = loadScenarioText(name, text, { files: memoryFiles(files), env: {} });
  if (!loaded.ok) return refused(loaded.error, name);
  preflight(loaded.value.scenario, loaded.value.places);
  const { scenario, resolvedYaml } = loaded.value;
  const simulation = new Simulation(scenario, { record: 'full' });
  const ended = simulation.advance(EVENTS_MAX);
  const run = { scenario, recording: simulation.recording() };
  const summary = summarize(run);
  for (const file of runFiles(run, { ...ABOUT, resolvedYaml, summary })) for (const _ of file.chunks());
  if (!Number.isFinite(summary.makespan_s)) return { failure: `makespan ${summary.makespan_s}` };
  return { name: ended ? 'good run' : 'good run, cut at the event limit', shown: JSON.stringify(summary, null, 1) };
}

function tryTrace({ name, format, text }) {
  const options = {
    nodes: 3,
    vmSize: 'Standard_D2s_v5',
    cores: 2,
    slots: 'processors',
    timing: 'none',
    taskOrder: 'ready',
  };
  const imported = importTrace({ source: { name, format, chunks: [text] }, ...options });
  if (!imported.ok) return refused(imported.error, name);
  const { scenarioYaml, warnings } = imported.value;
  for (const warning of warnings) renderDiagnostic(warning);
  const outcome = tryScenario(
    'scenario.yaml',
    scenarioYaml,
    new Map([['tasks.ndjson', [...imported.value.tasksNdjson()].join('')]]),
  );
  // What import wrote must load: a refusal here is our fault, unless the trace runs longer than Batch can say.
  return outcome.name === 'refused' ? { failure: `import wrote what cannot be loaded: ${outcome.shown}` } : outcome;
}

/** A refusal has an error with a code, and says where. */
function refused(diagnostics, name) {
  const shown = diagnostics.map(renderDiagnostic).join('\n');
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length === 0) return { failure: `refused without an error: ${shown}` };
  for (const { code, place, message } of errors) {
    if (!/^BS\d{4}$/.test(code)) return { failure: `a code that is none: ${shown}` };
    if (place === null && !message.includes(name)) return { failure: `an error without a place: ${shown}` };
  }
  return { name: 'refused', shown };
}

/** Files that a scenario names: those that an import made, the side files, and else the project's own. */
function memoryFiles(files) {
  const real = nodeFiles();
  const find = (path) => files.get(path) ?? SIDE_FILES.get(path);
  return {
    readText: (path) =>
      find(path) === undefined ? real.readText(`scenarios/${path}`) : { ok: true, value: find(path) },
    readChunks: (path) =>
      find(path) === undefined ? real.readChunks(`scenarios/${path}`) : { ok: true, value: [find(path)] },
    resolve: real.resolve,
  };
}

/**
 * One run of a workload through the library's public entry, in a process of its own; prints one line of JSON.
 * usage: node product.mjs W1|W2|W3 [n] [summary|full]
 */
import * as library from '../../dist/index.js';
import { gen, N } from './gen.mjs';
import { outcomeOf, workloadScenario } from './scenario.mjs';

const [w = '', n = N[w], record = 'summary'] = process.argv.slice(2);

const generated = performance.now();
const scenario = workloadScenario(library, gen(w, Number(n)));

const before = performance.now();
const simulation = new library.Simulation(scenario, { record });
const constructed = performance.now();
simulation.run();
const ran = performance.now();
const recording = simulation.recording();
const recorded = performance.now();

const usage = process.resourceUsage();
console.log(
  JSON.stringify({
    w,
    impl: 'batchsim',
    ...outcomeOf(w, recording),
    complete: recording.run.complete,
    digest: recording.run.digest,
    eventCount: simulation.eventCount,
    genMs: before - generated,
    constructMs: constructed - before,
    runMs: ran - constructed,
    // The loop's own clock: building the engine's columns and running to the end.
    simMs: ran - before,
    recordingMs: recorded - ran,
    userMs: usage.userCPUTime / 1000,
    rssMiB: Math.round(usage.maxRSS / 1024),
  }),
);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  constant,
  loadScenario,
  loadScenarioText,
  makeAccount,
  makeJob,
  makePool,
  makeScenario,
  makeTasks,
  renderDiagnostic,
  Simulation,
  simulate,
  simulateFile,
  summarize,
  TIMING_NONE,
} from '../src/index.js';

const VM_SIZE = { name: 'Standard_D2s_v5', family: null, vcpus: 2, memoryGib: 8, tempDiskGib: null, gpus: null };
const TEXT = `version: 1
name: library
pools: [{ id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: "\${env.NODES:-2}", model: { ready: true, timing: none } }]
jobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: "t-{1..6}", model: { runtime: 10s } }] }]
`;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'batchsim-library-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the library', () => {
  test('loads a file and simulates it', () => {
    const path = join(folder, 'scenario.yaml');
    writeFileSync(path, TEXT);
    const loaded = loadScenario(path);
    if (!loaded.ok) throw new Error(loaded.error.map(renderDiagnostic).join('\n'));
    expect(summarize(simulate(loaded.value.scenario))).toMatchObject({
      name: 'library',
      makespan_s: 30,
      tasks: { succeeded: 6 },
    });
  });

  test('loads and simulates in one call for tests, which throws what is wrong with the file', () => {
    const path = join(folder, 'at-once.yaml');
    writeFileSync(path, TEXT);
    const run = simulateFile(path, { env: { NODES: '3' }, record: 'summary' });
    expect([summarize(run).makespan_s, run.recording.log]).toEqual([20, null]);
    writeFileSync(path, TEXT.replace('poolInfo', 'poolnfo'));
    expect(() => simulateFile(path)).toThrow('did you mean "poolInfo"?');
  });

  test('takes overrides and an environment of its own', () => {
    const loaded = loadScenarioText('s.yaml', TEXT, { env: { NODES: '3' }, seed: '5' });
    if (!loaded.ok) throw new Error(loaded.error.map(renderDiagnostic).join('\n'));
    expect(summarize(simulate(loaded.value.scenario))).toMatchObject({ seed: expect.anything(), makespan_s: 20 });
  });

  test('returns problems, and throws none', () => {
    const loaded = loadScenarioText('s.yaml', TEXT.replace('poolInfo', 'poolnfo'));
    expect(loaded.ok ? '' : loaded.error.map(renderDiagnostic).join('\n')).toContain('did you mean "poolInfo"?');
    expect(loadScenario(join(folder, 'missing.yaml')).ok).toBe(false);
  });

  test('runs a scenario made without any text: 100,000 tasks as columns, asked for its summary alone', () => {
    const count = 100_000;
    const pool = makePool({ id: 'p', vmSize: VM_SIZE, targetDedicatedNodes: 100, ready: true, timing: TIMING_NONE });
    const tasks = makeTasks({
      count,
      runtime: Float64Array.from({ length: count }, (_, i) => 1 + (i % 7)),
      exitCode: [constant(0)],
    });
    const job = makeJob({ id: 'j', poolId: 'p', tasks: [tasks] });
    const { scenario, recording } = simulate(
      makeScenario({ accounts: [makeAccount({ pools: [pool], jobs: [job] })] }),
      { record: 'summary' },
    );
    expect(recording.log).toBeNull();
    expect(summarize({ scenario, recording }).tasks).toMatchObject({ total: count, succeeded: count });
  });

  test('can be advanced in slices, with the same outcome as in one go', () => {
    const loaded = loadScenarioText('s.yaml', TEXT);
    if (!loaded.ok) throw new Error('it loads');
    const { scenario } = loaded.value;
    const simulation = new Simulation(scenario);
    let slices = 0;
    while (!simulation.advance(1)) slices += 1;
    expect(slices).toBeGreaterThan(6);
    expect(simulation.completedShare).toBe(1);
    expect(simulation.recording().run.digest).toBe(simulate(scenario).recording.run.digest);
  });
});

/** Capacity as a scenario writes it: of a pool, and of a VM size in a region (ACC-09). */
import { expect, test } from 'vitest';
import { codesAtMarks, loaded, problemsOf } from './memory-files.js';

const POOLS = 'pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }]\n';
const text = (capacity: string, account = 'location: westeurope') =>
  `account: { ${account} }\nmodel: { capacity: [${capacity}] }\n${POOLS}`;

test('ACC-09 a window of a region: from when, how long, how many of each kind; without a location of every region', () => {
  const windows =
    '{ vmSize: standard_d4s_v5, location: WestEurope, from: +1h, for: 30m, dedicatedNodes: 3 }, { vmSize: Standard_D4s_v5, lowPriorityNodes: 0 }';
  const { scenario, warnings } = loaded(text(windows));
  expect(scenario.capacity).toEqual([
    {
      ...{ vmSize: 'standard_d4s_v5', location: 'WestEurope', fromMs: 3_600_000, toMs: 5_400_000 },
      ...{ dedicatedNodes: 3, lowPriorityNodes: null },
    },
    {
      ...{ vmSize: 'Standard_D4s_v5', location: null, fromMs: 0, toMs: null },
      ...{ dedicatedNodes: null, lowPriorityNodes: 0 },
    },
  ]);
  expect(warnings).toEqual([]);
  expect(scenario.accounts[0]?.location).toBe('westeurope');
});

test.each([
  ['»{ vmSize: Standard_D4s_v5 }', 'BS2006', 'limits nothing'],
  ['{ vmSize: »Standard_D4s_v55, dedicatedNodes: 1 }', 'BS2105', 'did you mean "Standard_D4s_v5"?'],
  ['{ vmSize: Standard_D4s_v5, location: »eastus, dedicatedNodes: 1 }', 'BS2206', 'add location: eastus to an account'],
])('ACC-09 what is wrong with %s is told at its place', (window, code, says) => {
  const given = text(window.replace('»{ ', '{ »'));
  expect(codesAtMarks(given)).toEqual([`here ${code}`]);
  expect(problemsOf(given.replace('»', ''))).toContain(says);
});

test('ACC-09 an action that names no size of the catalogue is an error of the file', () => {
  const action = 'actions: [{ at: +1h, setRegionCapacity: { vmSize: »Standard_D4s_v55, dedicatedNodes: 1 } }]\n';
  expect(codesAtMarks(`${POOLS}${action}`)).toEqual(['here BS2105']);
});

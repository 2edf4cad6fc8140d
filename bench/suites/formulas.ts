/**
 * The formula language by itself: a formula as long as the service takes is compiled, and a typical one evaluated on a week of
 * samples. Wanted: 5 ms a compilation, 20 µs an evaluation.
 */
import {
  compileFormula,
  evaluateFormula,
  type Formula,
  type FormulaInputs,
  MAX_CHARACTERS,
  printProgram,
} from '../../src/autoscale/index.js';
import { keyOf, namedStream } from '../../src/base/index.js';
import { type BenchCase, digestOf } from '../case.js';

/** Ninety statements of the kinds that formulas have; the rest of the text is their comments. */
const STATEMENTS = 90;
const KINDS: readonly ((n: number) => string)[] = [
  (n) => `$share${n} = $PendingTasks.GetSamplePercent(TimeInterval_Minute * ${(n % 9) + 1});`,
  (n) => `$p${n} = $share < 70 ? max(0, $PendingTasks.GetSample(1)) : avg($PendingTasks.GetSample(${n}));`,
  (n) => `isOpen${n} = time().weekday >= 1 && time().weekday <= 5 && time().hour >= ${n % 24};`,
  (n) => `$TargetDedicatedNodes = min(${n}, ceil((1 + $p) * 0.5 / max(1, $TaskSlotsPerNode)) - 1);`,
];

/** A formula of 8,192 characters, another one for each number. */
function longFormula(number: number): string {
  const kinds = Array.from({ length: STATEMENTS }, (_, n) => (KINDS[n % KINDS.length] as (n: number) => string)(n));
  const text = ['$share = 100;', `$p = ${number};`, ...kinds].join('\n');
  const filling = MAX_CHARACTERS - text.length - '\n// '.length;
  return `${text}\n// ${'.'.repeat(filling)}`;
}

/** As the service's documentation writes it, with a cap and working hours. */
const TYPICAL = `
  cap = 20;
  $share = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);
  $tasks = $share < 70 ? max(0, $PendingTasks.GetSample(1)) : max($PendingTasks.GetSample(1), avg($PendingTasks.GetSample(180 * TimeInterval_Second)));
  isOpen = time().weekday >= 1 && time().weekday <= 5 && time().hour >= 7 && time().hour < 18;
  $TargetDedicatedNodes = min(cap, max(isOpen ? 2 : 0, ceil($tasks / $TaskSlotsPerNode)));
  $NodeDeallocationOption = taskcompletion;`;

const SAMPLE_MS = 30_000;
/** As many samples as history keeps, 7 days. */
const SAMPLES = 20_160;

function compiled(text: string): Formula {
  const formula = compileFormula(text);
  if (!formula.ok) throw new Error(formula.error[0]?.message);
  return formula.value;
}

/** What the typical formula sees after a week and so many samples. */
function inputsAfter(samples: FormulaInputs['samples'], number: number): FormulaInputs {
  return {
    nowMs: (SAMPLES - 1 - number) * SAMPLE_MS,
    targetDedicatedNodes: 3,
    targetLowPriorityNodes: 0,
    currentDedicatedNodes: 3,
    currentLowPriorityNodes: 0,
    taskSlotsPerNode: 4,
    samples,
    random: namedStream(1, 'formulas'),
  };
}

/** Compiling and evaluating. */
export const FORMULA_CASES: readonly BenchCase[] = [
  {
    name: 'formulas/compile 8192 characters',
    unit: 'formulas',
    small: 3,
    full: 50,
    prepare(size) {
      const texts = Array.from({ length: size }, (_, number) => longFormula(number));
      let formulas: readonly Formula[] = [];
      return {
        run() {
          formulas = texts.map(compiled);
        },
        digest: () =>
          digestOf((digest) => {
            for (const { program, problems } of formulas) {
              digest.addInt(keyOf(printProgram(program)));
              digest.addInt(problems.length);
            }
          }),
      };
    },
  },
  {
    name: 'formulas/evaluate',
    unit: 'evaluations',
    small: 50,
    full: 10_000,
    prepare(size) {
      const times = Array.from({ length: SAMPLES }, (_, i) => i * SAMPLE_MS);
      const samples = new Map([['$PendingTasks', { times, values: times.map((_, i) => (i * 7) % 60) }]]);
      const formula = compiled(TYPICAL);
      const inputs = Array.from({ length: size }, (_, number) => inputsAfter(samples, number));
      const targets = new Int32Array(size);
      return {
        run() {
          inputs.forEach((one, number) => {
            const evaluation = evaluateFormula(formula, one);
            targets[number] = evaluation.ok ? evaluation.targetDedicatedNodes : -1;
          });
        },
        digest: () => digestOf((digest) => digest.addColumn(targets, size)),
      };
    },
  },
];

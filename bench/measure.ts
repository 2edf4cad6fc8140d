/**
 * Times one benchmark in a process of its own (call sites that several benchmarks share would be slower for all) and
 * prints one line of JSON.
 * usage: node measure.js NAME [small]
 */
import { Bench } from 'tinybench';
import { BENCH_CASES } from './cases.js';

/** What is printed; times in milliseconds a run. */
interface Measurement {
  readonly name: string;
  readonly size: number;
  readonly unit: string;
  readonly digest: string;
  readonly runs: number;
  /** The quickest run: what a busy machine disturbs least. */
  readonly leastMs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

async function measure(name: string, isSmall: boolean): Promise<Measurement> {
  const found = BENCH_CASES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no benchmark called ${name}`);
  const size = isSmall ? found.small : found.full;
  const trial = found.prepare(size);
  const bench = new Bench({ time: 1_000, iterations: 10, warmupTime: 300, warmupIterations: 3, throws: true });
  bench.add(name, trial.run, { async: false });
  const [task] = await bench.run();
  const result = task?.result;
  if (result === undefined || !('latency' in result)) throw new Error(`${name} was not measured`);
  const { latency } = result;
  return {
    name,
    size,
    unit: found.unit,
    digest: trial.digest(),
    runs: latency.samplesCount,
    leastMs: latency.min,
    medianMs: latency.p50,
    p99Ms: latency.p99,
  };
}

const [name, size] = process.argv.slice(2);
if (name === undefined) console.log(JSON.stringify(BENCH_CASES.map((one) => one.name)));
else console.log(JSON.stringify(await measure(name, size === 'small')));

/** A small log in the Standard Workload Format, made rather than recorded: something for `init --template trace`. */
import { namedStream } from '../base/index.js';

/** Jobs in the sample. */
const JOB_COUNT = 300;
/** Widths of jobs, in processors, narrow ones being common. */
const WIDTHS = [1, 1, 1, 1, 2, 2, 4, 8] as const;

/** The log: bursts of jobs over about a day; one never started, as happens in real logs. The same text every time. */
export function sampleTrace(): string {
  const random = namedStream('sample', 'trace');
  const lines = [
    '; A made-up log in the Standard Workload Format: 18 fields a job.',
    '; Fields used: 1 job, 2 submit time (s), 4 run time (s), 5 processors. -1 means unknown.',
    '; MaxProcs: 64',
  ];
  let submit = 0;
  for (let job = 1; job <= JOB_COUNT; job++) {
    submit += Math.floor(random.next() * (random.next() < 0.8 ? 120 : 1500));
    const runtime = job === 100 ? -1 : 30 + Math.floor(cubed(random.next()) * 5400);
    const width = WIDTHS[Math.floor(random.next() * WIDTHS.length)] as number;
    lines.push(`${job} ${submit} -1 ${runtime} ${width} -1 -1 ${width} -1 -1 ${runtime < 0 ? 5 : 1} 1 1 -1 1 -1 -1 -1`);
  }
  return `${lines.join('\n')}\n`;
}

/** Most jobs are short and a few are long. */
function cubed(x: number): number {
  return x * x * x;
}

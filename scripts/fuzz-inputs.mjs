/**
 * Mutated scenarios and traces: every one must end in a located diagnostic or in a good run, never in an exception or
 * a hang. Called by `npm run fuzz -- --inputs N [--seed S] [--only K]`; needs a build.
 *
 * The inputs are worked on in a child process, one after the other, so that one that hangs or runs out of memory is
 * found, named and left behind. `--only K` replays one and shows what became of it.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Longest time for one input, in ms, from reading to the end of its run. */
const LIMIT_MS = 20_000;
/** Heap of the child in MiB: an input that needs more is reported. */
const HEAP_MIB = 1_536;

const CHILD = fileURLToPath(new URL('./fuzz-inputs-child.mjs', import.meta.url));

/** Tries inputs 0 … count-1 of `seed`, or one alone; returns how many failed. */
async function fuzzInputs({ count, seed, only }) {
  console.log(`fuzz inputs: seed ${seed}, ${only === null ? `${count} inputs` : `input ${only} alone`}`);
  const queue = only === null ? Array.from({ length: count }, (_, k) => k) : [only];
  const tally = new Map();
  const failures = [];
  const workers = only === null ? Math.min(2, availableParallelism()) : 1;
  await Promise.all(Array.from({ length: workers }, () => drain(queue, seed, only !== null, tally, failures)));
  for (const { k, reason } of failures.sort((a, b) => a.k - b.k)) {
    console.log(`FAILED input ${k}: ${reason}`);
    console.log(`  replay: npm run fuzz -- --inputs ${count} --seed ${seed} --only ${k}`);
  }
  for (const [outcome, times] of [...tally].sort()) console.log(`  ${String(times).padStart(6)}  ${outcome}`);
  const tried = only === null ? count : 1;
  console.log(`${tried - failures.length} passed, ${failures.length} failed`);
  return failures.length;
}

/** Takes inputs off the queue until it is empty, with a new child whenever one is lost. */
async function drain(queue, seed, verbose, tally, failures) {
  let child = null;
  for (let k = queue.shift(); k !== undefined; k = queue.shift()) {
    child ??= start();
    const answer = await ask(child, { k, seed, verbose });
    if (answer.lost) child = null;
    if (answer.failure === null) tally.set(answer.outcome, (tally.get(answer.outcome) ?? 0) + 1);
    else failures.push({ k, reason: answer.failure });
  }
  child?.disconnect();
}

function start() {
  return fork(CHILD, { execArgv: [`--max-old-space-size=${HEAP_MIB}`], stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
}

function ask(child, request) {
  return new Promise((resolve) => {
    let errors = '';
    const hear = (text) => {
      errors += text;
    };
    const finish = (answer) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.stderr.off('data', hear);
      resolve(answer);
    };
    const onMessage = (message) => finish({ ...message, lost: false });
    const onExit = (code, signal) => {
      const last = errors.trim().split('\n').slice(0, 5).join(' | ');
      finish({ failure: `the process ended (${signal ?? code}): ${last}`, lost: true });
    };
    const timer = setTimeout(() => {
      finish({ failure: `no end after ${LIMIT_MS / 1000} s`, lost: true });
      child.kill('SIGKILL');
    }, LIMIT_MS);
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.stderr.on('data', hear);
    child.send(request);
  });
}

/** Reads the words after `--`; those of other fuzzers (`--worlds N`) are passed over. */
function readArguments(argv) {
  const words = argv.flatMap((word) => word.split('='));
  const after = (flag, otherwise) => (words.includes(flag) ? (words[words.indexOf(flag) + 1] ?? '') : otherwise);
  const whole = (flag, otherwise) => {
    const text = after(flag, otherwise);
    if (text !== null && !/^\d+$/.test(text)) throw new Error(`${flag} needs a whole number, not "${text}"`);
    return text === null ? null : Number(text);
  };
  return { count: whole('--inputs', '2000'), seed: after('--seed', 'batchsim'), only: whole('--only', null) };
}

if ((await fuzzInputs(readArguments(process.argv.slice(2)))) > 0) process.exitCode = 1;

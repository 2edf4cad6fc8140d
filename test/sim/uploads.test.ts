/** Output files of one task, each entry with its own pattern, condition and time (TASK-20). */
import { describe, expect, test } from 'vitest';
import { NO_DEMANDS, type OutputFile, type TaskDemands, type TaskSet } from '../../src/model/index.js';
import { taskMoves } from '../helpers/job-events.js';
import { each, job, latencies, pool, run, tasks } from '../helpers/world.js';

const FILES = [
  { path: 'result.csv', bytes: 40 },
  { path: 'logs/run.log', bytes: 25 },
  { path: '../stderr.txt', bytes: 5 },
];
const RESULT: OutputFile = { filePattern: '*.csv', uploadCondition: 'tasksuccess' };
const LOGS: OutputFile = { filePattern: 'logs/**', uploadCondition: 'taskfailure' };
const STREAMS: OutputFile = { filePattern: '../std*.txt', uploadCondition: 'taskcompletion' };

/** What became of a task of 10 ms that leaves {@link FILES}, on a node with 10 bytes a ms. */
function moves(given: Partial<TaskSet>, demands: Partial<TaskDemands> = {}, bandwidth: number | null = 10): string[] {
  const outputFiles = [RESULT, LOGS, STREAMS];
  const set = tasks('t', [10], { demands: { ...NO_DEMANDS, files: FILES, outputFiles, ...demands }, ...given });
  const one = pool(1, bandwidth === null ? { timing: latencies({ upload: 7 }) } : { bandwidth });
  return taskMoves(run([one], [job('j', [set])]), 'j/t1');
}

describe('each entry for itself', () => {
  test('TASK-20 what is meant for this exit is sent, one after the other, each rounded up by itself', () => {
    expect(moves({ exitCode: each(0) })).toEqual(['0 running n0', '15 exit 0']); // 10 + 4 + 1
    expect(moves({ exitCode: each(1) })).toEqual(['0 running n0', '14 exit 1']); // 10 + 3 + 1
  });

  test('TASK-20 after every attempt that ends, by the exit of that attempt', () => {
    const retried = { exitCode: each(1, 0), maxTaskRetryCount: 1 };
    expect(moves(retried)).toEqual(['0 running n0', '14 retry 1', '14 running n0', '29 exit 0']);
  });

  test('TASK-20 a latency is drawn for each entry that is sent', () => {
    expect(moves({ exitCode: each(0) }, {}, null)).toEqual(['0 running n0', '24 exit 0']); // 10 + 7 + 7
  });

  test('TASK-20 a pattern that means no file sends nothing and takes no time', () => {
    expect(moves({}, { outputFiles: [{ ...RESULT, filePattern: '*.png' }] })).toEqual(['0 running n0', '10 exit 0']);
  });

  test('TASK-20, ENV-18 patterns see the variables of the task, its own settings too', () => {
    const files = [{ path: 'out-t1/x', bytes: 30 }];
    const named = (filePattern: string) =>
      moves(
        { environmentSettings: [{ name: 'FOLDER', value: 'out-t1' }] },
        { files, outputFiles: [{ ...STREAMS, filePattern }] },
      ).at(-1);
    expect([named('out-$AZ_BATCH_TASK_ID/*'), named('$FOLDER/x'), named('$NOTHING/x')]).toEqual([
      '13 exit 0',
      '13 exit 0',
      '10 exit 0',
    ]);
    expect(named('$AZ_BATCH_TASK_WORKING_DIR/out-t1/x')).toBe('13 exit 0');
  });
});

describe('an upload that fails', () => {
  const fails = { uploadFault: 'FileUploadAccessDenied' } as const;

  test('TASK-20 it fails the task only after an exit for which something is sent', () => {
    expect(moves({ exitCode: each(0) }, fails).at(-1)).toBe('15 failed FileUploadAccessDenied');
    expect(moves({ exitCode: each(1) }, { ...fails, outputFiles: [RESULT] }).at(-1)).toBe('10 exit 1');
    expect(moves({}, { ...fails, outputFiles: [{ ...RESULT, filePattern: '*.png' }] }).at(-1)).toBe('10 exit 0');
  });
});

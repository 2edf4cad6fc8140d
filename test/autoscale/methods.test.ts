/** Samples (formula 5): which a call sees, how many it asks for, and when that fails. */
import { describe, expect, test } from 'vitest';
import { evaluateText, type FormulaInputs } from '../../src/autoscale/index.js';
import { inputsAt, NOW, resultOf, samplesEvery30s } from './helpers/evaluate.js';

const nowMs = Date.parse(NOW);

/** 20 samples of the last ten minutes, 1 to 20, the newest at the instant of the evaluation. */
const TEN_MINUTES = Array.from({ length: 20 }, (_, index) => index + 1);
const full = inputsAt({ samples: { $PendingTasks: samplesEvery30s(TEN_MINUTES, 0) } });
const none = inputsAt();

function messageOf(formula: string, inputs: FormulaInputs): string | undefined {
  const evaluation = evaluateText(formula, inputs);
  return evaluation.ok ? undefined : evaluation.error.values[0]?.value;
}

describe('ASC-07 a number asks for the newest samples, whatever their age', () => {
  test.each([
    ['GetSample(3)', '[18,19,20]'],
    ['GetSample(2.9)', '[19,20]'],
    ['GetSample(0.9)', '[]'],
    ['GetSample(-4)', '[]'],
    ['GetSample(0 / 0)', '[]'],
    ['GetSample(1 / 0)', `[${TEN_MINUTES.join(',')}]`],
    ['GetSample(21)', `[${TEN_MINUTES.join(',')}]`],
  ])('%s is %s', (call, value) => {
    expect(resultOf(`$PendingTasks.${call}`, full)).toBe(value);
  });

  test('and never fails', () => {
    expect(resultOf('$PendingTasks.GetSample(5)', none)).toBe('[]');
  });
});

describe('ASC-07 a window holds the samples after its older and up to its newer bound', () => {
  test.each([
    ['10 * TimeInterval_Minute', `[${TEN_MINUTES.join(',')}]`],
    ['TimeInterval_Minute', '[19,20]'],
    ['TimeInterval_Minute, 2 * TimeInterval_Minute', '[17,18]'],
    ['2 * TimeInterval_Minute, TimeInterval_Minute', '[17,18]'],
    ['time("2026-03-04T11:59Z")', '[19,20]'],
    ['time("2026-03-04T11:58Z"), time("2026-03-04T11:59Z")', '[17,18]'],
    ['time("2026-03-04T11:58Z"), TimeInterval_Minute, 100', '[17,18]'],
    ['TimeInterval_Minute + TimeInterval_100ns', '[18,19,20]'],
    ['TimeInterval_Minute - TimeInterval_100ns', '[19,20]'],
    ['TimeInterval_Minute - TimeInterval_Millisecond', '[19,20]'],
    ['30 * TimeInterval_Second - TimeInterval_Millisecond', '[20]'],
    ['TimeInterval_Minute, 100', '[19,20]'],
    ['-1 * TimeInterval_Hour, TimeInterval_Minute, 1', '[19,20]'],
  ])('GetSample(%s) is %s', (args, value) => {
    expect(resultOf(`$PendingTasks.GetSample(${args})`, full)).toBe(value);
  });

  test('the present share of what is possible is counted in percent, and capped', () => {
    expect(resultOf('$PendingTasks.GetSamplePercent(20 * TimeInterval_Minute)', full)).toBe('50');
    const seventySeconds = '10 * TimeInterval_Second, 80 * TimeInterval_Second';
    expect(Number(resultOf(`$PendingTasks.GetSamplePercent(${seventySeconds})`, full))).toBeCloseTo(
      (100 * 2 * 30) / 70,
      9,
    );
    expect(resultOf('$PendingTasks.GetSamplePercent(TimeInterval_Second)', full)).toBe('100');
    expect(resultOf('$PendingTasks.GetSamplePercent(TimeInterval_Zero)', full)).toBe('0');
    expect(resultOf('$PendingTasks.GetSamplePercent(TimeInterval_Minute, 21 * TimeInterval_Minute)', full)).toBe('45');
    expect(resultOf('$PendingTasks.GetSamplePercent(TimeInterval_Hour)', none)).toBe('0');
  });

  test('18 of 20 samples are 90 percent', () => {
    const samples = samplesEvery30s(TEN_MINUTES, 0).filter((_, index) => index !== 4 && index !== 9);
    const inputs = inputsAt({ samples: { $PendingTasks: samples } });
    expect(resultOf('$PendingTasks.GetSamplePercent(10 * TimeInterval_Minute)', inputs)).toBe('90');
    expect(resultOf('len($PendingTasks.GetSample(10 * TimeInterval_Minute, 90))', inputs)).toBe('18');
    expect(resultOf('len($PendingTasks.GetSample(10 * TimeInterval_Minute, 90.1))', inputs)).toBe('BS3021');
  });
});

describe('ASC-05 missing samples fail the run in the words of the service', () => {
  test('at the parenthesis of the call', () => {
    const formula = '$TargetDedicatedNodes =\n  avg($RunningTasks.GetSample(TimeInterval_Minute));';
    const evaluation = evaluateText(formula, none);
    expect(evaluation.ok ? null : evaluation.error).toMatchObject({
      kind: 'insufficientSamples',
      code: 'InsufficientSampleData',
      message: 'Autoscale evaluation failed due to insufficient sample data',
      values: [
        {
          name: 'Message',
          value: 'Line 2, Col 30: Insufficient data from data set: $RunningTasks wanted 10%, received 0%',
        },
      ],
    });
  });

  test('in column 24 for a call that stands alone, as recorded', () => {
    expect(messageOf('$RunningTasks.GetSample(60 * TimeInterval_Second)', none)).toBe(
      'Line 1, Col 24: Insufficient data from data set: $RunningTasks wanted 10%, received 0%',
    );
  });

  test('with the share that was asked for', () => {
    expect(messageOf('$PendingTasks.GetSample(20 * TimeInterval_Minute, 70)', full)).toContain(
      'wanted 70%, received 50%',
    );
  });

  test('and an evaluation can ask for another share where the formula names none', () => {
    expect(resultOf('$PendingTasks.GetSample(TimeInterval_Minute)', { ...none, defaultSamplePercent: 0 })).toBe('[]');
    expect(resultOf('$PendingTasks.GetSample(20 * TimeInterval_Minute)', { ...full, defaultSamplePercent: 51 })).toBe(
      'BS3021',
    );
  });
});

test('ASC-07 samples are taken every 30 seconds, and a delay holds back the newest', () => {
  expect(resultOf('$PendingTasks.GetSamplePeriod()', none)).toBe('00:00:30');
  expect(resultOf('$PendingTasks.GetSample(2)', { ...full, sampleDelayMs: 60_000 })).toBe('[17,18]');
  expect(resultOf('$PendingTasks.GetSamplePercent(3 * TimeInterval_Minute)', { ...full, sampleDelayMs: 60_000 })).toBe(
    String((100 * 4) / 6),
  );
  expect(resultOf('$PendingTasks', { ...full, sampleDelayMs: 60_000 })).toBe('18');
});

test('samples of the future are not seen', () => {
  const series = { times: [nowMs, nowMs + 1], values: [4, 5] };
  const inputs = { ...none, samples: new Map([['$ActiveTasks', series]]) };
  expect(resultOf('$ActiveTasks.GetSample(9)', inputs)).toBe('[4]');
  expect(resultOf('$ActiveTasks.GetSample(time("2027"), 0)', inputs)).toBe('[]');
  expect(resultOf('$ActiveTasks', inputs)).toBe('4');
});

test('the history goes back 7 days', () => {
  const week = 7 * 86_400_000;
  const series = { times: [nowMs - week - 1, nowMs - week, nowMs - 5], values: [1, 2, 3] };
  const inputs = { ...none, samples: new Map([['$ActiveTasks', series]]) };
  expect(resultOf('$ActiveTasks.Count()', inputs)).toBe('2');
  expect(resultOf('$ActiveTasks.GetSample(9)', inputs)).toBe('[2,3]');
  expect(resultOf('$ActiveTasks.HistoryBeginTime()', inputs)).toBe('2026-02-25T12:00:00.000Z');
});

test('a history without samples has no beginning and counts none', () => {
  expect(resultOf('$ActiveTasks.Count()', none)).toBe('0');
  expect(resultOf('$ActiveTasks.HistoryBeginTime()', none)).toBe('BS3021');
});

test('the name of before 2017 has the samples and the number of the present one', () => {
  const inputs = inputsAt({ currentDedicatedNodes: 7, samples: { $CurrentDedicatedNodes: samplesEvery30s([5, 6]) } });
  expect(resultOf('$CurrentDedicated', inputs)).toBe('7');
  expect(resultOf('$CurrentDedicated.GetSample(2)', inputs)).toBe('[5,6]');
});

test.each([
  ['x.GetSample(1)', 'x = 3;'],
  ['$x.GetSample(1)', '$x = $ActiveTasks;'],
  ['$TargetDedicatedNodes.GetSample(1)', ''],
  ['time().GetSample(1)', ''],
  ['max(1, 2).Count()', ''],
  ['$ActiveTasks.Average()', ''],
  ['$ActiveTasks.getSample(1)', ''],
  ['$ActiveTasks.hour', ''],
])('%s has no such method', (call, before) => {
  const evaluation = evaluateText(`${before} y = ${call};`, inputsAt({ constants: { $ActiveTasks: 1 } }));
  expect(evaluation.ok ? null : evaluation.error.diagnostic.code).toBe('BS3012');
});

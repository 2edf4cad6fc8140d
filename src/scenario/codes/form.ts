// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
/** Problems of text and form: BS20nn. */
import { row } from './row.js';

/** Problems of text and form: BS20nn. */
export const FORM_CODES = [
  row(
    'BS2001',
    'a file of the scenario cannot be read',
    'The scenario, or a file that it names (include, trace, prices, values), is missing, is a folder or cannot be read. Paths in a scenario are taken from the folder of the file in which they stand.',
    'Check the path in the line shown.',
  ),
  row(
    'BS2002',
    'this is not YAML',
    'Scenarios are YAML 1.2 or JSON. The text breaks its rules: a wrong indent, an open bracket or quote, a tab as indent, the same key twice, an alias without an anchor.',
    'Mend the place shown; everything after it may be a consequence.',
  ),
  row(
    'BS2003',
    'unknown key',
    'A key is neither part of the REST body of Batch nor of the scenario format. Unknown keys are errors, so that a typo is never silently ignored.',
    'Correct the key; keys that begin with x- are free for your own use (for anchors, say).',
  ),
  row(
    'BS2004',
    'wrong kind of value',
    'A text stands where a number or a table is needed, or the other way round.',
    'The message says what was expected; `batchsim schema` gives editors the whole format.',
  ),
  row(
    'BS2005',
    'value out of range or in a wrong form',
    'The value is of the right kind but not one that is accepted. Durations need a unit (90s, 1h30m, PT1H30M), sizes too (8GiB), rates say per what (12/h), shares are percentages (5%).',
    'Write the value as the message says.',
  ),
  row(
    'BS2006',
    'missing key',
    'A key without which the entry means nothing is absent.',
    'Add the key; the hint says what it takes.',
  ),
  row(
    'BS2007',
    'files include each other',
    'A file includes itself, directly or through others, or includes go too deep.',
    'Break the circle.',
  ),
  row(
    'BS2008',
    'too large or nested too deeply',
    'The text would cost more memory or time than any honest scenario: nesting beyond 64 levels, aliases or variables that multiply, more than two million values.',
    'Put many tasks into a table of their own: tasks: { trace: ./tasks.ndjson }.',
  ),
  row(
    'BS2009',
    'a large text file',
    'YAML of more than about a million characters takes seconds to read.',
    'Put many tasks into a table of their own: tasks: { trace: ./tasks.ndjson }.',
  ),
  row(
    'BS2011',
    'a reference cannot be resolved',
    '${vars.name} names a variable that is not there, ${env.NAME} an environment variable that is not set, or the reference is malformed.',
    'Add the variable, pass --var name=value, or give a default: ${vars.name:-value}.',
  ),
  row(
    'BS2012',
    'an override cannot be applied',
    '--set takes path=value. Each step of the path is a key; an item of a list is named by its id or its position from 0.',
    'Correct the path, such as --set pools.render.taskSlotsPerNode=4.',
  ),
  row(
    'BS2013',
    'keys that exclude each other',
    'Two keys are given of which only one may stand there, or none of several of which one must.',
    'Keep one of them.',
  ),
  row(
    'BS2014',
    'not this format version',
    'The first key of a scenario is version: 1, the version of the format.',
    'Write version: 1, or use the version of batchsim that reads the other format.',
  ),
  row(
    'BS2015',
    'a distribution that cannot be',
    'The parameters of a distribution contradict each other or describe nothing: p95 below the median, min above max, weights that sum to nothing.',
    'Correct the parameters; `batchsim schema` lists those of each distribution.',
  ),
  row(
    'BS2016',
    'behaviour of something that is not there',
    'Under model stands how a task or an image behaves, and the body has no such task or image: model.startTask without startTask, model.jobManagerTask without jobManagerTask, model.coordination without multiInstanceSettings. It would have no effect.',
    'Add the part of the body that the message names, or take its behaviour out.',
  ),
] as const;

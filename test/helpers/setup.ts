/** Runs before every test file: what a terminal or a machine could change in an output is pinned here. */

/** Variables by which a developer steers the tests themselves: how many worlds, from which seed, traces from where. */
const STEERS_TESTS: ReadonlySet<string> = new Set(['BATCHSIM_WORLDS', 'BATCHSIM_SEED', 'BATCHSIM_TRACES']);

/** Each of these would switch colour, cursor codes or another language on, or change how Node runs. */
const SWITCHES: ReadonlySet<string> = new Set([
  'CLICOLOR',
  'CLICOLOR_FORCE',
  'COLORTERM',
  'FORCE_COLOR',
  'LANGUAGE',
  'NODE_OPTIONS',
  'TERM_PROGRAM',
]);

for (const name of Object.keys(process.env)) {
  const isOption = name.startsWith('BATCHSIM_') && !STEERS_TESTS.has(name);
  if (SWITCHES.has(name) || name.startsWith('LC_') || isOption) delete process.env[name];
}
Object.assign(process.env, {
  TZ: 'UTC',
  LANG: 'C',
  LC_ALL: 'C',
  TERM: 'xterm-256color',
  COLUMNS: '80',
  LINES: '24',
  NO_COLOR: '1',
});

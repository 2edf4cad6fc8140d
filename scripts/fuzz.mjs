/**
 * Random inputs, worlds and formulas, for as long as one likes.
 * usage: npm run fuzz -- --inputs N | --worlds N | --formulas N  [--seed S]
 */
const FUZZERS = {
  '--inputs': { script: './fuzz-inputs.mjs', what: 'mutated scenario files and traces' },
  '--worlds': { script: './fuzz-worlds.mjs', what: 'random worlds, engine against oracle' },
  '--formulas': { script: './fuzz-formulas.mjs', what: 'random formulas, each property of the language' },
};

const chosen = Object.keys(FUZZERS).filter((flag) => process.argv.slice(2).some((arg) => arg.split('=')[0] === flag));

if (chosen.length === 0) {
  const lines = Object.entries(FUZZERS).map(([flag, { what }]) => `  ${flag} N   ${what}`);
  console.error(`usage: npm run fuzz -- FLAG [--seed S]\n${lines.join('\n')}`);
  process.exitCode = 2;
}
// Each script reads its own flag and the seed from the arguments, and sets the exit code.
for (const flag of chosen) await import(FUZZERS[flag].script);

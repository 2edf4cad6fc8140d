/**
 * The tables of docs/formulas.md: what each formula of scenarios/formulas costs and brings in the same simulated worlds. Without
 * `--write` it says whether the page is true, and exits 1 if it is not.
 * usage: npm run cookbook [-- --write]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadScenario, renderDiagnostic, scalingFigures, simulate, summarize } from '../dist/index.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = 'scenarios/formulas';
const PAGE = 'docs/formulas.md';
const EVALUATION_MS = 300_000;

/** Which formulas are measured in which world; the first one is what the others are compared with. */
const WORLDS = {
  day: [
    'pending-tasks',
    'scale-to-zero',
    'warm-working-hours',
    'cautious-shrink',
    'mistake-never-zero',
    'mistake-flaps',
    'mistake-kills-tasks',
    'mistake-active-only',
  ],
  waves: ['pending-tasks', 'burst-with-cap', 'gentle-ramp'],
  'spot-day': ['pending-tasks', 'spot-with-base', 'spot-with-fallback'],
  'wide-day': ['pending-tasks', 'slots-aware'],
  night: ['pending-tasks', 'deadline'],
};
const HEAD = [
  '| formula | cost | of it lost | p95 wait | changes in the busiest hour | in all | peak nodes | tasks taken | zero after |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
];

const before = readFileSync(`${ROOT}${PAGE}`, 'utf8');
const page = Object.entries(WORLDS).reduce(withWorld, withStories(before));
if (process.argv.includes('--write')) {
  writeFileSync(`${ROOT}${PAGE}`, page);
} else if (page !== before) {
  console.error(`${PAGE} is not what the formulas do now: npm run cookbook -- --write`);
  process.exitCode = 1;
}

/** The page with the table of one world made anew. */
function withWorld(text, [world, formulas]) {
  return replaced(text, world, [...HEAD, ...formulas.map((name) => row(world, name))].join('\n'));
}

/** The page with what the formulas say of themselves. */
function withStories(text) {
  const all = [...new Set(Object.values(WORLDS).flat())];
  const names = [...all.filter((name) => !isMistake(name)), ...all.filter(isMistake)];
  return replaced(text, 'stories', names.map(storyOf).join('\n\n'));
}

/** What stands between the two comments that bear a name. */
function replaced(text, name, by) {
  const [begin, end] = [`<!-- ${name}: npm run cookbook -- --write -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for ${name}: ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n${by}\n${text.slice(to)}`;
}

function row(world, name) {
  const run = simulate(scenarioWith(world, readFormula(name)), { record: 'summary' });
  const { cost, tasks } = summarize(run);
  const figures = scalingFigures(run.recording, 0);
  if (tasks.succeeded !== tasks.total) throw new Error(`${name} leaves tasks undone in ${world}`);
  const cells = [
    `[${name}](../${FOLDER}/${name}.autoscale)`,
    `$${cost.total.toFixed(2)}`,
    `$${cost.lost.toFixed(2)}`,
    lengthText(figures.p95WaitMs),
    figures.changesPerHour,
    figures.changes,
    figures.peakNodes,
    figures.takenTasks,
    figures.zeroAfterMs === null ? 'never' : lengthText(figures.zeroAfterMs),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The world with a formula in the place of its own. */
function scenarioWith(world, formula) {
  const loaded = loadScenario(`${ROOT}${FOLDER}/${world}.yaml`);
  if (!loaded.ok) throw new Error(loaded.error.map(renderDiagnostic).join('\n'));
  const { scenario } = loaded.value;
  const [account] = scenario.accounts;
  const [pool] = account.pools;
  const autoScale = { formula, evaluationIntervalMs: EVALUATION_MS };
  return { ...scenario, accounts: [{ ...account, pools: [{ ...pool, autoScale }] }] };
}

/** A formula's first comment: `// Title: sentence`, then `// When: …` and `// Price: …`. */
function storyOf(name) {
  const found = /^\/\/ (.*)\n\/\/\n\/\/ When: (.*)\n\/\/ Price: (.*)\n/.exec(readFormula(name));
  if (found === null) throw new Error(`${name}.autoscale does not begin with a title, "When:" and "Price:"`);
  const [, title, when, price] = found;
  return `**[${name}](../${FOLDER}/${name}.autoscale)**: ${title}\\\n*When*: ${when}\\\n*Price*: ${price}`;
}

function isMistake(name) {
  return name.startsWith('mistake-');
}

function readFormula(name) {
  return readFileSync(`${ROOT}${FOLDER}/${name}.autoscale`, 'utf8');
}

/** `1h 05m`, `8m 03s`, `40s`: whole seconds below an hour, whole minutes above. */
function lengthText(ms) {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours}h ${String(minutes).padStart(2, '0')}m`;
  return minutes > 0 ? `${minutes}m ${String(seconds % 60).padStart(2, '0')}s` : `${seconds}s`;
}

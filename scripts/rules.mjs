// How far the rules of docs/rules.md are modelled, counted from its table; --write puts the sentence into the page.
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../docs/rules.md', import.meta.url);
const STATUSES = ['modelled', 'simplified', 'left out', 'later'];
const PLACE = /(<!-- counts: .*? -->\n)[\s\S]*?(\n<!-- end of counts -->)/;

const page = readFileSync(PAGE, 'utf8');
const rules = [...page.matchAll(/^\| ([A-Z]+)-\d+ \| [^|]* \| (modelled|simplified|left out|later)/gm)].map(
  ([, family, status]) => ({ family, status }),
);
const sentence = `${rules.length} rules: ${countsOf(rules).join(', ')}.`;

console.log(sentence);
for (const family of new Set(rules.map((rule) => rule.family))) {
  const own = rules.filter((rule) => rule.family === family);
  console.log(`${family.padEnd(6)}${String(own.length).padStart(4)}  ${countsOf(own).join(', ')}`);
}

if (process.argv.includes('--write')) {
  writeFileSync(PAGE, page.replace(PLACE, `$1${sentence}$2`));
} else if (!page.includes(sentence)) {
  console.error('docs/rules.md says otherwise: npm run rules -- --write');
  process.exitCode = 1;
}

function countsOf(some) {
  const counts = STATUSES.map((status) => [status, some.filter((rule) => rule.status === status).length]);
  return counts.filter(([, count]) => count > 0).map(([status, count]) => `${count} ${status}`);
}

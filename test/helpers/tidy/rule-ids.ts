/**
 * The rules of Batch that the project models stand in docs/rules.md. A rule cited in the source must be on that page,
 * and a rule that the page calls modelled must have a test whose title cites it.
 */
import ts from 'typescript';
import { type Finding, lineOf, type ProjectFile, readProjectText, visitAll } from './project-files.js';

/** Where the rules are listed. */
export const RULES_PAGE = 'docs/rules.md';

const FAMILIES =
  'ACC|ASC|AUTO|BILL|DEP|ENV|ERR|EXIT|FILE|JM|JOB|JS|MI|NET|NODE|OQ|PKG|POOL|PREP|RSZ|SCH|SIM|START|TASK';
const RULE_ID = new RegExp(`\\b(?:${FAMILIES})-\\d{2,3}\\b`, 'g');

/** One row of the page's table. */
export interface RuleRow {
  readonly id: string;
  /** The first word of the status cell: `modelled`, `simplified`, `left`, `later`. */
  readonly status: string;
  readonly line: number;
}

/** The rule IDs in a text, with their offsets. */
export function ruleIdsIn(text: string): { readonly id: string; readonly offset: number }[] {
  return [...text.matchAll(RULE_ID)].map((match) => ({ id: match[0], offset: match.index }));
}

/** The rows of the table `| ID | rule | status | source | where | test |`. */
export function parseRules(page: string): RuleRow[] {
  return page.split('\n').flatMap((line, index) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const id = ruleIdsIn(cells[1] ?? '')[0]?.id;
    if (!line.startsWith('|') || id === undefined) return [];
    const status = /[a-z]+/.exec((cells[3] ?? '').toLowerCase())?.[0] ?? '';
    return [{ id, status, line: index + 1 }];
  });
}

/** What every row must say. */
export const RULE_STATUSES: ReadonlySet<string> = new Set(['modelled', 'simplified', 'left', 'later']);

/** Rows that stand twice or say nothing about how far the rule is modelled, and an empty page. */
export function checkRulesPage(rules: readonly RuleRow[]): Finding[] {
  if (rules.length === 0) return [{ path: RULES_PAGE, line: 1, message: 'no row of the table of rules was found' }];
  const seen = new Set<string>();
  return rules.flatMap(({ id, status, line }) => {
    const found: Finding[] = [];
    if (seen.has(id)) found.push({ path: RULES_PAGE, line, message: `${id} stands on the page twice` });
    seen.add(id);
    if (!RULE_STATUSES.has(status)) {
      const message = `${id} has the status '${status}': say modelled, simplified (how), left out (why) or later`;
      found.push({ path: RULES_PAGE, line, message });
    }
    return found;
  });
}

/** IDs cited in a file that the page does not have; each is named once a file. */
export function checkCitedRules(file: ProjectFile, rules: readonly RuleRow[]): Finding[] {
  const known = new Set(rules.map((rule) => rule.id));
  const seen = new Set<string>();
  return ruleIdsIn(file.text).flatMap(({ id, offset }) => {
    if (known.has(id) || seen.has(id)) return [];
    seen.add(id);
    return [{ path: file.path, line: lineOf(file, offset), message: `${id} is not in ${RULES_PAGE}: add its row` }];
  });
}

/** Modelled rules that no test title cites. */
export function checkTestedRules(rules: readonly RuleRow[], tests: readonly ProjectFile[]): Finding[] {
  const cited = new Set(tests.flatMap(testTitles).flatMap((title) => ruleIdsIn(title).map(({ id }) => id)));
  return rules
    .filter(({ id, status }) => status === 'modelled' && !cited.has(id))
    .map(({ id, line }) => ({
      path: RULES_PAGE,
      line,
      message: `${id} is called modelled, but no test title cites it: write the test, or change the status`,
    }));
}

/** Files that the page names and the project does not have. */
export function checkRulePaths(page: string, exists: (path: string) => boolean): Finding[] {
  return page.split('\n').flatMap((line, index) =>
    [...line.matchAll(/\b(?:src|test)\/[\w./-]+\.ts\b/g)]
      .map((match) => match[0])
      .filter((path) => !exists(path))
      .map((path) => ({ path: RULES_PAGE, line: index + 1, message: `there is no file ${path}` })),
  );
}

/** The text of the page, or null when there is none. */
export function readRulesPage(): string | null {
  return readProjectText(RULES_PAGE);
}

const TITLED: ReadonlySet<string> = new Set(['describe', 'it', 'test', 'suite']);

/** The titles of a file's tests and suites; of a template only its fixed text. */
export function testTitles(file: ProjectFile): string[] {
  const titles: string[] = [];
  visitAll(file, (node) => {
    if (!ts.isCallExpression(node)) return;
    const callee = /^\w+/.exec(node.expression.getText(file.tree))?.[0] ?? '';
    const title = node.arguments[0];
    if (!TITLED.has(callee) || title === undefined) return;
    if (ts.isStringLiteralLike(title)) titles.push(title.text);
    else if (ts.isTemplateExpression(title)) titles.push(templateText(title));
  });
  return titles;
}

function templateText(title: ts.TemplateExpression): string {
  return title.head.text + title.templateSpans.map((span) => span.literal.text).join('');
}

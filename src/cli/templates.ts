/** What `init` starts from. The files of a template lie in scenarios/templates/NAME and are copied as they are. */
import { readdirSync, readFileSync } from 'node:fs';
import type { OPTIONS } from './options.js';
import { PACKAGE_ROOT } from './version.js';

/** Names of the templates, as `--template` takes them. */
export type TemplateName = (typeof OPTIONS.template.choices)[number];

/** One line each, for `init --list`. */
export const TEMPLATES: Readonly<Record<TemplateName, string>> = {
  'batch-burst': '2,000 tasks at once on a pool that has to be built, and one that waits for them all',
  'nightly-etl': 'a schedule whose manager adds the tasks of each night, on a pool that comes and goes with it',
  'render-spot': 'frames on spot nodes that a formula counts and the region takes away',
  mpi: 'simulations that need eight nodes at once, beside small tasks that keep coming',
  'ci-farm': 'builds arriving through a working day, with tests in parallel and a nightly job behind them',
  trace: 'a small recorded workload, imported: the log, its task table and the scenario made from it',
};

/** The files of a template that lie in the package, by their names in the new folder. */
export function templateFiles(name: TemplateName): ReadonlyMap<string, string> {
  const folder = new URL(`scenarios/templates/${name}/`, PACKAGE_ROOT);
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]));
}

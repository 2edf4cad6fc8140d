/** Names that would make a run depend on the machine, and leftovers of work, each with what to use instead. */
import { posix } from 'node:path';
import ts from 'typescript';
import { roomOf, SHELL_ROOMS } from './imports.js';
import { type Finding, findingAt, lineOf, type ProjectFile, visitAll } from './project-files.js';

/** `object.member` pairs that a pure room may not touch. */
const REFUSED_MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Math: { random: "draw from the run's seed: Uniforms or namedStream of base/random" },
  Date: { now: 'take the time as an argument: simulated time is event.atMs, wall time belongs to host/pacer' },
  performance: { now: 'measure in bench or cli: a pure room knows no wall clock' },
};

/** Globals that a pure room may not touch at all. */
const REFUSED_GLOBALS: Readonly<Record<string, string>> = {
  setTimeout: 'schedule an event in simulated time',
  setInterval: 'schedule an event in simulated time',
  setImmediate: 'schedule an event in simulated time',
  queueMicrotask: 'call the function: a pure room is synchronous',
  process: 'take what you need as an argument: cli reads the environment and exits',
  console: 'return what there is to say: cli prints',
  Intl: 'format with base/units: the output must not depend on the locale',
};

const CLOCK_HINT = "use new Date(milliseconds) on the scenario's epoch: without an argument it reads the clock";
const LOCALE_METHOD = /^(localeCompare|toLocale[A-Z]\w*)$/;
const LOCALE_HINT = 'compare with < and > ending in the id, and format with base/units';

/** Portable replacements: these may differ in their last bit between engines. */
const UNPORTABLE_MATH: ReadonlySet<string> = new Set(
  'exp expm1 log log10 log1p log2 pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh cbrt hypot'.split(
    ' ',
  ),
);

/** Uses of refused names in a room that must be a function of its inputs. */
export function checkRefusedNames(file: ProjectFile): Finding[] {
  const room = roomOf(file.path);
  if (room !== null && SHELL_ROOMS.has(room)) return [];
  const found: Finding[] = [];
  const refuse = (node: ts.Node, name: string, instead: string): void => {
    found.push(findingAt(file, node, `${name} is refused in ${room ?? 'src'}: ${instead}`));
  };
  const own = declaredNames(file);
  visitAll(file, (node) => {
    if (ts.isPropertyAccessExpression(node)) checkMember(node, refuse);
    else if (ts.isElementAccessExpression(node)) checkElement(node, refuse);
    else if (ts.isNewExpression(node) || ts.isCallExpression(node)) checkClock(node, refuse);
    else if (ts.isIdentifier(node) && !own.has(node.text)) checkGlobal(node, refuse);
  });
  return found;
}

/** Names that the file gives to something of its own: an arrival process may be called `process`. */
function declaredNames(file: ProjectFile): Set<string> {
  const names = new Set<string>();
  visitAll(file, (node) => {
    const isBinding = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node);
    if (isBinding && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
  });
  return names;
}

type Refuse = (node: ts.Node, name: string, instead: string) => void;

function checkMember(node: ts.PropertyAccessExpression, refuse: Refuse): void {
  checkMemberName(node, node.expression, node.name.text, refuse);
}

function checkElement(node: ts.ElementAccessExpression, refuse: Refuse): void {
  if (!ts.isStringLiteralLike(node.argumentExpression)) return;
  checkMemberName(node, node.expression, node.argumentExpression.text, refuse);
}

function checkMemberName(node: ts.Node, object: ts.Expression, member: string, refuse: Refuse): void {
  if (LOCALE_METHOD.test(member)) refuse(node, member, LOCALE_HINT);
  const owner = globalName(object);
  if (owner === null) return;
  const instead = REFUSED_MEMBERS[owner]?.[member];
  if (instead !== undefined) refuse(node, `${owner}.${member}`, instead);
  if (owner === 'Math' && UNPORTABLE_MATH.has(member)) {
    refuse(node, `Math.${member}`, 'use base/portable-math: engines differ in the last bit');
  }
  if (owner === 'globalThis' && Object.hasOwn(REFUSED_GLOBALS, member)) {
    refuse(node, `globalThis.${member}`, REFUSED_GLOBALS[member] as string);
  }
}

/** `Math` of `Math` and of `globalThis.Math`. */
function globalName(expression: ts.Expression): string | null {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) && expression.expression.getText() === 'globalThis') {
    return expression.name.text;
  }
  return null;
}

/** `new Date()` and `Date()`; with an argument the constructor is a function of it. */
function checkClock(node: ts.NewExpression | ts.CallExpression, refuse: Refuse): void {
  if (globalName(node.expression) !== 'Date') return;
  if (ts.isNewExpression(node) && (node.arguments?.length ?? 0) > 0) return;
  refuse(node, ts.isNewExpression(node) ? 'new Date()' : 'Date()', CLOCK_HINT);
}

function checkGlobal(node: ts.Identifier, refuse: Refuse): void {
  if (!Object.hasOwn(REFUSED_GLOBALS, node.text) || isOnlyAName(node)) return;
  refuse(node, node.text, REFUSED_GLOBALS[node.text] as string);
}

/** The name of a member, a key, a declaration or a parameter: not a use of the global. */
function isOnlyAName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  return 'name' in parent && parent.name === node;
}

/** Spelt in two parts so that this file passes its own check. */
const LEFTOVER = new RegExp(`\\b${['FIX', 'ME'].join('')}\\b`);
const RUNNERS: ReadonlySet<string> = new Set(['describe', 'it', 'test', 'suite', 'bench']);

/** What was left behind while working: marked places, and a test that switches all others off. */
export function checkLeftovers(file: ProjectFile): Finding[] {
  const found: Finding[] = [];
  const marker = LEFTOVER.exec(file.text);
  if (marker !== null) {
    found.push({
      path: file.path,
      line: lineOf(file, marker.index),
      message: `${marker[0]} is left behind: mend it, or open an issue and say what is simplified`,
    });
  }
  visitAll(file, (node) => {
    if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'only') return;
    const runner = /^\w+/.exec(node.expression.getText(file.tree))?.[0] ?? '';
    if (RUNNERS.has(runner)) found.push(findingAt(file, node, `${runner}.only runs one test alone: remove the .only`));
  });
  return found;
}

/** Default exports, which have no name to search for. */
export function checkDefaultExports(file: ProjectFile): Finding[] {
  // Packages are declared as they are, and configuration is read by tools that want a default.
  if (/\.(d|config)\.ts$/.test(file.path)) return [];
  const found: Finding[] = [];
  const message = 'a default export has no name to search for: use a named export';
  visitAll(file, (node) => {
    if (ts.isExportAssignment(node)) found.push(findingAt(file, node, message));
    else if (ts.isExportSpecifier(node) && node.name.text === 'default') found.push(findingAt(file, node, message));
    else if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword)) {
      found.push(findingAt(file, node, message));
    }
  });
  return found;
}

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|prop\.test|fuzz|d|config))*\.(ts|tsx|mjs)$/;

/** A file name in anything but kebab-case. */
export function checkFileName(path: string): Finding[] {
  if (KEBAB_CASE.test(posix.basename(path))) return [];
  return [{ path, line: 1, message: `the file name is not kebab-case: for example '${kebab(posix.basename(path))}'` }];
}

function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/_/g, '-')
    .toLowerCase();
}

/**
 * Who may import whom. The tables are the import rule of the project: data flows scenario → model → sim → recording →
 * report and tui, and nothing flows back.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { type Finding, findingAt, type ProjectFile, visitAll } from './project-files.js';

/** The rooms under `src/`, and which others each may import. `index` and `vitest` stand for the package's entries. */
export const MAY_IMPORT = {
  base: [],
  model: ['base'],
  autoscale: ['base'],
  recording: ['base', 'model'],
  scenario: ['base', 'model', 'autoscale'],
  'sim/engine': ['base'],
  sim: ['base', 'model', 'autoscale', 'recording', 'sim/engine'],
  report: ['base', 'model', 'recording'],
  tui: ['base', 'model', 'autoscale', 'recording', 'sim'],
  host: ['base', 'model', 'sim'],
  cli: ['base', 'model', 'autoscale', 'recording', 'scenario', 'sim', 'report', 'tui', 'host'],
  vitest: ['recording'],
  index: ['base', 'model', 'autoscale', 'scenario', 'sim', 'recording', 'report', 'host'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A part of `src/` with a border of its own. */
export type Room = keyof typeof MAY_IMPORT;

/** Which packages each room may use; a room that is not named uses none. */
export const MAY_USE: Readonly<Partial<Record<Room, readonly string[]>>> = {
  base: ['seedrandom', 'fastest-levenshtein'],
  scenario: ['yaml', 'zod', 'csv-parse'],
  report: ['csv-stringify', 'd3-array', 'd3-scale', 'd3-shape'],
  tui: ['chalk', 'string-width'],
  cli: ['commander', 'chalk', 'string-width'],
  vitest: ['vitest'],
};

/** Rooms that touch the machine and may use Node's own modules. */
export const SHELL_ROOMS: ReadonlySet<Room> = new Set(['tui', 'host', 'cli']);

/** One import, re-export or `import(…)`, type-only ones included. */
export interface Import {
  readonly specifier: string;
  readonly node: ts.Node;
}

/** Everything a file imports, in any form. */
export function importsOf(file: ProjectFile): Import[] {
  const found: Import[] = [];
  const add = (target: ts.Node | undefined, node: ts.Node): void => {
    if (target !== undefined && ts.isStringLiteralLike(target)) found.push({ specifier: target.text, node });
  };
  visitAll(file, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier, node);
    else if (ts.isExternalModuleReference(node)) add(node.expression, node);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, node);
    else if (ts.isCallExpression(node) && isImportCall(node)) add(node.arguments[0], node);
  });
  return found;
}

function isImportCall(node: ts.CallExpression): boolean {
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(node.expression) && node.expression.text === 'require';
}

/** The room of a file under `src/`, or null where there is none. */
export function roomOf(path: string): Room | null {
  if (path === 'src/index.ts' || path === 'src/autoscale-library.ts') return 'index';
  if (path === 'src/vitest.ts') return 'vitest';
  if (path.startsWith('src/sim/engine/')) return 'sim/engine';
  const room = /^src\/([^/]+)\//.exec(path)?.[1];
  return room !== undefined && Object.hasOwn(MAY_IMPORT, room) ? (room as Room) : null;
}

/** The file that a relative specifier names, as a path from the top of the project. */
export function importedPath(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** Imports that cross a border they may not cross, or cross it beside the door. */
export function checkImports(file: ProjectFile): Finding[] {
  const room = roomOf(file.path);
  if (room === null) {
    const rooms = Object.keys(MAY_IMPORT).join(', ');
    return [{ path: file.path, line: 1, message: `it stands in no room: move it into one of ${rooms}` }];
  }
  return importsOf(file).flatMap(({ specifier, node }) => {
    const message = specifier.startsWith('.')
      ? relativeProblem(file.path, room, specifier)
      : packageProblem(room, specifier);
    return message === null ? [] : [findingAt(file, node, message)];
  });
}

function relativeProblem(from: string, room: Room, specifier: string): string | null {
  if (!specifier.endsWith('.js')) return `the import '${specifier}' ends in no '.js': name the file`;
  const target = importedPath(from, specifier);
  const targetRoom = roomOf(target);
  if (targetRoom === null) return `'${specifier}' leads out of src: only files of its rooms can be imported`;
  const isIndex = /^src\/(?:.+\/)?index\.ts$/.test(target);
  if (targetRoom === room) {
    if (!isIndex || hasOwnDoor(from, target)) return null;
    return `inside a room import the file, not its index: '${specifier}'`;
  }
  if (!(MAY_IMPORT[room] as readonly string[]).includes(targetRoom)) {
    const allowed = MAY_IMPORT[room].join(', ') || 'nothing';
    return `${room} may not import ${targetRoom}; it may import ${allowed}`;
  }
  // The engine has no door of its own: `sim` is its only user and takes the files.
  if (isIndex || targetRoom === 'sim/engine') return null;
  const door = posix.relative(posix.dirname(from), `src/${targetRoom}/index.js`);
  return `between rooms import the room's index: '${door}' instead of '${specifier}'`;
}

/** A folder inside a room, such as `scenario/traces`, may have an index for the rest of its room. */
function hasOwnDoor(from: string, index: string): boolean {
  return !from.startsWith(`${posix.dirname(index)}/`);
}

function packageProblem(room: Room, specifier: string): string | null {
  if (specifier.startsWith('node:')) {
    if (SHELL_ROOMS.has(room)) return null;
    return `${room} may not use '${specifier}': take the text or bytes as an argument, host and cli touch the machine`;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const allowed = MAY_USE[room] ?? [];
  if (allowed.includes(name)) return null;
  const list = allowed.length === 0 ? 'uses no package' : `may use ${allowed.join(', ')}`;
  return `the package '${name}' does not belong in ${room}, which ${list}`;
}

/** Groups of files that import each other in a circle, each as the path around it. */
export function findCycles(files: readonly ProjectFile[]): string[][] {
  const graph = new Map(files.map((file) => [file.path, relativeTargets(file)]));
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const cycles: string[][] = [];
  const walk = (path: string): void => {
    state.set(path, 'open');
    trail.push(path);
    for (const next of graph.get(path) ?? []) {
      if (!graph.has(next)) continue;
      if (state.get(next) === 'open') cycles.push([...trail.slice(trail.indexOf(next)), next]);
      else if (!state.has(next)) walk(next);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of graph.keys()) if (!state.has(path)) walk(path);
  return cycles;
}

function relativeTargets(file: ProjectFile): string[] {
  return importsOf(file)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => importedPath(file.path, specifier));
}

/** The files of the project that the tidy checks read, parsed once. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** One file: its path from the top of the project (with slashes), its text and its syntax tree. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** Something a check found: where, and what to do instead. */
export interface Finding {
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  readonly message: string;
}

/** The top of the project. */
export const PROJECT_ROOT = resolve(import.meta.dirname, '../../..');

const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'coverage', '.git']);

/** Every file under a folder of the project whose name ends in one of `endings`, by path. */
export function listFiles(folder: string, endings: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) walk(path);
      } else if (endings.some((ending) => entry.name.endsWith(ending))) {
        found.push(relative(PROJECT_ROOT, path).split(sep).join('/'));
      }
    }
  };
  const top = join(PROJECT_ROOT, folder);
  if (statSync(top, { throwIfNoEntry: false })?.isDirectory()) walk(top);
  return found.sort((a, b) => (a < b ? -1 : 1));
}

/** The text of a file of the project, or null when there is none. */
export function readProjectText(path: string): string | null {
  const full = join(PROJECT_ROOT, path);
  return statSync(full, { throwIfNoEntry: false }) === undefined ? null : readFileSync(full, 'utf8');
}

/** A file of the project, or a snippet that pretends to be one. */
export function parseFile(path: string, text: string): ProjectFile {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

/** All scripts of a folder, parsed. */
export function parseFolder(folder: string, endings: readonly string[] = ['.ts', '.tsx']): ProjectFile[] {
  return listFiles(folder, endings).map((path) => parseFile(path, readProjectText(path) as string));
}

/** A finding at a node of the tree. */
export function findingAt(file: ProjectFile, node: ts.Node, message: string): Finding {
  return { path: file.path, line: lineOf(file, node.getStart(file.tree)), message };
}

/** The line of an offset, counting from 1. */
export function lineOf(file: ProjectFile, offset: number): number {
  return file.tree.getLineAndCharacterOfPosition(offset).line + 1;
}

/** Calls `visit` for every node, parents first. */
export function visitAll(file: ProjectFile, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, step);
  };
  step(file.tree);
}

/** Findings as lines that a terminal links to. */
export function findingLines(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${finding.path}:${finding.line}: ${finding.message}`);
}

/** Every export says what it is, and every file what lives in it. */
import ts from 'typescript';
import { type Finding, findingAt, type ProjectFile } from './project-files.js';

/** Exports without a doc comment of their own. Declaration files of packages are not ours to document. */
export function checkDocumentation(file: ProjectFile): Finding[] {
  if (file.path.endsWith('.d.ts')) return [];
  const listed = exportedByList(file.tree);
  const found: Finding[] = [];
  const seen = new Set<string>();
  file.tree.statements.forEach((statement, index) => {
    const name = declaredName(statement);
    if (name === null || !(isExported(statement) || listed.has(name))) return;
    // The first of several overloads speaks for all, and a type of the same name for its constant.
    if (seen.has(name)) return;
    seen.add(name);
    if (hasOwnDoc(file, statement) || isMemberTypeOf(file, statement, file.tree.statements[index - 1])) return;
    found.push(
      findingAt(file, statement, `export ${name} has no doc comment: say what it is, and the unit of a number`),
    );
  });
  if (!/^(#!.*\n)?\s*\/[/*]/.test(file.text)) {
    found.push({ path: file.path, line: 1, message: 'the file opens without a comment on what lives here' });
  }
  return found;
}

function declaredName(statement: ts.Statement): string | null {
  if (ts.isVariableStatement(statement)) {
    const name = statement.declarationList.declarations[0]?.name;
    return name !== undefined && ts.isIdentifier(name) ? name.text : null;
  }
  const isDeclaration =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isDeclaration ? (statement.name?.text ?? null) : null;
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Names in `export { a, b }` of the file itself. */
function exportedByList(tree: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of tree.statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) continue;
    if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) continue;
    for (const element of statement.exportClause.elements) names.add((element.propertyName ?? element.name).text);
  }
  return names;
}

/** A doc comment that stands right above; one with a blank line below belongs to the file. */
function hasOwnDoc(file: ProjectFile, statement: ts.Statement): boolean {
  const docs = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  const last = docs[docs.length - 1];
  if (last === undefined || /^\/\*\*[\s*]*\*\/$/.test(last.getText(file.tree))) return false;
  return !/\n[ \t]*\r?\n/.test(file.text.slice(last.end, statement.getStart(file.tree)));
}

/** `type State = (typeof STATES)[number]`, or `keyof typeof TABLE`, right below the table, whose comment says it all. */
function isMemberTypeOf(file: ProjectFile, statement: ts.Statement, previous: ts.Statement | undefined): boolean {
  if (previous === undefined || !ts.isTypeAliasDeclaration(statement) || !hasOwnDoc(file, previous)) return false;
  const type = statement.type.getText(file.tree).replaceAll(/\s/g, '');
  const table = declaredName(previous);
  return table !== null && (type.startsWith(`(typeof${table})[`) || type === `keyoftypeof${table}`);
}

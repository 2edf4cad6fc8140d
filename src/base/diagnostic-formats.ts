/** Diagnostics in the forms that terminals, programs and code hosts read. */
import { type Diagnostic, renderDiagnostic, type Severity } from './diagnostic.js';
import { positionAt, type Source, type Span } from './source.js';

/** The forms of `validate --format`. */
export const DIAGNOSTIC_FORMATS = ['text', 'json', 'github', 'sarif'] as const;
export type DiagnosticFormat = (typeof DIAGNOSTIC_FORMATS)[number];

/** What a code means, for formats that carry a list of rules. */
export type CodeTitles = (code: string) => string | null;

/**
 * All diagnostics in one text without a final line break; empty for no diagnostics as text or GitHub commands.
 * `titleOf` names codes where the format has room for it.
 */
export function diagnosticsAs(
  format: DiagnosticFormat,
  diagnostics: readonly Diagnostic[],
  titleOf: CodeTitles = () => null,
): string {
  switch (format) {
    case 'text':
      return diagnostics.map(renderDiagnostic).join('\n');
    case 'json':
      return JSON.stringify({ schemaVersion: 1, diagnostics: diagnostics.map(asPlain) }, null, 2);
    case 'github':
      return diagnostics.map(asGithubCommand).join('\n');
    case 'sarif':
      return JSON.stringify(asSarif(diagnostics, titleOf), null, 2);
  }
}

interface Region {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function regionOf(diagnostic: Diagnostic): Region | null {
  return diagnostic.place === null ? null : regionAt(diagnostic.place.source, diagnostic.place.span);
}

function regionAt(source: Source, span: Span): Region {
  const start = positionAt(source, span.start);
  const end = positionAt(source, Math.max(span.end, span.start));
  return { file: source.name, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function asPlain(diagnostic: Diagnostic): object {
  const { code, severity, message, hint, fix } = diagnostic;
  const plain = { code, severity, message, hint, place: regionOf(diagnostic) };
  return fix === undefined ? plain : { ...plain, fix: { title: fix.title, edits: editsOf(diagnostic) } };
}

/** The edits of a diagnostic's fix with their places for people. */
function editsOf(diagnostic: Diagnostic): readonly (Region & { readonly text: string })[] {
  const { place, fix } = diagnostic;
  if (place === null || fix === undefined) return [];
  return fix.edits.map(({ span, text }) => ({ ...regionAt(place.source, span), text }));
}

const GITHUB_COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

function asGithubCommand(diagnostic: Diagnostic): string {
  const region = regionOf(diagnostic);
  const properties =
    region === null ? '' : `file=${githubProperty(region.file)},line=${region.line},col=${region.column},`;
  const words = diagnostic.hint === null ? diagnostic.message : `${diagnostic.message} (hint: ${diagnostic.hint})`;
  return `::${GITHUB_COMMANDS[diagnostic.severity]} ${properties}title=${diagnostic.code}::${githubData(words)}`;
}

function githubData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function githubProperty(text: string): string {
  return githubData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

function asSarif(diagnostics: readonly Diagnostic[], titleOf: CodeTitles): object {
  const codes = [...new Set(diagnostics.map((diagnostic) => diagnostic.code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'batchsim',
            rules: codes.map((code) => ({ id: code, shortDescription: { text: titleOf(code) ?? code } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map(asSarifResult),
      },
    ],
  };
}

function asSarifResult(diagnostic: Diagnostic): object {
  const region = regionOf(diagnostic);
  const text = diagnostic.hint === null ? diagnostic.message : `${diagnostic.message}. Hint: ${diagnostic.hint}`;
  const result = { ruleId: diagnostic.code, level: diagnostic.severity, message: { text } };
  if (region === null) return result;
  const artifactLocation = { uri: encodeURI(region.file.replace(/\\/g, '/')) };
  const located = { ...result, locations: [{ physicalLocation: { artifactLocation, region: sarifRegion(region) } }] };
  const { fix } = diagnostic;
  if (fix === undefined) return located;
  const replacements = editsOf(diagnostic).map((edit) => ({
    deletedRegion: sarifRegion(edit),
    insertedContent: { text: edit.text },
  }));
  const fixed = { description: { text: fix.title }, artifactChanges: [{ artifactLocation, replacements }] };
  return { ...located, fixes: [fixed] };
}

function sarifRegion({ line, column, endLine, endColumn }: Region): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

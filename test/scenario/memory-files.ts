/** Files that exist in a test only: a flat folder by path, read as the machine's are. */
import { err, type FileReader, ok, renderDiagnostic } from '../../src/base/index.js';
import { type LoadedScenario, type LoadOptions, loadScenario } from '../../src/scenario/index.js';

/** A reader of the given texts by path. */
export function memoryFiles(texts: Readonly<Record<string, string>>): FileReader {
  const read = (path: string) => {
    const text = texts[path];
    return text === undefined ? err(`there is no file ${path}`) : ok(text);
  };
  return {
    readText: read,
    readChunks: (path) => {
      const text = read(path);
      return text.ok ? ok([text.value]) : text;
    },
    resolve: (from, relative) => {
      if (relative.startsWith('/')) return relative;
      const steps: string[] = [];
      for (const step of `${from.slice(0, from.lastIndexOf('/') + 1)}${relative}`.split('/')) {
        if (step === '..' && steps.length > 0) steps.pop();
        else if (step !== '.' && step !== '') steps.push(step);
      }
      return steps.length === 0 ? '.' : steps.join('/');
    },
  };
}

/** Loads the text as the file `s.yaml`, with other files beside it. */
export function load(text: string, files: Readonly<Record<string, string>> = {}, options: Partial<LoadOptions> = {}) {
  return loadScenario('s.yaml', { files: memoryFiles({ ...files, 's.yaml': text }), env: {}, ...options });
}

/** The loaded scenario; fails the test with the diagnostics if it has errors. */
export function loaded(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: Partial<LoadOptions> = {},
): LoadedScenario {
  const result = load(text, files, options);
  if (!result.ok) throw new Error(result.error.map(renderDiagnostic).join('\n'));
  return result.value;
}

/** Every problem as the user sees it. */
export function problemsOf(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: Partial<LoadOptions> = {},
): string {
  const result = load(text, files, options);
  const problems = result.ok ? result.value.warnings : result.error;
  return `\n${problems.map(renderDiagnostic).join('\n')}\n`;
}

/** Place and code of every problem: `2:5 BS2003`. */
export function codesOf(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: Partial<LoadOptions> = {},
): string[] {
  return [
    ...problemsOf(text, files, options).matchAll(/^(?:s\.yaml:)?(\S+?)?:? ?(?:error|warning|note) (BS\d{4}):/gm),
  ].map(([, place, code]) => (place === undefined ? `${code}` : `${place} ${code}`));
}

/**
 * Codes of the problems of a text in which `»` marks where they are expected: `here BS2005` for one at a mark, its place
 * for one elsewhere.
 */
export function codesAtMarks(marked: string, files: Readonly<Record<string, string>> = {}): string[] {
  const marks = new Set<string>();
  const lines = marked.split('\n').map((line, i) => {
    let text = line;
    for (let at = text.indexOf('»'); at >= 0; at = text.indexOf('»')) {
      marks.add(`${i + 1}:${at + 1}`);
      text = `${text.slice(0, at)}${text.slice(at + 1)}`;
    }
    return text;
  });
  return codesOf(lines.join('\n'), files).map((found) => {
    const [place = '', code] = found.split(' ');
    return marks.has(place) ? `here ${code}` : found;
  });
}

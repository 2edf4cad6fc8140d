/** Colour, added to finished text so that the text itself never depends on the terminal. */
import { Chalk } from 'chalk';

const COLORED = new Chalk({ level: 1 });
const PLAIN = new Chalk({ level: 0 });

/** Paints for a stream that shows colours, or paints that change nothing. */
export function paints(color: boolean): typeof COLORED {
  return color ? COLORED : PLAIN;
}

/** A rendered diagnostic: the severity and the carets stand out, the gutter steps back. */
export function paintDiagnostic(text: string, color: boolean): string {
  if (!color) return text;
  const [head = '', ...rest] = text.split('\n');
  const lines = [
    head.replace(/(^|: )(error|warning|note) (BS\d{4}:)/, (_, before: string, severity: string, code: string) => {
      const paint =
        severity === 'error' ? COLORED.red.bold : severity === 'warning' ? COLORED.yellow.bold : COLORED.cyan.bold;
      return `${before}${paint(`${severity} ${code}`)}`;
    }),
  ];
  for (const line of rest) {
    const caret = /^(\s*\| *)(\^+)$/.exec(line);
    lines.push(caret === null ? line : `${caret[1]}${COLORED.red.bold(caret[2])}`);
  }
  return lines.join('\n');
}

/** SVG as text. The same data give the same bytes: numbers have at most two decimals, attributes keep their order. */

/** A number as SVG reads it: at most two decimals, no exponent for what a picture holds, never `-0`. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text as it may stand between tags and in quoted attributes, in SVG and HTML alike. Characters that no XML document may
 * hold become U+FFFD: ids are the user's.
 */
export function escapeText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is sought
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] as string)
  );
}

/** Attributes of an element; null: left out. Numbers are rounded, texts escaped. */
export type Attributes = Readonly<Record<string, string | number | null>>;

/** An element with what stands in it, which is markup already. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const words = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${typeof value === 'number' ? number(value) : escapeText(value)}"`],
  );
  const content = inside.join('');
  return content === '' ? `<${name}${words.join('')}/>` : `<${name}${words.join('')}>${content}</${name}>`;
}

/** A piece of text at a place. */
export function label(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(text));
}

/** Ways to spoil a text: each takes bytes and gives other bytes, drawn from a stream of numbers in [0, 1). */

/** Input number `k` of a seed: a seed text from the corpus, spoilt one to four times. */
export function mutatedInput(corpus, random) {
  const pick = (list) => list[Math.floor(random.next() * list.length)];
  const base = pick(corpus);
  let text = base.text;
  const how = [];
  for (let left = 1 + Math.floor(random.next() * random.next() * 4); left > 0; left--) {
    const [name, mutate] = pick(MUTATIONS);
    how.push(name);
    text = mutate(text, random);
  }
  return { ...base, text, how };
}

const HUGE = [
  '1e308',
  '-1',
  '0',
  '99999999999999999999999',
  '9007199254740993',
  '-9223372036854775808',
  '0.1',
  '1e-320',
  'NaN',
  '.inf',
  '0x7fffffff',
  '4294967296',
];
const WRONG = [
  'null',
  'true',
  '[]',
  '{}',
  '[[[]]]',
  '"text"',
  '~',
  '2026-02-30',
  '{ lognormal: { median: 1s } }',
  '[1, 2, 3]',
  '!!binary AAAA',
  '*x',
  '&x [*x]',
  '1h 99',
  'P99999Y',
  '-5s',
  '"\\u0000"',
  '🚀',
];

/** What is done how often: common slips stand twice. */
const MUTATIONS = [
  ['bytes flipped', flipBytes],
  ['bytes flipped', flipBytes],
  ['lines cut', cutLines],
  ['lines cut', cutLines],
  ['a line doubled', doubleLine],
  ['lines swapped', swapLines],
  ['a key renamed', renameKey],
  ['a key renamed', renameKey],
  ['a huge number', (text, random) => replaceOne(text, /-?\d{1,30}(\.\d{1,30})?/g, choose(HUGE, random), random)],
  ['a huge number', (text, random) => replaceOne(text, /-?\d{1,30}(\.\d{1,30})?/g, choose(HUGE, random), random)],
  ['a wrong type', (text, random) => replaceOne(text, /(?<=[:,[]\s?)[^\s,:[\]{}#]+/g, choose(WRONG, random), random)],
  ['a wrong type', (text, random) => replaceOne(text, /(?<=[:,[]\s?)[^\s,:[\]{}#]+/g, choose(WRONG, random), random)],
  ['an id repeated', (text, random) => repeatValue(text, random)],
  ['cut short', (text, random) => text.slice(0, Math.floor(random.next() * text.length))],
  ['the start missing', (text, random) => text.slice(Math.floor(random.next() * text.length))],
  ['emptied', (_text, random) => choose(['', ' ', '\n', '\ufeff', '---\n', '{}', '[]', 'null', '\u0000'], random)],
  ['binary', binary],
  ['nested deeply', (text, random) => insert(text, choose(['[', '{a: '], random).repeat(5000), random)],
  [
    'aliases',
    (text, random) =>
      insert(text, '\nx-a: &a [1,1]\nx-b: &b [*a,*a,*a,*a]\nx-c: &c [*b,*b,*b,*b]\nx-d: [*c,*c,*c,*c]\n', random),
  ],
  ['a long line', (text, random) => insert(text, 'y'.repeat(100_000), random)],
  ['other line ends', (text) => text.replaceAll('\n', '\r\n')],
];

function choose(list, random) {
  return list[Math.floor(random.next() * list.length)];
}

function flipBytes(text, random) {
  const bytes = Buffer.from(text, 'utf8');
  for (let left = 1 + Math.floor(random.next() * 8); left > 0 && bytes.length > 0; left--) {
    bytes[Math.floor(random.next() * bytes.length)] ^= 1 << Math.floor(random.next() * 8);
  }
  return new TextDecoder().decode(bytes);
}

function cutLines(text, random) {
  const lines = text.split('\n');
  const from = Math.floor(random.next() * lines.length);
  lines.splice(from, 1 + Math.floor(random.next() * Math.min(5, lines.length)));
  return lines.join('\n');
}

function doubleLine(text, random) {
  const lines = text.split('\n');
  const at = Math.floor(random.next() * lines.length);
  lines.splice(at, 0, lines[at]);
  return lines.join('\n');
}

function swapLines(text, random) {
  const lines = text.split('\n');
  const a = Math.floor(random.next() * lines.length);
  const b = Math.floor(random.next() * lines.length);
  [lines[a], lines[b]] = [lines[b], lines[a]];
  return lines.join('\n');
}

function renameKey(text, random) {
  const spoil = (key) => choose([key.slice(1), `${key}s`, key.toUpperCase(), '__proto__', 'constructor', ''], random);
  return replaceOne(text, /[A-Za-z_]{1,40}(?=["]?\s*[:,])/g, spoil, random);
}

function replaceOne(text, pattern, by, random) {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const match = choose(found, random);
  const replacement = typeof by === 'function' ? by(match[0]) : by;
  return text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length);
}

function repeatValue(text, random) {
  const found = [...text.matchAll(/[A-Za-z0-9_-]{2,}/g)];
  return found.length === 0 ? text : replaceOne(text, /[A-Za-z0-9_-]{2,}/g, choose(found, random)[0], random);
}

function binary(_text, random) {
  const bytes = Buffer.alloc(1 + Math.floor(random.next() * 4096));
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random.next() * 256);
  return new TextDecoder().decode(bytes);
}

function insert(text, piece, random) {
  const at = Math.floor(random.next() * (text.length + 1));
  return text.slice(0, at) + piece + text.slice(at);
}

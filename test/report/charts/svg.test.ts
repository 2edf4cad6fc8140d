import { describe, expect, test } from 'vitest';
import { element, escapeText, label, number } from '../../../src/report/charts/svg.js';

describe('numbers', () => {
  test.each([
    [1, '1'],
    [1.005, '1'],
    [1.239, '1.24'],
    [-0.001, '0'],
    [0.1 + 0.2, '0.3'],
    [123456.789, '123456.79'],
  ])('%d is written %s', (value, text) => {
    expect(number(value)).toBe(text);
  });
});

describe('text of users', () => {
  test('shows as text and ends no element and no attribute', () => {
    expect(escapeText(`<script>alert("1 & 2")</script>'`)).toBe(
      '&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;&#39;',
    );
    expect(label(1, 2, '</text><script>')).toBe('<text x="1" y="2">&lt;/text&gt;&lt;script&gt;</text>');
    expect(element('g', { id: '"><x' })).toBe('<g id="&quot;&gt;&lt;x"/>');
  });

  test('holds no character that an XML document may not hold', () => {
    expect(escapeText('a\u0000b\u001fc\ud800d\uffff')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd');
    expect(escapeText('tab\t line\n pair 😀 ümlaut')).toBe('tab\t line\n pair 😀 ümlaut');
  });
});

test('an attribute without a value is left out', () => {
  expect(element('path', { class: null, d: 'M0 0', 'stroke-width': 1.005 })).toBe('<path d="M0 0" stroke-width="1"/>');
});

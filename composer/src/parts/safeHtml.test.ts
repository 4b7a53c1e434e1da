import { expect, it } from 'vitest';
import { htmlOfText, safeHtml, textOfHtml } from './safeHtml';

const shown = (html: string) => {
  const box = document.createElement('div');
  box.append(safeHtml(html));
  return box.innerHTML;
};

it('keeps what reads well', () => {
  expect(shown('<p>How <b>cranes</b> lift.</p>')).toBe('<p>How <b>cranes</b> lift.</p>');
  expect(shown('<h1>Top</h1>')).toBe('<h3>Top</h3>');
});

it('takes out what acts', () => {
  expect(shown('<p onclick="a()" style="color:red">x</p>')).toBe('<p>x</p>');
  expect(shown('<script>a()</script><iframe srcdoc="x"></iframe><form><input></form>')).toBe('');
  expect(shown('<svg><a href="javascript:a()">x</a></svg>')).toBe('');
  expect(shown('<a href="javascript:a()">x</a>')).not.toContain('javascript');
  expect(shown('<a href=" java&#10;script:a()">x</a>')).not.toContain('href');
  expect(shown('<img src="https://elsewhere.example/track.png">')).not.toContain('elsewhere');
  expect(shown('<img src="data:image/svg+xml;base64,AAAA">')).not.toContain('data:');
});

it('keeps the words of what it does not know', () => {
  expect(shown('<blink>x <b>y</b></blink>')).toBe('x <b>y</b>');
});

it('shows typed text as it was typed', () => {
  expect(shown(htmlOfText('a < b & c\nd\n\ne'))).toBe('<p>a &lt; b &amp; c<br>d</p><p>e</p>');
  expect(textOfHtml('<p>a</p><p>b</p>')).toBe('a b');
});

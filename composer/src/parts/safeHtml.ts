// What HTML of wikis and blogs may show. Everything else goes; the text inside stays, but for these.
const dropped = new Set(['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'TEMPLATE', 'NOSCRIPT', 'FORM', 'INPUT', 'BUTTON', 'SELECT', 'TEXTAREA', 'SVG', 'MATH', 'LINK', 'META', 'BASE', 'FRAME', 'FRAMESET']);
const kept = new Set([
  'P', 'BR', 'HR', 'DIV', 'SPAN', 'A', 'B', 'STRONG', 'I', 'EM', 'U', 'S', 'SUB', 'SUP', 'CODE', 'PRE', 'KBD', 'BLOCKQUOTE', 'UL', 'OL', 'LI', 'DL', 'DT', 'DD', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6',
  'TABLE', 'THEAD', 'TBODY', 'TFOOT', 'TR', 'TH', 'TD', 'CAPTION', 'IMG', 'FIGURE', 'FIGCAPTION', 'MARK', 'SMALL', 'DEL', 'INS', 'ABBR', 'TIME',
]);
const attributes = new Set(['href', 'src', 'alt', 'title', 'colspan', 'rowspan', 'scope', 'lang', 'dir', 'width', 'height', 'start']);

/** The headings of a page stand below the page's own: h1 becomes h3. */
const lowered: Readonly<Record<string, string>> = { H1: 'H3', H2: 'H4', H3: 'H5', H4: 'H6' };

/**
 * Makes HTML safe: every element is made anew, with allowed names, attributes and addresses only. The source is parsed without running or
 * fetching anything, and never parsed a second time.
 */
export function safeHtml(html: string, into: Document = document): DocumentFragment {
  const source = parse(html);
  const target = into.createDocumentFragment();
  copy(source.body, target, into);
  return target;
}

/** The words of HTML without its tags. */
export const textOfHtml = (html: string): string => (parse(html.replace(/<(br|\/p|\/div|\/li|\/h\d)\b/gi, ' <$1')).body.textContent ?? '').replace(/\s+/g, ' ').trim();

/** HTML of a text that a person typed without tags. */
export const htmlOfText = (text: string): string => text.split(/\n{2,}/).map(part => `<p>${part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</p>`).join('');

// The page's own policy forbids handlers and styles within HTML and would complain of them aloud: they are no attributes of that name any more.
const parse = (html: string): Document =>
  new DOMParser().parseFromString(html.replace(/<[^>]*>/g, tag => tag.replace(/([\s"'/])(on\w+|style)(\s*=)/gi, '$1data-$2$3')), 'text/html');

function copy(from: Node, to: Node, into: Document): void {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.appendChild(into.createTextNode(node.nodeValue ?? ''));
    } else if (node instanceof Element || node.nodeType === Node.ELEMENT_NODE) {
      const element = node as Element;
      const name = element.tagName.toUpperCase();
      if (dropped.has(name)) continue;
      if (!kept.has(name)) {
        copy(element, to, into);
        continue;
      }
      const made = into.createElement(lowered[name] ?? name);
      for (const { name: attribute, value } of element.attributes) {
        if (attributes.has(attribute) && (attribute !== 'href' && attribute !== 'src' || isSafeAddress(value, attribute))) made.setAttribute(attribute, value);
      }
      if (name === 'A') {
        made.setAttribute('rel', 'noopener noreferrer');
        made.setAttribute('target', '_blank');
      }
      if (name === 'IMG') {
        made.setAttribute('loading', 'lazy');
        if (!made.hasAttribute('alt')) made.setAttribute('alt', '');
      }
      copy(element, made, into);
      to.appendChild(made);
    }
  }
}

// Pictures come from this server or from within the page: a foreign one would tell its server who reads.
function isSafeAddress(address: string, attribute: string): boolean {
  let url: URL;
  try {
    url = new URL(address, location.href);
  } catch {
    return false;
  }
  if (attribute === 'src') return url.origin === location.origin || /^data:image\/(png|jpeg|gif|webp);base64,/i.test(address);
  return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol);
}

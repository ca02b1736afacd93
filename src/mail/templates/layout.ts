import type { Message, Paragraph } from './message';

/** Body of a mail as plain text and as HTML. */
export interface Body {
  text: string;
  html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, character => ENTITIES[character] ?? '');

const asText = (paragraph: Paragraph) =>
  typeof paragraph === 'string' ? paragraph : `${paragraph.label}:\n${paragraph.link}`;

const asHtml = (paragraph: Paragraph) =>
  typeof paragraph === 'string'
    ? `<p>${escapeHtml(paragraph)}</p>`
    : `<p><a href="${escapeHtml(paragraph.link)}">${escapeHtml(paragraph.label)}</a></p>`;

/** Writes the body of a message in `locale`. Every text is escaped here, and nowhere else. */
export function layOut({ subject, paragraphs, reason }: Message, locale: string): Body {
  const text = [...paragraphs.map(asText), '-- ', reason].join('\n\n');
  const html = `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family: sans-serif; line-height: 1.5; max-width: 36em">
${paragraphs.map(asHtml).join('\n')}
<hr>
<p><small>${escapeHtml(reason)}</small></p>
</body>
</html>
`;
  return { text: `${text}\n`, html };
}

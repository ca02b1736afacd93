import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';
import { ROOT } from '../../support/root';

/** A fenced block. */
export interface Block {
  /** Such as `docs/stream.md:12`. */
  at: string;
  language: string;
  /** What stands behind the language: `as=` somebody, `refused`, or the name of a file. */
  notes: string[];
  text: string;
}

/** A document as its reader sees it. */
export interface Page {
  /** From the ROOT of the repository. */
  path: string;
  blocks: Block[];
  links: { at: string; to: string }[];
  /** What a link can name behind `#`. */
  anchors: Set<string>;
  /** All of it. */
  source: string;
}

const markdown = new MarkdownIt({ html: true });

/** Every Markdown file that is kept, or about to be. */
function paths(): string[] {
  const git = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
  const listed = execFileSync('git', git, { cwd: ROOT, encoding: 'utf8' });
  return listed.split('\n').filter(Boolean).sort();
}

function read(path: string): Page {
  const source = readFileSync(join(ROOT, path), 'utf8');
  const tokens = markdown.parse(source, {});
  const slugs = new GithubSlugger();
  const page: Page = { path, source, blocks: [], links: [], anchors: new Set() };
  tokens.forEach((token, index) => {
    const at = `${path}:${(token.map?.[0] ?? 0) + 1}`;
    const next = tokens[index + 1];
    if (token.type === 'fence') page.blocks.push(toBlock(token, at));
    if (token.type === 'heading_open' && next) page.anchors.add(slugs.slug(plain(next)));
    if (token.type === 'inline') page.links.push(...linksOf(token, path, source));
  });
  return page;
}

function toBlock({ info, content }: Token, at: string): Block {
  const [language = '', ...notes] = info.trim().split(/\s+/);
  return { at, language, notes, text: content };
}

/** A heading without its marks. */
const plain = ({ children }: Token) => (children ?? []).map(({ content }) => content).join('');

function linksOf({ children }: Token, path: string, source: string) {
  return (children ?? []).flatMap(child => {
    const to = child.type === 'image' ? child.attrGet('src') : child.attrGet('href');
    if (to === null) return [];
    // Cells of a table do not know their line.
    const line = source.slice(0, source.indexOf(`(${to})`)).split('\n').length;
    return [{ at: `${path}:${line}`, to: String(to) }];
  });
}

/** README, SECURITY and the like, and everything in docs. */
export const pages: readonly Page[] = paths().map(read);

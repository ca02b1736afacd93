import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSync } from '@swc/core';

const WEB = resolve(__dirname, '../../../../web');
/** Folders whose texts are in `web/locales`. */
const FOLDERS = ['console', 'links'];

/** Node of a syntax tree. */
export interface SyntaxNode {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** Source file of the pages with texts. */
export interface SourceFile {
  /** Path below `web`. */
  readonly path: string;
  readonly tree: SyntaxNode;
}

/** Source files of the pages with texts. */
export const sourceFiles = (): SourceFile[] =>
  FOLDERS.flatMap(folder =>
    readdirSync(join(WEB, folder), { recursive: true, encoding: 'utf8' }).map(path => join(folder, path)),
  )
    .filter(path => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map(path => ({
      path,
      tree: parseSync(readFileSync(join(WEB, path), 'utf8'), {
        syntax: 'typescript',
        tsx: path.endsWith('.tsx'),
      }) as unknown as SyntaxNode,
    }));

/** Visits every node of a syntax tree. */
export function visitNodes(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') visit(value as SyntaxNode);
  for (const below of Object.values(value)) visitNodes(below, visit);
}

/** Fixed parts of a template literal. */
export const partsOf = (template: SyntaxNode): string[] =>
  (template.quasis as { raw: string }[]).map(({ raw }) => raw);

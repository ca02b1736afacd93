import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseSync } from '@swc/core';

const CONSOLE = resolve(__dirname, '../../../../web/console');

/** Node of a syntax tree. */
export interface SyntaxNode {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** Source file of the console. */
export interface SourceFile {
  /** Path below `web/console`. */
  readonly path: string;
  readonly tree: SyntaxNode;
}

/** Source files of the console. */
export const sourceFiles = (): SourceFile[] =>
  readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map(path => ({
      path,
      tree: parseSync(readFileSync(resolve(CONSOLE, path), 'utf8'), {
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

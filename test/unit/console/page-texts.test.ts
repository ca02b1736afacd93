import { posix } from 'node:path';
import { type SourceFile, type SyntaxNode, sourceFiles, visitNodes } from './support/source';
import { namespacesOf } from './support/texts';

/** Namespaces that every page has. */
const EVERYWHERE = ['common', 'errors', 'links'];
const NAMESPACES = namespacesOf('en').filter(name => !EVERYWHERE.includes(name));

const files = new Map(sourceFiles().map(file => [file.path, file]));

const textOf = (node: unknown): string => String((node as { value?: unknown } | undefined)?.value);

/** File of an import that is relative to another file. */
function resolved(from: string, specifier: string): SourceFile | undefined {
  const path = posix.join(posix.dirname(from), specifier);
  return ['.ts', '.tsx', '/index.ts'].map(end => files.get(path + end)).find(Boolean);
}

/** Files that a file loads with itself: without types, and without what it loads later. */
function loadedWith(file: SourceFile, found = new Set<SourceFile>()): Set<SourceFile> {
  if (found.has(file)) return found;
  found.add(file);
  for (const node of file.tree.body as SyntaxNode[]) {
    if (!node.source || node.typeOnly) continue;
    const below = resolved(file.path, textOf(node.source));
    if (below) loadedWith(below, found);
  }
  return found;
}

/** Namespaces that a file names: alone, or before the key of a text. */
function namespacesIn({ tree }: SourceFile): string[] {
  const found: string[] = [];
  const take = (text: string) => {
    const [name = ''] = text.split(':');
    if (NAMESPACES.includes(name)) found.push(name);
  };
  visitNodes(tree, node => {
    if (node.type === 'CallExpression' && textOf(node.callee) === 'useTranslation')
      visitNodes(node.arguments, each => each.type === 'StringLiteral' && take(textOf(each)));
    if (node.type === 'JSXAttribute' && textOf(node.name) === 'ns') take(textOf(node.value));
    if (node.type === 'KeyValueProperty' && textOf(node.key) === 'ns') take(textOf(node.value));
    if (node.type === 'StringLiteral' && textOf(node).includes(':')) take(textOf(node));
    if (node.type === 'TemplateElement' && String(node.raw).includes(':')) take(String(node.raw));
  });
  return found;
}

/** Calls of `load` in the list of the pages: file, component and namespaces of texts. */
function pages(): [component: string, file: string, texts: string[]][] {
  const found: [string, string, string[]][] = [];
  visitNodes(files.get('console/pages.ts')?.tree, node => {
    if (node.type !== 'CallExpression' || textOf(node.callee) !== 'load') return;
    const [file, component, texts] = (node.arguments as { expression: SyntaxNode }[]).map(
      ({ expression }) => {
        const literals: string[] = [];
        visitNodes(expression, each => each.type === 'StringLiteral' && literals.push(textOf(each)));
        return literals;
      },
    );
    found.push([component?.[0] ?? '', file?.[0] ?? '', texts ?? []]);
  });
  return found;
}

test.each(pages())('%s loads the texts of everything on it', (_, path, texts) => {
  const file = resolved('console/pages.ts', path);
  if (!file) throw new Error(`There is no file ${path}.`);
  const wanted = new Set([...loadedWith(file)].flatMap(namespacesIn));
  expect(texts.toSorted()).toEqual([...wanted].sort());
});

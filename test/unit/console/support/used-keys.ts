import { partsOf, type SourceFile, visitNodes } from './source';

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Decides whether the code names a key: as a string, as a template, or as a group of the names of codes. */
export function keyUse(files: readonly SourceFile[]): (namespace: string, key: string) => boolean {
  const literals = new Set<string>();
  const templates = new Set<string>();
  for (const { tree } of files) {
    visitNodes(tree, node => {
      if (node.type === 'StringLiteral') literals.add(String(node.value));
      if (node.type !== 'TemplateLiteral') return;
      const parts = partsOf(node);
      // A template of expressions only would match every key.
      if (parts.some(part => /\w/.test(part))) templates.add(parts.map(quote).join('.+'));
    });
  }
  const pattern = new RegExp(`^(\\w+:)?(${[...templates].join('|')})$`);
  return (namespace, key) => {
    const [, group, code] = /^(.+)\.([A-Z][A-Z0-9_]*)$/.exec(key) ?? [];
    return (
      literals.has(key) ||
      literals.has(`${namespace}:${key}`) ||
      pattern.test(key) ||
      pattern.test(`${namespace}:${key}`) ||
      // Codes of the graph: `codeName('states', state)`.
      (code !== undefined && group !== undefined && literals.has(group))
    );
  };
}

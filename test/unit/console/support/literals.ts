import { partsOf, type SyntaxNode, visitNodes } from './source';

/** Attributes and properties whose value is shown or read aloud. */
const SHOWN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'description',
  'error',
  'header',
  'label',
  'lead',
  'legend',
  'nothingFoundMessage',
  'placeholder',
  'title',
]);

const isText = (text: string): boolean => /\p{L}{2,}/u.test(text);

const nameOf = ({ value }: { value?: unknown }): string => String(value);

/** Operands of an expression that can become its value. */
const OPERANDS: Readonly<Record<string, readonly string[]>> = {
  ParenthesisExpression: ['expression'],
  JSXExpressionContainer: ['expression'],
  ConditionalExpression: ['consequent', 'alternate'],
  BinaryExpression: ['left', 'right'],
};

/** Operators that compare. Their operands are not shown. */
const COMPARES = /^([=!]==?|[<>]=?)$/;

/** Literal texts that an expression can have as its value. Arguments of calls are none, such as keys of texts. */
function textsIn(node: SyntaxNode | null | undefined): string[] {
  if (!node || COMPARES.test(String(node.operator))) return [];
  if (node.type === 'StringLiteral') return [String(node.value)].filter(isText);
  if (node.type === 'TemplateLiteral') return partsOf(node).filter(isText);
  return (OPERANDS[node.type] ?? []).flatMap(name => textsIn(node[name] as SyntaxNode));
}

/** Literal texts that a file shows to users. */
export function shownLiterals(tree: SyntaxNode): string[] {
  const found: string[] = [];
  visitNodes(tree, node => {
    if (node.type === 'JSXText' && isText(String(node.value))) found.push(String(node.value).trim());
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      const children = node.children as SyntaxNode[];
      found.push(...children.filter(({ type }) => type === 'JSXExpressionContainer').flatMap(textsIn));
    }
    if (node.type === 'JSXAttribute' && SHOWN.has(nameOf(node.name as object)))
      found.push(...textsIn(node.value as SyntaxNode));
    if (node.type === 'KeyValueProperty' && SHOWN.has(nameOf(node.key as object)))
      found.push(...textsIn(node.value as SyntaxNode));
  });
  return found;
}

import type { Addon, Product } from '../../entities';
import { wordsOf } from '../../store';

type Item = Pick<Product | Addon, 'name' | 'sku' | 'description'>;

const known = new WeakMap<Item, string[]>();

/** Whether each of `words` is a prefix of a word of an item: its name, its SKU and its description. */
export function hasWords(item: Item, words: readonly string[]): boolean {
  const own = known.get(item) ?? wordsOf(`${item.name} ${item.sku} ${item.description ?? ''}`);
  known.set(item, own);
  return words.length > 0 && words.every(word => own.some(each => each.startsWith(word)));
}

import { administrator } from './administrator';
import type { TestGateway } from './gateway';

/** Amounts below this are not distinctive: a version, a quantity or a time could be equal to them. */
const LEAST = 100_000;

/** Sets every price of every list to an amount that nothing else is equal to. */
export async function setDistinctivePrices(gateway: TestGateway): Promise<void> {
  const { current } = gateway.app.deps.catalog;
  const items = [...current.allProducts, ...current.allAddons];
  const prices = items.flatMap(({ id }) => current.listedPricesOf(id));
  for (const [index, { priceListId, itemId, billingCycle }] of prices.entries()) {
    const unitPrice = ((791_937 + index * 110_017) / 100).toFixed(2);
    await administrator(gateway).does('setPrice', { priceListId, itemId, billingCycle, unitPrice });
  }
}

/** Amounts that somebody is to pay, with the columns in which the tables have them. Quantities are those of the tests. */
const COSTS = [
  ...[1, 2, 3, 4].flatMap(units => [
    `SELECT unitMinor * ${units} AS minor FROM prices`,
    `SELECT unitMinor * ${units} AS minor FROM past_prices WHERE unitMinor >= ${LEAST}`,
  ]),
  `SELECT ABS(amountMinor) AS minor FROM charges WHERE ABS(amountMinor) >= ${LEAST}`,
  'SELECT totalMinor AS minor FROM orders',
  'SELECT totalMinor AS minor FROM order_lines',
  'SELECT recurringMinor AS minor FROM subscriptions',
  `SELECT JSON_EXTRACT(\`before\`, '$.recurringMinor') AS minor FROM subscription_changes`,
  `SELECT JSON_EXTRACT(\`after\`, '$.recurringMinor') AS minor FROM subscription_changes`,
];
const RETAIL = [
  ...[1, 2, 3, 4].map(units => `SELECT unitMinor * ${units} AS minor FROM retail_prices`),
  'SELECT retailTotalMinor AS minor FROM orders',
  'SELECT retailTotalMinor AS minor FROM order_lines',
  'SELECT retailMinor AS minor FROM subscriptions',
];

const amountsOf = async (gateway: TestGateway, queries: readonly string[]): Promise<Set<number>> => {
  const rows = await gateway.rows<{ minor: number | string | null }>(queries.join(' UNION '));
  return new Set(rows.flatMap(({ minor }) => (minor === null ? [] : [Number(minor)])));
};

/** Every cost in the database, with a function that finds those in a text. Throws if a retail amount is equal to one. */
export async function costFinder(gateway: TestGateway) {
  const costs = await amountsOf(gateway, COSTS);
  const retail = await amountsOf(gateway, RETAIL);
  const plain = [...costs].filter(minor => minor < LEAST || retail.has(minor));
  if (plain.length > 0) throw new Error(`These costs are not distinctive: ${plain.join(', ')}`);
  const written = new Set(
    [...costs].flatMap(minor => [String(minor), (minor / 100).toFixed(2), String(minor / 100)]),
  );
  return (text: string): string[] => numbersIn(text).filter(number => written.has(number));
}

/** Numbers in a text, also those with separators. Ids and cursors are no numbers. */
function numbersIn(text: string): string[] {
  const joined = text.replaceAll(/(?<=\d)[,' ](?=\d{3}\b)/g, '');
  return [text, joined].flatMap(each => [
    ...(each.match(/(?<!\d)\d+\.\d+(?!\d)/g) ?? []),
    ...(each.match(/(?<![\w])\d+(?![\w])/g) ?? []),
  ]);
}

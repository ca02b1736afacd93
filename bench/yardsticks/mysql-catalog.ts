import { createPool, type RowDataPacket } from 'mysql2/promise';
import { serveJson } from './serve-json';

const pool = createPool({ uri: process.env.DATABASE_URL ?? '', connectionLimit: 16, timezone: 'Z' });

const PRODUCTS = `SELECT p.id, p.sku, p.name, p.capacityBytes, c.id AS categoryId, c.name AS categoryName
  FROM products p JOIN categories c ON c.id = p.categoryId WHERE p.published ORDER BY p.position, p.id LIMIT ?`;
const PARTS = (count: number) => `SELECT pa.productId, a.sku, a.name, a.incrementBytes, pa.position,
    NULL AS billingCycle, NULL AS unitMinor
  FROM product_addons pa JOIN addons a ON a.id = pa.addonId WHERE pa.productId IN (${Array(count).fill('?')}) 
  UNION ALL SELECT pr.itemId, NULL, NULL, NULL, 0, pr.billingCycle, pr.unitMinor
  FROM prices pr JOIN price_lists l ON l.id = pr.priceListId AND l.isDefault WHERE pr.itemId IN (${Array(count).fill('?')})`;

const CATEGORY = 'SELECT id FROM categories WHERE slug = ?';

/** Catalog page without GraphQL: three prepared statements and JSON.stringify. */
serveJson(async ({ first, slug = 'none' }) => {
  const category = pool.execute<RowDataPacket[]>(CATEGORY, [slug]);
  const [products] = await pool.execute<RowDataPacket[]>(PRODUCTS, [String(first)]);
  const ids = products.map(product => product.id);
  const [parts] = await pool.execute<RowDataPacket[]>(PARTS(ids.length), [...ids, ...ids]);
  const nodes = products.map(({ id, sku, name, capacityBytes, categoryId, categoryName }) => {
    const own = parts.filter(part => part.productId === id);
    return {
      id,
      sku,
      name,
      capacityBytes: String(capacityBytes),
      category: { id: categoryId, name: categoryName },
      prices: own
        .filter(part => part.billingCycle)
        .sort((a, b) => (a.billingCycle < b.billingCycle ? 1 : -1))
        .map(({ billingCycle, unitMinor }) => ({
          billingCycle,
          unitPrice: { amount: (unitMinor / 100).toFixed(2), currency: 'EUR' },
        })),
      addons: own
        .filter(part => part.sku)
        .sort((a, b) => a.position - b.position)
        .map(addon => ({ sku: addon.sku, name: addon.name, incrementBytes: String(addon.incrementBytes) })),
    };
  });
  const [[named = null]] = await category;
  return { category: named, products: { nodes } };
});

const KEY = 'skybasket.heights';
/** Number of lists whose heights are kept. */
const MAX_KEPT = 10;

/** Heights of the rows of the lists that were shown, by address. */
const kept = new Map<string, number[]>(JSON.parse(sessionStorage.getItem(KEY) ?? '[]'));

window.addEventListener('pagehide', () => sessionStorage.setItem(KEY, JSON.stringify([...kept])));

/**
 * Heights of the rows of the list at this address, as they were when it was last shown. Rows are measured when they are near
 * the window, so the position of the page can be restored only with the heights of those above.
 */
export function heightsOf(address: string): number[] {
  const heights = kept.get(address) ?? [];
  kept.delete(address);
  kept.set(address, heights);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  return heights;
}

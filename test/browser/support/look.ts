import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Windows in which every page is looked at. */
export const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 360, height: 740 },
};

/** Another light or another window; resolves when the page has followed, nothing is loading, and nothing moves. */
export async function look(
  page: Page,
  colorScheme: 'light' | 'dark',
  viewport: { width: number; height: number },
) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  await page.waitForFunction(
    ({ scheme, width }) => {
      const of = document.documentElement.dataset.mantineColorScheme;
      const moves = document.getAnimations().some(({ playState }) => playState === 'running');
      const loads = document.querySelector('[aria-label=Loading]');
      return window.innerWidth === width && (!of || of === scheme) && !moves && !loads;
    },
    { scheme: colorScheme, width: viewport.width },
  );
}

/** Violations that axe finds, and whether the page is wider than the window. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe || ${axe.source}`);
  const found = await page.evaluate(async () => {
    const { axe: here } = window as unknown as { axe: typeof axe };
    const { violations } = await here.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  return [...found, ...(await tooWide(page))];
}

/** Whether the page is wider than the window. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wider = document.documentElement.scrollWidth - window.innerWidth;
    return wider > 0 ? [`wider than the window by ${wider} pixels`] : [];
  });

/** Violations of the page, in light and wide, and in dark and narrow. */
export async function faultsInBoth(page: Page): Promise<string[]> {
  await look(page, 'light', SIZES.wide);
  const light = await faultsOf(page);
  await look(page, 'dark', SIZES.narrow);
  const dark = await faultsOf(page);
  await look(page, 'light', SIZES.wide);
  return [...light, ...dark];
}

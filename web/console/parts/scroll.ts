import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';

const KEY = 'skybasket.scroll';
/** Time within which a page has to reach its former height, in milliseconds. */
const MAX_WAIT_MS = 5000;

const positions: Record<string, number> = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
/** Position of the entry of the history that is being opened. Null if the page stays where it is. */
let target: number | null = positions[location.href] ?? 0;

// The browser restores the position before the list is there.
history.scrollRestoration = 'manual';
window.addEventListener('pushState', () => {
  target = 0;
});
window.addEventListener('popstate', () => {
  target = positions[location.href] ?? 0;
});
window.addEventListener('scroll', () => {
  positions[location.href] = window.scrollY;
});
window.addEventListener('pagehide', () => sessionStorage.setItem(KEY, JSON.stringify(positions)));

/** Shows a new page from its top, and a page of the history where it was left. */
export function useScrollPosition(): void {
  const [path] = useLocation();
  const search = useSearch();
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves with the address
  useEffect(() => {
    if (target === null) return;
    const wanted = target;
    target = null;
    window.scrollTo(0, wanted);
    if (Math.abs(window.scrollY - wanted) < 1) return;
    const stop = new AbortController();
    const observer = new ResizeObserver(() => {
      window.scrollTo(0, wanted);
      if (Math.abs(window.scrollY - wanted) < 1) stop.abort();
    });
    const timer = setTimeout(() => stop.abort(), MAX_WAIT_MS);
    stop.signal.addEventListener('abort', () => {
      observer.disconnect();
      clearTimeout(timer);
    });
    // Somebody who moves the page has taken over.
    for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      window.addEventListener(event, () => stop.abort(), { signal: stop.signal, passive: true });
    }
    observer.observe(document.body);
    return () => stop.abort();
  }, [path, search]);
}

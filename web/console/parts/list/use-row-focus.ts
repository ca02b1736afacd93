import { defaultRangeExtractor, type Range, type Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useState } from 'react';

/** Rows that Page Up and Page Down move by. */
const PAGE = 10;

const MOVES: Record<string, (index: number, last: number) => number> = {
  ArrowDown: index => index + 1,
  ArrowUp: index => index - 1,
  PageDown: index => index + PAGE,
  PageUp: index => index - PAGE,
  Home: () => 0,
  End: (_, last) => last,
};

/** Focus of the rows: one of them is in the order of Tab, and the arrow keys move it (roving tabindex). */
export function useRowFocus(count: number) {
  const [active, setActive] = useState(0);
  const [moved, setMoved] = useState<{ to: number } | null>(null);
  const last = count - 1;
  // The row is in the document after the render that follows the move.
  useEffect(() => {
    if (!moved) return;
    document.querySelector<HTMLElement>(`.list [data-index="${moved.to}"]`)?.focus({ preventScroll: true });
  }, [moved]);
  const onKeyDown = (event: KeyboardEvent, virtualizer: Virtualizer<Window, HTMLTableRowElement>) => {
    const move = MOVES[event.key];
    // Keys in a field or a menu of a row are its own.
    if (!move || !(event.target as HTMLElement).matches('[data-index]')) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(last, move(active, last)));
    virtualizer.scrollToIndex(to);
    setActive(to);
    setMoved({ to });
  };
  return {
    active: Math.min(active, last),
    take: setActive,
    onKeyDown,
    /** Keeps the row with the focus in the document. */
    withActive: (range: Range): number[] => {
      const indexes = defaultRangeExtractor(range);
      if (active <= last && !indexes.includes(active)) indexes.push(active);
      return indexes.sort((one, other) => one - other);
    },
  };
}

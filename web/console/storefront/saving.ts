import { useEffect, useState } from 'react';

let saving: Promise<unknown> = Promise.resolve();

/** Registers a pending change of the basket. */
export function noteSaving(change: Promise<unknown>): void {
  saving = Promise.allSettled([saving, change]);
}

/** False while changes of the previous page are pending. Afterwards the basket has the version that the next step sends. */
export function useSaved(): boolean {
  const [saved, setSaved] = useState(false);
  useEffect(() => void saving.then(() => setSaved(true)), []);
  return saved;
}

import { useEffect, useState } from 'react';

let saving: Promise<unknown> = Promise.resolve();

/** Notes that a change of the basket is on its way to the graph. */
export function noteSaving(change: Promise<unknown>): void {
  saving = Promise.allSettled([saving, change]);
}

/** False until what was changed on the page before is saved: what is read then has the version that the next step names. */
export function useSaved(): boolean {
  const [saved, setSaved] = useState(false);
  useEffect(() => void saving.then(() => setSaved(true)), []);
  return saved;
}

import { useCallback, useRef } from 'react';

/** Creates 128 random bits. `crypto.randomUUID` exists only on https and localhost. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * Idempotency key of an input: the same for every submission of the same input, so that a repeat after a lost response
 * returns the first result. Another input has another key.
 */
export function useIdempotencyKey(): (input: object) => string {
  const last = useRef({ input: '', key: '' });
  return useCallback(input => {
    const text = JSON.stringify(input);
    if (last.current.input !== text) last.current = { input: text, key: newKey() };
    return last.current.key;
  }, []);
}

import { useCallback, useRef } from 'react';

/** 128 bits of chance. `crypto.randomUUID` exists only on https and localhost. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * The idempotency key of one intention: the same for every repetition of the same input, so that pressing the button
 * again after a lost answer gives that answer; a new one as soon as the input is another.
 */
export function useIdempotencyKey(): (input: object) => string {
  const last = useRef({ input: '', key: '' });
  return useCallback(input => {
    const text = JSON.stringify(input);
    if (last.current.input !== text) last.current = { input: text, key: newKey() };
    return last.current.key;
  }, []);
}

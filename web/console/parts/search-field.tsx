import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { ListState } from './list-state';

/** Pause after which typed text is searched, in milliseconds. */
const PAUSE_MS = 250;

/** Search of a list. `label` names what is searched. */
export function SearchField({ list, label }: { list: ListState; label: string }) {
  const search = list.read('search');
  const [text, setText] = useState(search);
  const sent = useRef(search);
  const send = useDebouncedCallback((value: string) => {
    sent.current = value;
    list.filter('search', value, true);
  }, PAUSE_MS);
  // Back and Forward change the address while the field is on the page.
  useEffect(() => {
    if (search === sent.current) return;
    sent.current = search;
    setText(search);
  }, [search]);
  return (
    <TextInput
      type="search"
      aria-label={`Search by ${label}`}
      placeholder={`Search by ${label}`}
      title={`Search by ${label}`}
      w="100%"
      maw={480}
      maxLength={100}
      value={text}
      onChange={event => {
        setText(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
    />
  );
}

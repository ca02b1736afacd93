import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { ListState } from './list-state';

/** Pause after which typed text is used, in milliseconds. */
const PAUSE_MS = 250;

interface TextFieldProps extends Omit<TextInputProps, 'list'> {
  list: ListState;
  /** Name of the filter. */
  name: string;
  label: string;
}

/** Filter of a list that is typed. */
export function TextField({ list, name, label, ...props }: TextFieldProps) {
  const value = list.read(name);
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const send = useDebouncedCallback((typed: string, path: string) => {
    // A page that is left stays mounted until the next one has loaded.
    if (path !== location.pathname) return;
    sent.current = typed;
    list.filter(name, typed, true);
  }, PAUSE_MS);
  // Back and Forward change the address while the field is on the page.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      title={label}
      maxLength={100}
      value={text}
      onChange={event => {
        setText(event.currentTarget.value);
        send(event.currentTarget.value.trim(), location.pathname);
      }}
      {...props}
    />
  );
}

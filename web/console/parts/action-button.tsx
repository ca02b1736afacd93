import { Button, type ButtonProps } from '@mantine/core';
import { type ComponentPropsWithoutRef, useLayoutEffect, useRef } from 'react';

interface ActionButtonProps extends ButtonProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  /** Whether the action is on its way. */
  loading: boolean;
}

const isLost = () => document.activeElement === null || document.activeElement === document.body;

/**
 * Button of an action. Keeps the focus: a browser moves it to the body while the button is disabled, and when the action removes
 * the button. In the second case the content gets it.
 */
export function ActionButton({ loading, ...props }: ActionButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  // The browser moves the focus after the layout.
  useLayoutEffect(() => {
    if (loading) hadFocus.current = document.activeElement === button.current;
    else if (hadFocus.current) {
      hadFocus.current = false;
      setTimeout(() => isLost() && button.current?.focus());
    }
  }, [loading]);
  useLayoutEffect(() => {
    const self = button.current;
    return () => {
      if (!hadFocus.current && document.activeElement !== self) return;
      setTimeout(() => isLost() && document.getElementById('main')?.focus({ preventScroll: true }));
    };
  }, []);
  return <Button ref={button} loading={loading} {...props} />;
}

import { type AlertProps, type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Theme of Mantine with colors of higher contrast. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Mantine's yellow title falls short of a contrast of 4.5:1.
    Alert: {
      styles: (_: unknown, { color }: AlertProps) =>
        color === 'yellow' ? { title: { color: 'var(--mantine-color-text)' } } : {},
    },
    // Otherwise its header is a second banner of the page. Named, not imported: dialogs load when they open.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
  },
});

/** Color of secondary text, with a contrast of at least 4.5:1 on every surface. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-8)',
    '--skybasket-canvas': 'var(--mantine-color-gray-0)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-3)',
    '--skybasket-canvas': 'var(--mantine-color-dark-8)',
  },
});

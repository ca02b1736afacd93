import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Module with the class names of a component. Mantine has a file of styles with the same name. */
const CLASS_NAMES = /@mantine.core.esm.*[\\/](\w+)\.module\.mjs$/;

const stylesOf = (name: string): string | undefined => {
  const file = fileURLToPath(new URL(`../node_modules/@mantine/core/styles/${name}.css`, import.meta.url));
  return existsSync(file) ? file : undefined;
};

/** Plugin that loads the styles of a component of Mantine with its script, instead of those of all components at first. */
export const mantineStyles = (): Plugin => ({
  name: 'mantine-styles',
  // The development server of Vite puts a library into one file before plugins see it, so there all styles load at first.
  config: (_, { command }) =>
    command === 'serve'
      ? { resolve: { alias: { '@mantine/core/styles/global.css': '@mantine/core/styles.css' } } }
      : {},
  transform(code, id) {
    const [, name = ''] = CLASS_NAMES.exec(id) ?? [];
    const file = name && stylesOf(name);
    if (!file) return null;
    return { code: `import ${JSON.stringify(file)};\n${code}`, map: null, moduleSideEffects: true };
  },
});

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInstance, type TFunction } from 'i18next';

const LOCALES = join(__dirname, '../../../web/locales');

/** Texts of the console in one language, as its pages show them: `t('common:pages.orders')`. */
export function textsOf(language: string): TFunction {
  const folder = join(LOCALES, language);
  const namespaces = Object.fromEntries(
    readdirSync(folder).map(file => [
      basename(file, '.json'),
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    ]),
  );
  const texts = createInstance();
  void texts.init({
    lng: language,
    initAsync: false,
    resources: { [language]: namespaces },
    interpolation: { escapeValue: false },
    // A text that does not exist is a mistake of the test.
    parseMissingKeyHandler: key => {
      throw new Error(`There is no text ${key}.`);
    },
  });
  return texts.t;
}

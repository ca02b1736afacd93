import i18next, { type BackendModule, type Module } from 'i18next';
import { firstLanguage, LANGUAGES, type Language, localeOf } from './language';

/** Texts of one language and namespace, loaded when they are first needed: `web/locales/<language>/<namespace>.json`. */
const texts: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) =>
    import(`../../locales/${language}/${namespace}.json`).then(
      ({ default: found }) => done(null, found),
      error => done(error, false),
    ),
};

let locale = 'en-GB';

/** BCP 47 tag that numbers, money and dates are written in. */
export const currentLocale = (): string => locale;

function follow(language: string): void {
  locale = localeOf(language as Language);
  document.documentElement.lang = language;
}

/** Loads the texts of a namespace and of errors, in the language of the user. `<html lang>` follows the language. */
export async function startTexts(namespace: 'common' | 'links', ...modules: Module[]): Promise<void> {
  i18next.on('languageChanged', follow);
  for (const module of [texts, ...modules]) i18next.use(module);
  await i18next.init({
    lng: firstLanguage(),
    supportedLngs: LANGUAGES,
    fallbackLng: false,
    ns: [namespace, 'errors'],
    defaultNS: namespace,
    // React and `textContent` escape what they show.
    interpolation: { escapeValue: false },
  });
}

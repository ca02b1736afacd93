import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage, keepLanguage, LANGUAGES, type Language, localeOf } from './language';

export { LANGUAGES, type Language } from './language';

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

function follow(language: string): void {
  locale = localeOf(language as Language);
  document.documentElement.lang = language;
}

/** Loads the texts that every page needs, in the language of the user. `<html lang>` follows the language. */
export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', follow);
  await i18next
    .use(texts)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: LANGUAGES,
      fallbackLng: false,
      ns: ['common', 'errors'],
      defaultNS: 'common',
      // React escapes what it renders.
      interpolation: { escapeValue: false },
    });
}

/** Language of the console. */
export const currentLanguage = (): Language => i18next.language as Language;

/** BCP 47 tag that numbers, money and dates are written in. */
export const currentLocale = (): string => locale;

/** Changes the language, and keeps the choice in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  keepLanguage(language);
  await i18next.changeLanguage(language);
}

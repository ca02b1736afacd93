/** Languages of the console. */
export const LANGUAGES = ['en', 'de'] as const;

/** Language of the console. */
export type Language = (typeof LANGUAGES)[number];

/** Region of a language whose region the browser does not name. */
const REGIONS: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
const KEY = 'skybasket.language';

const languageOf = (tag: string | null): Language | undefined =>
  LANGUAGES.find(language => tag?.split('-')[0]?.toLowerCase() === language);

/** Language that the user chose; before, the first language of the browser that the console has; otherwise English. */
export const firstLanguage = (): Language =>
  [localStorage.getItem(KEY), ...navigator.languages].map(languageOf).find(Boolean) ?? 'en';

/** Stores the choice of the user in this browser. */
export const keepLanguage = (language: Language): void => localStorage.setItem(KEY, language);

/** BCP 47 tag for numbers, money and dates: that of the browser, if it is of the language. */
export const localeOf = (language: Language): string =>
  navigator.languages.find(tag => tag.includes('-') && languageOf(tag) === language) ?? REGIONS[language];

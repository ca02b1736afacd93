import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keepLanguage, type Language } from './language';
import * as start from './start';

export { LANGUAGES, type Language } from './language';
export { currentLocale } from './start';

/** Loads the texts that every page of the console needs. */
export const startTexts = (): Promise<void> => start.startTexts('common', initReactI18next);

/** Language of the console. */
export const currentLanguage = (): Language => i18next.language as Language;

/** Changes the language, and keeps the choice in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  keepLanguage(language);
  await i18next.changeLanguage(language);
}

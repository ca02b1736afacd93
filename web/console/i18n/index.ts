import i18next, { type CustomTypeOptions } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keepLanguage, type Language } from './language';
import * as start from './start';

export { LANGUAGES, type Language } from './language';
export { currentLocale } from './start';

/** Loads the texts that every page of the console needs. */
export const startTexts = (): Promise<void> => start.startTexts('common', initReactI18next);

/** Namespace of the texts of some pages. */
export type Namespace = Exclude<keyof CustomTypeOptions['resources'], 'common' | 'errors' | 'links'>;

/** Loads the texts of namespaces in the language of the user, and in another one when the user changes it. */
export async function loadTexts(namespaces: readonly Namespace[]): Promise<void> {
  // Resolves without them too.
  await i18next.loadNamespaces(namespaces);
  const missing = namespaces.filter(name => !i18next.hasResourceBundle(i18next.language, name));
  if (missing.length > 0) throw new Error(`The texts of ${missing.join(', ')} could not be loaded.`);
}

/** Language of the console. */
export const currentLanguage = (): Language => i18next.language as Language;

/** Changes the language, and keeps the choice in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  keepLanguage(language);
  await i18next.changeLanguage(language);
}

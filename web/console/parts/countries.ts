/** Regions of CLDR that are no countries of ISO 3166-1. */
const OTHER_REGIONS = 'AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' ');
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Whether a code is current: CLDR knows former countries by the code of their successor. */
const isCurrent = (code: string): boolean => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

/** Countries of ISO 3166-1 with their names in a language, by name. */
export function countriesIn(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const countries = LETTERS.flatMap(first => LETTERS.map(second => first + second)).flatMap(value => {
    const label = isCurrent(value) && !OTHER_REGIONS.includes(value) ? names.of(value) : undefined;
    return label ? { value, label } : [];
  });
  return countries.sort((a, b) => a.label.localeCompare(b.label, locale));
}

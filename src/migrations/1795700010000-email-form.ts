import { domainToASCII, domainToUnicode } from 'node:url';

/** Longest e-mail address that is stored. */
const LONGEST = 200;
/** The pattern of zod 4 for e-mail addresses. */
const ADDRESS =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const NON_ASCII = /[^\x20-\x7e]/;

/**
 * The canonical form of an e-mail address, as of the migration that stores it. Frozen: a repeated migration must write the
 * same addresses whatever form later releases give to new ones. Undefined for an address without a canonical form.
 */
export function emailForm(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  if (plain.length > LONGEST || INVISIBLE.test(plain) || at < 0) return undefined;
  const domain = asciiDomain(plain.slice(at + 1));
  const email = `${plain.slice(0, at)}@${domain}`;
  return email.length <= LONGEST && ADDRESS.test(email) ? email : undefined;
}

/** Percent signs are refused because `domainToASCII` decodes them. */
function asciiDomain(domain: string): string {
  const international = NON_ASCII.test(domain) || domain.includes('xn--');
  if (!international || domain.includes('%')) return domain;
  const ascii = domainToASCII(domain);
  // Node 24 passes on a label whose Punycode stands for nothing; Node 20 refuses it.
  return domainToUnicode(ascii).includes('xn--') ? '' : ascii;
}

import { domainToASCII, domainToUnicode } from 'node:url';
import { TypeID } from 'typeid-js';
import { z } from 'zod';

/** Maximum length of a stored e-mail address. */
const MAX_EMAIL_LENGTH = 200;

const asciiEmail = z.email().max(MAX_EMAIL_LENGTH);

/** Characters without a glyph: they make different texts look the same. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const NON_ASCII = /[^\x20-\x7e]/;

/** TypeID: a prefix of two to four letters, `_`, and 128 bits in Crockford's base 32. */
const TYPE_ID = /^[a-z]{2,4}_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** Time of creation of the object with an id: the first 48 bits of a UUIDv7, in milliseconds (RFC 9562, 5.7). */
export const creationTime = (id: string): Date =>
  new Date(Number.parseInt(TypeID.fromString(id).toUUID().replace('-', '').slice(0, 12), 16));

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const SKU = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Whether `text` is exactly a TypeID. Needed because `ascii_bin` pads: SQL finds `usr_…` by `usr_… ` too. */
export const isId = (text: string): boolean => TYPE_ID.test(text);

/** Normalizes to NFKC without surrounding white space: fullwidth and composed characters have one form. */
export const canonicalText = (text: string): string => text.normalize('NFKC').trim();

/**
 * Canonical form of an e-mail address: NFKC, trimmed, lower case, the domain as Punycode. Undefined for invalid
 * addresses and for non-ASCII characters before the `@`. The result is ASCII, so no two addresses look alike.
 */
export function canonicalEmail(text: string): string | undefined {
  const plain = canonicalText(text).toLowerCase();
  const at = plain.lastIndexOf('@');
  if (plain.length > MAX_EMAIL_LENGTH || INVISIBLE.test(plain) || at < 0) return undefined;
  const domain = canonicalDomain(plain.slice(at + 1));
  const email = asciiEmail.safeParse(`${plain.slice(0, at)}@${domain}`);
  return email.success ? email.data : undefined;
}

/** Percent signs are refused because `domainToASCII` decodes them. */
function canonicalDomain(domain: string): string {
  const international = NON_ASCII.test(domain) || domain.includes('xn--');
  if (!international || domain.includes('%')) return domain;
  const ascii = domainToASCII(domain);
  // Node 24 passes on a label whose Punycode stands for nothing; Node 20 refuses it.
  return domainToUnicode(ascii).includes('xn--') ? '' : ascii;
}

/** Canonical form of an asserted address. Undefined if more than its case changes: it may be another mailbox there. */
export const assertedEmail = (text: string): string | undefined =>
  text === canonicalText(text) ? canonicalEmail(text) : undefined;

/**
 * Key of a person for the rate limit of sign-ins, also for text that is no e-mail address. Drops accents, width, case
 * and invisible characters, so that all spellings of an address share one limit.
 */
export const emailSkeleton = (text: string): string =>
  canonicalEmail(text) ??
  canonicalText(text.normalize('NFKD').replace(/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''))
    .toLowerCase()
    .slice(0, MAX_EMAIL_LENGTH);

/** Whether `text` is the canonical form of a URL slug or of the code of a price list. */
export const isSlug = (text: string): boolean => SLUG.test(text);

/** Whether `text` is the canonical form of a SKU. Case-sensitive, because the provider uses the SKU as its own id. */
export const isSku = (text: string): boolean => SKU.test(text);

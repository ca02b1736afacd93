import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Purpose of a link, which prefixes its token for people and secret scanners. */
export type LinkPurpose = 'sbi' | 'sbp';

/** Creates a random value from which a link is derived, in hex. */
export const newNonce = (): string => randomBytes(32).toString('hex');

/** Parses the id of a token. Undefined for any other text. */
export function idOfToken(purpose: LinkPurpose, token: string): string | undefined {
  const [, found, id] = /^(sb[ip])_([a-z]{2,4}_[0-9a-z]{26})\.[\w-]{43}$/.exec(token) ?? [];
  return found === purpose ? id : undefined;
}

/**
 * Tokens of links in mails: an HMAC of the row and its nonce. A mail that is sent twice has the same token, and the database
 * has neither the token nor its hash. A new nonce ends the previous token.
 */
export class LinkTokens {
  private readonly key: Buffer;

  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'skybasket links in mails', 32));
  }

  /** Derives the token of the row `id`: `sbi_inv_….secret`. */
  tokenOf(purpose: LinkPurpose, { id, nonce }: { id: string; nonce: string }): string {
    const secret = createHmac('sha256', this.key).update(`${purpose} ${id} ${nonce}`).digest('base64url');
    return `${purpose}_${id}.${secret}`;
  }

  /** Whether `token` is the token of the row, compared in constant time. */
  matches(purpose: LinkPurpose, row: { id: string; nonce: string }, token: string): boolean {
    const [expected, actual] = [Buffer.from(this.tokenOf(purpose, row)), Buffer.from(token)];
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  }
}

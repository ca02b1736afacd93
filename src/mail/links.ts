/** Settings of the links in mails. */
export interface LinkSettings {
  /** URL of the gateway for browsers. Null for the address that it listens on. */
  publicUrl: string | null;
  /** Pages of a storefront. Null for the pages of the gateway. */
  invitationUrl: string | null;
  resetUrl: string | null;
}

/** URLs for mails. Taken from the settings, never from a request: its Host header is the sender's choice. */
export class Links {
  private ownUrl = '';

  constructor(private readonly settings: LinkSettings) {}

  /** Sets the address that the gateway listens on. */
  listensAt(url: string): void {
    this.ownUrl = url;
  }

  /** Page that accepts an invitation. Without a token, the page to sign in. */
  invitation(token: string | null): string {
    const page = this.settings.invitationUrl ?? this.page(token ? 'accept-invitation' : 'console');
    return token ? withToken(page, token) : page;
  }

  /** Page that sets a new password. */
  reset(token: string): string {
    return withToken(this.settings.resetUrl ?? this.page('reset-password'), token);
  }

  /** Console of the gateway. */
  console(): string {
    return this.page('console');
  }

  private page(name: string): string {
    const base = this.settings.publicUrl ?? this.ownUrl;
    return `${base.replace(/\/+$/, '')}/${name}`;
  }
}

function withToken(page: string, token: string): string {
  const url = new URL(page);
  url.searchParams.set('token', token);
  return url.href;
}

const KEY = 'skybasket.token';

// Of the tab first, so that two people can be signed in side by side; a new tab begins as the last who signed in.
/** The token that this tab was left with. */
export const keptToken = (): string | null => sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);

/** Keeps it for this tab, and for new ones. */
export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
  localStorage.setItem(KEY, token);
}

/** This tab is signed out, and new ones begin so; others go on. */
export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
  localStorage.removeItem(KEY);
}

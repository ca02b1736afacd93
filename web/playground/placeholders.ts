/** Placeholder of an id, by the prefix of the id. */
const PREFIXES: Record<string, string> = {
  product: 'prod',
  service: 'svc',
  category: 'cat',
  priceList: 'pl',
  addon: 'add',
  account: 'acc',
  basket: 'bkt',
  line: 'line',
  order: 'ord',
  subscription: 'sub',
  operation: 'op',
  request: 'can',
  change: 'chg',
};

/**
 * Values of placeholders such as `{{order}}`, taken from earlier responses, so that the story can be played without copying
 * ids. Of a list, the first id is stored.
 */
export class Memory {
  private readonly ids = new Map<string, string>();

  /** Sets the refresh token of the session. Null if no user is signed in. */
  constructor(private readonly refreshToken: () => string | null) {}

  /** Stores the ids of a response. */
  learn(answer: unknown): void {
    const seen = new Set<string>();
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const { id } = value as { id?: unknown };
      const prefix = typeof id === 'string' ? id.slice(0, id.indexOf('_')) : undefined;
      if (prefix && !seen.has(prefix)) {
        seen.add(prefix);
        this.ids.set(prefix, id as string);
      }
      for (const part of Object.values(value)) look(part);
    };
    look(answer);
  }

  /** Replaces the placeholders in variables. Throws a readable error if no value is known yet. */
  fill(variables: unknown): unknown {
    if (typeof variables === 'string') return this.value(variables);
    if (Array.isArray(variables)) return variables.map(each => this.fill(each));
    if (typeof variables !== 'object' || variables === null) return variables;
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, this.fill(value)]));
  }

  private value(text: string): string {
    const name = /^\{\{(\w+)\}\}$/.exec(text)?.[1];
    if (!name) return text;
    if (name === 'newKey') return `playground ${Date.now()} ${Math.random().toString(36).slice(2)}`;
    const known = name === 'refreshToken' ? this.refreshToken() : this.ids.get(PREFIXES[name] ?? '');
    if (!known) {
      throw new Error(
        `There is no ${name} yet to take the place of ${text}: run the tabs before this one first.`,
      );
    }
    return known;
  }
}

/** Ids tell what they are of by what they begin with. */
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
};

/**
 * What the answers so far were about, for `{{order}}` and its like in variables: a story can be played by pressing run,
 * without copying ids from tab to tab. Of a list, the first is remembered.
 */
export class Memory {
  private readonly ids = new Map<string, string>();

  /** The refresh token is the session's; null while nobody is signed in. */
  constructor(private readonly refreshToken: () => string | null) {}

  /** Remembers the ids of an answer. */
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

  /** Variables with every placeholder filled in; throws a sentence where nothing is known yet. */
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

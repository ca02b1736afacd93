import { monotonicMs } from '../../clock';
import { Refusal, simple } from '../../errors';

const WINDOW_MS = 15 * 60 * 1000;
/** Wrong passwords in a window: for one account from wherever, and from one address for whatever account. */
const MOST = { account: 10, address: 50 } as const;
/** Names remembered at once; the oldest are forgotten first. */
const NAMES = 50_000;

/**
 * Counts wrong passwords, in the memory of this process: with several processes each counts its own. An attempt counts
 * from its beginning, so guesses that are sent at once do not all get through; a right password takes it back.
 */
export class Attempts {
  private readonly counted = new Map<string, { count: number; until: number }>();

  constructor(private readonly now: () => number = monotonicMs) {}

  /** Runs `work`, which tells whether the password was right, unless there were too many wrong ones. */
  async guard<T>(account: string, address: string, work: () => Promise<T | null>): Promise<T | null> {
    const names = { account: `account ${account}`, address: `address ${address}` };
    for (const kind of ['account', 'address'] as const) this.refuse(names[kind], MOST[kind]);
    const all = Object.values(names);
    for (const name of all) this.add(name, 1);
    const result = await work();
    if (result !== null) for (const name of all) this.add(name, -1);
    return result;
  }

  private refuse(name: string, most: number): void {
    const known = this.counted.get(name);
    if (!known || known.until <= this.now() || known.count < most) return;
    const minutes = Math.ceil((known.until - this.now()) / 60_000);
    throw new Refusal([
      simple('TOO_MANY_ATTEMPTS', `Too many wrong passwords. Try again in ${minutes} minutes.`),
    ]);
  }

  private add(name: string, by: number): void {
    const known = this.counted.get(name);
    const current = known && known.until > this.now() ? known : { count: 0, until: this.now() + WINDOW_MS };
    current.count = Math.max(0, current.count + by);
    this.counted.delete(name);
    if (current.count > 0) this.counted.set(name, current);
    const [oldest] = this.counted.keys();
    if (oldest !== undefined && this.counted.size > NAMES) this.counted.delete(oldest);
  }
}

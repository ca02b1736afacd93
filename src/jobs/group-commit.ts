/** Operations of a group commit on its units of work. */
export interface GroupCommitOptions<Unit extends object, Result> {
  /** Key of a unit. A batch has one unit of each key. */
  keyOf(unit: Unit): string;
  /** Does several units in one transaction. Resolves to the results, without those of the units that it has left out. */
  together(units: readonly Unit[]): Promise<ReadonlyMap<Unit, Result>>;
  /** Does one unit in a transaction of its own. */
  alone(unit: Unit): Promise<Result>;
}

interface Waiting<Unit, Result> {
  unit: Unit;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** Maximum number of units in one transaction. */
const MAX_UNITS = 32;
/** Longest time that a transaction holds the others up, in milliseconds: it may wait for a lock. */
const PATIENCE_MS = 250;

/**
 * Commits units of work in groups: those that come while a transaction is under way share the next one. A unit that comes
 * alone is done at once. After any error each unit of a group is done alone, so that none fails because of another.
 */
export class GroupCommit<Unit extends object, Result> {
  private waiting: Waiting<Unit, Result>[] = [];
  private isUnderWay = false;

  constructor(private readonly options: GroupCommitOptions<Unit, Result>) {}

  /** Does `unit`, alone or together with others. */
  run(unit: Unit): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ unit, resolve, reject });
      if (!this.isUnderWay) void this.commitWaiting();
    });
  }

  private async commitWaiting(): Promise<void> {
    this.isUnderWay = true;
    while (this.waiting.length > 0) await atMost(PATIENCE_MS, this.commit(this.takeBatch()));
    this.isUnderWay = false;
  }

  private takeBatch(): Waiting<Unit, Result>[] {
    const batch = new Map<string, Waiting<Unit, Result>>();
    const rest: Waiting<Unit, Result>[] = [];
    for (const each of this.waiting) {
      const key = this.options.keyOf(each.unit);
      if (batch.has(key) || batch.size === MAX_UNITS) rest.push(each);
      else batch.set(key, each);
    }
    this.waiting = rest;
    return [...batch.values()];
  }

  private async commit(batch: readonly Waiting<Unit, Result>[]): Promise<void> {
    const results = batch.length > 1 ? await this.commitTogether(batch.map(({ unit }) => unit)) : new Map();
    const left = batch.filter(({ unit, resolve }) => {
      if (!results.has(unit)) return true;
      resolve(results.get(unit) as Result);
      return false;
    });
    const alone = left.map(({ unit, resolve, reject }) => this.options.alone(unit).then(resolve, reject));
    // One that was left out holds nobody up: it may wait for a lock.
    if (batch.length === 1) await Promise.all(alone);
  }

  /** The error is not lost: it comes again for the unit that it belongs to. */
  private async commitTogether(units: readonly Unit[]): Promise<ReadonlyMap<Unit, Result>> {
    return this.options.together(units).catch(() => new Map<Unit, Result>());
  }
}

/** Waits for `work` for at most `ms` milliseconds. `work` never rejects. */
function atMost(ms: number, work: Promise<void>): Promise<void> {
  return new Promise(resolve => {
    const late = setTimeout(resolve, ms);
    void work.then(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

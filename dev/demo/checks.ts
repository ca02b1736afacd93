import type { UserError } from '../../client';
import { print } from './screen';

/** Ends a story whose failed check is recorded already. */
class StoryAborted extends Error {}

/** Checks of the demo and their results. */
export class Checks {
  private readonly failed: string[] = [];
  private held = 0;

  /** Records and prints the result of a check. */
  that(expectation: string, holds: boolean, found?: unknown): void {
    if (holds) {
      this.held += 1;
      print(`  ✓ ${expectation}`);
      return;
    }
    const but = found === undefined ? '' : ` (found ${JSON.stringify(found)})`;
    this.failed.push(`${expectation}${but}`);
    print(`  ✗ ${expectation}${but}`);
  }

  /** Checks that `found` equals `wanted`, compared as JSON. */
  equal(expectation: string, found: unknown, wanted: unknown): void {
    this.that(expectation, JSON.stringify(found) === JSON.stringify(wanted), found);
  }

  /** Checks that the errors of a payload have this code. */
  refused(attempt: string, errors: readonly UserError[], code: string): void {
    const error = errors.find(candidate => candidate.code === code);
    this.that(
      `refused: ${attempt}. ${code}${error ? ` “${error.message}”` : ''}`,
      error !== undefined,
      errors.map(other => other.code),
    );
  }

  /** Returns the result of a payload. Ends the story if it has errors. */
  done<T>(what: string, value: T | null | undefined, errors: readonly UserError[] = []): T {
    const problem = errors.map(({ code, message }) => `${code} “${message}”`).join(', ');
    if (value !== null && value !== undefined && problem === '') {
      this.that(what, true);
      return value;
    }
    this.that(what, false, problem || 'nothing');
    throw new StoryAborted(what);
  }

  /** Records an unexpected error of a story. */
  broke(story: string, error: unknown): void {
    if (error instanceof StoryAborted) return;
    this.that(`“${story}” completes`, false, error instanceof Error ? error.message : error);
  }

  /** Prints the failed checks. Returns whether all passed. */
  summary(): boolean {
    print();
    print(`${this.held} of ${this.held + this.failed.length} checks passed.`);
    for (const failure of this.failed) print(`  ✗ ${failure}`);
    return this.failed.length === 0;
  }
}

import type { UserError } from '../../client';
import { print } from './screen';

/** A story can't go on; what did not hold is among the checks already. */
class StoryAborted extends Error {}

/** What the demo expects of the gateway, and whether it held. */
export class Checks {
  private readonly failed: string[] = [];
  private held = 0;

  /** Notes and shows whether an expectation holds. */
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

  /** `found` is `wanted`. */
  equal(expectation: string, found: unknown, wanted: unknown): void {
    this.that(expectation, JSON.stringify(found) === JSON.stringify(wanted), found);
  }

  /** The payload refuses with this code, and says why. */
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

  /** A story ended otherwise than by its last line. */
  broke(story: string, error: unknown): void {
    if (error instanceof StoryAborted) return;
    this.that(`“${story}” is played to its end`, false, error instanceof Error ? error.message : error);
  }

  /** Says what held and what did not; whether all did. */
  summary(): boolean {
    print();
    print(`${this.held} of ${this.held + this.failed.length} expectations held.`);
    for (const failure of this.failed) print(`  ✗ ${failure}`);
    return this.failed.length === 0;
  }
}

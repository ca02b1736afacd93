import type { z } from 'zod';

/** Invalid settings. The message is a sentence for the operator. */
export class ConfigError extends Error {}

/** Returns the sentence about one invalid setting. */
export function issueMessage(issue: z.core.$ZodIssue, env: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0]);
  return env[name] ? `${name} ${issue.message}.` : `${name} has to be set.`;
}

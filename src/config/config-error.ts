import type { z } from 'zod';

/** The environment cannot be used; the message is a sentence for the operator. */
export class ConfigError extends Error {}

/** What is wrong with one setting, in words. */
export function sentence(issue: z.core.$ZodIssue, env: NodeJS.ProcessEnv): string {
  const name = String(issue.path[0]);
  return env[name] ? `${name} ${issue.message}.` : `${name} has to be set.`;
}

import { environment } from '../../src/config/config';
import type { SettingNotes } from '../../src/config/setting';

/** What is always needed, whatever else is set. */
const isNeeded = (name: string) =>
  !environment.shape[name as keyof typeof environment.shape].safeParse(undefined).success;

/** Every setting as a row of a Markdown table; throws for one that nothing is said about. */
export function configurationReference(): string[] {
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const { meaning, values = '', whenUnset } = (schema.meta() ?? {}) as SettingNotes;
    if (!meaning) throw new Error(`Nothing is said about the setting ${name}.`);
    const unset = whenUnset !== undefined ? `\`${whenUnset}\`` : isNeeded(name) ? '**has to be set**' : '';
    return `| \`${name}\` | ${values} | ${unset} | ${meaning} |`;
  });
  return ['| name | values | when it is not set | meaning |', '| --- | --- | --- | --- |', ...rows];
}

import { environment } from '../../src/config/config';
import type { SettingReference } from '../../src/config/setting';

/** Whether a setting has no default and must be set. */
const isRequired = (name: string) =>
  !environment.shape[name as keyof typeof environment.shape].safeParse(undefined).success;

/** Returns every setting as a row of a Markdown table. Throws for a setting without a description. */
export function configurationReference(): string[] {
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const { description, values = '', defaultValue } = (schema.meta() ?? {}) as SettingReference;
    if (!description) throw new Error(`The setting ${name} has no description.`);
    const unset = defaultValue !== undefined ? `\`${defaultValue}\`` : isRequired(name) ? '**required**' : '';
    return `| \`${name}\` | ${values} | ${unset} | ${description} |`;
  });
  return ['| name | values | default | description |', '| --- | --- | --- | --- |', ...rows];
}

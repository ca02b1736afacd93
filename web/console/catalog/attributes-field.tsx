import { Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../data/action';
import { fieldError } from '../parts/trouble';

/** Attribute that the provider requires. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

const MAX = 50;

interface AttributesFieldProps {
  value: readonly Attribute[];
  onChange(value: readonly Attribute[]): void;
  trouble: Trouble;
}

/** Field of the attributes that the provider requires with an order. */
export function AttributesField({ value, onChange, trouble }: AttributesFieldProps) {
  const { t } = useTranslation('catalog');
  const replace = (index: number, change: Partial<Attribute>) =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...change } : each)));
  const errorAt = (...path: string[]) => fieldError(trouble, 'providerAttributes', ...path);
  return (
    <Fieldset legend={t('attributes.legend')}>
      <Stack gap="xs">
        {errorAt() && (
          <Text c="red" size="sm">
            {errorAt()}
          </Text>
        )}
        {value.map((attribute, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attributes have no identity but their place
          <Group key={index} gap="xs" align="flex-end">
            {(['name', 'value'] as const).map(part => (
              <TextInput
                key={part}
                label={t(`attributes.${part}`, { number: index + 1 })}
                required
                maxLength={part === 'name' ? 64 : 255}
                value={attribute[part]}
                error={errorAt(String(index), part)}
                onChange={event => replace(index, { [part]: event.currentTarget.value })}
                style={{ flex: '1 1 140px' }}
              />
            ))}
            <Button
              variant="default"
              aria-label={t('attributes.remove', { number: index + 1 })}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              {t('remove')}
            </Button>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            size="xs"
            disabled={value.length >= MAX}
            onClick={() => onChange([...value, { name: '', value: '' }])}
          >
            {t('attributes.add')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

import { Group, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readDecimal, scale, writeDecimal } from './decimals';

const UNITS = { B: 0, kB: 3, MB: 6, GB: 9, TB: 12, PB: 15 } as const;
type Unit = keyof typeof UNITS;

/** Largest unit in which bytes are a whole number. */
function unitOf(bytes: string): Unit {
  const zeros = /^[1-9]\d*?(0*)$/.exec(bytes)?.[1]?.length ?? UNITS.GB;
  return (Object.keys(UNITS) as Unit[]).findLast(unit => UNITS[unit] <= zeros) ?? 'B';
}

interface CapacityFieldProps {
  label: string;
  /** Bytes. Empty while the text is not a number of bytes. */
  value: string;
  onChange(bytes: string): void;
  error: ReactNode;
  /** Reason why it cannot be changed. */
  locked: string | undefined;
}

/** Field of bytes, written in a unit. */
export function CapacityField({ label, value, onChange, error, locked }: CapacityFieldProps) {
  const { t } = useTranslation('catalog');
  const [unit, setUnit] = useState(() => unitOf(value));
  const [text, setText] = useState(() => inUnit(value, unit));
  const bytesOf = (written: string, of: Unit) => {
    const decimal = readDecimal(written);
    return decimal === null ? '' : (scale(decimal, UNITS[of]) ?? '');
  };
  // Another user can have changed it: the text follows the value unless it means the same.
  if (value !== '' && bytesOf(text, unit) !== value) {
    setUnit(unitOf(value));
    setText(inUnit(value, unitOf(value)));
  }
  const change = (written: string, of: Unit) => {
    setText(written);
    setUnit(of);
    onChange(bytesOf(written, of));
  };
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        label={label}
        description={locked}
        inputMode="decimal"
        required
        disabled={locked !== undefined}
        value={text}
        error={text !== '' && value === '' ? t('notBytes') : error}
        onChange={event => change(event.currentTarget.value, unit)}
        style={{ flexGrow: 1 }}
      />
      <NativeSelect
        label={t('unit')}
        description={locked && '\u00a0'}
        data={Object.keys(UNITS)}
        disabled={locked !== undefined}
        value={unit}
        style={{ flexShrink: 0, width: 84 }}
        onChange={event => change(text, event.currentTarget.value as Unit)}
      />
    </Group>
  );
}

/** Writes bytes in a unit in which they are a whole number. */
const inUnit = (bytes: string, unit: Unit): string =>
  bytes === '' ? '' : writeDecimal(bytes.slice(0, bytes.length - UNITS[unit]) || '0');

import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../parts/action-button';

interface SaveButtonsProps {
  form: { dirty: boolean; meanwhile: readonly unknown[]; discard(): void };
  /** Whether every required value is there. */
  complete: boolean;
  busy: boolean;
}

/** Buttons that save and discard edits, with the result for screen readers. */
export function SaveButtons({ form, complete, busy }: SaveButtonsProps) {
  const { t } = useTranslation('catalog');
  const [asked, setAsked] = useState(false);
  const saved = asked && !busy && !form.dirty;
  return (
    <>
      <Text role="status" size="sm" c="dimmed">
        {saved && t('saved')}
      </Text>
      {form.dirty && (
        <Button
          variant="default"
          onClick={() => {
            setAsked(false);
            form.discard();
          }}
        >
          {t('discard')}
        </Button>
      )}
      <ActionButton
        type="submit"
        loading={busy}
        disabled={!form.dirty || !complete || form.meanwhile.length > 0}
        onClick={() => setAsked(true)}
      >
        {t('save')}
      </ActionButton>
    </>
  );
}

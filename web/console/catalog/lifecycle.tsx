import { Button, Group, List, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LifecycleState } from '../../generated/graphql';
import type { Trouble } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { TroubleAlert } from '../parts/trouble';

interface LifecycleAction {
  run(): Promise<unknown>;
  busy: boolean;
  trouble: Trouble;
}

interface LifecycleProps {
  item: { readonly name: string; readonly state: LifecycleState };
  of: 'product' | 'addon';
  publish: LifecycleAction;
  retire: LifecycleAction;
  /** Further consequences of the retirement. */
  children?: ReactNode;
}

/** Buttons that publish and retire a product or an add-on. Retirement says what it means, and asks. */
export function Lifecycle({ item, of, publish, retire, children }: LifecycleProps) {
  const { t } = useTranslation(['catalog', 'common']);
  const [asks, setAsks] = useState(false);
  const { name, state } = item;
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {state !== 'RETIRED' && (
          <Button variant="default" onClick={() => setAsks(true)}>
            {t('retire.open')}
          </Button>
        )}
        {state !== 'PUBLISHED' && (
          <ActionButton loading={publish.busy} onClick={() => publish.run()}>
            {t(state === 'RETIRED' ? 'publish.again' : 'publish.first')}
          </ActionButton>
        )}
      </Group>
      <TroubleAlert trouble={publish.trouble} />
      <Modal
        opened={asks}
        onClose={() => setAsks(false)}
        title={t('retire.title', { name })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <List size="sm" spacing="xs">
            {(['listing', 'baskets', 'orders', 'subscriptions'] as const).map(effect => (
              <List.Item key={effect}>{t(`retire.${of}.${effect}`)}</List.Item>
            ))}
          </List>
          {children}
          <TroubleAlert trouble={retire.trouble} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsks(false)}>
              {t('retire.keep')}
            </Button>
            <ActionButton
              color="red.9"
              loading={retire.busy}
              onClick={async () => {
                if (await retire.run()) setAsks(false);
              }}
            >
              {t('retire.confirm')}
            </ActionButton>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}

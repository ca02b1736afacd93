import {
  Card,
  Group,
  Loader,
  NumberInput,
  Stack,
  Text,
  TextInput,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import { useRef } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { RemoveBasketLineDocument } from '../../generated/graphql';
import { ActionButton } from '../parts/action-button';
import { cycle, money, storage } from '../parts/format';
import { addonError, fieldError, quantityError, TroubleAlert } from '../parts/trouble';
import { AddonFields } from './addon-fields';
import { useBasketAction } from './basket-action';
import { type Draft, type Edit, type Line, useDrafts, useEdits, valuesOf } from './drafts';
import { LineAmounts } from './line-amounts';
import { LineConflict } from './line-conflict';

const NO_TROUBLE: Edit['trouble'] = { errors: [], broken: null };

/** Line of the basket. Saves changes automatically. */
export function BasketLine({ line }: { line: Line }) {
  const { t } = useTranslation('storefront');
  const drafts = useDrafts();
  const edit = useEdits().get(line.id);
  const remove = useBasketAction(RemoveBasketLineDocument);
  const draft = edit?.draft ?? valuesOf(line);
  const trouble = edit?.trouble ?? NO_TROUBLE;
  const change = (part: Partial<Draft>) => drafts.change(line, { ...draft, ...part });
  const takeOut = async () => {
    if (await remove.run({ input: { lineId: line.id } })) drafts.forget(line.id);
  };
  const { quantityLimit } = line.product.service;
  const name = line.subscription?.friendlyName ?? line.product.name;
  const hasLicenses = !line.subscription && quantityLimit !== 1;
  const fields = [
    'addons',
    ...(line.subscription ? [] : ['friendlyName']),
    ...(hasLicenses ? ['quantity'] : []),
  ];

  return (
    <Card withBorder padding="lg" component="section" aria-label={line.product.name}>
      <Stack>
        <LineHead line={line} saving={edit?.state === 'saving'} />
        <TroubleAlert trouble={trouble} fields={fields} />
        {edit?.state === 'broken' && <Text size="sm">{t('basket.kept')}</Text>}
        {edit?.state === 'conflict' && <LineConflict line={line} drafts={drafts} />}
        <TroubleAlert trouble={remove.trouble} />
        {!line.subscription && (
          <Group align="flex-start">
            <TextInput
              label={t('basket.friendlyName')}
              placeholder={line.product.name}
              maxLength={100}
              flex={1}
              miw={220}
              value={draft.friendlyName}
              error={fieldError(trouble, 'friendlyName')}
              onChange={event => change({ friendlyName: event.currentTarget.value })}
            />
            {hasLicenses && (
              <NumberInput
                label={t('licenses')}
                w={110}
                min={1}
                allowDecimal={false}
                value={draft.quantity}
                error={quantityError(trouble)}
                onChange={value => change({ quantity: Number(value) || 1 })}
              />
            )}
          </Group>
        )}
        <AddonFields
          addons={line.product.addons}
          billingCycle={line.billingCycle}
          quantities={draft.addons}
          of={line.friendlyName ?? line.product.name}
          error={addonError(trouble)}
          onChange={addons => change({ addons })}
        />
        <Group justify="flex-end">
          <ActionButton
            variant="subtle"
            color="gray"
            size="xs"
            aria-label={t('basket.removeLine', { name: line.friendlyName ?? name })}
            loading={remove.busy}
            onClick={takeOut}
          >
            {t('basket.remove')}
          </ActionButton>
        </Group>
      </Stack>
    </Card>
  );
}

function LineHead({ line, saving }: { line: Line; saving: boolean }) {
  const { t } = useTranslation('storefront');
  const { subscription, product } = line;
  const name = subscription?.friendlyName ?? product.name;
  const changed = useRef(false);
  changed.current ||= saving;
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Title order={2} size="h4">
          {subscription ? (
            <Trans t={t} i18nKey="basket.moreFor" values={{ name }} components={{ bdi: <bdi /> }} />
          ) : (
            <bdi>{name}</bdi>
          )}
        </Title>
        <Text size="sm" c="dimmed">
          {storage(line.capacityBytes)} · {cycle(line.billingCycle).name}
          {!subscription && ` · ${t('basket.unitPrice', { price: money(line.unitPrice) })}`}
        </Text>
        {!subscription && product.description && (
          <Text size="sm" c="dimmed">
            <bdi>{product.description}</bdi>
          </Text>
        )}
      </div>
      <Stack gap={0} align="flex-end" ta="right">
        <LineAmounts line={line} />
        <Text size="xs" c="dimmed" role="status" mih={18}>
          {saving && <Loader size={12} aria-hidden />}
          <VisuallyHidden>
            {saving ? t('basket.saving') : changed.current && t('basket.saved')}
          </VisuallyHidden>
        </Text>
      </Stack>
    </Group>
  );
}

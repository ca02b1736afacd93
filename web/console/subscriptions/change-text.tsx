import { Stack, Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import type { BillingCycle, ChangeFieldsFragment } from '../../generated/graphql';
import { atMinute, onDay, recurring, storage } from '../parts/format';
import { ContentsText } from './contents-text';

/** Names of the kinds of a change. */
export function useKindNames() {
  const { t } = useTranslation('subscriptions');
  return (kinds: ChangeFieldsFragment['kinds']) => kinds.map(kind => t(`kinds.${kind}`)).join(', ');
}

/** Contents before and after a change, with the recurring amounts. */
function BeforeAndAfter(props: {
  change: Pick<ChangeFieldsFragment, 'from' | 'to'>;
  billingCycle: BillingCycle;
}) {
  const { t } = useTranslation('subscriptions');
  const { change, billingCycle } = props;
  return (
    <>
      {(['from', 'to'] as const).map(side => (
        <Text key={side} size="sm">
          <Text span inherit fw={600}>
            {t(`changes.${side}`)}
          </Text>{' '}
          <ContentsText {...change[side]} /> · {storage(change[side].capacityBytes)} ·{' '}
          {recurring(change[side].recurringTotal, billingCycle)}
        </Text>
      ))}
    </>
  );
}

/** A change in sentences: what, when, by whom, and its decision. */
export function ChangeText(props: { change: ChangeFieldsFragment; billingCycle: BillingCycle }) {
  const { t } = useTranslation('subscriptions');
  const nameOf = useKindNames();
  const { change, billingCycle } = props;
  const { timing, effectiveAt, awaiting, reason, decidedBy, decidedAt, decisionNote } = change;
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        {nameOf(change.kinds)} ·{' '}
        {effectiveAt ? t('changes.on', { day: onDay(effectiveAt) }) : t(`timing.${timing}`)}
      </Text>
      <BeforeAndAfter change={change} billingCycle={billingCycle} />
      <Text size="xs" c="dimmed">
        <Trans
          t={t}
          i18nKey="requestedBy"
          values={{ name: change.requestedBy.name, at: atMinute(change.requestedAt) }}
          components={{ bdi: <bdi /> }}
        />
        {decidedAt && ` · ${t('decidedAt', { at: atMinute(decidedAt) })}`}
        {awaiting && ` · ${t(`awaits.${awaiting}`)}`}
      </Text>
      {reason && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('reasonIs', { reason })}
        </Text>
      )}
      {decisionNote && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {decidedBy
            ? t('changes.noteBy', { name: decidedBy.name, note: decisionNote })
            : t('changes.note', { note: decisionNote })}
        </Text>
      )}
    </Stack>
  );
}

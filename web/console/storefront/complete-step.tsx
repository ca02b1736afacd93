import { Box, Button, Card, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { type BasketFieldsFragment, CheckoutDocument } from '../../generated/graphql';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { useBasketAction } from './basket-action';
import { BasketConflict } from './basket-conflict';
import { OrderTable } from './order-table';

const REFERENCES = ['purchaseOrderNumber', 'externalReference'] as const;

/** References of the buyer, which the order gets. */
export type References = Record<(typeof REFERENCES)[number], string>;

/** References before anything is entered. */
export const NO_REFERENCES: References = { purchaseOrderNumber: '', externalReference: '' };

interface CompleteStepProps {
  basket: BasketFieldsFragment;
  references: References;
  onReferences(references: References): void;
  onReview(): void;
}

/** Third step: checks out the basket. */
export function CompleteStep({ basket, references, onReferences, onReview }: CompleteStepProps) {
  const { t } = useTranslation('storefront');
  const [, navigate] = useLocation();
  const checkout = useBasketAction(CheckoutDocument);
  const keyFor = useIdempotencyKey();
  const { recipient, billing } = basket;

  const order = async () => {
    const what = { basketId: basket.id, expectedVersion: basket.version, ...references };
    const payload = await checkout.run({ input: { ...what, idempotencyKey: keyFor(what) } });
    if (payload?.order) navigate(`/orders/${payload.order.id}`);
  };

  return (
    <Stack>
      <BasketConflict shown={checkout.conflict} />
      {!checkout.conflict && <TroubleAlert trouble={checkout.trouble} fields={REFERENCES} />}
      <Card withBorder padding="lg">
        <Stack>
          <Group gap="xl" align="flex-start">
            <div>
              <Text size="sm" c="dimmed">
                {t('checkout.for')}
              </Text>
              <Text fw={500}>
                <bdi>{recipient?.name}</bdi>
              </Text>
            </div>
            {billing && (
              <div>
                <Text size="sm" c="dimmed">
                  {t('checkout.billedTo')}
                </Text>
                <Text fw={500}>
                  <bdi>{billing.company}</bdi>
                </Text>
                <Text size="sm">
                  {billing.addressLine1}, {billing.postalCode} {billing.city}, {billing.country}
                </Text>
              </div>
            )}
          </Group>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {REFERENCES.map(field => (
              <TextInput
                key={field}
                label={t(`references.${field}`)}
                description={t('optional')}
                maxLength={100}
                value={references[field]}
                error={fieldError(checkout.trouble, field)}
                onChange={event => onReferences({ ...references, [field]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
          <Box hiddenFrom="md">
            <OrderTable of={basket} dueLabel={t('dueNow')} />
          </Box>
        </Stack>
      </Card>
      <Group justify="space-between">
        <Button variant="subtle" onClick={onReview}>
          {t('checkout.changeBilling')}
        </Button>
        <ActionButton size="md" loading={checkout.busy} onClick={order}>
          {t('checkout.place')}
        </ActionButton>
      </Group>
    </Stack>
  );
}

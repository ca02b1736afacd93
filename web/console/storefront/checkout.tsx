import { Button, Card, Grid, Stack, Stepper } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CheckoutStep } from '../../generated/graphql';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { useViewer } from '../session/viewer';
import { ChangedElsewhere } from './basket-notices';
import { BillingStep } from './billing-step';
import { CompleteStep, NO_REFERENCES } from './complete-step';
import { useUnsaved } from './drafts';
import { OrderTable } from './order-table';
import { RecipientStep } from './recipient-step';
import { useBasket } from './use-basket';

type Step = Exclude<CheckoutStep, 'BASKET'>;

/** Reason why the checkout cannot begin, and the way to the basket. */
function NotReady({ why }: { why: 'isEmpty' | 'unsaved' | 'attention' }) {
  const { t } = useTranslation('storefront');
  return (
    <Page title={t('checkout.title')}>
      <div role="status">
        <Empty title={t(`checkout.notReady.${why}`)}>
          <Button component={Link} href="/basket" mt="sm">
            {t('checkout.openBasket')}
          </Button>
        </Empty>
      </div>
    </Page>
  );
}

/** Step of the checkout. Gets the focus when it follows another one, so that a screen reader announces it. */
function StepSection(props: { label: string; begun: RefObject<boolean>; children: ReactNode }) {
  const { label, begun, children } = props;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (begun.current) section.current?.focus({ preventScroll: true });
    begun.current = true;
  }, [begun]);
  return (
    <section ref={section} tabIndex={-1} aria-label={label}>
      {children}
    </section>
  );
}

/**
 * Checkout with its steps. The graph names the current step; earlier steps can be reopened. It starts with the recipient
 * even if one is chosen, so that a reseller does not order for the previous customer by mistake.
 */
export function Checkout() {
  const { t } = useTranslation('storefront');
  const viewer = useViewer();
  const { loaded, error, basket, changedElsewhere } = useBasket();
  const [wentBackTo, goBackTo] = useState<Step | null>('RECIPIENT');
  // They outlive the step, which ends when a price has changed.
  const [references, setReferences] = useState(NO_REFERENCES);
  const begun = useRef(false);
  const unsaved = useUnsaved(basket?.lines ?? []);
  if (!loaded) return error ? <Failed error={error} /> : <Waiting />;
  if (unsaved === 'saving') return <Waiting />;
  if (!basket?.lines.length) return <NotReady why="isEmpty" />;
  if (unsaved) return <NotReady why="unsaved" />;
  if (basket.step === 'BASKET') return <NotReady why="attention" />;
  // A direct customer is the recipient.
  const steps: Step[] = viewer.roles.includes('RESELLER')
    ? ['RECIPIENT', 'BILLING', 'COMPLETE']
    : ['BILLING', 'COMPLETE'];
  const waitsFor = steps.indexOf(basket.step);
  const shown =
    wentBackTo && steps.includes(wentBackTo) && steps.indexOf(wentBackTo) < waitsFor
      ? wentBackTo
      : (steps[waitsFor] ?? 'BILLING');
  const goOn = () => goBackTo(null);
  const label = (step: Step) => t(`checkout.steps.${step}`);

  return (
    <Page title={t('checkout.title')}>
      <ChangedElsewhere shown={changedElsewhere} />
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="xl">
            <Stepper
              active={steps.indexOf(shown)}
              size="sm"
              onStepClick={index => goBackTo(steps[index] ?? null)}
              aria-label={t('checkout.stepsLabel')}
            >
              {steps.map((step, index) => (
                <Stepper.Step key={step} label={label(step)} allowStepSelect={index <= waitsFor} />
              ))}
            </Stepper>
            <StepSection
              begun={begun}
              key={shown}
              label={t('checkout.stepOf', {
                step: label(shown),
                position: steps.indexOf(shown) + 1,
                count: steps.length,
              })}
            >
              {shown === 'RECIPIENT' && <RecipientStep basket={basket} onDone={goOn} />}
              {shown === 'BILLING' && (
                <BillingStep key={basket.recipient?.id} basket={basket} onDone={goOn} />
              )}
              {shown === 'COMPLETE' && (
                <CompleteStep
                  basket={basket}
                  references={references}
                  onReferences={setReferences}
                  onReview={() => goBackTo('BILLING')}
                />
              )}
            </StepSection>
          </Stack>
        </Grid.Col>
        <Grid.Col span={5} visibleFrom="md">
          <Card withBorder padding="lg" component="aside" aria-label={t('checkout.yourOrder')}>
            <OrderTable of={basket} dueLabel={t('dueNow')} />
          </Card>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

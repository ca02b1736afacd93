import { Button, Card, Grid, Stack, Stepper } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { CheckoutStep } from '../../generated/graphql';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { useViewer } from '../session/viewer';
import { BillingStep } from './billing-step';
import { CompleteStep } from './complete-step';
import { useUnsaved } from './drafts';
import { OrderTable } from './order-table';
import { RecipientStep } from './recipient-step';
import { useSaved } from './saving';
import { type AnsweredBasket, useBasket } from './use-basket';

type Step = Exclude<CheckoutStep, 'BASKET'>;

const LABELS: Record<Step, string> = { RECIPIENT: 'Recipient', BILLING: 'Billing', COMPLETE: 'Complete' };

/**
 * Checkout with its steps. The graph names the current step; earlier steps can be reopened. It starts with the recipient
 * even if one is chosen, so that a reseller does not order for the previous customer by mistake.
 */
export function Checkout() {
  return useSaved() ? <Steps /> : <Waiting />;
}

/** Reason why the checkout cannot begin, and the way to the basket. */
const NotReady = ({ title }: { title: string }) => (
  <Page title="Checkout">
    <Empty title={title}>
      <Button component={Link} href="/basket" mt="sm">
        Open the basket
      </Button>
    </Empty>
  </Page>
);

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

function Steps() {
  const viewer = useViewer();
  const { loaded, error, basket, answered } = useBasket();
  const [wentBackTo, goBackTo] = useState<Step | null>('RECIPIENT');
  const begun = useRef(false);
  const unsaved = useUnsaved(basket?.lines ?? []);
  if (!loaded) return error ? <Failed error={error} /> : <Waiting />;
  if (!basket?.lines.length) return <NotReady title="Your basket is empty" />;
  if (unsaved) return <NotReady title="A change of your basket is not saved" />;
  if (basket.step === 'BASKET') return <NotReady title="Your basket needs attention first" />;
  // A direct customer is the recipient.
  const steps: Step[] = viewer.roles.includes('RESELLER')
    ? ['RECIPIENT', 'BILLING', 'COMPLETE']
    : ['BILLING', 'COMPLETE'];
  const waitsFor = steps.indexOf(basket.step);
  const shown =
    wentBackTo && steps.includes(wentBackTo) && steps.indexOf(wentBackTo) < waitsFor
      ? wentBackTo
      : (steps[waitsFor] ?? 'BILLING');
  const goOn = (next: AnsweredBasket) => {
    answered(next);
    goBackTo(null);
  };

  return (
    <Page title="Checkout">
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="xl">
            <Stepper
              active={steps.indexOf(shown)}
              size="sm"
              onStepClick={index => goBackTo(steps[index] ?? null)}
              aria-label="Steps of the checkout"
            >
              {steps.map((step, index) => (
                <Stepper.Step key={step} label={LABELS[step]} allowStepSelect={index <= waitsFor} />
              ))}
            </Stepper>
            <StepSection
              begun={begun}
              key={shown}
              label={`${LABELS[shown]}, step ${steps.indexOf(shown) + 1} of ${steps.length}`}
            >
              {shown === 'RECIPIENT' && <RecipientStep basket={basket} onDone={goOn} />}
              {shown === 'BILLING' && (
                <BillingStep key={basket.recipient?.id} basket={basket} onDone={goOn} />
              )}
              {shown === 'COMPLETE' && <CompleteStep basket={basket} onReview={() => goBackTo('BILLING')} />}
            </StepSection>
          </Stack>
        </Grid.Col>
        <Grid.Col span={5} visibleFrom="md">
          <Card withBorder padding="lg" component="aside" aria-label="Your order">
            <OrderTable lines={basket.lines} total={basket.total} />
          </Card>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

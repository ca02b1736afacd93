import { Alert, Button, Card, Grid, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'wouter';
import type { BasketFieldsFragment } from '../../generated/graphql';
import { money } from '../parts/format';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { ErrorList } from '../parts/trouble';
import { BasketLine } from './basket-line';
import { useUnsaved } from './drafts';
import { useBasket } from './use-basket';

/** Problems that a later checkout step resolves. */
const ASKED_LATER = ['RECIPIENT_REQUIRED', 'BILLING_NOT_CONFIRMED', 'BASKET_EMPTY'];

/** Page of the basket with its lines and problems. */
export function BasketPage() {
  const { loaded, error, basket, answered } = useBasket();
  const unsaved = useUnsaved(basket?.lines ?? []);
  useEffect(() => {
    if (!unsaved) return;
    // The browser asks before it leaves the page.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
  if (!loaded) return error ? <Failed error={error} /> : <Waiting />;
  if (!basket?.lines.length) {
    return (
      <Page title="Basket">
        <Empty title="Your basket is empty">
          <Button component={Link} href="/shop" mt="sm">
            Go to the shop
          </Button>
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Basket" lead="Give each subscription a name, and as much storage as it needs.">
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack>
            {basket.lines.map(line => (
              <BasketLine key={line.id} line={line} version={basket.version} onChange={answered} />
            ))}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            <Problems basket={basket} />
            <Card withBorder padding="lg">
              <Text size="sm" c="dimmed">
                Total for one billing cycle of each line
              </Text>
              <Text fw={650} size="xl" mb="md">
                {money(basket.total)}
              </Text>
              {unsaved ? (
                <>
                  <Button size="md" disabled>
                    Proceed to checkout
                  </Button>
                  <Text size="sm" mt="xs" role="alert">
                    A change is not saved. Correct it, or wait until it is sent.
                  </Text>
                </>
              ) : (
                <Button size="md" component={Link} href="/checkout">
                  Proceed to checkout
                </Button>
              )}
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Problems({ basket }: { basket: BasketFieldsFragment }) {
  const problems = basket.problems.filter(({ code }) => !ASKED_LATER.includes(code));
  if (problems.length === 0) return null;
  return (
    <Alert color="yellow" title="Needs your attention before checkout">
      <ErrorList errors={problems} />
    </Alert>
  );
}

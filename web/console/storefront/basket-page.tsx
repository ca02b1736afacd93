import { Button, Card, Grid, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { BasketFieldsFragment } from '../../generated/graphql';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { BasketLine } from './basket-line';
import { ChangedElsewhere, Problems, RemovedElsewhere } from './basket-notices';
import { useUnsaved } from './drafts';
import { EmptyBasket } from './empty-basket';
import { Totals } from './totals';
import { useBasket } from './use-basket';

/** Page of the basket with its lines and problems. */
export function BasketPage() {
  const { t } = useTranslation('storefront');
  const { loaded, error, basket, changedElsewhere } = useBasket();
  if (!loaded) return error ? <Failed error={error} /> : <Waiting />;
  const lines = basket?.lines ?? [];
  return (
    <Page
      title={t('basket.title')}
      lead={lines.length > 0 && t('basket.lead')}
      aside={basket && lines.length > 0 && <EmptyBasket basket={basket} />}
    >
      <ChangedElsewhere shown={changedElsewhere} />
      <RemovedElsewhere />
      {basket && lines.length > 0 ? <Contents basket={basket} /> : <NothingInIt />}
    </Page>
  );
}

function NothingInIt() {
  const { t } = useTranslation('storefront');
  return (
    <div role="status">
      <Empty title={t('basket.isEmpty')}>
        <Button component={Link} href="/shop" mt="sm">
          {t('toShop')}
        </Button>
      </Empty>
    </div>
  );
}

function Contents({ basket }: { basket: BasketFieldsFragment }) {
  const { t } = useTranslation('storefront');
  const unsaved = useUnsaved(basket.lines) === 'unsaved';
  useEffect(() => {
    if (!unsaved) return;
    // The browser asks before it leaves the page.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack>
          {basket.lines.map(line => (
            <BasketLine key={line.id} line={line} />
          ))}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack>
          <Problems basket={basket} />
          <Card withBorder padding="lg">
            <Stack>
              <Totals due={basket.total} cycles={basket.recurring} />
              {unsaved ? (
                <>
                  <Button size="md" disabled>
                    {t('basket.proceed')}
                  </Button>
                  <Text size="sm" role="alert">
                    {t('basket.unsaved')}
                  </Text>
                </>
              ) : (
                <Button size="md" component={Link} href="/checkout">
                  {t('basket.proceed')}
                </Button>
              )}
            </Stack>
          </Card>
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Page } from './page';
import { Empty } from './states';

/** Page for an id that the viewer cannot see or that does not exist. `back` is the address of the list. */
export function Unknown(props: { what: 'order' | 'product' | 'subscription' | 'operation'; back: string }) {
  const { t } = useTranslation();
  const { what, back } = props;
  return (
    <Page title={t(`unknown.${what}.title`)}>
      <Empty title={t(`unknown.${what}.text`)}>
        <Button component={Link} href={back} mt="sm">
          {t(`unknown.${what}.back`)}
        </Button>
      </Empty>
    </Page>
  );
}

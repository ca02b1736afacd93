import { Alert, Button, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from './page';

interface BoundaryProps {
  /** Address of the page. Another one is tried anew. */
  at?: string;
  /** Content in place of what could not be loaded. */
  instead: ReactNode;
  children: ReactNode;
}

/** Boundary of what is loaded later. A new version of the gateway no longer has the scripts of the one before. */
export class LoadBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate({ at }: BoundaryProps): void {
    if (this.state.failed && at !== this.props.at) this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return this.props.instead;
  }
}

/** Button that loads the current version of the console. */
export function ReloadButton() {
  const { t } = useTranslation();
  return (
    <Button variant="default" size="xs" onClick={() => location.reload()}>
      {t('reload.button')}
    </Button>
  );
}

/** Page in place of one that could not be loaded. */
export function PageNotLoaded() {
  const { t } = useTranslation();
  return (
    <Page title={t('reload.title')}>
      <NotLoaded />
    </Page>
  );
}

/** Message for something that could not be loaded, with a button to reload. */
export function NotLoaded({ title }: { title?: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" role="alert" title={title}>
      <Text size="sm" mb="sm">
        {t('reload.text')}
      </Text>
      <ReloadButton />
    </Alert>
  );
}

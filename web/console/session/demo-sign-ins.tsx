import { Button, Divider, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type DemoSignIn, settings } from '../../shared/settings';

/** Users to sign in as with one click. Empty without demo data. */
export function DemoSignIns(props: { disabled: boolean; onChoose(person: DemoSignIn): void }) {
  const { t } = useTranslation();
  if (settings.signIns.length === 0) return null;
  return (
    <>
      <Divider my="lg" label={t('session.demo')} />
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {settings.signIns.map(person => (
          <li key={person.email}>
            <Button
              fullWidth
              variant="default"
              justify="space-between"
              h="auto"
              py={8}
              disabled={props.disabled}
              onClick={() => props.onChoose(person)}
              styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }}
            >
              <span>
                {person.email}
                <Text component="span" display="block" size="xs" c="dimmed" fw={400} lang="en">
                  {person.who}
                </Text>
              </span>
            </Button>
          </li>
        ))}
      </Stack>
    </>
  );
}

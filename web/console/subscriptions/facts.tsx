import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** Fact with its name. Hidden if it has no value. */
export type Fact = readonly [name: string, value: ReactNode];

/** Card of facts with a heading. */
export function Facts({
  title,
  facts,
  children,
}: {
  title: string;
  facts: readonly Fact[];
  children?: ReactNode;
}) {
  const id = useId();
  const shown = facts.filter(([, value]) => Boolean(value));
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        <SimpleGrid component="dl" m={0} cols={{ base: 1, xs: 2 }} spacing="md">
          {shown.map(([name, value]) => (
            <div key={name}>
              <Text component="dt" size="sm" c="dimmed">
                {name}
              </Text>
              <Text component="dd" m={0} fw={500} style={{ overflowWrap: 'anywhere' }}>
                {value}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        {children}
      </Stack>
    </Card>
  );
}

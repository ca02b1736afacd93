import { Button, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { useLocation } from 'wouter';
import { useSession } from './session';
import { useViewer } from './viewer';

/** Menu with the signed-in user, the color scheme and the sign-out. */
export function UserMenu() {
  const viewer = useViewer();
  const { signOut } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [, navigate] = useLocation();
  const leave = () => {
    navigate('/');
    signOut();
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" size="xs" maw={180}>
          <Text component="span" size="xs" truncate title={viewer.account?.name ?? viewer.name}>
            <bdi>{viewer.account?.name ?? viewer.name}</bdi>
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{viewer.name}</bdi>
          <br />
          {viewer.email}
        </Menu.Label>
        <Menu.Divider />
        {(['light', 'dark', 'auto'] as const).map(scheme => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            fw={colorScheme === scheme ? 650 : undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {{ light: 'Light', dark: 'Dark', auto: 'As the system' }[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={leave}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

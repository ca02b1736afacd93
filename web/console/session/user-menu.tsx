import { lazy, useState, useTransition } from 'react';
import { UserButton } from './user-button';

const load = () => import('./user-menu-dropdown');
const Dropdown = lazy(load);

/** Button that opens the menu of the user. The menu is loaded when somebody is about to open it. */
export function UserMenu() {
  const [wanted, setWanted] = useState(false);
  const [, startTransition] = useTransition();
  const preload = () => void load().catch(() => undefined);
  if (wanted) return <Dropdown />;
  return (
    <UserButton
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => startTransition(() => setWanted(true))}
    />
  );
}

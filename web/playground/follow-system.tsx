import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** Follows the color scheme of the system. GraphiQL reads it once only. */
export function FollowSystem() {
  const theme = useGraphiQL(state => state.theme);
  const { setTheme } = useGraphiQLActions();
  useEffect(() => {
    const follow = () => {
      if (!theme) setTheme(theme);
    };
    DARK.addEventListener('change', follow);
    return () => DARK.removeEventListener('change', follow);
  }, [theme, setTheme]);
  return null;
}

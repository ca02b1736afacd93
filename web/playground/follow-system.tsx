import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** GraphiQL asks the system once whether it is light or dark; where nothing else was chosen, its editors go on with it. */
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

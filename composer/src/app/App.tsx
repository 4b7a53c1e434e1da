import { FluentProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { useLayoutEffect, useSyncExternalStore } from 'react';
import { RouterProvider } from 'react-router';
import { usePreferences } from './preferences';
import { queries } from './queries';
import { router } from './router';
import { dark, light } from './theme';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const onSystemTheme = (listener: () => void) => {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
};

/** Composer: theme, queries, addresses. */
export function App() {
  const wanted = usePreferences(state => state.theme);
  const isSystemDark = useSyncExternalStore(onSystemTheme, () => systemDark.matches);
  const isDark = wanted === 'dark' || (wanted === 'system' && isSystemDark);
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [isDark]);
  return (
    <FluentProvider theme={isDark ? dark : light}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </FluentProvider>
  );
}

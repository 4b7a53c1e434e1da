import { createBrowserRouter, type RouteObject } from 'react-router';
import { Frame } from '../frame/Frame';
import { PageError } from '../frame/PageError';
import { pages } from '../registry';
import { SessionGate } from './session';

const children: RouteObject[] = pages.map(page => ({
  id: page.id,
  path: page.route,
  errorElement: <PageError />,
  lazy: { Component: async () => (await page.load()).default },
}));

/** One route for each page of the registry, inside the frame. */
export const router = createBrowserRouter([
  { path: '/', element: <SessionGate><Frame /></SessionGate>, errorElement: <PageError isWhole />, hydrateFallbackElement: <></>, children },
], { basename: import.meta.env.BASE_URL.replace(/\/$/, '') });

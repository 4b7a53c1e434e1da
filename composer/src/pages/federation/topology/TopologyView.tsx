import { lazy, Suspense } from 'react';
import { useMedia } from '../../../frame/useMedia';
import { useLinks } from '../../../parts/links/useLinks';
import { LinkGrid } from '../LinkGrid';
import type { ViewProperties } from '../view';
import css from './Topology.module.css';

const FederationMap = lazy(() => import('./FederationMap'));

/** The map, and the same as a table below it. */
export function TopologyView(view: ViewProperties) {
  const links = useLinks(state => state.links) ?? [];
  const rowHeight = useMedia('(max-width: 899px)') ? 44 : 32;
  return (
    <div className={css.view}>
      <div className={css.mapFrame}><Suspense><FederationMap links={links} {...view} /></Suspense></div>
      <div className={css.table} style={{ height: (links.length + 1) * rowHeight + 8 }}><LinkGrid links={links} {...view} /></div>
    </div>
  );
}

import type { EntityRow } from '../../api/entities';
import { Chip } from '../../parts/Chip';
import { texts } from '../../texts';
import { facets, facetValues, type Facet, type ListFilter } from './filter';
import css from './ListPage.module.css';

/** One chip for each facet that has something to choose. */
export function FacetChips({ rows, filter, onChange }: { rows: readonly EntityRow[]; filter: ListFilter; onChange: (facet: Facet, value: string) => void }) {
  const offered = facets.map(facet => ({ facet, values: facetValues(rows, facet) })).filter(({ facet, values }) => values.length > 1 || filter[facet] !== '' || (facet !== 'made' && values.length > 0));
  if (offered.length === 0) return null;
  return (
    <div className={css.facets}>
      {offered.map(({ facet, values }) => (
        <Chip key={facet} label={texts.browse.facets[facet]} value={filter[facet]} values={values} wordOf={value => (facet === 'made' ? texts.browse.made[value] ?? value : value)} onChange={value => onChange(facet, value)} />
      ))}
    </div>
  );
}

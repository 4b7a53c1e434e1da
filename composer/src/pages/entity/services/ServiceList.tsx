import { Button } from '@fluentui/react-components';
import { CodeRegular } from '@fluentui/react-icons/svg/code';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { TextBulletListRegular } from '@fluentui/react-icons/svg/text-bullet-list';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { ServiceDefinition } from '../../../api/definitions';
import type { EntityDocument } from '../../../api/entities';
import { text } from '../../../api/infotable';
import { useRefusals, type Refusals } from '../../../app/rights';
import { useStatus } from '../../../frame/status';
import { Chip } from '../../../parts/Chip';
import { EmptyState } from '../../../parts/EmptyState';
import { FilterBox } from '../../../parts/FilterBox';
import { ColumnChoice, DataGrid, type GridColumn } from '../../../parts/grid';
import { Toolbar } from '../../../parts/Toolbar';
import type { Kind } from '../../../registry';
import { texts } from '../../../texts';
import type { EditWay } from '../code/AddService';
import css from './ServiceList.module.css';
import { RunsOn } from './RunsOn';

interface Properties {
  kind: Kind;
  entity: EntityDocument;
  services: readonly ServiceDefinition[];
  /** The one that is shown beside the list. */
  current?: string | undefined;
  onRun: (service: ServiceDefinition) => void;
  /** What the script editor can do with a service; undefined where there is nothing to edit. */
  editOf: (service: ServiceDefinition) => EditWay | undefined;
  onEdit: (service: ServiceDefinition) => void;
  /** Stands at the start of the toolbar. */
  children?: React.ReactNode;
}

/** The services of an entity: what they take and give, who defines them, where they run. */
export function ServiceList({ kind, entity, services, current, onRun, editOf, onEdit, children }: Properties) {
  const [address, setAddress] = useSearchParams();
  const filter = address.get('q') ?? '';
  const sought = filter.trim().toLowerCase();
  const [source, category] = [address.get('source') ?? '', address.get('category') ?? ''];
  const rows = useMemo(
    () => nearestFirst(services, entity).filter(one => (source === '' || one.source.name === source) && (category === '' || one.category === category)
      && (one.name.toLowerCase().includes(sought) || one.description.toLowerCase().includes(sought) || one.category.toLowerCase().includes(sought))),
    [services, entity, source, category, sought],
  );
  const sources = useMemo(() => distinct(nearestFirst(services, entity).map(one => one.source.name)), [services, entity]);
  const categories = useMemo(() => distinct(services.map(one => one.category)).sort(), [services]);
  // Templates and shapes only define services; their Things run them.
  const canRun = kind.type !== 'ThingTemplate' && kind.type !== 'ThingShape';
  const refusals = useRefusals(entity);
  const columns = useMemo(() => columnsOf(entity, canRun ? onRun : undefined, editOf, onEdit, refusals), [entity, canRun, onRun, editOf, onEdit, refusals]);
  const put = (changes: Readonly<Record<string, string>>) => setAddress(current_ => {
    const next = new URLSearchParams(current_);
    for (const [name, value] of Object.entries(changes)) if (value === '') next.delete(name); else next.set(name, value);
    return next;
  }, { replace: true });
  useStatus(texts.services.count(rows.length, services.length));
  return (
    <>
      <Toolbar end={<><FilterBox value={filter} label={texts.services.filter} onChange={q => put({ q })} /><ColumnChoice id="services" columns={columns} /></>}>
        {children}
        <Chip label={texts.services.source} value={source} values={sources} onChange={value => put({ source: value })} />
        <Chip label={texts.history.category} value={category} values={categories} onChange={value => put({ category: value })} />
      </Toolbar>
      <DataGrid
        id="services" label={texts.services.title} rows={rows} columns={columns} keyOf={row => row.name} current={current} onOpen={row => { if (canRun) onRun(row); else if (editOf(row)) onEdit(row); }}
        empty={<EmptyState icon={TextBulletListRegular} title={texts.services.none} hint={texts.services.noneHint} action={{ label: texts.browse.clearFilter, run: () => put({ q: '', source: '', category: '' }) }} />}
      />
    </>
  );
}

const distinct = (words: readonly string[]): string[] => [...new Set(words)].filter(Boolean);

// What the entity itself defines first, then its template, its shapes, and what every Thing has.
function nearestFirst(services: readonly ServiceDefinition[], entity: EntityDocument): ServiceDefinition[] {
  const template = text(entity.all, 'thingTemplate');
  const rank = ({ source }: ServiceDefinition) => (source.name === entity.name ? 0 : source.name === template ? 1 : source.type === 'ThingShape' ? 2 : 3);
  return services.toSorted((one, other) => rank(one) - rank(other));
}

function columnsOf(entity: EntityDocument, onRun: ((service: ServiceDefinition) => void) | undefined, editOf: Properties['editOf'], onEdit: Properties['onEdit'], refusals: Refusals): GridColumn<ServiceDefinition>[] {
  const run: GridColumn<ServiceDefinition> = {
    id: 'run', title: texts.services.execute, width: 76,
    cell: row => <Button className={css.run} size="small" appearance="transparent" tabIndex={-1} icon={<PlayRegular color="var(--colorBrandForeground1)" />} aria-label={texts.services.executeOne(row.name)} disabled={refusals.service(row.name) !== undefined} title={refusals.service(row.name) ?? texts.services.executeOne(row.name)} onClick={() => onRun?.(row)} />,
  };
  const edit: GridColumn<ServiceDefinition> = {
    id: 'edit', title: texts.code.script, width: 96,
    cell: row => { const way = editOf(row); return way && <Button className={css.run} size="small" appearance="transparent" tabIndex={-1} icon={<CodeRegular />} aria-label={`${texts.code[way]} ${row.name}`} onClick={() => onEdit(row)}>{texts.code[way]}</Button>; },
  };
  return [
    ...(onRun ? [run] : []),
    { id: 'name', title: texts.entity.name, value: row => row.name, cell: row => <span className={css.name} title={row.name}>{row.name}</span>, width: 230, grow: 1 },
    edit,
    { id: 'description', title: texts.general.description, value: row => row.description, cell: row => <span className="dim" title={row.description}>{row.description}</span>, width: 220, grow: 2, drop: 4 },
    {
      id: 'parameters', title: texts.services.parameters, value: row => row.parameters.length, width: 170, grow: 1, drop: 3,
      cell: row => <span className={css.parameters} title={row.parameters.map(field => `${field.name}: ${field.baseType}`).join('\n')}>{row.parameters.map(field => field.name).join(', ')}</span>,
    },
    { id: 'result', title: texts.services.result, value: row => row.result.baseType, cell: row => <span className="dim">{row.result.baseType}</span>, width: 110, drop: 1 },
    { id: 'category', title: texts.history.category, value: row => row.category, cell: row => <span className="dim">{row.category}</span>, width: 110, drop: 5 },
    { id: 'runsOn', title: texts.services.runsOn, cell: row => <RunsOn entity={entity} service={row} />, width: 150, drop: 2 },
    { id: 'source', title: texts.services.source, value: row => row.source.name, cell: row => <span className="dim" title={`${row.source.type} ${row.source.name}`}>{row.source.name}{row.isOverridable && ` · ${texts.services.overridable}`}</span>, width: 140, drop: 3 },
  ];
}

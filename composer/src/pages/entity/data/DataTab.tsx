import type { EntityTabProps } from '../../../registry';
import { text } from '../../../api/infotable';
import { isRemoteTemplate } from '../../../registry';
import { Chip } from '../../../parts/Chip';
import { texts } from '../../../texts';
import { useDataView } from './address';
import { Loggers } from './Loggers';
import { Rows } from './Rows';
import { dataKindOf, sourceOf, valueTypes } from './sources';
import { useMemo } from 'react';

const serverOf = (template: string, identifier: string): string | undefined => (isRemoteTemplate(template) && identifier.includes('@') ? identifier.slice(identifier.lastIndexOf('@') + 1) : undefined);

/** The rows of a Thing: entries of streams, tables and value streams, the history of logged properties. */
export default function DataTab({ kind, entity }: EntityTabProps) {
  const { view, setValueType } = useDataView();
  const dataKind = dataKindOf(kind, entity);
  const source = useMemo(() => dataKind && sourceOf(dataKind, entity, view.valueType), [dataKind, entity, view.valueType]);
  if (!source) return null;
  // A remote value stream has no services of its own: the Things that log through it have.
  if (source.kind === 'values' && isRemoteTemplate(text(entity.all, 'thingTemplate'))) return <Loggers entity={entity} />;
  return (
    <Rows key={`${entity.name} ${view.valueType}`} entity={entity} source={source} server={serverOf(text(entity.all, 'thingTemplate'), text(entity.all, 'identifier'))}>
      {source.kind === 'values' && <Chip label={texts.data.pick} value={view.valueType} values={[...valueTypes]} onChange={type => setValueType(type || 'NUMBER')} />}
    </Rows>
  );
}

import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { readConfigurationTables } from '../../../api/configuration';
import { entityKey } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { WithPanel } from '../../../parts/SidePanel';
import { RowSkeletons } from '../../../parts/Skeletons';
import type { DraftPart, EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import css from './ConfigurationTab.module.css';
import { ConfigurationUnsaved } from './ConfigurationUnsaved';
import { labelOfName } from './labels';
import { savedFields } from './names';
import { RowPanel } from './RowPanel';
import { RowsSection } from './RowsSection';
import { saveConfiguration } from './saving';
import { SettingsSection } from './SettingsSection';
import { isSubscribers, SubscriberPanel, subscribersWord } from './subscriber';

/** The configuration tables of an entity: settings as a form, rows as a grid, a row in a panel that the address names. */
export default function ConfigurationTab({ entity }: EntityTabProps) {
  const navigate = useNavigate();
  const { '*': rest = '' } = useParams();
  const tables = useQuery({
    queryKey: [...keys.entity(entity.kind, entity.name), 'configurationTables'],
    queryFn: ({ signal }) => readConfigurationTables(entity.kind, entity.name, signal),
  });
  if (tables.isPending) return <RowSkeletons />;
  if (tables.error) return <ErrorBar error={tables.error} action={{ label: texts.actions.tryAgain, run: () => void tables.refetch() }} />;
  const shown = tables.data.filter(table => !table.isHidden && table.fields.length > 0);
  if (shown.length === 0) return <EmptyState icon={SettingsRegular} title={texts.configuration.none} hint={texts.configuration.noneHint} />;

  const address = `${entityKey(entity.kind, entity.name)}/configuration`;
  const [word = '', ...names] = rest.split('/');
  const row = names.join('/');
  const open = shown.find(table => table.isMultiRow && wordOf(entity.name, table.name) === word);
  const show = (table: string, name: string) => void navigate(`${address}/${encodeURIComponent(wordOf(entity.name, table))}/${encodeURIComponent(name)}`);
  const close = () => void navigate(address);
  const Panel = open && isSubscribers(entity.name, open.name) ? SubscriberPanel : RowPanel;
  return (
    <WithPanel panel={open && row !== '' && <Panel key={row} entity={entity} table={open} row={row} onClose={close} />}>
      <div className={css.page}>
        {/* What is asked first stands first: who this server is, then how it works. */}
        {[...shown].sort((a, b) => Number(a.isMultiRow) - Number(b.isMultiRow) || Number(b.name === 'ServerIdentification') - Number(a.name === 'ServerIdentification')).map(table => table.isMultiRow
          ? <RowsSection key={table.name} entity={entity} table={table} current={table === open ? row : undefined} onOpen={name => show(table.name, name)} />
          : <SettingsSection key={table.name} entity={entity} table={table} />)}
        <ConfigurationUnsaved tables={tables.data} />
      </div>
    </WithPanel>
  );
}

// The documented address of the subscribers is short.
const wordOf = (entity: string, table: string): string => (isSubscribers(entity, table) ? subscribersWord : table);

/** Each table is saved in one go. */
export const draft: DraftPart = { read: savedFields, label: labelOfName, save: saveConfiguration };

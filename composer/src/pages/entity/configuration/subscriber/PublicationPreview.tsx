import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import { useQuery } from '@tanstack/react-query';
import { flag, number, text, type Row } from '../../../../api/infotable';
import { call } from '../../../../api/services';
import { lineageOf, useTemplateBases } from '../../../../api/templates';
import { ErrorBar } from '../../../../parts/ErrorBar';
import { formatCount } from '../../../../parts/format';
import { RowSkeletons } from '../../../../parts/Skeletons';
import { kinds, kindOfThing, kindTexts } from '../../../../registry';
import { texts } from '../../../../texts';
import css from './Subscriber.module.css';

const namesShown = 4;

/** What the subscriber will see, what stays hidden, and what it may write, for the user that is published as. */
export function PublicationPreview({ server, user }: { server: string; user: string }) {
  const words = texts.subscriber;
  const bases = useTemplateBases();
  const preview = useQuery({
    queryKey: ['publicationPreview', user], queryFn: ({ signal }) => call('Subsystems/FederationSubsystem', 'PreviewPublication', { publishAsUser: user }, signal), enabled: user !== '', retry: false, staleTime: 5_000,
  });
  return (
    <section className={css.preview} aria-label={words.willSee(server)} aria-live="polite">
      <h3>{words.willSee(server)}</h3>
      {user === '' ? <p className="hint">{words.chooseUser}</p> : preview.isPending ? <RowSkeletons rows={3} height={44} /> : preview.error ? <ErrorBar error={preview.error} isBare /> : <Seen rows={preview.data.rows} user={user} server={server} kindOf={row => kindOfThing(lineageOf(text(row, 'thingTemplate'), bases.data))} />}
    </section>
  );
}

function Seen({ rows, user, server, kindOf }: { rows: readonly Row[]; user: string; server: string; kindOf: (row: Row) => (typeof kinds)[number] }) {
  const words = texts.subscriber;
  const [seen, hidden] = [rows.filter(row => flag(row, 'isVisible')), rows.filter(row => !flag(row, 'isVisible'))];
  const groups = kinds.map(kind => ({ kind, rows: seen.filter(row => kindOf(row) === kind) })).filter(group => group.rows.length > 0);
  const writable = groups.map(({ kind, rows: own }) => ({ count: own.filter(row => flag(row, 'isWritable')).length, ...kindTexts(kind) })).filter(one => one.count > 0);
  const services = seen.reduce((sum, row) => sum + (number(row, 'services') ?? 0), 0);
  return (
    <>
      <div className="hint">{seen.length === 0 ? words.nothing(user) : words.visibleTo(user)}</div>
      {groups.map(({ kind, rows: own }) => <Group key={kind.id} icon={<kind.icon aria-hidden />} title={kindTexts(kind).many} rows={own} />)}
      <h3>{words.willNotSee}</h3>
      {hidden.length === 0 ? <div className="hint">{words.allSeen}</div> : <Group icon={<EyeOffRegular aria-hidden />} title={words.publishedNotVisible} rows={hidden} />}
      <h3>{words.whoSees}</h3>
      <div className="hint">{words.whoSeesHint(server)}</div>
      {writable.length > 0 && <div className={css.note}><WarningRegular className={css.mark} color="var(--s-delayed-fg)" aria-hidden /><span>{words.mayWrite(user, writable, services)}</span></div>}
    </>
  );
}

const Group = ({ icon, title, rows }: { icon: React.ReactNode; title: string; rows: readonly Row[] }) => (
  <div className={css.group}>
    {icon}
    <div>
      <div className="row"><b>{title}</b><div className="grow" /><b className="num">{formatCount(rows.length)}</b></div>
      <div className="hint ellipsis" title={rows.map(row => text(row, 'name')).join(', ')}>{texts.subscriber.andMore(rows.slice(0, namesShown).map(row => text(row, 'name')), Math.max(0, rows.length - namesShown))}</div>
    </div>
  </div>
);

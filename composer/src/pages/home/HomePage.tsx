import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { searchEntities } from '../../api/entities';
import { useDrafts } from '../../app/drafts';
import { keys } from '../../app/queries';
import { useSession } from '../../app/session';
import { markOfDocument } from '../../frame/documents';
import { useLinks } from '../../parts/links/useLinks';
import { PageHead } from '../../parts/PageHead';
import { texts } from '../../texts';
import { ChangedList } from '../recent/ChangedList';
import { OpenedList } from '../recent/OpenedList';
import css from '../recent/RecentPage.module.css';
import { Guide } from './guide/Guide';
import { WorryingLinks } from './WorryingLinks';

const mostShown = 12;

/** The way to a federation; links that need a look, what is not saved, what was opened, what changed. */
export default function HomePage() {
  const { server, isAdministrator } = useSession();
  const unsaved = Object.keys(useDrafts(state => state.byDocument));
  const changed = useQuery({ queryKey: [...keys.lists, 'changedFew'], queryFn: ({ signal }) => searchEntities({ newestFirst: true, maxItems: mostShown }, signal) });
  return (
    <>
      <PageHead icon={HomeRegular} title={server.name} hint={server.description || texts.home.version(server.version)} />
      <div className={css.body}>
        {isAdministrator && <FederationPart />}
        <div className={css.columns}>
          {unsaved.length > 0 && (
            <section aria-labelledby="unsaved">
              <h2 id="unsaved" className={css.title}>{texts.home.unsaved}</h2>
              <ul className={css.list}>
                {unsaved.map(key => {
                  const mark = markOfDocument({ key });
                  return mark && <li key={key} className={css.item}><mark.icon aria-hidden /><Link to={key}>{mark.title}</Link></li>;
                })}
              </ul>
            </section>
          )}
          <OpenedList most={mostShown} />
          <ChangedList rows={changed.data} error={changed.error} />
        </div>
      </div>
    </>
  );
}

// Who is no administrator does not see the FederationSubsystem.
function FederationPart() {
  const links = useLinks(state => state.links);
  const worrying = links?.filter(link => link.state !== 'live') ?? [];
  return (
    <>
      <Guide links={links} />
      {worrying.length > 0 && <div className={css.part}><WorryingLinks links={worrying} /></div>}
    </>
  );
}

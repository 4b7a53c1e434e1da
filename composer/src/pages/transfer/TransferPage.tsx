import { Tab, TabList } from '@fluentui/react-components';
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import { Navigate, useNavigate, useParams } from 'react-router';
import { useSession } from '../../app/session';
import { useDocuments } from '../../frame/documents';
import { PageHead } from '../../parts/PageHead';
import { texts } from '../../texts';
import { MissingPage } from '../missing/MissingPage';
import { ExportJob } from './export/ExportJob';
import { ImportJob } from './import/ImportJob';
import css from './Transfer.module.css';

const jobs = { import: ImportJob, export: ExportJob } as const;
type Job = keyof typeof jobs;
const names: readonly Job[] = ['import', 'export'];

/** Import or export; without a word in the address the one that was shown last. */
export default function TransferPage() {
  const { job } = useParams();
  const navigate = useNavigate();
  const { server } = useSession();
  const last = useDocuments(state => state.open.find(one => one.key === '/transfer'))?.address;
  const shown = names.find(name => name === job);
  if (job === undefined) return <Navigate to={last?.startsWith('/transfer/') ? last : '/transfer/import'} replace />;
  if (!shown) return <MissingPage />;
  const Shown = jobs[shown];
  return (
    <>
      <PageHead icon={ArrowSwapRegular} title={texts.transfer.title} hint={texts.transfer.hint(server.name)} />
      <TabList className={css.tabs} size="small" selectedValue={shown} onTabSelect={(_, { value }) => void navigate(`/transfer/${String(value)}`)}>
        {names.map(name => <Tab key={name} value={name} id={`job-${name}`} aria-controls="job">{texts.transfer.jobs[name]}</Tab>)}
      </TabList>
      <div id="job" role="tabpanel" aria-labelledby={`job-${shown}`} className={css.job}><Shown /></div>
    </>
  );
}

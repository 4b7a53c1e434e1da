import { Segments } from '../../../parts/Segments';
import { useAddress } from '../../../app/useAddress';
import { texts } from '../../../texts';
import { AlertHistory } from './AlertHistory';
import { AlertSummary } from './AlertSummary';

const words = texts.monitoring.alerts;

/** Alerts of all Things: how they stand now, or what happened to them. */
export default function AlertsView() {
  const [address, put] = useAddress();
  const view = address.get('show') === 'history' ? 'history' : 'now';
  const segments = <Segments label={words.show} value={view} choices={[{ value: 'now', label: words.now }, { value: 'history', label: words.history }]} onChange={show => put({ show: show === 'now' ? '' : show, thing: '', state: '', q: '' })} />;
  return view === 'history' ? <AlertHistory>{segments}</AlertHistory> : <AlertSummary>{segments}</AlertSummary>;
}

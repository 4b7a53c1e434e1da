import { Button } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { Link } from 'react-router';
import { text } from '../../../api/infotable';
import { entityKey } from '../../../app/entityDraft';
import { tell } from '../../../frame/status';
import { Facts } from '../../../parts/Facts';
import { formatTime } from '../../../parts/format';
import { SidePanel } from '../../../parts/SidePanel';
import { texts } from '../../../texts';
import type { Entry } from '../entries/entries';
import css from '../Monitoring.module.css';

const words = texts.monitoring.logs;

/** The whole of a line; its origin and user can be filtered by. */
export function LinePanel({ line, onFilter, onClose }: { line: Entry; onFilter: (field: 'origin' | 'user', value: string) => void; onClose: () => void }) {
  const { row } = line;
  const [origin, user, thing, content] = [text(row, 'origin'), text(row, 'user'), text(row, 'instance'), text(row, 'content')];
  const copy = async () => {
    await navigator.clipboard.writeText(content);
    tell(words.copied);
  };
  return (
    <SidePanel
      title={words.line} label={words.line} onClose={onClose}
      foot={(
        <>
          <Button size="small" icon={<CopyRegular />} onClick={() => void copy()}>{words.copy}</Button>
          {origin && <Button size="small" onClick={() => onFilter('origin', origin)}>{words.onlyOrigin}</Button>}
          {user && <Button size="small" onClick={() => onFilter('user', user)}>{words.onlyUser}</Button>}
        </>
      )}
    >
      <Facts facts={[
        [words.time, formatTime(line.time)], [words.level, <span key="level" className={css.level} data-level={text(row, 'level')}>{text(row, 'level')}</span>], [words.log, line.source],
        [words.origin, origin], [words.thing, thing && <Link to={entityKey('Things', thing)}>{thing}</Link>], [words.user, user], [words.thread, text(row, 'thread')],
      ]}
      />
      <pre className={css.content} tabIndex={0} aria-label={words.content}>{content}</pre>
    </SidePanel>
  );
}

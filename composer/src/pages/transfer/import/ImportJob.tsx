import { Button, ProgressBar } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { sendFile, type ImportLine } from '../../../api/transfer';
import { useSession } from '../../../app/session';
import { tell } from '../../../frame/status';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatBytes } from '../../../parts/format';
import { Late } from '../../../parts/Skeletons';
import { ToolButton } from '../../../parts/ToolButton';
import { texts } from '../../../texts';
import css from '../Transfer.module.css';
import { ImportList } from './ImportList';
import { sumsOf, writeReport } from './report';

const words = texts.transfer;

interface Job { readonly file: File; readonly lines?: readonly ImportLine[]; readonly isDone?: boolean; readonly error?: unknown }

/** Imports a file: it is checked first, shown entity by entity, and imported as a whole or not at all. */
export function ImportJob() {
  const { server } = useSession();
  const [job, setJob] = useState<Job | undefined>();
  const [busy, setBusy] = useState<'check' | 'import' | undefined>();
  const input = useRef<HTMLInputElement>(null);
  const newest = useRef<File>(undefined);
  useEffect(() => () => { newest.current = undefined; }, []);

  const run = async (file: File, purpose: 'check' | 'import') => {
    newest.current = file;
    setBusy(purpose);
    if (purpose === 'check') setJob({ file });
    let next: Job;
    try {
      const lines = await sendFile(file, purpose);
      next = { file, lines, isDone: purpose === 'import' };
      if (purpose === 'import') tell(words.imported(file.name));
    } catch (error) {
      next = { file, error };
    }
    if (newest.current !== file) return;
    setBusy(undefined);
    setJob(last => ({ ...next, ...(next.lines === undefined && last?.lines ? { lines: last.lines } : {}) }));
  };
  const choose = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) void run(file, 'check');
    if (input.current) input.current.value = '';
  };
  const picker = <input ref={input} type="file" hidden accept=".xml,text/xml,application/xml" aria-label={words.choose} onChange={event => choose(event.target.files)} />;
  if (!job) return <>{picker}<DropZone onFiles={choose} onPick={() => input.current?.click()} /></>;

  const sums = sumsOf(job.lines ?? []);
  const count = sums.created + sums.replaced;
  const why = job.isDone ? undefined : sums.failed > 0 ? words.failedHint(sums.failed) : job.lines && count === 0 ? words.nothingHint : undefined;
  const copy = async () => {
    await navigator.clipboard.writeText(writeReport(job.file.name, server.name, job.isDone ?? false, job.lines ?? []));
    tell(words.copied);
  };
  return (
    <>
      {picker}
      <div className={css.head}>
        <div className={css.file}><b>{job.file.name}</b><span className="hint">{formatBytes(job.file.size)}</span></div>
        {job.lines && (
          <div className={css.sums} role="status">
            {job.isDone && <span className={css.done}>{words.done}</span>}
            {(['failed', 'created', 'replaced', 'passedOver'] as const).filter(outcome => sums[outcome] > 0).map(outcome => (
              <span key={outcome} className={outcome === 'failed' ? css.failed : undefined}><b>{sums[outcome]}</b> {words.sums(job.isDone ?? false)[outcome]}</span>
            ))}
          </div>
        )}
        <div className="grow" />
        {job.lines && <ToolButton icon={CopyRegular} label={words.copy} onClick={() => void copy()} />}
        <Button onClick={() => input.current?.click()} disabled={busy === 'import'}>{words.another}</Button>
        {!job.isDone && <Button appearance="primary" disabled={busy !== undefined || job.lines === undefined || why !== undefined} title={why} onClick={() => void run(job.file, 'import')}>{words.import(count)}</Button>}
      </div>
      {busy && <Late><div className={css.note}><ProgressBar aria-label={busy === 'check' ? words.checking : words.importing} /><span className="hint">{busy === 'check' ? words.checking : words.importing}</span></div></Late>}
      <ErrorBar error={job.error} action={{ label: texts.actions.tryAgain, run: () => void run(job.file, 'check') }} />
      {why && <p className={`hint ${css.note ?? ''}`}>{why}</p>}
      {job.lines && <ImportList lines={job.lines} isDone={job.isDone ?? false} />}
    </>
  );
}

function DropZone({ onFiles, onPick }: { onFiles: (files: FileList | null) => void; onPick: () => void }) {
  const [isOver, setIsOver] = useState(false);
  const stay = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    setIsOver(over);
  };
  return (
    <div
      className={css.drop} data-over={isOver || undefined} onDragOver={event => stay(event, true)} onDragLeave={event => stay(event, false)}
      onDrop={event => { stay(event, false); onFiles(event.dataTransfer.files); }}
    >
      <ArrowUploadRegular fontSize={28} aria-hidden />
      <b>{words.drop}</b>
      <span className="hint">{words.dropHint}</span>
      <Button appearance="primary" onClick={onPick}>{words.choose}</Button>
    </div>
  );
}

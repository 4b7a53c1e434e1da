import { Button } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle';
import { lazy, Suspense, useMemo, useState } from 'react';
import { number, type InfoTable } from '../../../../api/infotable';
import { saveFile, toCsv, toJson } from '../../../../api/tableFiles';
import { formatValue } from '../../../../api/values';
import { sentenceOf } from '../../../../parts/ErrorBar';
import { formatDuration } from '../../../../parts/format';
import { Segments } from '../../../../parts/Segments';
import { StateMark } from '../../../../parts/State';
import { TableView } from '../../../../parts/TableView';
import { texts } from '../../../../texts';
import { totalOf } from '../../../../api/timing';
import { timeFieldOf } from './resultTimes';
import type { Inputs } from './inputs';
import css from './RunDialog.module.css';
import type { Outcome } from './useRun';
import { Way } from './Way';

const ResultChart = lazy(() => import('./ResultChart'));

/** What came of a run: how long it took and which way, and the result as grid, value or JSON. */
export function ResultView({ outcome, name, otherServer, inputs }: { outcome: Outcome; name: string; otherServer: string | undefined; inputs: Inputs }) {
  const { table, way, duration } = outcome;
  const onServers = way && totalOf(way);
  const time = formatDuration(onServers ?? duration);
  const hasFailed = outcome.error !== undefined;
  const value = scalarOf(table);
  const isCut = table !== undefined && value === undefined && table.rows.length > 0 && table.rows.length === (number(inputs, 'maxItems') ?? 500);
  return (
    <>
      <section className={css.outcome} aria-live="polite">
        <div className={css.line}>
          {hasFailed ? <StateMark state="down" size={16} /> : <CheckmarkCircleRegular fontSize={18} color="var(--s-live-fg)" aria-hidden />}
          <h3 className="num">{hasFailed ? texts.run.failedAfter(time) : table && value === undefined ? texts.run.rowsIn(table.rows.length, time) : texts.run.doneIn(time)}</h3>
          {onServers !== undefined && <span className="hint num">{texts.run.withThisPage(formatDuration(duration))}</span>}
          {isCut && <span className="hint">{texts.run.cut(table.rows.length)}</span>}
        </div>
        {hasFailed && <p className={css.sentence}>{sentenceOf(outcome.error)}</p>}
        {way && <Way way={way} otherServer={otherServer} />}
      </section>
      {!hasFailed && <Result outcome={outcome} name={name} value={value} />}
    </>
  );
}

function Result({ outcome: { answer, table }, name, value }: { outcome: Outcome; name: string; value: string | undefined }) {
  const [view, setView] = useState<'grid' | 'chart' | 'raw'>('grid');
  const canChart = table !== undefined && timeFieldOf(table) !== undefined;
  const raw = useMemo(() => (answer === undefined ? '' : JSON.stringify(answer, null, 2)), [answer]);
  if (answer === undefined) return <div className={css.bar}><span className="hint">{texts.run.nothing}</span></div>;
  if (!table) return <pre className={css.raw} tabIndex={0} aria-label={texts.run.result}>{raw}</pre>;
  return (
    <>
      <div className={css.bar}>
        <Segments label={texts.run.view} value={view} onChange={setView} choices={[{ value: 'grid', label: texts.run.grid }, ...(canChart ? [{ value: 'chart' as const, label: texts.run.chart }] : []), { value: 'raw', label: texts.run.raw }]} />
        <div className="grow" />
        {value === undefined && (
          <>
            <Export form={texts.run.csv} rows={table.rows.length} save={() => saveFile(`${name}.csv`, toCsv(table), 'text/csv')} />
            <Export form={texts.run.json} rows={table.rows.length} save={() => saveFile(`${name}.json`, toJson(table), 'application/json')} />
          </>
        )}
      </div>
      {view === 'raw' && <pre className={css.raw} tabIndex={0} aria-label={texts.run.raw}>{raw}</pre>}
      {view === 'chart' && canChart && <Suspense><ResultChart table={table} /></Suspense>}
      {(view === 'grid' || (view === 'chart' && !canChart)) && value !== undefined && <div className={css.value}>{value}</div>}
      {(view === 'grid' || (view === 'chart' && !canChart)) && value === undefined && <TableView id="run-result" label={texts.run.result} table={table} />}
    </>
  );
}

const Export = ({ form, rows, save }: { form: string; rows: number; save: () => void }) => (
  <Button size="small" appearance="subtle" icon={<ArrowDownloadRegular />} disabled={rows === 0} title={texts.run.exportAs(form, rows)} onClick={save}>{form}</Button>
);

/** A service that gives one value answers a row with the field `result`. */
function scalarOf(table: InfoTable | undefined): string | undefined {
  const [field, ...others] = table?.fields ?? [];
  return field?.name === 'result' && others.length === 0 && table?.rows.length === 1 ? formatValue(table.rows[0]?.['result'], field.baseType) : undefined;
}

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiError } from '../../../api/client';
import type { Condition } from '../../../api/filter';
import type { FieldDefinition, Row } from '../../../api/infotable';
import { keys } from '../../../app/queries';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatAge } from '../../../parts/format';
import { texts } from '../../../texts';
import { chartable, gather, mostWindows, readWindows, withRows, type ChartData } from './chartData';
import type { Ask } from './rowWindow';
import type { DataSource } from './sources';
import TimeChart from './TimeChart';

/** Where rows cannot be gathered on their server, a chart is made of so many of the newest. */
const mostRows = 5_000;
/** More rows than this take too long to gather without a range. */
const mostGathered = 5_000_000;
const drawnAtFirst = 2;

interface Properties {
  source: DataSource;
  fields: readonly FieldDefinition[];
  conditions: readonly Condition[];
  times: Pick<Ask, 'from' | 'to'>;
  count: number | undefined;
  /** Where the rows are; undefined for this server. */
  server: string | undefined;
  /** Rows that came since. */
  since: readonly Row[];
  chosen: readonly string[] | undefined;
  onChosen: (fields: readonly string[]) => void;
  onRange: (from: number, to: number) => void;
  onWhole?: (() => void) | undefined;
}

interface Gathered { readonly data: ChartData; readonly isCut: boolean; readonly isThere: boolean }

/** The chart above the rows: the numbers of the range in windows of time, and what comes. */
export default function ChartPanel({ source, fields, conditions, times, count, server, since, chosen, onChosen, onRange, onWhole }: Properties) {
  const numeric = chartable(fields);
  const drawn = chosen?.filter(name => numeric.some(field => field.name === name)) ?? numeric.slice(0, drawnAtFirst).map(field => field.name);
  const gathered = useQuery({
    queryKey: [...keys.entity('Things', source.thing), 'chart', source.kind, conditions, times, drawn],
    queryFn: ({ signal }) => load(signal), staleTime: 60_000, enabled: drawn.length > 0, placeholderData: last => last,
  });
  const load = async (signal: AbortSignal): Promise<Gathered> => {
    const wanted = drawn.flatMap(name => numeric.find(field => field.name === name) ?? []);
    if (source.windows && (count ?? 0) > mostWindows && (times.from !== undefined || (count ?? 0) <= mostGathered)) {
      try {
        const data = readWindows(await source.windows(drawn, conditions, times, signal), wanted);
        // Few rows are drawn as they are.
        if (data.rows > mostWindows) return { data, isCut: false, isThere: true };
      } catch (error) {
        // A server of an earlier version, or of another make, gathers nothing.
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
      }
    }
    const { rows, cursor } = await source.load({ size: mostRows, ...times }, conditions, signal);
    return { data: gather(rows, wanted), isCut: cursor !== undefined, isThere: false };
  };
  const shown = useMemo(() => (gathered.data && drawn.length > 0 ? withRows(gathered.data.data, since) : { times: [], window: 0, rows: 0, series: [] }), [gathered.data, since, drawn.length]);
  if (gathered.error) return <ErrorBar error={gathered.error} />;
  if (!gathered.data && drawn.length > 0) return null;
  const { window, rows } = shown;
  const note = [
    window > 0 ? texts.data.chartWindow(formatAge(window)) : '', gathered.data?.isCut ? texts.data.chartCut(rows) : texts.data.chartNote(rows),
    gathered.data?.isThere && server !== undefined ? texts.data.madeOn(server) : '',
  ].filter(Boolean).join(' · ');
  return (
    <TimeChart
      data={shown} note={note} others={numeric.map(field => field.name).filter(name => !drawn.includes(name))}
      onAdd={field => onChosen([...drawn, field])} onRemove={field => onChosen(drawn.filter(name => name !== field))} onRange={onRange} onWhole={onWhole}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { number, type FieldDefinition, type Row } from '../../../api/infotable';
import type { Condition } from '../../../api/filter';
import { keys } from '../../../app/queries';
import { ErrorBar } from '../../../parts/ErrorBar';
import { texts } from '../../../texts';
import { chartable, gather } from './chartData';
import type { Ask } from './rowWindow';
import type { DataSource } from './sources';
import TimeChart from './TimeChart';

/** More points than this a chart of this width cannot show apart. */
const mostPoints = 5_000;
const drawnAtFirst = 2;

interface Properties {
  source: DataSource;
  fields: readonly FieldDefinition[];
  conditions: readonly Condition[];
  times: Pick<Ask, 'from' | 'to'>;
  /** Rows that came since, newest first. */
  since: readonly Row[];
  chosen: readonly string[] | undefined;
  onChosen: (fields: readonly string[]) => void;
  onRange: (from: number, to: number) => void;
  onWhole?: (() => void) | undefined;
}

/** The chart above the rows: the newest points of the range, and what comes. */
export default function ChartPanel({ source, fields, conditions, times, since, chosen, onChosen, onRange, onWhole }: Properties) {
  const numeric = chartable(fields);
  const drawn = chosen?.filter(name => numeric.some(field => field.name === name)) ?? numeric.slice(0, drawnAtFirst).map(field => field.name);
  const points = useQuery({
    queryKey: [...keys.entity('Things', source.thing), 'chart', source.kind, conditions, times],
    queryFn: ({ signal }) => source.load({ size: mostPoints, ...times }, conditions, signal),
    staleTime: 60_000,
  });
  const data = useMemo(() => {
    const known = new Set(points.data?.rows.map(source.keyOf));
    const rows = [...since.filter(row => !known.has(source.keyOf(row)) && number(row, 'timestamp') !== undefined), ...(points.data?.rows ?? [])].slice(0, mostPoints);
    return gather(rows, drawn.flatMap(name => numeric.find(field => field.name === name) ?? []));
    // Fields are told apart by their names.
  }, [points.data, since, source, drawn.join('\n')]);
  if (points.error) return <ErrorBar error={points.error} />;
  if (!points.data) return null;
  const count = data.rows;
  return (
    <TimeChart
      data={data} note={points.data.cursor === undefined && count < mostPoints ? texts.data.chartNote(count) : texts.data.chartCut(count)} others={numeric.map(field => field.name).filter(name => !drawn.includes(name))}
      onAdd={field => onChosen([...drawn, field])} onRemove={field => onChosen(drawn.filter(name => name !== field))} onRange={onRange} onWhole={onWhole}
    />
  );
}

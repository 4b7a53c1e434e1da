import { useMemo, useState } from 'react';
import type { InfoTable } from '../../../../api/infotable';
import { texts } from '../../../../texts';
import { chartable, gather } from '../../data/chartData';
import TimeChart from '../../data/TimeChart';
import { timedRows, timeFieldOf } from './resultTimes';

const drawnAtFirst = 2;
const whole: readonly [number, number] = [-Infinity, Infinity];

/** The numbers of a result over time; dragging looks closer. */
export default function ResultChart({ table }: { table: InfoTable }) {
  const numeric = useMemo(() => chartable(table.fields), [table.fields]);
  const [drawn, setDrawn] = useState(() => numeric.slice(0, drawnAtFirst).map(field => field.name));
  const [range, setRange] = useState(whole);
  const data = useMemo(
    () => gather(timedRows(table.rows, timeFieldOf(table) ?? '', range), drawn.flatMap(name => numeric.find(field => field.name === name) ?? [])),
    [table, numeric, drawn, range],
  );
  return (
    <div style={{ flex: 1, minHeight: 0, overflow: 'auto', paddingBottom: 20 }}>
      <TimeChart
        data={data} note={texts.data.chartNote(data.rows)} others={numeric.map(field => field.name).filter(name => !drawn.includes(name))}
        onAdd={field => setDrawn([...drawn, field])} onRemove={field => setDrawn(drawn.filter(name => name !== field))}
        onRange={(from, to) => setRange([from, to])} onWhole={range === whole ? undefined : () => setRange(whole)}
      />
    </div>
  );
}

import { Button } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as Anchor } from 'react-router';
import { isObject, readTable, table, text, time, type InfoTable, type Row } from '../../../api/infotable';
import { live } from '../../../api/live';
import { call } from '../../../api/services';
import { formatValue } from '../../../api/values';
import { tell } from '../../../frame/status';
import { confirm } from '../../../parts/confirm';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatDay } from '../../../parts/format';
import type { BoundThing, Link } from '../../../parts/links/links';
import { linkKeys } from '../../../parts/links/useLinks';
import { RowSkeletons } from '../../../parts/Skeletons';
import { texts } from '../../../texts';
import css from './Detail.module.css';

const federation = 'Subsystems/FederationSubsystem';

/** Writes to some Things that the link's publisher refused: what they were, why, and what a person may do with each. */
export function ParkedWrites({ link, things }: { link: Link; things: readonly BoundThing[] | undefined }) {
  const words = texts.federation;
  const client = useQueryClient();
  const key = [...linkKeys, 'parked'];
  // One that is delivered again and refused again leaves the number as it was.
  const parked = useQuery({ queryKey: [...key, link.parked], refetchInterval: link.parked > 0 ? 2_000 : false, queryFn: async ({ signal }) => (await call(federation, 'GetParkedEntries', { maxItems: 10_000 }, signal)).rows, placeholderData: before => before });
  const [failure, setFailure] = useState<unknown>();
  const own = things && parked.data?.filter(row => things.some(thing => thing.name === text(row, 'thing')));
  const run = async (row: Row, service: 'DeliverParkedEntry' | 'DropParkedEntry', done: string) => {
    try {
      await call(federation, service, { thingName: text(row, 'thing'), number: text(row, 'number') });
      setFailure(undefined);
      tell(done);
    } catch (error) {
      setFailure(error);
    }
    await client.invalidateQueries({ queryKey: key });
  };
  const drop = async (row: Row) => {
    const [service, thing] = [text(row, 'service'), text(row, 'thing')];
    if (await confirm({ title: words.dropTitle(service, thing), detail: words.dropDetail(link.server), action: words.dropAction, isDangerous: true })) await run(row, 'DropParkedEntry', words.dropped(service, thing));
  };
  return (
    <section aria-labelledby="parked">
      <h3 id="parked" className={css.subtitle}>{words.parked}</h3>
      <p className="hint">{words.parkedHint(link.server)}</p>
      <ErrorBar error={parked.error ?? failure} isBare />
      {own === undefined && !parked.error && <RowSkeletons rows={2} />}
      <ul className={css.parked}>
        {own?.map(row => {
          const [service, thing] = [text(row, 'service'), text(row, 'thing')];
          return (
            <li key={`${thing} ${text(row, 'number')}`}>
              <div><b>{service}</b> · <Anchor to={`/Things/${encodeURIComponent(thing)}`}>{thing}</Anchor></div>
              <p className={css.why}>{text(row, 'reason')}</p>
              <div className="hint">{words.by(text(row, 'caller'), formatDay(time(row, 'accepted') ?? 0, live.serverNow()))}</div>
              <details>
                <summary>{words.parameters}</summary>
                {row['parameters'] === undefined ? <p className="hint">{words.noParameters}</p> : <Values table={table(row, 'parameters')} />}
              </details>
              <div className="row">
                <Button size="small" aria-label={words.deliverTitle(service, thing)} onClick={() => void run(row, 'DeliverParkedEntry', words.delivered(service, thing))}>{words.deliver}</Button>
                <Button size="small" appearance="subtle" aria-label={words.dropOf(service, thing)} onClick={() => void drop(row)}>{words.drop}</Button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The values of a table by name; tables inside it the same way. */
function Values({ table: values }: { table: InfoTable }) {
  return values.rows.map((row, index) => (
    <dl key={index} className={css.values}>
      {values.fields.filter(field => row[field.name] !== undefined && row[field.name] !== null).map(field => {
        const value = row[field.name];
        return <div key={field.name}><dt>{field.name}</dt><dd>{field.baseType === 'INFOTABLE' && isObject(value) ? <Values table={readTable(value)} /> : <span className="mono">{formatValue(value, field.baseType)}</span>}</dd></div>;
      })}
    </dl>
  ));
}

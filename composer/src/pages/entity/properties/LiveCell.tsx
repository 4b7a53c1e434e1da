import { isNumeric } from '../../../api/filter';
import { isObject, type Json } from '../../../api/infotable';
import type { PropertyMember } from '../../../api/members';
import { Age } from '../../../parts/Age';
import { formatTime } from '../../../parts/format';
import { State } from '../../../parts/State';
import { formatValue } from '../../../api/values';
import { texts } from '../../../texts';
import css from './LiveCell.module.css';
import { useLiveValue } from './liveValues';

interface Properties {
  property: PropertyMember;
  /** What it is bound to; undefined where the value is set here. */
  boundTo?: string | undefined;
  /** Whether the remote end gives it. */
  isRemote?: boolean;
}

/** A property's value as it changes; time, quality and source on hover. */
export function LiveCell({ property, boundTo, isRemote = false }: Properties) {
  const now = useLiveValue(property.name);
  const isConnected = useLiveValue('isConnected')?.v;
  const units = typeof property.aspects['units'] === 'string' ? property.aspects['units'] : '';
  if (!now) return <span className="dim">{texts.properties.noValue}</span>;
  const isUnset = now.t === 0;
  // A time that was never set is the beginning of time.
  const words = isUnset && property.baseType === 'DATETIME' && now.v === 0 ? '' : liveText(now.v, property.baseType);
  const isStale = isRemote && isConnected === false;
  const isDoubtful = isStale || (now.q !== 'GOOD' && !isUnset);
  const hover = isUnset ? texts.properties.neverWritten : texts.properties.hover(formatTime(now.t), now.q, boundTo ?? texts.properties.setHere);
  return (
    <span className={css.cell} data-live data-number={isNumeric(property.baseType) || undefined} title={`${words}\n${hover}`}>
      {isStale && !isUnset && <span className={css.stale}><State state="stale" plain /><Age time={now.t} /></span>}
      <span className={css.value} data-doubtful={isDoubtful || undefined} data-unset={isUnset || words === '' || undefined}>{words === '' ? texts.properties.empty : words}</span>
      {units !== '' && <span className={css.units}>{units}</span>}
    </span>
  );
}

const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 12, useGrouping: false });

/** A value on one line: a table by how many rows it has, a number without the noise of its last binary digits, a secret not at all. */
export function liveText(value: Json, baseType: string): string {
  if (baseType === 'PASSWORD') return value === null || value === '' ? '' : texts.properties.hidden;
  if (baseType === 'INFOTABLE') return isObject(value) && Array.isArray(value['rows']) ? texts.values.rows(value['rows'].length) : '';
  return typeof value === 'number' && baseType === 'NUMBER' ? figures.format(value) : formatValue(value, baseType);
}

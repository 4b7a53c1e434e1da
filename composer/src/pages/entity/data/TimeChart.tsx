import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowResetRegular } from '@fluentui/react-icons/svg/arrow-reset';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatStamp } from '../../../api/values';
import { texts } from '../../../texts';
import dataCss from './DataTab.module.css';
import { sentenceFor, showNumber, summarize, type ChartData } from './chartData';
import css from './TimeChart.module.css';

interface Properties {
  data: ChartData;
  /** What the points are: all of a range, or its newest. */
  note: string;
  /** Fields that could be drawn, too. */
  others: readonly string[];
  onAdd: (field: string) => void;
  onRemove: (field: string) => void;
  /** A span was dragged over; milliseconds since 1970. */
  onRange: (from: number, to: number) => void;
  onWhole?: (() => void) | undefined;
}

const height = 176;
const tokens = ['--chart-1', '--chart-2', '--chart-3', '--chart-4'];
const colourOf = (index: number) => `var(${tokens[index % tokens.length] ?? ''})`;

interface Tip { readonly left: number; readonly isRight: boolean; readonly index: number }

/** Numbers over time. Dragging chooses a range; a sentence and a table say the same in words. */
export default function TimeChart({ data, note, others, onAdd, onRemove, onRange, onWhole }: Properties) {
  const box = useRef<HTMLDivElement>(null);
  const [tip, setTip] = useState<Tip | undefined>();
  const choose = useEffectEvent(onRange);
  const summaries = useMemo(() => summarize(data), [data]);
  const names = data.series.map(one => one.field).join('\n');
  const plot = useRef<uPlot>(undefined);
  const columns = useMemo(() => [data.times, ...data.series.flatMap(one => [one.mean, one.low, one.high])] as unknown as uPlot.AlignedData, [data]);
  const hasPoints = summaries.length > 0;

  useEffect(() => {
    const element = box.current;
    if (!element || !hasPoints) return undefined;
    const made = make(element, names.split('\n'), columns, setTip, (from, to) => choose(from, to));
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    // Colours come from the theme.
    const themes = new MutationObserver(() => made.redraw());
    themes.observe(document.documentElement, { attributes: true, subtree: true, attributeFilter: ['data-theme'] });
    return () => {
      observer.disconnect();
      themes.disconnect();
      made.destroy();
      plot.current = undefined;
    };
    // New points go into the chart that is there.
  }, [names, hasPoints]);
  useEffect(() => plot.current?.setData(columns), [columns]);

  return (
    <section className={css.card} aria-label={texts.data.chart} data-live>
      <div className={css.head}>
        {data.series.map((one, index) => (
          <button key={one.field} type="button" className={css.series} title={texts.data.removeField(one.field)} aria-label={texts.data.removeField(one.field)} onClick={() => onRemove(one.field)}>
            <i style={{ background: colourOf(index) }} /><b>{one.field}</b>{one.unit !== '' && <span className="dim">{one.unit}</span>}<DismissRegular aria-hidden fontSize={10} />
          </button>
        ))}
        {others.length > 0 && (
          <Menu>
            <MenuTrigger disableButtonEnhancement><button type="button" className={dataCss.add}><AddRegular aria-hidden />{texts.data.addField}</button></MenuTrigger>
            <MenuPopover><MenuList>{others.map(field => <MenuItem key={field} onClick={() => onAdd(field)}>{field}</MenuItem>)}</MenuList></MenuPopover>
          </Menu>
        )}
        <div className="grow" />
        <span className="dim">{note}</span>
        {onWhole && <Button size="small" appearance="subtle" icon={<ArrowResetRegular />} onClick={onWhole}>{texts.data.wholeRange}</Button>}
      </div>
      <div ref={box} className={css.plot} title={tip ? undefined : texts.data.dragHint}>
        {!hasPoints && <div className={css.empty}>{texts.data.chartEmpty}</div>}
        {tip && (
          <div className={css.tip} style={tip.isRight ? { right: `calc(100% - ${String(tip.left - 12)}px)` } : { left: tip.left + 12 }}>
            {formatStamp((data.times[tip.index] ?? 0) * 1000)}
            {data.series.map(one => { const [value, low, high] = [one.mean[tip.index], one.low[tip.index], one.high[tip.index]]; return value === null || value === undefined ? null : <div key={one.field}>{one.field} <b>{showNumber(value)}</b> {one.unit}{data.window > 0 && ` ${showNumber(low ?? value)} … ${showNumber(high ?? value)}`}</div>; })}
          </div>
        )}
      </div>
      {hasPoints && (
        <details className={css.details}>
          <summary>{texts.data.chartTable}</summary>
          {summaries.map(one => <div key={one.field}>{sentenceFor(one)}</div>)}
          <table className={css.table}>
            <thead><tr>{[texts.values.field, texts.data.points, texts.data.low, texts.data.mean, texts.data.high, texts.data.first, texts.data.last].map(word => <th key={word} scope="col">{word}</th>)}</tr></thead>
            <tbody>
              {summaries.map(one => (
                <tr key={one.field}><th scope="row">{one.field}</th><td>{one.points}</td><td>{showNumber(one.low)}</td><td>{showNumber(one.mean)}</td><td>{showNumber(one.high)}</td><td>{formatStamp(one.from)}</td><td>{formatStamp(one.to)}</td></tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}

// A tick says no more than the step between ticks needs.
function showTick(seconds: number, step: number): string {
  const stamp = formatStamp(seconds * 1000);
  return step >= 86_400 ? stamp.slice(0, 10) : step >= 60 ? stamp.slice(11, 16) : step >= 1 ? stamp.slice(11, 19) : stamp.slice(11);
}

function make(element: HTMLDivElement, names: readonly string[], data: uPlot.AlignedData, onTip: (tip: Tip | undefined) => void, onRange: (from: number, to: number) => void): uPlot {
  const token = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
  const axis = { stroke: () => token('--colorNeutralForeground3'), font: '11px "Inter Variable", sans-serif', grid: { stroke: () => token('--colorNeutralStroke3'), width: 1 }, ticks: { show: false } };
  return new uPlot({
    width: element.clientWidth, height, legend: { show: false }, pxAlign: false,
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    // The first field has its scale at the left, the others theirs at the right.
    scales: { x: { time: true }, ...Object.fromEntries(names.map((_, index) => [index === 0 ? 'left' : 'right', { auto: true }])) },
    axes: [{ ...axis, size: 24, space: 90, values: (_, ticks, __, ___, step) => ticks.map(tick => showTick(tick, step)) }, { ...axis, scale: 'left', size: 48 }, ...(names.length > 1 ? [{ ...axis, scale: 'right', side: 1, size: 48, grid: { show: false } }] : [])],
    series: [
      {},
      ...names.flatMap((name, index) => {
        const scale = index === 0 ? 'left' : 'right';
        const edge = { label: name, scale, points: { show: false }, spanGaps: false, width: 0 };
        return [{ ...edge, width: 1.5, stroke: () => token(tokens[index % tokens.length] ?? ''), ...(index >= tokens.length ? { dash: [6, 3] } : {}) }, edge, edge];
      }),
    ],
    // From lowest to highest of each window.
    bands: names.map((_, index) => ({ series: [index * 3 + 3, index * 3 + 2], fill: () => `color-mix(in srgb, ${token(tokens[index % tokens.length] ?? '')} 20%, transparent)` })) as uPlot.Band[],
    hooks: {
      setCursor: [plot => {
        const { left = -1, idx } = plot.cursor;
        onTip(left < 0 || idx === null || idx === undefined ? undefined : { left: left + plot.over.offsetLeft, isRight: left > plot.over.clientWidth / 2, index: idx });
      }],
      setSelect: [plot => {
        const { left, width } = plot.select;
        if (width < 6) return;
        onRange(Math.round(plot.posToVal(left, 'x') * 1000), Math.round(plot.posToVal(left + width, 'x') * 1000));
        plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
    },
  }, data, element);
}

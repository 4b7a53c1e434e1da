import type { LinkState } from './State';

/** The path of a line through values, with gaps where a value is undefined. */
export function linePath(values: readonly (number | undefined)[], width: number, height: number, low: number, high: number): string {
  let path = '';
  let isDown = false;
  values.forEach((value, index) => {
    if (value === undefined) {
      isDown = false;
      return;
    }
    const x = (values.length < 2 ? 0 : (index / (values.length - 1)) * width).toFixed(1);
    const y = (height - ((value - low) / (high - low || 1)) * height).toFixed(1);
    path += `${isDown ? 'L' : 'M'}${x} ${y}`;
    isDown = true;
  });
  return path;
}

/** A small line of recent values, from zero. `label` says it in words. */
export function Spark({ values, state = 'paused', label, width = 92, height = 18 }: { values: readonly number[]; state?: LinkState; label: string; width?: number; height?: number }) {
  const high = Math.max(...values, 1) * 1.1;
  const line = linePath(values, width, height - 2, 0, high);
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block' }}>
      <path d={`${line}L${width} ${height - 1}L0 ${height - 1}Z`} fill={`var(--s-${state}-bg)`} />
      <path d={line} fill="none" stroke={`var(--s-${state}-mark)`} strokeWidth="1.3" />
    </svg>
  );
}

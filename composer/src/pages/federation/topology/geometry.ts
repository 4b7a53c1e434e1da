import type { Link } from '../../../parts/links/links';

/** A place on the map, in its pixels. */
export interface Point { readonly x: number; readonly y: number }

/** How large a server is drawn, and the tag of a link. */
export const serverSize = { width: 228, height: 104 };
export const tagSize = { width: 216, height: 26 };

const columnGap = 660;
const rowGap = 148;

/** So many servers stand in one column; more are divided between both sides of this one. */
const oneColumn = 8;

/** Where servers stand at first: this one in the middle of the height, the others beside it. */
export function layOut(servers: readonly string[]): { here: Point; others: ReadonlyMap<string, Point> } {
  const columns = servers.length <= oneColumn ? [servers] : [servers.filter((_, index) => index % 2 === 0), servers.filter((_, index) => index % 2 === 1)];
  const tallest = Math.max(1, ...columns.map(column => column.length));
  const others = new Map(columns.flatMap((column, side) => column.map((server, index): [string, Point] =>
    [server, { x: side === 0 ? columnGap : -columnGap, y: (index + (tallest - column.length) / 2) * rowGap }])));
  return { here: { x: 0, y: ((tallest - 1) / 2) * rowGap }, others };
}

/** Where a link leaves its servers, as a share of their heights. */
export interface Ports { readonly here: number; readonly other: number }

/** Ports for all links: in the order of the other servers from top to bottom, so that lines do not cross. */
export function portsOf(links: readonly Pick<Link, 'key' | 'server' | 'role'>[], others: ReadonlyMap<string, Point>): ReadonlyMap<string, Ports> {
  const place = (server: string) => others.get(server) ?? { x: 0, y: 0 };
  const ports = new Map<string, Ports>();
  for (const isRight of [true, false]) {
    const side = links.filter(link => place(link.server).x > 0 === isRight)
      .sort((a, b) => place(a.server).y - place(b.server).y || a.server.localeCompare(b.server) || a.role.localeCompare(b.role));
    side.forEach((link, index) => {
      const own = side.filter(one => one.server === link.server);
      ports.set(link.key, { here: (index + 1) / (side.length + 1), other: (own.indexOf(link) + 1) / (own.length + 1) });
    });
  }
  return ports;
}

/** The line of a link from this server to the other, and where its tag stands. `direction` is 1 where the other is on the right. */
export interface Line { readonly path: string; readonly from: Point; readonly to: Point; readonly tag: Point; readonly direction: 1 | -1 }

/** Draws a link between two servers wherever a person has put them: a curve, then a straight piece that carries the tag. */
export function lineBetween(here: Point, other: Point, ports: Ports): Line {
  const { width, height } = serverSize;
  const direction = other.x >= here.x ? 1 : -1;
  const from = { x: direction === 1 ? here.x + width : here.x, y: here.y + height * ports.here };
  const to = { x: direction === 1 ? other.x : other.x + width, y: other.y + height * ports.other };
  const gap = (to.x - from.x) * direction;
  const straight = tagSize.width + 32;
  if (gap < straight + 80) {
    const bend = Math.max(48, Math.abs(gap) / 2) * direction;
    return { path: `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`, from, to, tag: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, direction };
  }
  const corner = to.x - straight * direction;
  const bend = ((gap - straight) / 2) * direction;
  return { path: `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${corner - bend} ${to.y} ${corner} ${to.y}L${to.x} ${to.y}`, from, to, tag: { x: corner + (straight / 2) * direction, y: to.y }, direction };
}

import { useRef, useState, type ReactNode, type Ref } from 'react';
import { DataGrid, type GridColumn, type GridHandle } from '../../../parts/grid';
import { RowSkeletons } from '../../../parts/Skeletons';
import type { Entry } from './entries';

interface Properties {
  id: string;
  label: string;
  columns: readonly GridColumn<Entry>[];
  state: { readonly entries: readonly Entry[]; readonly isOpen: boolean; readonly isEnd: boolean; readonly fresh: ReadonlySet<string>; readonly readMore: () => void };
  current?: string | undefined;
  onOpen: (entry: Entry) => void;
  /** Called with the place of the first row that shows. */
  onTop?: (index: number) => void;
  empty: ReactNode;
  ref?: Ref<GridHandle>;
}

/** So many rows before the end the next page is read. */
const ahead = 40;

/** Entries in a grid that reads on where it is scrolled to the end. */
export function EntryGrid({ id, label, columns, state, current, onOpen, onTop, empty, ref }: Properties) {
  if (!state.isOpen) return <RowSkeletons rows={14} height={26} />;
  return (
    <DataGrid
      id={id} label={label} rowHeight={26} rows={state.entries} columns={columns} keyOf={entry => entry.key} fresh={state.fresh} current={current} onOpen={onOpen} empty={empty} {...(ref ? { ref } : {})}
      window={{ first: 0, total: state.entries.length, onRange: (_, to) => { if (to >= state.entries.length - ahead) state.readMore(); }, ...(onTop ? { onTop } : {}) }}
    />
  );
}

/** Which entry a panel shows, and where the list is scrolled to. */
export function useEntryPlace() {
  const grid = useRef<GridHandle>(null);
  const [shown, setShown] = useState<Entry | undefined>();
  const [top, setTop] = useState(0);
  return { grid, shown, setShown, top, setTop };
}

export { ColumnChoice } from './ColumnChoice';
export type { GridColumn } from './columns';
export type { CellAction } from './useGridKeys';
export { DataGrid, type GridHandle, type GridWindow, type Sorting } from './DataGrid';

export { ColumnChoice } from './ColumnChoice';
export type { GridColumn } from './columns';
export { DataGrid, type GridHandle, type GridWindow, type Sorting } from './DataGrid';

/** What every script has, whatever its Thing (docs/scripting.md). */
export const builtIns = `
interface Location { latitude: number; longitude: number; elevation?: number }
interface Entity { name: string; description: string; [member: string]: any }
interface InfoTable {
  rows: any[]; length: number; dataShape: any; [field: string]: any;
  getRowCount(): number; isEmpty(): boolean;
  /** Members that are no fields are passed over; a value that does not fit is refused. */
  AddRow(row: object): void;
  RemoveRow(index: number): void; RemoveAllRows(): void;
  getRow(index: number): any; getFirstRow(): any; getLastRow(): any; CopyValues(index: number): any;
  /** The first row with these values, or null. */
  Find(values: object): any;
  /** Keeps the rows with these values. */
  Filter(values: object): void;
  /** Takes the rows with these values away; gives how many. */
  Delete(values: object): number;
  Sort(by: { name: string; ascending?: boolean }): void; topN(count: number): void; topNToNewTable(count: number): InfoTable;
  AddField(field: { name: string; baseType: string }): void; RemoveField(name: string): void; hasField(name: string): boolean;
  clone(): InfoTable; ToJSON(): any;
}
/** Writes into the ScriptLog. */
declare const logger: { trace(text: string): void; debug(text: string): void; info(text: string): void; warn(text: string): void; error(text: string): void };
/** The name of the user whose rights count. */
declare const principal: string;
declare function dateAddYears(date: Date, amount: number): Date;
declare function dateAddMonths(date: Date, amount: number): Date;
declare function dateAddDays(date: Date, amount: number): Date;
declare function dateAddHours(date: Date, amount: number): Date;
declare function dateAddMinutes(date: Date, amount: number): Date;
declare function dateAddSeconds(date: Date, amount: number): Date;
declare function dateAddMilliseconds(date: Date, amount: number): Date;
/** Milliseconds from date2 to date1. */
declare function dateDifference(date1: Date, date2: Date): number;
declare function dateFormat(date: Date, format: string, offset?: string): string;
declare function dateFormatISO(date: Date): string;
declare function parseDate(text: string, format: string, offset?: string): Date;
declare function parseDateISO(text: string): Date;
/** 1 is Monday. */
declare function dateDayOfWeek(date: Date): number;
declare function dateDayOfYear(date: Date): number;
declare function dateMin(date1: Date, date2: Date): Date;
declare function dateMax(date1: Date, date2: Date): Date;
declare function base64EncodeString(data: string): string;
declare function base64DecodeString(data: string): string;
declare function base64EncodeBytes(data: any): string;
declare function base64DecodeBytes(data: string): any;
declare function formatNumber(value: number, pattern: string): string;
declare function generateGUID(): string;
/** unit is K (default), M or N. */
declare function distanceBetween(location1: Location, location2: Location, unit?: 'K' | 'M' | 'N'): number;
declare function createCircularGeoFence(center: Location, radius: number, unit?: 'K' | 'M' | 'N'): InfoTable;
declare function containsLocation(location: Location, fence: InfoTable): boolean;
declare function encryptString(data: string): string;
declare function encryptPropertyValue(data: string): string;
declare function encryptStringWithKey(data: string, key: string): string;
declare function decryptStringWithkey(data: string, key: string): string;
/** Holds the script for so many milliseconds. */
declare function pause(milliseconds: number): void;
declare function getHostIPAddress(): string;
declare function getAdapterIPAddress(name: string): string;
`;

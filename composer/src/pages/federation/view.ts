/** What a view of the page gets: the link that the panel shows, and how to show another. */
export interface ViewProperties {
  readonly shown: string | undefined;
  readonly onShow: (key: string) => void;
}

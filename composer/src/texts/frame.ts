import { counted, plural } from './plural';

export const frame = {
  product: 'Hansa Composer',
  areas: 'Areas',
  browse: 'Browse',
  hideTree: 'Hide Browse',
  documents: 'Open documents',
  documentsMenu: 'Close documents',
  closeOthers: 'Close others',
  closeAll: 'Close all',
  close: (name: string) => `Close ${name}`,
  unsavedDocument: (name: string) => `${name}, not saved`,
  closeUnsavedTitle: (names: readonly string[]) => (names.length === 1 ? `${names[0] ?? ''} is not saved` : `${counted(names.length)} documents are not saved`),
  closeLoses: 'What you edited is lost when you close it.',
  closeAnyway: 'Close without saving',
  moreDocuments: (count: number) => `${plural(count, 'more document', 'more documents')}`,
  help: 'Help',
  user: (name: string) => `User ${name}`,
  signOut: 'Log out',
  signOutUnsaved: (count: number) => `${plural(count, 'document is', 'documents are')} not saved`,
  signOutLoses: 'What you edited is lost when you log out.',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  letterKeys: 'Single letters are keys',
  search: 'Search everything, or type > for commands',
  searchShort: 'Search or run a command',
  skip: 'Go to the content',
  status: 'Status',
  live: { off: 'Live updates off', connecting: 'Connecting', open: 'Live updates on', lost: 'Not connected for' },
  cutOff: (age: string) => `Not connected for ${age}, trying again. What you edit stays; Save waits.`,
  unsaved: (count: number) => `${plural(count, 'tab', 'tabs')} not saved`,
  administrators: 'Administrators',
  noRight: (title: string) => `${title} is not open to you`,
  needsAdministrator: (server: string) => `It needs a member of group Administrators on ${server}.`,
  pageFailed: 'This page could not be shown',
  reload: 'Load Composer anew',
};

export const login = {
  title: 'Log in to Composer',
  ended: 'Your session ended',
  endedHint: 'Log in to go on where you were. Nothing you edited is lost.',
  user: 'User name',
  password: 'Password',
  enter: 'Log in',
  unreachable: 'The server does not answer',
};

export const palette = {
  title: 'Search and commands',
  results: 'Results',
  entities: 'Entities',
  pages: 'Pages',
  commands: 'Commands',
  recent: 'Opened last',
  tags: 'Tags',
  servers: 'Servers',
  services: 'Services',
  servicesOf: (name: string) => `Services of ${name}`,
  choose: 'choose',
  open: 'open',
  nothing: (text: string) => {
    switch (text[0]) {
      case '#': return 'A tag is written Vocabulary:Term.';
      case '@': return text.length > 1 ? `No link to a server ${text.slice(1)}.` : 'This server is linked to no other.';
      case '.': return 'The services of the Thing or other entity that is open are found here; none of that name is.';
      default: return `Nothing is called “${text}”.`;
    }
  },
};

export const keys = {
  title: 'Keys',
  ofPage: 'This page',
  everywhere: 'Everywhere',
  palette: 'Search and commands',
  list: 'Show this list',
  filter: 'Filter the list',
  goTo: (page: string) => `Go to ${page}`,
  nextRegion: 'Next region',
  lastRegion: 'Region before',
  cancelEdit: 'Cancel what is edited',
  nextTab: 'Next tab of the entity',
  lastTab: 'Tab before',
  document: (digit: number) => `Document ${digit}`,
  documents: 'Open document',
  names: { ArrowRight: '→', ArrowLeft: '←', Escape: 'Esc', Delete: 'Del' } as Readonly<Record<string, string>>,
  grid: [['↑ ↓', 'Move in a list'], ['Enter', 'Open'], ['Space', 'Choose'], ['Shift+↑ ↓', 'Choose several'], ['Ctrl+A', 'Choose all'], ['F2', 'Edit a cell'], ['Shift+F10', 'Menu of a cell']] as const,
};


export const recent = { title: 'Recent', hint: 'What you opened in this browser tab, and what anybody changed on the server.', opened: 'Opened', changed: 'Changed', nothingOpened: 'Nothing yet.' };

export const search = {
  title: 'Search',
  command: 'Search on a page of its own',
  hint: 'Entities of all kinds, by name and description.',
  field: 'Part of a name; * and ? are patterns',
  kind: 'Kind',
  start: 'Type what you look for',
  startHint: 'Or choose a kind.',
  nothing: (text: string) => `Nothing is called “${text}”`,
  nothingHint: 'Names and descriptions are searched; case does not count.',
  count: (count: number, most: number) => (count === most ? `The first ${counted(most)} that match` : `${plural(count, 'entity matches', 'entities match')}`),
};

export const missing = { title: 'There is nothing here', hint: (address: string) => `No page has the address ${address}.`, toHome: 'Go to Home' };

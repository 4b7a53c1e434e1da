import { inner, plural } from './plural';

export const words = { any: 'any', yes: 'Yes', no: 'No', changed: 'changed', loading: 'Loading …' };

export const actions = {
  new: 'New', duplicate: 'Duplicate', delete: 'Delete', save: 'Save', cancel: 'Cancel', close: 'Close', ok: 'OK', more: 'More', clear: 'Clear', tryAgain: 'Try again',
};

export const states = { live: 'LIVE', delayed: 'DELAYED', stale: 'STALE', down: 'DOWN', refused: 'REFUSED', paused: 'PAUSED' };

export const errors = {
  status: (status: number) => `The server answered with status ${status} and said nothing else.`,
  noAnswer: 'The server does not answer.',
  notJson: (address: string) => `The answer of ${address} is not JSON.`,
};

export const grid = { all: 'Choose all', columns: 'Columns' };

export const picker = {
  placeholder: (one: string) => `Choose a ${inner(one)}`,
  recent: 'Opened last',
  all: 'All',
  more: (count: number) => `${plural(count, 'more', 'more')}: type to narrow`,
  none: (many: string) => `No ${many} match`,
};

export const panel = { lose: 'Discard what you typed?', loseDo: 'Discard what I typed' };

export const tags = {
  placeholder: 'Vocabulary:Term',
  remove: (tag: string) => `Take away ${tag}`,
  wrong: (text: string) => `“${text}” is no tag. A tag is a vocabulary and a term, such as Plant:Bergen.`,
};

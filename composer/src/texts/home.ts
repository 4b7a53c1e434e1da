import { plural } from './plural';

type Side = 'publishes' | 'receives' | 'both' | 'none';

const guide = {
  title: 'Five steps to a federation', allDone: 'All five are done', progress: (done: number, all: number) => `${String(done)} of ${String(all)} done; each step checks itself`, done: 'done', otherServer: 'the other server',
  steps: {
    name: { title: 'Name this server', hint: (_here: string, _other: string, _side: Side) => 'Enter the server name under which others know it, such as ServerB, and save.' },
    link: { title: 'Link the other server', hint: (here: string) => `On the server whose data shall be used elsewhere, add the other one as a subscriber; ${here} needs an application key where it is the other one. The state shows here.` },
    publish: { title: 'Publish a stream', hint: (here: string, other: string, side: Side) => (side === 'receives' ? `On ${other}, make a stream with Published on.` : `Make a stream with Published on; it is filled in. The other server then offers it, or ${here} sees it offered.`) },
    proxy: { title: 'Make its remote twin', hint: (_here: string, other: string, side: Side) => (side === 'publishes' ? `On ${other}, make a RemoteStream and choose the stream that is offered.` : 'Make a RemoteStream and choose the stream that is offered; the rest is filled in.') },
    row: { title: 'See a row arrive', hint: (_here: string, _other: string, _side: Side) => 'Open the stream, run AddStreamEntry on one server, and the row shows on both.' },
  },
  named: (name: string) => `It is called ${name}.`, linked: (server: string) => `The link with ${server} is proved.`,
  published: (here: number, there: number) => [here > 0 ? `${plural(here, 'Thing', 'Things')} published here` : '', there > 0 ? `${String(there)} offered by others` : ''].filter(Boolean).join(', '),
  bound: (count: number) => `${plural(count, 'Thing is', 'Things are')} bound.`, rows: (count: number) => `${plural(count, 'row', 'rows')} in streams that both servers see.`,
  openSettings: 'Open the settings', addSubscriber: 'Add a subscriber', makeKey: 'New application key', makeStream: 'New published stream', chooseStream: 'Choose a stream', makeRemote: 'New RemoteStream', openStreams: 'Open Streams', showSessions: 'Show the servers',
};

export const home = { title: 'Home', unsaved: 'Not saved', version: (version: string) => `Hansa ${version}`, links: 'Links that need a look', guide };

import { counted, plural } from './plural';

const loaded = (count: number, isEnd: boolean, one: string, many: string) => (isEnd ? plural(count, one, many) : `${plural(count, one, many)} so far; older ones come by scrolling`);

export const monitoring = {
  title: 'Monitoring', hint: (server: string) => `What happens on ${server} now, and what happened.`, nextView: 'Next view', lastView: 'View before', refresh: 'Refresh',
  views: { logs: 'Logs', subsystems: 'Subsystems', remote: 'Remote Things', sessions: 'Sessions', alerts: 'Alerts', audit: 'Audit' },
  logs: {
    title: 'Log lines', log: 'Log', level: 'Level', origin: 'Origin', user: 'User', time: 'Time', content: 'Content', thread: 'Thread', thing: 'Thing', line: 'Log line',
    andAbove: (level: string) => (level === 'ERROR' ? level : `${level} and above`), filter: 'Find in the content',
    hold: 'Hold', resume: 'Resume', keyHold: 'Hold or resume the tail', noTail: 'The range ends in the past: nothing new comes',
    came: (count: number) => `${plural(count, 'new line', 'new lines')}: show`,
    levels: 'Levels', levelsHint: 'Lines below its level are not kept by a log. A choice counts at once.', levelSet: (log: string, level: string) => `${log} keeps lines from ${level} on`,
    copy: 'Copy the content', copied: 'Content copied', onlyOrigin: 'Only this origin', onlyUser: 'Only this user',
    loaded: (count: number, isEnd: boolean) => loaded(count, isEnd, 'line', 'lines'),
    none: 'No lines', noneHint: 'What the server does and what scripts write is kept here.', noneMatch: 'No lines match the filters',
  },
  subsystems: {
    title: 'Subsystems', none: 'No subsystem is visible to you', state: 'State', figures: 'Figures', panel: (name: string) => `Subsystem ${name}`, settings: 'Open its settings',
    states: (isRunning: boolean) => (isRunning ? 'Running' : 'Stopped'), count: (all: number, stopped: number) => `${plural(all, 'subsystem', 'subsystems')}${stopped > 0 ? `, ${counted(stopped)} stopped` : ''}`,
    start: 'Start', stop: 'Stop', restart: 'Restart', reset: 'Reset figures', resetHint: 'Figures that count from the start begin anew at 0', noFigures: 'It has no figures.',
    permanent: 'It is part of everything that the server does, so it cannot be stopped.',
    ask: { Stop: (name: string) => `Stop ${name}`, Restart: (name: string) => `Restart ${name}` },
    stops: { FederationSubsystem: 'All links of this server end. What is written for other servers waits on disk until it runs again.' } as Readonly<Record<string, string>>,
    done: { Start: (name: string) => `${name} started`, Stop: (name: string) => `${name} stopped`, Restart: (name: string) => `${name} restarted`, ResetPerformanceMetrics: (name: string) => `Figures of ${name} reset` },
    spark: (name: string, low: string, high: string) => `${name} since the page was opened: from ${low} to ${high}`,
  },
  remote: {
    show: 'What is shown', things: 'Remote Things', unbound: 'Bound without a Thing', server: 'Data live on', state: 'State', thing: 'Thing', device: 'a device', boundName: 'Bound name', kind: 'Bound by',
    filter: 'Filter by name', states: (isBound: boolean) => (isBound ? 'Bound' : 'Not bound'), never: 'never', kinds: (isIdentifier: boolean) => (isIdentifier ? 'Identifier' : 'Name'),
    make: 'New RemoteThing', count: (all: number, bound: number) => `${plural(all, 'remote Thing', 'remote Things')}, ${counted(bound)} bound`, unboundCount: (count: number) => `${plural(count, 'name is', 'names are')} bound and ${count === 1 ? 'has' : 'have'} no Thing`,
    none: 'No remote Things', noneHint: 'A remote Thing stands for one on another server or on a device.', noneMatch: 'No remote Things match the filters',
    noneUnbound: 'Every bound name has its Thing', noneUnboundHint: 'Names that a device or server binds and that no Thing here has would show.',
  },
  sessions: {
    show: 'What is shown', browsers: 'Browsers', servers: 'Servers', user: 'User', address: 'Address', started: 'Signed in', used: 'Last used', end: 'End', endTitle: (user: string) => `End the session of ${user}`,
    endHint: (user: string) => `The browser of ${user} has to log in again. Edits there that are not saved stay in that browser.`, ended: (user: string) => `Session of ${user} ended`,
    count: (count: number) => plural(count, 'session', 'sessions'), none: 'Nobody is signed in with a browser',
    server: 'Server', role: 'Direction', state: 'State', since: 'Since', pipes: 'Pipes', reason: 'Reason', roles: { Publisher: 'publishes to this server', Subscriber: 'receives from this server' } as Readonly<Record<string, string>>,
    serverCount: (count: number) => plural(count, 'link', 'links'), noServers: 'No other server is linked', noServersHint: 'Home leads to a federation in five steps.',
  },
  alerts: {
    title: 'Alerts', show: 'What is shown', now: 'Now', history: 'History', thing: 'Thing', state: 'State', priority: 'Priority', property: 'Property', alert: 'Alert', message: 'Message', since: 'Since', by: 'Acknowledged by', time: 'Time', event: 'Event',
    states: { active: 'Active', noted: 'Active, acknowledged', over: 'Over, not acknowledged' } as Readonly<Record<string, string>>,
    happenings: { Alert: 'Fired', AlertReset: 'Reset', AlertAck: 'Acknowledged' } as Readonly<Record<string, string>>,
    filter: 'Filter by Thing or message', filterThing: 'Filter by Thing',
    acknowledge: (count: number, isAll: boolean) => (count === 0 ? 'Acknowledge' : isAll ? `Acknowledge all ${counted(count)}` : `Acknowledge ${counted(count)}`),
    ask: (count: number, name: string) => (name === '' ? `Acknowledge ${plural(count, 'alert', 'alerts')}` : `Acknowledge alerts of ${name}`), noteHint: 'It stands in the history beside your name. All alerts of a property are acknowledged at once.',
    progress: (done: number, all: number) => `${counted(done)} of ${counted(all)}`, acknowledged: (count: number) => `Alerts of ${plural(count, 'property', 'properties')} acknowledged`,
    count: (active: number, open: number) => `${plural(active, 'alert holds', 'alerts hold')}, ${counted(open)} not acknowledged`, loaded: (count: number, isEnd: boolean) => loaded(count, isEnd, 'event', 'events'),
    none: 'No alerts', noneMatch: 'No alerts match the filters', noneHint: 'Alerts of properties that pass a limit show here, of all Things.', noHistory: 'Nothing happened to alerts',
  },
  audit: {
    title: 'Audit', category: 'Category', user: 'User', source: 'Entity', time: 'Time', message: 'What happened', entry: 'Entry of the audit', filter: 'Find in what happened',
    categories: { Entity: 'Entities', Permission: 'Permissions', SignIn: 'Sign-ins', Audit: 'The audit' } as Readonly<Record<string, string>>,
    loaded: (count: number, isEnd: boolean) => loaded(count, isEnd, 'entry', 'entries'), none: 'No entries', noneHint: 'Who changes an entity or signs in is noted here.', noneMatch: 'No entries match the filters',
  },
};

export const groups = { modeling: 'Modeling', dataStorage: 'Data Storage', security: 'Security', system: 'System' };

/** What the kinds of entities are called, by the word in /browse/…. */
export const kinds: Readonly<Record<string, { one: string; many: string; hint: string }>> = {
  Things: { one: 'Thing', many: 'Things', hint: 'Named objects with properties, services and events.' },
  ThingTemplates: { one: 'Thing Template', many: 'Thing Templates', hint: 'What Things are made of.' },
  ThingShapes: { one: 'Thing Shape', many: 'Thing Shapes', hint: 'Members that several templates share.' },
  DataShapes: { one: 'Data Shape', many: 'Data Shapes', hint: 'Typed fields of rows.' },
  Networks: { one: 'Network', many: 'Networks', hint: 'How Things hang together.' },
  Projects: { one: 'Project', many: 'Projects', hint: 'Entities that belong together.' },
  ModelTags: { one: 'Model Tag', many: 'Model Tags', hint: 'Vocabularies for entities.' },
  Streams: { one: 'Stream', many: 'Streams', hint: 'Rows over time. Remote streams keep theirs on another server.' },
  ValueStreams: { one: 'Value Stream', many: 'Value Streams', hint: 'The history of logged properties.' },
  DataTables: { one: 'Data Table', many: 'Data Tables', hint: 'Rows by key. Remote tables keep theirs on another server.' },
  Wikis: { one: 'Wiki', many: 'Wikis', hint: 'Pages in a tree, with comments.' },
  Blogs: { one: 'Blog', many: 'Blogs', hint: 'Entries over time, with comments.' },
  DataTags: { one: 'Data Tag', many: 'Data Tags', hint: 'Vocabularies for rows.' },
  PersistenceProviders: { one: 'Persistence Provider', many: 'Persistence Providers', hint: 'Where data are kept.' },
  Users: { one: 'User', many: 'Users', hint: 'Who may sign in.' },
  Groups: { one: 'User Group', many: 'User Groups', hint: 'Users who share rights.' },
  Organizations: { one: 'Organization', many: 'Organizations', hint: 'Units that decide who sees what.' },
  ApplicationKeys: { one: 'Application Key', many: 'Application Keys', hint: 'Keys that let programs and servers in as a user.' },
  Subsystems: { one: 'Subsystem', many: 'Subsystems', hint: 'Parts of the platform and their settings.' },
  Resources: { one: 'Resource', many: 'Resources', hint: 'Services that belong to no Thing.' },
  Logs: { one: 'Log', many: 'Logs', hint: 'What the platform has to say.' },
};

/** Words about sending a stretch of the source log again. */
export const replays = {
  tab: 'Replay',
  why: 'Sends what the source log still has to the target once more, up to the present, for a table that was damaged there or mapped wrongly.',
  meanwhile: 'Meanwhile these tables show their past, and the pipeline’s other tables wait. Other pipelines go on.',
  from: 'From', choice: { TIME: 'A time', ENTRY: 'An entry of the source log' },
  time: 'First commit at or after', entry: 'Entry', tables: 'Tables', tablesHint: 'schema.table with * and ?; empty: all that are mapped',
  tablesError: 'Give each as schema.table', send: 'Send again', yes: 'Send it', sure: (pipeline: string) => `Send it to the target of ${pipeline} again?`,
  asked: (pipeline: string) => `${pipeline} is asked to send it again`,
  waiting: 'Asked for. It begins once the target has all that was sent so far.',
  refused: 'Nothing is sent again',
  running: (from: string, until: string) => `Sending entries ${from} to ${until} again`,
  done: (from: string, until: string) => `Entries ${from} to ${until} were sent again`,
  progress: (rows: string, rate: string, left: string) => `${rows} rows · ${rate} entries/s · ${left} left`,
  rows: (rows: string) => `${rows} rows`,
  leftOut: (tables: string) => `Left out, for their rows would come twice: ${tables}. Copy them by a snapshot instead.`,
};

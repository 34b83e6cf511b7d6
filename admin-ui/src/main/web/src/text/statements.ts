/** Words about statements that change tables. */
export const statements = {
  title: 'Statements at the target',
  hint: 'What becomes of statements that change the mapped tables at the source. What is ignored is changed by hand.',
  kind: {
    create: 'CREATE TABLE', alter: 'ALTER TABLE', index: 'CREATE and DROP INDEX', rename: 'RENAME TABLE', drop: 'DROP TABLE',
    truncate: 'TRUNCATE TABLE',
  },
  policy: { APPLY: 'Apply', ASK: 'Ask', IGNORE: 'Ignore' },
  held: {
    title: (entry: string, reason: string) => `The statement at entry ${entry} ${reason}`,
    either: 'The pipeline waits before it. Nothing behind it is at the target.',
    byHand: 'The pipeline waits before it. Change the target by hand, then go on without it.',
    apply: 'Apply at the target', ignore: 'Go on without it', answered: 'Answered; the dispatcher goes on within seconds',
    ignoreTitle: 'Go on without the statement?',
    ignoreBody: 'If the target does not have the change, rows behind it may be refused.',
  },
};

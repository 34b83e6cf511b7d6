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
  refused: {
    title: (entry: string) => `The pipeline stands before the statement at entry ${entry}`,
    hint: 'It is tried again by itself until it can run. Nothing behind it is at the target.',
    giveUp: 'Give the statement up', done: 'Given up; the pipeline goes on within seconds',
    confirmTitle: 'Give this statement up?',
    confirmBody:
      'It will not run at the target, and this cannot be taken back. What the target lacks then has to be changed by hand; rows behind it that need it are refused.',
  },
};

import { Alert, App, Button, Flex } from 'antd';
import { type HeldStatement as Held, type StatementAnswer, useAnswer } from '../../api/statements';
import { count } from '../../format/number';
import { Confirm } from '../../parts/Confirm';
import { t } from '../../text';
import styles from './HeldStatement.module.css';

const words = t.statements.held;

/** The statement before which a pipeline waits, and what may become of it. */
export function HeldStatement({ pipeline, held }: { pipeline: string; held: Held }) {
  const { message } = App.useApp();
  const answer = useAnswer();
  const say = (what: StatementAnswer) =>
    answer.mutate(
      { pipeline, entry: held.entry, answer: what },
      {
        onSuccess: () => void message.success(words.answered),
        onError: (error) => void message.error(error.message, 6),
      },
    );
  return (
    <Alert
      type="warning"
      showIcon
      title={words.title(count(held.entry), held.reason)}
      description={
        <Flex vertical gap={10}>
          <pre className={styles.sql}>{held.sql}</pre>
          <span>{held.applicable ? words.either : words.byHand}</span>
          <Flex gap={8}>
            {held.applicable && (
              <Button size="small" type="primary" loading={answer.isPending} onClick={() => say('apply')}>
                {words.apply}
              </Button>
            )}
            <Confirm
              title={words.ignoreTitle}
              description={words.ignoreBody}
              okText={words.ignore}
              onConfirm={() => say('ignore')}
            >
              <Button size="small" danger loading={answer.isPending}>
                {words.ignore}
              </Button>
            </Confirm>
          </Flex>
        </Flex>
      }
    />
  );
}

import { Alert, App, Button, Flex } from 'antd';
import { useAnswer } from '../../api/statements';
import { count } from '../../format/number';
import { Confirm } from '../../parts/Confirm';
import { t } from '../../text';
import type { Refused } from './refusedStatement';

const words = t.statements.refused;

/** A statement in the queues that the target does not take, and the way to go on without it. */
export function RefusedStatement({ pipeline, refused }: { pipeline: string; refused: Refused }) {
  const { message } = App.useApp();
  const answer = useAnswer();
  const giveUp = () =>
    answer.mutate(
      { pipeline, entry: refused.entry, answer: 'ignore' },
      {
        onSuccess: () => void message.success(words.done),
        onError: (error) => void message.error(error.message, 6),
      },
    );
  return (
    <Alert
      type="error"
      showIcon
      title={words.title(count(refused.entry))}
      description={
        <Flex vertical gap={10} align="flex-start">
          <span>{refused.reason}</span>
          <span>{words.hint}</span>
          <Confirm
            title={words.confirmTitle}
            description={words.confirmBody}
            okText={words.giveUp}
            onConfirm={giveUp}
          >
            <Button size="small" danger loading={answer.isPending}>
              {words.giveUp}
            </Button>
          </Confirm>
        </Flex>
      }
    />
  );
}

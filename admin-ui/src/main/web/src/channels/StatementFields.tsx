import { Form, Select } from 'antd';
import { type StatementPolicy, statementKinds, statementPolicies } from '../api/statements';
import { Fold } from '../parts/Fold';
import { t } from '../text';
import styles from './Channels.module.css';

const words = t.statements;

/** What becomes of statements that change tables at the source, for each kind of them; folded away. */
export function StatementFields({ pipeline }: { pipeline: number }) {
  return (
    <Fold label={words.title} within={[['pipelines', pipeline, 'apply', 'ddl']]}>
      <p className="muted">{words.hint}</p>
      <div className={styles.policies}>
        {statementKinds.map((kind) => (
          <Form.Item
            key={kind}
            name={[pipeline, 'apply', 'ddl', kind]}
            label={words.kind[kind]}
            getValueProps={(value: StatementPolicy | undefined) => ({ value: value ?? 'IGNORE' })}
          >
            <Select options={statementPolicies.map((value) => ({ value, label: words.policy[value] }))} />
          </Form.Item>
        ))}
      </div>
    </Fold>
  );
}

import { ReloadOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Skeleton } from 'antd';
import { usePrecheck } from '../api/configuration';
import type { Precheck, Role } from '../api/types';
import { CopyButton } from '../parts/CopyButton';
import { ProblemAlert } from '../parts/ProblemAlert';
import { t } from '../text';
import styles from './DataSources.module.css';
import { FindingItem } from './FindingItem';
import { fixesOf, worstFirst } from './findings';

const words = t.precheck;

export function PrecheckReport({ name, role }: { name: string; role: Role }) {
  const { data, error, isFetching, refetch } = usePrecheck(name, role);
  const again = () => void refetch();
  if (error && !isFetching) return <ProblemAlert title={words.failed} error={error} retry={again} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 8 }} aria-label={words.running} />;
  const fixes = fixesOf(data.findings);
  return (
    <>
      <Verdict precheck={data} />
      <Flex gap={8}>
        <Button size="small" icon={<ReloadOutlined />} loading={isFetching} onClick={again}>
          {words.again}
        </Button>
        {fixes.length > 1 && <CopyButton text={fixes.join('\n')} label={words.copyAll} />}
      </Flex>
      <ul className={styles.list}>
        {worstFirst(data.findings).map((finding) => (
          <FindingItem key={finding.name} finding={finding} />
        ))}
      </ul>
    </>
  );
}

function Verdict({ precheck: { ok, findings } }: { precheck: Precheck }) {
  const errors = findings.filter((finding) => finding.severity === 'ERROR').length;
  const warnings = findings.some((finding) => finding.severity === 'WARNING');
  if (!ok) return <Alert type="error" showIcon title={words.notOk} description={words.notOkBody(errors)} />;
  return (
    <Alert
      type={warnings ? 'warning' : 'success'}
      showIcon
      title={words.ok}
      description={warnings ? words.okWithWarnings : words.okBody}
    />
  );
}

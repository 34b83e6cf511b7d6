import { Tag } from 'antd';
import type { Phase } from '../api/snapshots';
import { t } from '../text';

const colours: Record<Phase, string> = {
  WAITING: 'default',
  RUNNING: 'processing',
  PAUSED: 'default',
  DONE: 'success',
  FAILED: 'error',
  CANCELLED: 'default',
};

export function PhaseTag({ phase }: { phase: Phase }) {
  return <Tag color={colours[phase]}>{t.snapshots.phase[phase]}</Tag>;
}

import { Drawer, Flex, Segmented } from 'antd';
import { useState } from 'react';
import type { DataSource, Role } from '../api/types';
import { t } from '../text';
import { capturable } from './dataSourceForm';
import { PrecheckReport } from './PrecheckReport';

const words = t.precheck;

interface Props {
  /** Undefined: closed. */
  source: DataSource | undefined;
  onClose: () => void;
}

/** Whether a server is set up as Sluice needs it, and what to do if not. */
export function PrecheckDrawer({ source, onClose }: Props) {
  const [chosen, setChosen] = useState<Role>();
  const role = chosen ?? (source?.capture ? 'source' : 'target');
  const close = () => {
    setChosen(undefined);
    onClose();
  };
  return (
    <Drawer
      open={source !== undefined}
      onClose={close}
      destroyOnHidden
      size="min(640px, 96vw)"
      title={source && words.title(source.name)}
    >
      {source && (
        <Flex vertical gap={16}>
          {capturable(source.kind) && (
            <Flex align="center" gap={10}>
              <span className="muted">{words.role}</span>
              <Segmented<Role>
                aria-label={words.role}
                value={role}
                onChange={setChosen}
                options={[
                  { value: 'source', label: words.source },
                  { value: 'target', label: words.target },
                ]}
              />
            </Flex>
          )}
          <PrecheckReport name={source.name} role={role} />
        </Flex>
      )}
    </Drawer>
  );
}

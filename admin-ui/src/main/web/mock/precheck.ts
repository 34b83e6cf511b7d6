import type { Precheck } from '../src/api/types';

export const precheck: Precheck = {
  ok: false,
  findings: [
    { name: 'log_bin', found: 'ON', needed: 'ON', severity: 'OK' },
    { name: 'binlog_format', found: 'STATEMENT', needed: 'ROW', severity: 'ERROR', fix: "SET PERSIST binlog_format = 'ROW';" },
    { name: 'binlog_row_image', found: 'FULL', needed: 'FULL', severity: 'OK' },
    {
      name: 'binlog_row_metadata',
      found: 'MINIMAL',
      needed: 'FULL (names, keys and character sets then come with every change)',
      severity: 'WARNING',
      fix: "SET PERSIST binlog_row_metadata = 'FULL';",
    },
    {
      name: 'privileges',
      found: 'SELECT, REPLICATION CLIENT',
      needed: 'REPLICATION SLAVE, REPLICATION CLIENT, SELECT',
      severity: 'ERROR',
      fix: "GRANT REPLICATION SLAVE ON *.* TO 'sluice'@'%';",
    },
    { name: 'binlog_expire_logs_seconds', found: '2592000', needed: '≥ 86400', severity: 'OK' },
    { name: 'gtid_mode', found: 'ON', needed: 'ON', severity: 'OK' },
    { name: 'server_id', found: '1', needed: 'not 0, not 4711', severity: 'OK' },
  ],
};

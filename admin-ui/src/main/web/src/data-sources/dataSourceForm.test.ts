import { expect, it } from 'vitest';
import type { DataSource } from '../api/types';
import { sameServer, serverAddress, startInput, toForm, toInput } from './dataSourceForm';

const stored: DataSource = {
  name: 'shop',
  kind: 'MYSQL',
  host: 'db.example.net',
  port: 3306,
  username: 'sluice',
  tls: 'REQUIRED',
  passwordSet: true,
  capture: { start: { mode: 'NOW' }, serverId: 0, logMaxBytes: 20_000_000_000, logMaxAge: 'PT168H' },
};

it('shows the log in gigabytes and days', () => {
  expect(toForm(stored).capture).toMatchObject({ logMaxBytes: 20, logMaxAge: '7d' });
});

it('sends back what it was given, but no password', () => {
  const { passwordSet: _, ...same } = stored;
  expect(toInput(toForm(stored))).toEqual({
    ...same,
    certificates: {},
    capture: { ...same.capture, logMaxAge: 'P7D', servers: { standbys: [], read: 'PRIMARY' } },
  });
});

it('loses nothing that the form does not show, but repeats no jump', () => {
  const capture = { ...toInput(toForm(stored)).capture, heartbeat: 'PT5S', reset: { generation: 3 } };
  const source = { ...stored, capture: { ...capture, filter: { exclude: ['shop.log_*'] } } } as DataSource;
  const sent = toInput(toForm(source)).capture;
  expect(sent).toMatchObject({ heartbeat: 'PT5S', filter: { exclude: ['shop.log_*'] } });
  expect(sent).not.toHaveProperty('reset');
});

it('sends certificates as they are, without the key, which the server keeps', () => {
  const certificates = { trusted: '-----BEGIN', client: '-----BEGIN', clientKeySet: true };
  expect(toInput(toForm({ ...stored, certificates })).certificates).toEqual({ trusted: '-----BEGIN', client: '-----BEGIN' });
});

it('sends a key that was typed, and nothing of certificates that were cleared', () => {
  const form = toForm({ ...stored, certificates: { trusted: '-----BEGIN', client: '-----BEGIN', clientKeySet: true } });
  const certificates = { trusted: ' ', client: '-----BEGIN', clientKey: '-----BEGIN KEY' };
  expect(toInput({ ...form, certificates }).certificates).toEqual({ client: '-----BEGIN', clientKey: '-----BEGIN KEY' });
  expect(toInput({ ...form, certificates: { trusted: '', client: '' } }).certificates).toEqual({});
});

it('shows a heartbeat as a person types it and leaves out one that was cleared', () => {
  const capture = toForm({ ...stored, capture: { start: { mode: 'NOW' }, serverId: 0, logMaxBytes: 1e9, logMaxAge: 'P7D', heartbeat: 'PT90S', retlBuffer: 'retl.retl_buffer' } }).capture;
  if (capture === undefined) throw new Error('no capture');
  expect(capture.heartbeat).toBe('1m 30s');
  expect(toInput({ ...toForm(stored), capture }).capture).toMatchObject({ heartbeat: 'PT1M30S', retlBuffer: 'retl.retl_buffer' });
  const cleared = toInput({ ...toForm(stored), capture: { ...capture, heartbeat: '', retlBuffer: ' ' } }).capture;
  expect(cleared).not.toHaveProperty('heartbeat');
  expect(cleared).not.toHaveProperty('retlBuffer');
});

it('sends standbys with the port that was typed or the usual one', () => {
  const capture = toForm(stored).capture;
  if (capture === undefined) throw new Error('no capture');
  const form = { ...toForm(stored), capture: { ...capture, standbys: ['db2.example.net', 'db3:3307'], read: 'REPLICA' as const } };
  expect(toInput(form).capture?.servers).toEqual({
    standbys: [{ host: 'db2.example.net', port: 3306 }, { host: 'db3', port: 3307 }],
    read: 'REPLICA',
  });
  expect(serverAddress('[::1]:3310', 3306)).toEqual({ host: '[::1]', port: 3310 });
});

it('sends a password that was typed', () => {
  expect(toInput({ ...toForm(stored), password: 'secret' }).password).toBe('secret');
});

it('sends no capture for what is only a target, nor for a kind that has no binlog', () => {
  expect(toInput({ ...toForm(stored), isSource: false }).capture).toBeUndefined();
  expect(toInput({ ...toForm(stored), kind: 'REDIS' }).capture).toBeUndefined();
});

it('sends only the fields of the chosen start', () => {
  const form = { file: 'binlog.000001', offset: 4, gtidSet: ' a:1-5,\n b:1-7 ', timestamp: '2026-11-26T10:00:00Z' };
  expect(startInput({ ...form, mode: 'GTID' })).toEqual({ mode: 'GTID', gtidSet: 'a:1-5,b:1-7' });
  expect(startInput({ ...form, mode: 'TIMESTAMP' })).toEqual({ mode: 'TIMESTAMP', timestamp: '2026-11-26T10:00:00Z' });
  expect(startInput({ ...form, mode: 'NOW' })).toEqual({ mode: 'NOW' });
});

it('knows a stored server from one that was typed in just now', () => {
  expect(sameServer(stored, { ...toForm(stored), site: 'eu' })).toBe(true);
  expect(sameServer(stored, { ...toForm(stored), host: 'other.example.net' })).toBe(false);
});

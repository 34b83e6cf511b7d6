import { expect, it } from 'vitest';
import type { DataSource } from '../api/types';
import { sameServer, toForm, toInput } from './dataSourceForm';

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
  expect(toInput(toForm(stored))).toEqual({ ...same, capture: { ...same.capture, logMaxAge: 'P7D' } });
});

it('sends a password that was typed', () => {
  expect(toInput({ ...toForm(stored), password: 'secret' }).password).toBe('secret');
});

it('sends no capture for what is only a target, nor for a kind that has no binlog', () => {
  expect(toInput({ ...toForm(stored), isSource: false }).capture).toBeUndefined();
  expect(toInput({ ...toForm(stored), kind: 'REDIS' }).capture).toBeUndefined();
});

it('sends only the fields of the chosen start', () => {
  const form = toForm(stored);
  const capture = { serverId: 0, logMaxBytes: 1, logMaxAge: '7d' };
  const start = { mode: 'GTID' as const, file: 'binlog.000001', offset: 4, gtidSet: ' a:1-5,\n b:1-7 ' };
  expect(toInput({ ...form, capture: { ...capture, start } }).capture?.start).toEqual({
    mode: 'GTID',
    gtidSet: 'a:1-5,b:1-7',
  });
});

it('knows a stored server from one that was typed in just now', () => {
  expect(sameServer(stored, { ...toForm(stored), site: 'eu' })).toBe(true);
  expect(sameServer(stored, { ...toForm(stored), host: 'other.example.net' })).toBe(false);
});

import type { PositionPreview } from '../src/api/positions';
import type { ReplayInput } from '../src/api/replays';
import type { SnapshotInput } from '../src/api/snapshots';
import type { Channel, DataSource, DataSourceInput } from '../src/api/types';
import { precheck } from './precheck';
import type { World } from './world';

export interface Answer {
  status: number;
  body?: unknown;
}

type Handle = (world: World, name: string, body: unknown, second: string) => Answer;

const ok = (body: unknown): Answer => ({ status: 200, body });
const problem = (status: number, title: string, detail: string, errors?: { field: string; message: string }[]): Answer => ({
  status,
  body: { type: 'about:blank', title, status, detail, errors },
});
const notFound = (name: string) => problem(404, 'Not Found', `there is no ${name}`);
const on = (pattern: RegExp, handle: Handle) => ({ pattern, handle });

function replace<T extends { name: string }>(all: T[], name: string, item: T): Answer {
  const at = all.findIndex((other) => other.name === name);
  if (at < 0) return notFound(name);
  all[at] = item;
  return ok(item);
}

function invalid(channel: Channel): Answer | undefined {
  const errors = channel.pipelines.flatMap((pipeline, i) => [
    ...(pipeline.source === pipeline.target
      ? [{ field: `pipelines[${i}].target`, message: 'is the source itself; choose another data source' }]
      : []),
    ...pipeline.mappings.flatMap((mapping, j) =>
      mapping.table === 'nosuch'
        ? [{ field: `pipelines[${i}].mappings[${j}].table`, message: 'matches no table of shop; check the spelling' }]
        : [],
    ),
  ]);
  return errors.length === 0 ? undefined : problem(422, 'Invalid channel', 'Nothing was saved.', errors);
}

const stored = ({ password, certificates: { clientKey, ...open } = {}, ...rest }: DataSourceInput): DataSource => ({
  ...rest,
  passwordSet: password !== undefined,
  certificates: { ...open, clientKeySet: clientKey !== undefined || open.client !== undefined },
});
const tested = (host: string): Answer =>
  ok(host.includes('wrong')
    ? { ok: false, millis: 5003, message: `${host}: no answer within 5 s; check the host and the firewall` }
    : { ok: true, millis: 12, server: 'MySQL 8.0.39', message: '' });

const preview: PositionPreview = {
  server: 'shop.example.net:3306', possible: true, purged: false, file: 'binlog.000041', offset: 88_120_441,
  firstCommit: '2026-11-26T01:00:00.013202Z', firstGtid: '3e11fa47-71ca-11e1-9e33-c80aa9429562:998120', behindBytes: 1_910_000_000, behindFiles: 1,
  log: {
    file: 'binlog.000042', offset: 11_873, effect: 'REPEATS',
    meaning: 'transactions 3e11fa47-71ca-11e1-9e33-c80aa9429562:998120-1000207 would be in the log twice',
  },
};
const commands = { pause: 'PAUSED', resume: 'RUNNING', cancel: 'CANCELLED' } as const;

export const routes = [
  on(/^GET \/session$/, (world) => (world.loggedIn ? ok({ username: 'admin' }) : problem(401, 'Unauthorized', ''))),
  on(/^POST \/session$/, (world, _, body) => {
    world.loggedIn = (body as { password: string }).password !== 'wrong';
    return world.loggedIn ? { status: 204 } : problem(401, 'Unauthorized', 'user name or password is wrong');
  }),
  on(/^DELETE \/session$/, (world) => ((world.loggedIn = false), { status: 204 })),
  on(/^GET \/status$/, (world) => ok(world.status())),
  on(/^GET \/parked-rows\/tables$/, (world) => ok(world.parkedTables())),
  on(/^GET \/parked-rows$/, (world) => ok({ total: world.parked.length, page: 0, size: 50, rows: world.parked })),
  on(/^POST \/parked-rows\/(\d+)\/(retry|skip)$/, (world, id) => {
    world.parked = world.parked.filter((row) => String(row.id) !== id);
    return { status: 202 };
  }),
  on(/^POST \/parked-rows\/(replay|skip)$/, (world) => ((world.parked = []), { status: 202, body: { partitions: 1 } })),
  on(/^GET \/data-sources$/, (world) => ok(world.dataSources)),
  on(/^POST \/data-sources$/, (world, _, body) => {
    const input = body as DataSourceInput;
    if (world.dataSources.some(({ name }) => name === input.name)) {
      return problem(409, 'Name taken', 'choose another', [{ field: 'name', message: 'is taken; choose another' }]);
    }
    world.dataSources.push(stored(input));
    return { status: 201, body: stored(input) };
  }),
  on(/^POST \/data-sources\/test$/, (_, __, body) => tested((body as DataSourceInput).host)),
  on(/^POST \/data-sources\/([^/]+)\/test$/, (_, name) => tested(name)),
  on(/^GET \/data-sources\/([^/]+)\/precheck$/, () => ok(precheck)),
  on(/^PUT \/data-sources\/([^/]+)$/, (world, name, body) => replace(world.dataSources, name, stored(body as DataSourceInput))),
  on(/^DELETE \/data-sources\/([^/]+)$/, (world, name) => {
    const user = world.channels.flatMap((c) => c.pipelines).find((p) => p.source === name || p.target === name);
    if (user) return problem(409, 'In use', `pipeline ${user.name} uses it; remove it there first`);
    world.dataSources = world.dataSources.filter((other) => other.name !== name);
    return { status: 204 };
  }),
  on(/^POST \/data-sources\/([^/]+)\/position-preview$/, (_, __, body) =>
    ok((body as { mode: string }).mode === 'EARLIEST' ? { ...preview, possible: false, problem: 'binlog.000001 was deleted; the oldest is binlog.000038' } : preview),
  ),
  on(/^POST \/data-sources\/([^/]+)\/position$/, () => ({ status: 202, body: {} })),
  on(/^GET \/snapshots$/, (world) => ok(world.snapshots.list())),
  on(/^POST \/snapshots$/, (world, _, body) => ({ status: 201, body: world.snapshots.create(body as SnapshotInput, world.channels) })),
  on(/^POST \/snapshots\/([^/]+)\/(pause|resume|cancel)$/, (world, name, _, command) => ({
    status: 202,
    body: world.snapshots.command(name, commands[command as keyof typeof commands]),
  })),
  on(/^DELETE \/snapshots\/([^/]+)$/, (world, name) => (world.snapshots.forget(name), { status: 204 })),
  on(/^GET \/channels$/, (world) => ok(world.channels)),
  on(/^POST \/channels$/, (world, _, body) => {
    const refused = invalid(body as Channel);
    if (refused) return refused;
    world.channels.push(body as Channel);
    return { status: 201, body };
  }),
  on(/^PUT \/channels\/([^/]+)$/, (world, name, body) => invalid(body as Channel) ?? replace(world.channels, name, body as Channel)),
  on(/^DELETE \/channels\/([^/]+)$/, (world, name) => {
    world.channels = world.channels.filter((other) => other.name !== name);
    return { status: 204 };
  }),
  on(/^POST \/pipelines\/([^/]+)\/replay$/, (world, name, body) => ({ status: 202, body: world.replay(name, body as ReplayInput) })),
  on(/^POST \/pipelines\/([^/]+)\/statements\/\d+\/ignore$/, (world, name) => ({ status: 202, body: world.answer(name) })),
  on(/^POST \/pipelines\/([^/]+)\/(start|pause|stop|release)$/, (world, name, _, command) => ({
    status: 202,
    body: world.command(name, command === 'start' || command === 'release' ? 'RUNNING' : command === 'pause' ? 'PAUSED' : 'STOPPED'),
  })),
];

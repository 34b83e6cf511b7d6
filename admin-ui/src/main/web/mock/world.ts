import type { Channel, DataSource, DesiredState, InstanceStatus, ParkedRow, ParkedTable, PartitionStatus, PipelineStatus, SourceStatus, State, Status } from '../src/api/types';
import type { ReplayInput, ReplayStatus, ReplayWish } from '../src/api/replays';
import * as seed from './seed';
import { Snapshots } from './snapshots';

export type Scenario = 'live' | 'empty' | 'trouble' | 'broker-down' | 'rest-down';

/** Of the statement that a target refuses. */
const refusedEntry = 204_331;
const refusal = `the statement at entry ${refusedEntry}: the target refuses it: Key column 'email' doesn't exist in table; mend the target and it is tried again, or answer ignore at /api/v1/pipelines/crm-eu-us/statements/${refusedEntry}`;

/** Counters of one pipeline as they would grow on real services. */
interface Counter {
  sent: number[];
  applied: number[];
  dispatched: number;
  rate: number;
}

/** A pretended Sluice whose numbers move with the clock. Development only. */
export class World {
  scenario: Scenario = 'live';
  loggedIn = false;
  version = 17;
  dataSources: DataSource[] = structuredClone(seed.dataSources);
  channels: Channel[] = structuredClone(seed.channels);
  readonly snapshots = new Snapshots();
  parked: ParkedRow[] = structuredClone(seed.parked);
  private readonly replays = new Map<string, ReplayWish & { since: number }>();
  private readonly logs = new Map<string, number>();
  private readonly counters = new Map<string, Counter>();
  private readonly givenUp = new Set<string>();
  private last = Date.now();

  set(scenario: Scenario) {
    this.scenario = scenario;
    this.dataSources = scenario === 'empty' ? [] : structuredClone(seed.dataSources);
    this.channels = scenario === 'empty' ? [] : structuredClone(seed.channels);
  }

  status(): Status {
    const now = Date.now();
    this.advance(Math.min(10, (now - this.last) / 1000), now / 1000);
    this.last = now;
    const down = this.scenario === 'broker-down';
    return {
      configVersion: this.version,
      time: new Date(now).toISOString(),
      broker: down ? { connected: false, error: 'connection refused: broker.example.net:5672' } : { connected: true },
      channels: this.channels.map(({ name, pipelines }) => ({ name, pipelines: pipelines.map((p) => this.pipeline(p.name, now)) })),
      sources: this.captured().map((source, i) => this.source(source, i, now)),
      instances: this.channels.length === 0 ? [] : instances(this.version, now),
    };
  }

  command(name: string, state: DesiredState) {
    const pipeline = this.find(name);
    pipeline.state = state;
    this.version++;
    return { pipeline: name, state, generation: this.version, configVersion: this.version };
  }

  replay(name: string, input: ReplayInput) {
    const { state } = this.find(name);
    this.version++;
    this.replays.set(name, { ...input, generation: this.version, since: Date.now() });
    return { pipeline: name, state, generation: this.version, configVersion: this.version };
  }

  parkedTables(): ParkedTable[] {
    const [first] = this.parked;
    if (first === undefined) return [];
    const { pipeline, partition, targetSchema, targetTable } = first;
    return [{ pipeline, partition, targetSchema, targetTable, rows: this.parked.length, first }];
  }

  private captured(): string[] {
    return [...new Set(this.channels.flatMap((channel) => channel.pipelines.map((pipeline) => pipeline.source)))];
  }

  private find(name: string) {
    const found = this.channels.flatMap((channel) => channel.pipelines).find((pipeline) => pipeline.name === name);
    if (found === undefined) throw new Error('no such pipeline');
    return found;
  }

  private advance(seconds: number, t: number) {
    this.captured().forEach((source, i) => {
      const rate = i === 0 ? 4200 + 2600 * Math.sin(t / 9) + 700 * Math.random() : 60 + 40 * Math.sin(t / 5 + i);
      this.logs.set(source, (this.logs.get(source) ?? 48_000_000 / (i * 9 + 1)) + rate * seconds);
    });
    for (const pipeline of this.channels.flatMap((channel) => channel.pipelines)) this.move(pipeline.name, seconds);
  }

  private move(name: string, seconds: number) {
    const { partitions, source, state } = this.find(name);
    const log = this.logs.get(source) ?? 0;
    const fresh = { sent: Array<number>(partitions).fill(0), applied: Array<number>(partitions).fill(0), dispatched: log - 2000, rate: 0 };
    const counter = this.counters.get(name) ?? fresh;
    this.counters.set(name, counter);
    if (state === 'RUNNING' && this.stateOf(name) !== 'FAILED') {
      const step = Math.max(0, log - counter.dispatched - 40 * Math.random());
      counter.dispatched += step;
      counter.sent = counter.sent.map((sent, i) => sent + (step / partitions) * (0.7 + (0.6 * ((i * 7) % 5)) / 4));
    }
    const stuck = this.scenario === 'trouble' && name === 'shop-to-cache';
    const before = counter.applied.reduce((a, b) => a + b, 0);
    if (state !== 'STOPPED' && !stuck) {
      counter.applied = counter.applied.map((n, i) => Math.max(n, (counter.sent[i] ?? 0) - Math.random() ** 3 * (i % 3 === 0 ? 300 : 25)));
    }
    counter.rate = seconds > 0 ? (counter.applied.reduce((a, b) => a + b, 0) - before) / seconds : 0;
  }

  private stateOf(name: string): State {
    const { state } = this.find(name);
    if (state !== 'RUNNING' || this.scenario !== 'trouble') return state;
    if (name === 'shop-to-cache') return 'RETRYING';
    if (this.refuses(name)) return 'FAILED';
    return name === 'crm-us-eu' ? 'FAILED' : 'RUNNING';
  }

  private errorOf(name: string): string | null {
    const state = this.stateOf(name);
    if (state === 'RETRYING') return 'Redis at shop-cache.example.net:6379 refuses the connection; trying again in 8 s.';
    if (state !== 'FAILED') return null;
    if (this.refuses(name)) return refusal;
    return 'The source log of crm-us no longer has entry 1,204,331, the next one for this pipeline. Capture that stretch again from the binlog, or take a new snapshot.';
  }

  private pipeline(name: string, now: number): PipelineStatus {
    const { source, target, state: desired, partitions } = this.find(name);
    const counter = this.counters.get(name) ?? { sent: [], applied: [], dispatched: 0, rate: 0 };
    const state = this.stateOf(name);
    const whole = counter.sent.map(Math.floor);
    const applied = counter.applied.map(Math.floor);
    const captured = Math.floor(this.logs.get(source) ?? 0);
    const dispatched = Math.floor(counter.dispatched);
    const waiting = whole.reduce((all, sent, i) => all + sent - (applied[i] ?? 0), 0);
    const slow = state === 'RETRYING' || state === 'FAILED';
    const live = state === 'RUNNING';
    return {
      name, source, target, desired, state, error: this.errorOf(name), inSync: live,
      dispatch: {
        pipeline: name, state: state === 'RETRYING' ? 'RUNNING' : state, error: state === 'FAILED' && !this.refuses(name) ? this.errorOf(name) : null, configVersion: this.version, generation: 3, sourceEpoch: 5, sourceSeq: dispatched,
        read: captured, dispatched, epoch: 4, partitionSeqs: whole, commitMicros: now * 1000, replay: this.replayed(name, now, dispatched),
      },
      replay: this.replays.get(name) ?? null,
      partitions: Array.from({ length: partitions }, (_, i) => ({
        pipeline: name, partition: i, state: state === 'FAILED' ? 'RUNNING' : state, epoch: 4, seq: applied[i] ?? 0, rows: applied[i] ?? 0, duplicates: i === 2 ? 41 : 0,
        gaps: i === 2 ? 1 : 0, missing: i === 5 ? 3 : 0, commitMicros: now * 1000 - 9000 - i * 700,
        backlog: (whole[i] ?? 0) - (applied[i] ?? 0), unacked: live ? i % 3 : 12, oldestAgeMicros: live ? 4_000 : 184_000_000, lagP50Micros: live ? 6_100 + i * 300 : 0,
        lagP99Micros: live ? 29_000 + i * 2_100 : 0, instance: `apply-${i % 2 === 0 ? '7c1f' : 'b20a'}`, ...this.refused(name, i),
      })),
      captured, dispatched, backlog: captured - dispatched + waiting, rowsPerSecond: counter.rate,
      lagP50Micros: live ? 6_800 + 3_000 * Math.random() : null, lagP99Micros: live ? 31_000 + 28_000 * Math.random() ** 2 : null,
      behindMicros: slow ? 184_000_000 : 9_000, desiredInstances: [{ service: 'dispatcher', share: 0.2 }, { service: 'apply', share: 1.4 }],
      stall: state === 'RETRYING' ? { stage: 'apply', since: new Date(now - 184_000).toISOString(), reason: 'entries wait for partition 0, its target does not move' } : null,
    };
  }

  /** With `trouble`, a statement of which the target has not all that it needs, until it is given up. */
  private refused(name: string, partition: number): Partial<PartitionStatus> {
    if (!this.refuses(name)) return {};
    const error = partition === 0 ? refusal : `waits for partition 0 to run the statement at entry ${refusedEntry}`;
    return { state: partition === 0 ? 'FAILED' : 'RUNNING', statement: refusedEntry, error };
  }

  private refuses(name: string): boolean {
    return this.scenario === 'trouble' && name === 'crm-eu-us' && !this.givenUp.has(name);
  }

  answer(name: string) {
    this.givenUp.add(name);
    const { state } = this.find(name);
    return this.command(name, state);
  }

  /** Waits for three seconds, then takes half a minute. */
  private replayed(name: string, now: number, dispatched: number): ReplayStatus | null {
    const wish = this.replays.get(name);
    const seconds = wish ? (now - wish.since) / 1000 - 3 : -1;
    if (wish === undefined || seconds < 0) return null;
    const from = wish.entry ?? dispatched - 40_000;
    const at = Math.min(dispatched, Math.floor(from + ((dispatched - from) * seconds) / 30));
    return { generation: wish.generation, from, until: dispatched, at, rows: at - from, leftOut: ['shop.sessions'] };
  }

  private source(name: string, i: number, now: number): SourceStatus {
    const seq = Math.floor(this.logs.get(name) ?? 0);
    return {
      name, state: 'RUNNING', instance: 'capture-91d3', seq, rowsPerSecond: i === 0 ? 4400 : 70, file: `binlog.0000${42 + i}`,
      offset: (seq * 87) % 1_073_741_824, gtid: i === 0 ? `3e11fa47-71ca-11e1-9e33-c80aa9429562:${1_000_000 + (seq % 1_000_000)}` : `0-${i}-${seq}`,
      commitMicros: now * 1000 - 4_000, behindMicros: 4_000,
    };
  }
}

function instances(configVersion: number, now: number): InstanceStatus[] {
  const one = (service: string, id: string, back = 900, alive = true): InstanceStatus => ({
    service, instance: `${service}-${id}`, version: '0.1.0', configVersion: alive ? configVersion : configVersion - 1,
    lastSeen: new Date(now - back).toISOString(), alive,
  });
  return [
    one('capture', '91d3'), one('capture', '0f42', 1700), one('dispatcher', '5ab8'), one('apply', '7c1f', 300), one('apply', 'b20a', 1200),
    one('apply', '33e9', 93_000, false), one('redis-sink', 'd410', 600),
  ];
}

/** Reading recorded workloads: a made-up text of each format, in chunks as a file gives them. */
import { assert, namedStream, type UniformSource } from '../../src/base/index.js';
import { readTrace, type TraceFormat } from '../../src/scenario/traces/index.js';
import { type BenchCase, digestOf } from '../case.js';

const CHUNK = 65_536;

/** The text of a trace with so many tasks. */
type Writer = (count: number, random: UniformSource) => string;

function swf(count: number, random: UniformSource): string {
  const lines = ['; Version: 2.2', '; UnixStartTime: 1577836800'];
  for (let i = 1; i <= count; i++) {
    const [run, cpus] = [Math.floor(random.next() * 40_000), 1 + Math.floor(random.next() * 64)];
    lines.push(`${i} ${i * 13} ${i % 97} ${run} ${cpus} -1 -1 ${cpus} 43200 -1 1 ${i % 80} 1 -1 1 -1 -1 -1`);
  }
  return `${lines.join('\n')}\n`;
}

function wtf(count: number, random: UniformSource): string {
  const lines = ['id,workflow_id,ts_submit,runtime,cores,parents'];
  for (let i = 0; i < count; i++) {
    const parents = i < 10 ? '' : `${i - 1 - (i % 7)};${i - 10}`;
    lines.push(`${i},${i % 50},${i * 250},${Math.floor(random.next() * 900_000)},1,${parents}`);
  }
  return `${lines.join('\n')}\n`;
}

function csv(count: number, random: UniformSource): string {
  const lines = ['id,submit_s,runtime_s'];
  for (let i = 0; i < count; i++) lines.push(`"task,${i}",${i / 4},${Math.floor(random.next() * 3_600_000) / 1000}`);
  return `${lines.join('\n')}\n`;
}

function ndjson(count: number, random: UniformSource): string {
  let text = '';
  for (let i = 0; i < count; i++) {
    const parents = i < 4 ? [] : [`task-${i - 4}`, `task-${i - 1}`];
    text += `${JSON.stringify({ id: `task-${i}`, submit_s: i / 4, runtime_s: Math.floor(random.next() * 3600), depends_on: parents })}\n`;
  }
  return text;
}

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK) yield text.slice(at, at + CHUNK);
}

function reading(format: TraceFormat, write: Writer): BenchCase {
  return {
    name: `importers/${format}`,
    unit: 'rows',
    small: 300,
    full: 20_000,
    prepare(size) {
      const text = write(size, namedStream(1, format));
      let read = 0;
      const once = () => {
        const result = readTrace({ name: `trace.${format}`, format, chunks: chunksOf(text) });
        assert(result.ok, 'the made-up trace can be read');
        return result.value;
      };
      return {
        run() {
          read = once().count;
        },
        digest() {
          const table = once();
          assert(read === size && table.count === size, 'every row was read');
          return digestOf((all) => {
            for (const id of table.ids) all.addText(id);
            all.addColumn(table.submitMs, table.count);
            all.addColumn(table.runtimeMs, table.count);
            if (table.dependencies !== null)
              all.addColumn(table.dependencies.parents, table.dependencies.parents.length);
          });
        },
      };
    },
  };
}

/** The formats that come with many rows. */
export const IMPORTER_CASES: readonly BenchCase[] = [
  reading('swf', swf),
  reading('wtf', wtf),
  reading('csv', csv),
  reading('ndjson', ndjson),
];

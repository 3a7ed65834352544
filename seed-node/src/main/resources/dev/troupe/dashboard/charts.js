// Charts of what a slot, a service or the whole cluster did, each with its figures in words.

import { h, lazy } from './dom.js';
import { live, resource } from './live.js';
import { bytes, duration, percent, rate, time } from './format.js';
import { setQuery } from './navigate.js';
import { show } from './plot.js';

const RANGES = [
  { range: '15m', text: '15 minutes', millis: 5000 },
  { range: '24h', text: '24 hours', millis: 60_000 },
];

const CHARTS = {
  requests: { title: 'Requests per second', text: rate, least: 1, lines: [['requests_per_second', 'all', 'a'], ['errors_per_second', 'errors', 'bad']] },
  durations: { title: 'Duration of requests', text: duration, least: 0.001, lines: [['p50_seconds', 'p50', 'a'], ['p95_seconds', 'p95', 'b'], ['p99_seconds', 'p99', 'c']] },
  cpu: { title: 'CPU', text: percent, least: 0.1, lines: [['cpu', 'in use', 'a']] },
  memory: { title: 'Memory', text: bytes, least: 1 << 20, lines: [['resident_bytes', 'resident', 'a'], ['heap_bytes', 'heap', 'b']] },
  gc: { title: 'Garbage collection', text: percent, least: 0.01, lines: [['gc', 'of the time', 'a']] },
};

const MARKS = {
  exited: 'end', failed: 'end', unhealthy: 'end', 'action-suspended': 'end',
  ready: 'begin', healthy: 'begin', adopted: 'begin',
};

/**
 * Charts with the buttons that choose how far back they go.
 *
 * @param query what they are about, such as "&slot=A-1"; empty for the cluster
 * @param names of the charts
 * @param concerns whether an event is marked in them
 */
export function charts(query, names, concerns) {
  const wanted = new URLSearchParams(location.search).get('range');
  const { range, millis } = RANGES.find(one => one.range === wanted) ?? RANGES[0];
  const { value, failure } = resource(`/history?range=${range}${query}`, millis);
  const key = `${range}${query}`;
  return h('section', { class: 'history', 'aria-label': 'History' },
    h('div', { class: 'buttons' }, RANGES.map(one =>
      h('button', { type: 'button', 'aria-pressed': String(one.range === range), onclick: () => setQuery({ range: one.range === RANGES[0].range ? '' : one.range }) }, one.text)),
      h('span', { class: 'marks' }, h('span', { class: 'key', 'data-line': 'bad' }, 'a process failed or ended'), h('span', { class: 'key', 'data-line': 'good' }, 'one was ready'))),
    !value && failure ? h('p', { class: 'empty' }, failure) :
      h('div', { class: 'charts' }, names.map(name => chart(`${key} ${name}`, CHARTS[name], value, concerns))));
}

function chart(key, { title, text, least, lines }, value, concerns) {
  const marks = value ? marksOf(value, concerns) : [];
  return lazy(key, [value, marks.length], () => {
    const columns = lines.map(([name]) => value?.[name] ?? []);
    const words = lines.map(([, label], i) => `${label} ${inWords(columns[i], text)}`);
    if (value) {
      show(key, { from: Date.parse(value.from) / 1000, step: value.step_seconds, columns, lines, text, least, marks });
    }
    return h('figure', { class: 'chart', 'data-key': key },
      h('figcaption', {}, h('b', {}, title),
        lines.map(([, , line], i) => h('span', { class: 'key', 'data-line': line }, words[i]))),
      h('load-chart', { 'data-chart': key, 'data-shown': value?.from, 'data-marks': marks.length, role: 'img', 'aria-label': `${title}: ${words.join('; ')}. ${happened(marks)}` }));
  });
}

function inWords(column, text) {
  const known = column.filter(one => one !== null);
  return known.length === 0 ? '–' : `${text(known.at(-1))}, at most ${text(Math.max(...known))}`;
}

function marksOf({ from, step_seconds: step, cpu }, concerns) {
  const begin = Date.parse(from);
  const end = begin + cpu.length * step * 1000;
  return live.events.filter(event => MARKS[event.kind] && concerns(event) && Date.parse(event.at) >= begin && Date.parse(event.at) < end)
    .map(event => ({ at: Date.parse(event.at) / 1000, kind: MARKS[event.kind], text: `${event.kind} ${event.slot ?? ''}` }));
}

function happened(marks) {
  const ends = marks.filter(mark => mark.kind === 'end');
  return ends.length === 0 ? 'No process failed.' : `${ends.length} ends or failures, the last at ${time(new Date(ends.at(-1).at * 1000).toISOString())}.`;
}

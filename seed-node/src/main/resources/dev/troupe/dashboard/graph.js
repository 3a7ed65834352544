// Who calls a service, and whom it calls: as a picture, and as a table that says the same.

import { h } from './dom.js';
import { rate } from './format.js';
import { cell, table } from './parts.js';

const WIDTH = 1000;
const BOX = 210;
const ROW = 64;
// So many boxes fit above each other; the table has all.
const MOST_BOXES = 10;

const totals = new Map();
const MOST_TOTALS = 5000;

/** The calls to and from a service, one entry for each pair of services; `value` is what the seed node answered. */
export function edges(value) {
  const pairs = new Map();
  for (const one of value.edges) {
    const key = `${one.from}→${one.to}`;
    const pair = pairs.get(key) ?? { key, from: one.from, to: one.to, breaker: 'closed', waiting: 0, inProgress: 0, calls: null, errors: null };
    pair.breaker = worse(pair.breaker, one.breaker);
    pair.waiting += one.waiting;
    pair.inProgress += one.in_progress;
    const perSecond = rates(value, one, one.to);
    if (perSecond) {
      pair.calls = (pair.calls ?? 0) + perSecond.calls;
      pair.errors = (pair.errors ?? 0) + perSecond.errors;
    }
    pairs.set(key, pair);
  }
  return [...pairs.values()].sort((a, b) => a.key.localeCompare(b.key));
}

/** The actions of a service, with what happened a second since the answer before this one. */
export function actions(value) {
  return value.actions.map(({ action, processes, ...percentiles }) => {
    const known = processes.map(one => rates(value, one, `action ${action}`)).filter(Boolean);
    const sum = key => known.length === 0 ? null : known.reduce((all, one) => all + one[key], 0);
    return {
      action, ...percentiles,
      total: processes.reduce((all, one) => all + one.calls, 0),
      failed: processes.reduce((all, one) => all + one.errors, 0),
      calls: sum('calls'), errors: sum('errors'),
    };
  });
}

const BREAKERS = ['closed', 'half-open', 'open'];

function worse(one, two) {
  return BREAKERS[Math.max(BREAKERS.indexOf(one), BREAKERS.indexOf(two))] ?? two;
}

/** Calls a second of one process since the answer before this one; null without an earlier one. */
function rates(value, one, what) {
  if (one.calls === undefined || one.calls === null) {
    return null;
  }
  const key = `${one.slot} ${one.generation} ${what}`;
  const before = totals.get(key);
  if (before?.value === value) {
    return before.perSecond;
  }
  const now = { value, at: performance.now(), calls: one.calls, errors: one.errors, perSecond: null };
  if (before) {
    const seconds = Math.max(0.1, (now.at - before.at) / 1000);
    now.perSecond = { calls: Math.max(0, now.calls - before.calls) / seconds, errors: Math.max(0, now.errors - before.errors) / seconds };
  }
  totals.delete(key);
  totals.set(key, now);
  if (totals.size > MOST_TOTALS) {
    totals.delete(totals.keys().next().value);
  }
  return now.perSecond;
}

export function perSecond(number) {
  return number === null ? '–' : `${rate(number)}/s`;
}

function mood(edge) {
  return edge.breaker === 'open' || edge.errors > 0 ? 'bad' : edge.waiting > 0 || edge.breaker === 'half-open' ? 'busy' : 'good';
}

function words(edge) {
  return [
    edge.calls === null ? null : perSecond(edge.calls),
    edge.errors > 0 ? `${perSecond(edge.errors)} errors` : null,
    edge.waiting > 0 ? `${edge.waiting} waiting` : null,
    edge.breaker === 'closed' ? null : `breaker ${edge.breaker}`,
  ].filter(Boolean).join(' · ');
}

/** The picture. It is not shown on narrow pages, where its texts would be too small. */
export function picture(name, list) {
  const callers = list.filter(edge => edge.to === name && edge.from !== name).slice(0, MOST_BOXES);
  const called = list.filter(edge => edge.from === name && edge.to !== name).slice(0, MOST_BOXES);
  const height = Math.max(1, callers.length, called.length) * ROW + 16;
  const middle = height / 2;
  const y = (place, count) => middle + (place - (count - 1) / 2) * ROW;
  const left = BOX;
  const right = WIDTH - BOX;
  const center = (WIDTH - BOX) / 2;
  return h('svg:svg', { class: 'graph', viewBox: `0 0 ${WIDTH} ${height}`, role: 'group', 'aria-label': `Calls of and by ${name}; the table below says the same` },
    callers.map((edge, i) => arrow(edge, left, y(i, callers.length), center, middle)),
    called.map((edge, i) => arrow(edge, center + BOX, middle, right, y(i, called.length))),
    box(name, center, middle, true),
    callers.map((edge, i) => box(edge.from, 0, y(i, callers.length))),
    called.map((edge, i) => box(edge.to, right, y(i, called.length))));
}

function arrow(edge, x1, y1, x2, y2) {
  const half = (x1 + x2) / 2;
  const tip = x2 - 9;
  return h('svg:g', { 'data-key': edge.key, 'data-mood': mood(edge), 'aria-hidden': 'true' },
    h('svg:path', { class: 'edge', d: `M${x1},${y1} C${half},${y1} ${half},${y2} ${tip},${y2}` }),
    h('svg:path', { class: 'tip', d: `M${x2},${y2} l-10,-5 v10 z` }),
    // Beside the box that the arrow has for itself.
    h('svg:text', { x: half, y: (x1 === BOX ? y1 : y2) - 8, 'text-anchor': 'middle' }, words(edge)));
}

function box(name, x, y, isCenter) {
  const text = name.length > 24 ? `${name.slice(0, 23)}…` : name;
  const content = [
    h('svg:rect', { x: x + 1, y: y - 19, width: BOX - 2, height: 38, rx: 8 }),
    h('svg:text', { x: x + BOX / 2, y: y + 5, 'text-anchor': 'middle' }, text),
  ];
  return isCenter
    ? h('svg:g', { class: 'box center', 'aria-hidden': 'true' }, content)
    : h('svg:a', { class: 'box', href: `/ui/services/${name}`, 'aria-label': name }, content);
}

/** The table. */
export function pairs(list) {
  return table('Calls between services', ['From', 'To', 'Calls/s', 'Errors/s', 'Breaker', 'Waiting', 'In progress'], list.map(edge =>
    h('tr', { 'data-key': edge.key },
      cell('From', h('a', { href: `/ui/services/${edge.from}` }, edge.from)),
      cell('To', h('a', { href: `/ui/services/${edge.to}` }, edge.to)),
      cell('Calls/s', edge.calls === null ? '–' : rate(edge.calls)),
      cell('Errors/s', edge.errors === null ? '–' : rate(edge.errors)),
      cell('Breaker', h('span', { class: 'state', 'data-state': edge.breaker === 'closed' ? 'running' : 'failed' }, edge.breaker)),
      cell('Waiting', edge.waiting),
      cell('In progress', edge.inProgress))));
}

/** What waits in the stores of a service: one row for each queue of each slot. */
export function work(gauges) {
  const queues = new Map();
  for (const { slot, name, labels, value } of gauges) {
    const kind = /^troupe_(outbox|delivery|storage)/.exec(name)[1];
    const what = { outbox: `events of ${labels.source}`, delivery: `deliveries by ${labels.channel}`, storage: `storage, ${labels.kind ?? 'work'}` }[kind];
    const key = `${slot} ${what}`;
    const queue = queues.get(key) ?? { key, slot, what };
    queue[name.replace(/^troupe_(outbox|delivery|storage)_/, '')] = value;
    queues.set(key, queue);
  }
  return [...queues.values()].sort((a, b) => a.key.localeCompare(b.key));
}

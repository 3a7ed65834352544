// A service: its instances, and each node that calls it.

import { h } from './dom.js';
import { live, resource } from './live.js';
import { charts } from './charts.js';
import { bytes, duration, rate, span, time } from './format.js';
import { cell, commands, fact, reason, state, table } from './parts.js';
import { actions, edges, pairs, perSecond, picture, work } from './graph.js';

export function service(name) {
  const { value, failure } = resource(`/services/${encodeURIComponent(name)}`);
  if (!value) {
    return [h('h1', {}, name), h('p', { class: 'empty' }, failure ?? 'Loading …')];
  }
  const count = (live.status?.slots ?? []).filter(slot => slot.service === name).length;
  const figures = live.figures?.services?.[name];
  return [
    h('h1', {}, name),
    commands(name, count, true),
    h('dl', { class: 'facts' },
      fact('Requests', value.requests), fact('Errors', value.errors),
      fact('Requests/s', figures ? rate(figures.requests_per_second) : '–'),
      fact('Errors/s', figures ? rate(figures.errors_per_second) : '–')),
    charts(`&service=${encodeURIComponent(name)}`, ['requests', 'durations', 'cpu', 'memory'], event => event.slot?.replace(/-\d+$/, '') === name),
    graph(name),
    actionTable(name),
    h('h2', {}, 'Instances'),
    value.instances.length === 0
      ? h('p', { class: 'empty' }, 'No instance is registered. The slots on the overview say why.')
      : table('Instances', ['State', 'Slot', 'Generation', 'Version', 'In flight', 'Heap', 'Heartbeat', 'Reason'], value.instances.map(instance)),
    h('h2', {}, 'Callers'),
    value.callers.length === 0
      ? h('p', { class: 'empty' }, 'No node has called this service yet.')
      : table('Callers', ['Node', 'Breaker', 'In progress', 'Waiting', 'Timed out', 'Retries', 'Refused', 'Reason'], value.callers.map(caller)),
    stores(name),
  ];
}

function graph(name) {
  const { value, failure } = resource(`/services/${encodeURIComponent(name)}/graph`, 4000);
  const list = value ? edges(value) : [];
  return [
    h('h2', {}, 'Calls'),
    failure ? h('p', { class: 'muted' }, `These calls are from before: ${failure}`) : null,
    list.length === 0
      ? h('p', { class: 'empty' }, value ? 'It has called no service, and no process that runs has called it.' : 'Asking the nodes …')
      : [picture(name, list), pairs(list)],
  ];
}

function actionTable(name) {
  const list = actions(resource(`/services/${encodeURIComponent(name)}/graph`, 4000).value ?? { actions: [] });
  return list.length === 0 ? null : [
    h('h2', {}, 'Actions'),
    h('p', { class: 'muted' }, 'In the processes that run now, since each of them began.'),
    table('Actions', ['Action', 'Requests/s', 'Errors/s', 'Requests', 'Errors', 'p50', 'p95', 'p99'], list.map(one =>
      h('tr', { 'data-key': one.action },
        cell('Action', one.action),
        cell('Requests/s', perSecond(one.calls)),
        cell('Errors/s', perSecond(one.errors)),
        cell('Requests', one.total),
        cell('Errors', one.failed),
        ...['p50', 'p95', 'p99'].map(name => cell(name, durationText(one[`${name}_seconds`])))))),
  ];
}

function durationText(seconds) {
  return seconds === undefined || seconds === null ? '–' : duration(seconds);
}

function stores(name) {
  const queues = work(resource(`/services/${encodeURIComponent(name)}/graph`, 4000).value?.work ?? []);
  return queues.length === 0 ? null : [
    h('h2', {}, 'Storage and queues'),
    table('Storage and queues', ['Slot', 'Work', 'Waiting', 'Oldest', 'Given up', 'Last read all'], queues.map(queue =>
      h('tr', { 'data-key': queue.key },
        cell('Slot', h('a', { href: `/ui/slots/${queue.slot}` }, queue.slot)),
        cell('Work', queue.what),
        cell('Waiting', queue.waiting ?? queue.queued ?? '–'),
        cell('Oldest', queue.oldest_age_seconds ? span(queue.oldest_age_seconds * 1000) : '–'),
        cell('Given up', queue.dead ?? '–'),
        cell('Last read all', queue.unread_seconds === undefined ? '–' : `${span(queue.unread_seconds * 1000)} ago`)))),
  ];
}

function instance(one) {
  return h('tr', { 'data-key': one.slot },
    cell('State', state(one.state.toLowerCase())),
    cell('Slot', h('a', { href: `/ui/slots/${one.slot}` }, one.slot)),
    cell('Generation', one.generation),
    cell('Version', one.version),
    cell('In flight', one.in_flight),
    cell('Heap', bytes(one.heap_bytes)),
    cell('Heartbeat', `${span(one.heartbeat_age_millis)} ago`),
    reason(one.reason));
}

function caller(one) {
  const refused = one.waiting_room.overflowed + one.bulkhead.refused + one.circuit_breaker.refused + one.retry_budget.refused;
  return h('tr', { 'data-key': one.slot },
    cell('Node', h('a', { href: `/ui/slots/${one.slot}` }, one.slot)),
    cell('Breaker', h('span', { class: 'state', 'data-state': one.circuit_breaker.state === 'closed' ? 'running' : 'failed' }, one.circuit_breaker.state)),
    cell('In progress', `${one.bulkhead.calls} of ${one.bulkhead.max_calls}`),
    cell('Waiting', one.waiting_room.requests ? `${one.waiting_room.requests}, oldest ${span(one.waiting_room.oldest_millis)}` : 0),
    cell('Timed out', one.timeout.reached),
    cell('Retries', `${one.retry_budget.retries} (${one.retry_budget.left} left)`),
    cell('Refused', refused),
    reason(notes(one).join('; ')));
}

function notes({ waiting_room: room, bulkhead, circuit_breaker: breaker, retry_budget: budget, suspended_actions: suspended }) {
  return [
    breaker.failures ? `${breaker.failures} of the last ${breaker.calls} calls failed` : null,
    breaker.open_until ? `the breaker lets a call through at ${time(breaker.open_until)}` : null,
    breaker.refused ? `${breaker.refused} refused by the breaker` : null,
    bulkhead.refused ? `${bulkhead.refused} refused by the bulkhead` : null,
    room.overflowed ? `${room.overflowed} found the waiting room full` : null,
    room.expired ? `${room.expired} waited in vain` : null,
    budget.refused ? `${budget.refused} not sent again, as the retry budget was spent` : null,
    ...(suspended ?? []).map(one => `${one.action} is suspended for ${one.seconds_left} s, as processes died of it`),
  ].filter(Boolean);
}

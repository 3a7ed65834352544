// All slots, those that need somebody first.

import { h, lazy } from './dom.js';
import { live, resource } from './live.js';
import { charts } from './charts.js';
import { ago, bytes, duration, sortedByTrouble, rate, time, TROUBLED } from './format.js';
import { restart } from './actions.js';
import { cell, commands, reason, state, table, texts } from './parts.js';

export function overview() {
  const { status } = live;
  if (!status) {
    return h('p', { class: 'empty' }, 'Waiting for the seed node …');
  }
  const latest = resource('/history/latest', 5000).value?.slots ?? {};
  return [
    h('h1', {}, 'Overview'),
    tiles(status),
    alerts(),
    charts('', ['requests', 'durations', 'cpu'], () => true),
    table('Slots', ['State', 'Slot', 'Since', 'Generation', 'CPU', 'Heap', 'Requests/s', 'Errors/s', 'p95', 'In flight', 'Restarts', 'Reason', 'Action'], sortedByTrouble(status.slots).map(slot => row(slot, latest[slot.slot])), 'slots'),
    h('h2', {}, 'Services'),
    services(status),
  ];
}

function tiles(status) {
  const running = status.slots.filter(slot => slot.state === 'running').length;
  const troubled = status.slots.filter(slot => TROUBLED.has(slot.state)).length;
  const figures = live.figures;
  const all = Object.values(figures?.slots ?? {});
  const sum = key => all.reduce((total, slot) => total + (slot[key] ?? 0), 0);
  return h('div', { class: 'tiles' },
    tile('Running', `${running} of ${status.slots.length}`, running === status.slots.length ? 'good' : troubled ? 'bad' : 'busy'),
    tile('Requests/s', figures ? rate(figures.requests_per_second) : '–'),
    tile('Errors/s', figures ? rate(figures.errors_per_second) : '–', figures?.errors_per_second > 0 ? 'bad' : null),
    tile('CPU', figures ? `${Math.round(sum('cpu') * 100)} %` : '–'),
    tile('Heap', figures ? bytes(sum('heap_bytes')) : '–'),
    h('div', { class: 'tile' },
      h('span', { class: 'label' }, 'Gateway'),
      status.gateway
        ? h('a', { class: 'value small', href: status.gateway, target: '_blank', rel: 'noreferrer' }, status.gateway.replace('http://', ''))
        : h('span', { class: 'value small', 'data-mood': 'bad' }, 'not ready')));
}

function alerts() {
  const all = resource('/alerts', 5000).value?.alerts ?? [];
  return all.length === 0 ? null : h('section', { class: 'alerts', 'aria-label': 'Alerts' }, all.map(alert =>
    h('details', { 'data-key': `${alert.kind} ${alert.subject}` },
      h('summary', {}, h('b', {}, alert.kind), ' ', alert.text, ' ', h('time', { datetime: alert.since }, `since ${time(alert.since)}`)),
      alert.why.length ? h('pre', {}, alert.why.join('\n')) : null)));
}

function tile(label, value, mood) {
  return h('div', { class: 'tile' }, h('span', { class: 'label' }, label), h('span', { class: 'value', 'data-mood': mood }, value));
}

function row(slot, load) {
  const { cpu, heap, inFlight } = texts(live.figures?.slots?.[slot.slot]);
  const requests = load?.requests_per_second === undefined ? '–' : rate(load.requests_per_second);
  const errors = load?.errors_per_second === undefined ? '–' : rate(load.errors_per_second);
  const p95 = load?.p95_seconds === undefined ? '–' : duration(load.p95_seconds);
  const since = ago(slot.since);
  const restarts = `${slot.restarts} (${slot.restarts_left} left)`;
  const inputs = [slot.state, since, slot.generation, cpu, heap, requests, errors, p95, inFlight, restarts, slot.reason];
  return lazy(slot.slot, inputs, () => h('tr', { 'data-key': slot.slot, 'data-state': slot.state },
    h('td', { 'data-label': 'State' }, state(slot.state)),
    h('td', { class: 'name', 'data-label': 'Slot' }, h('a', { href: `/ui/slots/${slot.slot}` }, slot.slot)),
    cell('Since', since),
    cell('Generation', slot.generation),
    cell('CPU', cpu),
    cell('Heap', heap),
    cell('Requests/s', requests),
    cell('Errors/s', errors),
    cell('p95', p95),
    cell('In flight', inFlight),
    cell('Restarts', restarts),
    reason(slot.reason),
    h('td', { 'data-label': 'Action' }, slot.service === 'seed' ? '' :
      h('button', { type: 'button', 'aria-label': `Restart ${slot.slot}`, onclick: () => restart(slot.slot) }, 'Restart'))));
}

function services(status) {
  const names = [...new Set(status.slots.map(slot => slot.service))].filter(name => name !== 'seed');
  for (const name of Object.keys(live.figures?.services ?? {})) {
    if (!names.includes(name)) {
      names.push(name);
    }
  }
  return h('div', { class: 'cards' }, names.map(name => service(name, status)));
}

function service(name, status) {
  const slots = status.slots.filter(slot => slot.service === name);
  const ready = slots.filter(slot => slot.state === 'running').length;
  const figures = live.figures?.services?.[name];
  const rollout = (status.rollouts ?? []).findLast(candidate => candidate.service === name);
  return h('section', { class: 'card', 'data-key': name, 'aria-label': name },
    h('h3', {}, h('a', { href: `/ui/services/${name}` }, name)),
    h('p', {}, `${ready} of ${slots.length} ready`, figures ? ` · ${rate(figures.requests_per_second)} requests/s · ${rate(figures.errors_per_second)} errors/s` : ''),
    rollout ? h('p', { class: 'rollout', 'data-state': rollout.state }, `${rollout.kind}: ${rollout.text}`) : null,
    commands(name, slots.length, false));
}

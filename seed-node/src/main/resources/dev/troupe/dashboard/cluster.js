// The members of the cluster, and what each node holds of Distributed Data.

import { h } from './dom.js';
import { live, resource } from './live.js';
import { span } from './format.js';
import { cell, choice, state, table } from './parts.js';
import { setQuery } from './navigate.js';

// So many columns fit beside each other.
const MOST_COLUMNS = 7;

export function cluster(query) {
  const { value, failure } = resource('/cluster');
  if (!value) {
    return [h('h1', {}, 'Cluster'), h('p', { class: 'empty' }, failure ?? 'Loading …')];
  }
  return [
    h('h1', {}, 'Cluster'),
    failure ? h('p', { class: 'muted' }, `These members are from before: ${failure}`) : null,
    value.synced ? null : h('p', { class: 'muted' }, 'The seed node has not read yet what the other nodes know.'),
    table('Members', ['Reachable', 'Slot', 'Address', 'Status', 'Age', 'Heartbeat', 'Role'], value.members.map(member)),
    h('h2', {}, 'Distributed Data'),
    data(query.get('node') ?? ''),
  ];
}

function member(one) {
  const from = one.unreachable_from ?? [];
  return h('tr', { 'data-key': one.address },
    cell('Reachable', state(one.reachable ? 'reachable' : 'unreachable'),
      from.length ? h('span', { class: 'muted' }, ` not heard by ${from.join(', ')}`) : null),
    cell('Slot', one.slot ? h('a', { href: `/ui/slots/${one.slot}` }, one.slot) : '–'),
    cell('Address', one.address),
    cell('Status', one.status),
    cell('Age', one.age === 1 ? '1 (oldest)' : one.age),
    cell('Heartbeat', one.heartbeat_age_millis === undefined || one.heartbeat_age_millis === null ? '–' : `${span(one.heartbeat_age_millis)} ago`),
    cell('Role', [...one.roles, one.leader ? 'leader' : null, one.self ? 'this node' : null].filter(Boolean).join(', ')));
}

function data(chosen) {
  const { value, failure } = resource(`/cluster/data${chosen ? `?slot=${encodeURIComponent(chosen)}` : ''}`);
  if (!value) {
    return h('p', { class: 'empty' }, failure ?? 'Asking the nodes …');
  }
  const answered = value.nodes.filter(node => !node.silent);
  const silent = value.nodes.length - answered.length;
  const differing = answered.filter(node => node.problems.length).length;
  const text = value.agree
    ? `All ${value.nodes.length} nodes hold the same.`
    : [differing ? `${differing} of ${answered.length} nodes lack what another node has.` : null,
      silent ? `${silent} of ${value.nodes.length} nodes did not answer.` : null].filter(Boolean).join(' ');
  return [
    failure ? h('p', { class: 'muted' }, `What the nodes hold is from before: ${failure}`) : null,
    h('p', { class: 'muted' }, `${text} Each node was asked just now. It is behind when it lacks a registration, or when its newest heartbeat of a slot is more than ${span(value.lag_millis)} older than that of another node.`),
    table('Nodes', ['Data', 'Node', 'Registrations', 'Heartbeats', 'Reason'], value.nodes.map(node)),
    entries(value.nodes, answered.filter(one => one.entries.length), chosen),
  ];
}

function node(one) {
  const name = one.silent ? 'silent' : one.problems.length ? 'behind' : one.synced ? 'same' : 'joining';
  return h('tr', { 'data-key': one.slot },
    cell('Data', h('span', { class: 'state', 'data-state': { silent: 'unreachable', behind: 'failed', same: 'running', joining: 'joining' }[name] }, name)),
    cell('Node', h('a', { href: `/ui/slots/${one.slot}` }, one.slot)),
    cell('Registrations', one.silent ? '–' : one.registrations),
    cell('Heartbeats', one.silent ? '–' : one.heartbeats),
    h('td', { 'data-label': 'Reason', class: 'reason' }, reasons(one).join('; ')));
}

function reasons(one) {
  if (one.silent) {
    const slot = (live.status?.slots ?? []).find(known => known.slot === one.slot);
    return [slot && slot.state !== 'running' ? `its slot is ${slot.state}` : 'it did not answer within a second'];
  }
  return [
    ...one.problems.map(problem),
    one.dropped ? `${one.dropped} more entries had no room in its answer` : null,
    one.synced ? null : 'it has not read yet what the other nodes know',
  ].filter(Boolean);
}

function problem({ slot, kind, have, other, at }) {
  switch (kind) {
    case 'NO_REGISTRATION': return `lacks the registration of ${slot}, which ${at} has (generation ${other})`;
    case 'OLD_REGISTRATION': return `has generation ${have} of ${slot}, ${at} has ${other}`;
    case 'NO_HEARTBEAT': return `lacks the heartbeat of ${slot}, which ${at} has`;
    default: return `heard ${slot} ${span(have)} ago, ${at} ${span(other)} ago`;
  }
}

function choose(event) {
  setQuery({ node: event.target.value });
}

/** One row for each slot, one column for each node. */
function entries(nodes, shown, chosen) {
  const columns = shown.slice(0, MOST_COLUMNS);
  const bySlot = new Map(columns.map(one => [one.slot, new Map(one.entries.map(entry => [entry.slot, entry]))]));
  const slots = [...new Set(columns.flatMap(one => one.entries.map(entry => entry.slot)))].sort();
  return [
    h('h2', {}, 'The newest heartbeat of each slot, as each node has it'),
    nodes.length > 1
      ? h('div', { class: 'filters' }, choice('node', 'Node', nodes.map(one => one.slot), chosen, choose))
      : null,
    shown.length > columns.length ? h('p', { class: 'muted' }, `The first ${columns.length} of ${shown.length} nodes; choose one.`) : null,
    columns.length === 0
      ? h('p', { class: 'empty' }, chosen ? `${chosen} did not answer.` : 'There are too many entries to show all; choose a node.')
      : table('Entries', ['Slot', ...columns.map(one => one.slot)], slots.map(slot =>
        h('tr', { 'data-key': slot },
          cell('Slot', h('a', { href: `/ui/slots/${slot}` }, slot)),
          columns.map(one => held(one.slot, bySlot.get(one.slot).get(slot)))))),
  ];
}

function held(at, entry) {
  if (!entry || !entry.heard) {
    return cell(at, h('span', { 'data-mood': 'bad' }, 'none'));
  }
  const registered = entry.registered === entry.heard ? `generation ${entry.heard}`
    : `generation ${entry.heard}, registered ${entry.registered || 'none'}`;
  return h('td', { 'data-label': at, class: 'number', title: registered }, `${span(entry.age_millis)} ago · #${entry.sequence}`);
}

// What the threads of a process do: three dumps, compared.

import { h } from './dom.js';
import { changed, post } from './live.js';
import { cell, table } from './parts.js';

const IDLE = { slot: null, busy: false, found: null, failure: null };
let shown = IDLE;

export function threads(slot, hasProcess) {
  const { busy, found, failure } = shown.slot === slot ? shown : IDLE;
  return [
    h('h2', {}, 'Threads'),
    h('div', { class: 'buttons' },
      h('button', { type: 'button', 'data-key': 'threads', disabled: busy || !hasProcess, onclick: () => look(slot) }, busy ? 'Taking three thread dumps …' : 'Take three thread dumps'),
      h('code', { class: 'muted' }, `bin/troupe threads ${slot}`)),
    h('div', { role: 'status' }, failure ? h('p', { class: 'empty' }, failure) : found ? result(found) : null),
  ];
}

async function look(slot) {
  const own = { ...IDLE, slot, busy: true };
  shown = own;
  changed();
  try {
    own.found = await post(`/slots/${encodeURIComponent(slot)}/threads`);
  } catch (failure) {
    own.failure = failure.message;
  }
  own.busy = false;
  changed();
}

function result({ dumps, millis, threads: all }) {
  const active = all.filter(thread => thread.cpu_millis > 0 || isBlocked(thread));
  const text = `${all.length} threads, ${dumps} dumps within ${(millis / 1000).toFixed(1)} s. `;
  if (active.length === 0) {
    return h('p', {}, text, 'None used the processor for a millisecond, and none was blocked all the time.');
  }
  return [
    h('p', {}, text, 'Shown are those that used the processor, and those that were blocked all the time.'),
    table('Threads', ['CPU', 'States', 'Thread'], active.map(row)),
  ];
}

function isBlocked(thread) {
  return thread.same && thread.states.every(state => state?.startsWith('BLOCKED'));
}

function row(thread, index) {
  const states = [...new Set(thread.states.map(state => state ?? 'not there'))].join(' → ');
  return h('tr', { 'data-key': index, 'data-state': isBlocked(thread) ? 'failed' : null },
    cell('CPU', `${thread.cpu_millis} ms`),
    h('td', { 'data-label': 'States' }, states),
    h('td', { 'data-label': 'Thread' }, thread.stack.length === 0 ? thread.name :
      h('details', {}, h('summary', {}, thread.name), h('pre', {}, thread.stack.join('\n')))));
}

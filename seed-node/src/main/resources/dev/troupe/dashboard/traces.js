// The traces that the seed node keeps: a list of them, and the spans of one in their times.

import { h } from './dom.js';
import { resource } from './live.js';
import { exact } from './format.js';
import { setQuery } from './navigate.js';
import { cell, choice, reason, state, table } from './parts.js';

const REASONS = ['failed', 'slow', 'moved', 'waited', 'sampled', 'chosen'];
const KEYS = ['route', 'status', 'min-ms', 'reason', 'request-id'];

export function traces(query) {
  const parameters = new URLSearchParams(KEYS.map(key => [key, query.get(key) ?? '']).filter(([, value]) => value));
  const { value, failure } = resource(`/traces${parameters.size ? `?${parameters}` : ''}`);
  return [
    h('h1', {}, 'Traces'),
    h('form', { class: 'filters', onsubmit: search },
      choice('reason', 'Why', REASONS, query.get('reason') ?? '', search),
      field('route', 'Route', query), field('request-id', 'Request', query),
      field('status', 'Status', query), field('min-ms', 'Milliseconds', query),
      h('button', { type: 'submit', class: 'primary' }, 'Search')),
    failure ? h('p', { class: 'banner', role: 'alert' }, failure) : null,
    value ? list(value) : failure ? null : h('p', { class: 'empty' }, 'Loading …'),
  ];
}

function field(name, label, query) {
  return h('label', {}, `${label} `, h('input', { name, type: 'search', value: query.get(name) ?? '' }));
}

function search(event) {
  event.preventDefault();
  const form = new FormData(event.target.closest('form'));
  setQuery(Object.fromEntries(KEYS.map(key => [key, (form.get(key) ?? '').trim()])));
}

function list({ traces: found, kept }) {
  if (found.length === 0) {
    return h('p', { class: 'empty' }, kept === 0
      ? 'No trace is kept yet. Kept are those of requests that failed, were slow, moved or waited, and some others.'
      : `No such trace, of ${kept} that are kept.`);
  }
  return table('Traces', ['Time', 'Request', 'Status', 'Took', 'Why', 'Processes'], found.map(row));
}

function row(one) {
  return h('tr', { 'data-key': one.trace_id },
    cell('Time', exact(one.started_at)),
    h('td', { 'data-label': 'Request' }, h('a', { href: `/ui/traces/${one.trace_id}` }, one.name)),
    cell('Status', one.status ?? '–'),
    cell('Took', took(one.duration_micros)),
    reason(one.reasons.join(', ')),
    reason(one.slots.join(', ')));
}

export function trace(id) {
  const { value, failure } = resource(`/traces/${encodeURIComponent(id)}`);
  if (!value) {
    return [h('h1', {}, 'Trace'), h('p', { class: 'empty' }, failure ?? 'Loading …')];
  }
  const end = Math.max(1, ...value.spans.map(span => span.start_micros + span.duration_micros));
  return [
    h('h1', {}, value.name),
    h('p', { class: 'muted' }, [
      value.status ? `status ${value.status}` : null, `took ${took(value.duration_micros)}`, `began ${exact(value.started_at)}`,
      `kept: ${value.reasons.join(', ')}`, `trace ${value.trace_id}`].filter(Boolean).join(' · ')),
    value.request_id ? h('p', {}, h('a', { class: 'button', href: `/ui/logs?request=${encodeURIComponent(value.request_id)}` }, `Logs of request ${value.request_id}`)) : null,
    table('Spans', ['Work', 'Process', 'At', 'Took', 'When', 'Result'], value.spans.map(span => line(span, end, value)), 'spans'),
    h('p', { class: 'muted' }, 'In a terminal: ', h('code', {}, `bin/troupe traces ${value.trace_id}`)),
  ];
}

function line(span, end, { request_id: request }) {
  const logs = `/ui/logs?slot=${encodeURIComponent(span.slot)}${request ? `&request=${encodeURIComponent(request)}` : ''}`;
  return h('tr', { 'data-key': span.id, 'data-end': span.end },
    h('td', { 'data-label': 'Work', 'data-depth': Math.min(span.depth, 8) }, work(span)),
    h('td', { 'data-label': 'Process' }, h('a', { href: `/ui/slots/${span.slot}` }, span.slot), ' ', h('a', { href: logs, 'aria-label': `Logs of ${span.slot}` }, 'logs')),
    cell('At', took(span.start_micros)),
    cell('Took', took(span.duration_micros)),
    h('td', { 'data-label': 'When' }, bar(span, end)),
    h('td', { 'data-label': 'Result', class: 'reason' }, result(span)));
}

function work(span) {
  switch (span.kind) {
    case 'attempt': return `${span.name} → ${span.peer ?? '?'}`;
    case 'wait': return `waits for ${span.name}`;
    case 'store': return `store: ${span.name}`;
    case 'event': return `event ${span.name}`;
    case 'delivery': return `delivery: ${span.name}`;
    default: return span.name;
  }
}

function result(span) {
  if (span.cause) {
    return [state(span.end), ` ${span.cause}`];
  }
  return span.end === 'ok' ? span.status ?? '' : [state(span.end), ` ${span.status ?? ''}`];
}

// A picture, since the page allows no styles in attributes.
function bar(span, end) {
  const from = (span.start_micros * 100) / end;
  const width = Math.max(0.5, Math.min(100 - from, (span.duration_micros * 100) / end));
  const colour = span.end === 'ok' ? '#3b82c4' : '#c8553d';
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 10" preserveAspectRatio="none"><rect x="${from.toFixed(2)}" width="${width.toFixed(2)}" y="1" height="8" fill="${colour}"/></svg>`;
  return h('img', { class: 'bar', alt: '', src: `data:image/svg+xml,${encodeURIComponent(picture)}` });
}

function took(micros) {
  return micros < 1_000_000 ? `${(micros / 1000).toFixed(1)} ms` : `${(micros / 1_000_000).toFixed(2)} s`;
}

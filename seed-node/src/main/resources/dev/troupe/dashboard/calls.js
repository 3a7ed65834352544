// Calls of the actions of the cluster: each has a form, and the answer is shown below it.

import { h } from './dom.js';
import { changed, live, postJson, resource } from './live.js';
import { ask } from './actions.js';
import { bytes } from './format.js';
import { actions, variables } from './openapi.js';
import { setQuery } from './navigate.js';
import { reason, table } from './parts.js';

const SAFE = new Set(['GET', 'HEAD']);
const MOST_SHOWN = 100_000;
const REFRESHED_MILLIS = 30_000;

let read = { document: null, actions: [] };
let sent = { key: null, busy: false, answer: null, failure: null, command: '' };
// The key for the next call of the form that is shown.
let idempotency = { key: null, value: '' };

/** All actions, or the form of the one at `method` and `path`. */
export function calls(method, path, query) {
  const { value, failure } = resource('/actions', REFRESHED_MILLIS);
  if (!value) {
    return [h('h1', {}, 'Calls'), failure
      ? h('p', { class: 'empty', role: 'alert' }, `${failure}. The page tries again every ${REFRESHED_MILLIS / 1000} seconds; `, h('a', { href: '/ui/' }, 'the overview'), ' shows the state of each slot.')
      : h('p', { class: 'empty' }, 'Loading …')];
  }
  if (read.document !== value) {
    read = { document: value, actions: actions(value) };
  }
  return method ? one(method, path) : list(query.get('find') ?? '');
}

function list(find) {
  const found = read.actions.filter(action =>
    `${action.method} ${action.path} ${action.id} ${action.summary}`.toLowerCase().includes(find.toLowerCase()));
  return [
    h('h1', {}, 'Calls'),
    h('form', { class: 'filters', onsubmit: search },
      h('label', {}, 'Action ', h('input', { name: 'find', type: 'search', value: find })),
      h('button', { type: 'submit', class: 'primary' }, 'Search')),
    found.length === 0
      ? h('p', { class: 'empty' }, `None of the ${read.actions.length} actions has “${find}” in its method, path or name.`)
      : table('Actions', ['Action', 'Service', 'What it does'], found.map(row)),
  ];
}

function search(event) {
  event.preventDefault();
  setQuery({ find: new FormData(event.target).get('find').trim() });
}

function row(action) {
  return h('tr', { 'data-key': `${action.method} ${action.path}` },
    h('td', { 'data-label': 'Action' }, h('a', { href: `/ui/calls/${action.method}${encodeURI(action.path)}` }, h('b', {}, action.method), ` ${action.path}`)),
    h('td', { 'data-label': 'Service' }, action.tag),
    reason(action.summary));
}

function one(method, path) {
  const action = read.actions.find(candidate => candidate.method === method && candidate.path === path)
    ?? read.actions.find(candidate => candidate.id === path.slice(1))
    ?? read.actions.find(candidate => candidate.method === method && variables(candidate.path, path));
  const all = h('p', {}, h('a', { class: 'button', href: '/ui/calls' }, 'All actions'));
  if (!action) {
    return [h('h1', {}, 'Calls'), h('p', { class: 'empty' }, `No action of the services that run has ${method} ${path}.`), all];
  }
  const key = `${action.method} ${action.path}`;
  if (idempotency.key !== key) {
    idempotency = { key, value: crypto.randomUUID() };
  }
  const given = variables(action.path, path) ?? {};
  const mine = sent.key === key ? sent : { busy: false };
  return [
    h('h1', {}, key),
    h('p', { class: 'muted' }, [action.summary, action.id].filter(Boolean).join(' · ')),
    all,
    h('form', { class: 'call', 'data-key': `form ${key}`, onsubmit: event => submit(event, action, key) },
      action.parameters.map(parameter => field(parameter, given[parameter.name] ?? '')),
      SAFE.has(action.method) || action.parameters.some(parameter => parameter.name.toLowerCase() === 'idempotency-key') ? null
        : h('label', {}, h('span', {}, 'Idempotency-Key ', h('small', { class: 'muted' }, 'header; a call that is repeated with the same key does its work once')),
          h('input', { name: 'header:Idempotency-Key', value: idempotency.value })),
      action.type ? h('label', {}, h('span', {}, 'Body ', h('small', { class: 'muted' }, action.type)),
        h('textarea', { name: 'body', rows: 10, spellcheck: 'false' }, action.body)) : null,
      h('div', { class: 'buttons' },
        h('button', { type: 'submit', class: 'primary', disabled: mine.busy }, mine.busy ? 'Waiting for the answer …' : 'Send'))),
    h('div', { role: 'status' }, mine.failure ? h('p', { class: 'empty' }, mine.failure) : null,
      mine.answer ? result(mine) : null),
  ];
}

function field({ name, place, required, description, example }, given) {
  const isKey = name.toLowerCase() === 'idempotency-key';
  return h('label', {}, h('span', {}, `${name} `, h('small', { class: 'muted' }, [place, required ? 'required' : null, description].filter(Boolean).join(' · '))),
    h('input', { name: `${place}:${name}`, value: given || (isKey ? idempotency.value : example), required }));
}

function request(form, { method, path, type }) {
  const values = new FormData(form);
  const headers = {};
  const query = new URLSearchParams();
  let target = path;
  for (const [name, text] of values) {
    const [place, ...rest] = name.split(':');
    const value = text.trim();
    if (place === 'path') {
      target = target.replace(`{${rest.join(':')}}`, () => encodeURIComponent(value));
    } else if (place === 'query' && value) {
      query.append(rest.join(':'), value);
    } else if (place === 'header' && value) {
      headers[rest.join(':')] = value;
    }
  }
  if (type && !SAFE.has(method)) {
    headers['Content-Type'] = type;
  }
  const body = values.get('body');
  return { method, path: query.size ? `${target}?${query}` : target, headers, ...(body && !SAFE.has(method) ? { body } : {}) };
}

function submit(event, action, key) {
  event.preventDefault();
  const call = request(event.target, action);
  const command = curl(call);
  if (SAFE.has(call.method)) {
    send(key, call, command);
    return;
  }
  ask({
    title: `Send ${call.method} ${call.path}`,
    text: 'It may change what the services store.',
    samples: [['The same in a terminal:', command]],
    label: 'Send',
    dangerous: call.method === 'DELETE',
    perform: () => send(key, call, command),
  });
}

async function send(key, call, command) {
  const own = { key, busy: true, answer: null, failure: null, command };
  sent = own;
  changed();
  try {
    own.answer = await postJson('/calls', call);
    if (own.answer.status < 500 && idempotency.key === key) {
      // The next call is another one. What failed may be repeated with its key.
      idempotency.value = crypto.randomUUID();
    }
  } catch (failure) {
    own.failure = failure.message;
  }
  own.busy = false;
  changed();
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function curl({ method, path, headers, body }) {
  const parts = ['curl', '-i', ...(method === 'HEAD' ? ['-I'] : ['-X', method])];
  for (const [name, value] of Object.entries(headers)) {
    parts.push('-H', quoted(`${name}: ${value}`));
  }
  if (body) {
    parts.push('--data-raw', quoted(body));
  }
  return [...parts, quoted(`${live.status?.gateway ?? 'http://127.0.0.1:5000'}${path}`)].join(' ');
}

function result({ answer, command }) {
  return [
    h('h2', {}, `Answer ${answer.status}`),
    h('p', { class: 'muted' }, `after ${answer.millis} ms from ${answer.gateway} · ${bytes(answer.bytes)} `,
      answer.truncated ? '· the body goes on, this is its beginning ' : ''),
    h('p', {}, h('a', { class: 'button', href: `/ui/traces/${answer.trace_id}` }, 'Its trace')),
    h('pre', { tabindex: 0, 'aria-label': 'Body of the answer' }, answer.binary ? 'The body is no text.' : pretty(answer) || 'The body is empty.'),
    table('Headers', ['Header', 'Value'], answer.headers.map(({ name, value }, i) => h('tr', { 'data-key': i },
      h('td', { 'data-label': 'Header' }, name), reason(value)))),
    h('p', { class: 'same' }, 'The same in a terminal:'),
    h('pre', { tabindex: 0, 'aria-label': 'Command' }, h('code', {}, command)),
  ];
}

function pretty({ body, truncated }) {
  let text = body;
  if (!truncated) {
    try {
      text = JSON.stringify(JSON.parse(body), null, 2);
    } catch {
      // Shown as it is.
    }
  }
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n… ${text.length - MOST_SHOWN} characters more` : text;
}

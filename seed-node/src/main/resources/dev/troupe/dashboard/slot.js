// The life of one slot: why it is as it is, and each process that it had.

import { h } from './dom.js';
import { get, live, changed } from './live.js';
import { charts } from './charts.js';
import { ago, bytes, span, time } from './format.js';
import { restart } from './actions.js';
import { fact, state, texts } from './parts.js';
import { logLevel } from './loglevel.js';
import { threads } from './threads.js';

let shown = { name: null, life: null, files: [], failure: null, seen: '' };

export function slot(name) {
  load(name);
  const now = live.status?.slots.find(candidate => candidate.slot === name);
  if (live.status && !now) {
    return gone(name);
  }
  if (shown.failure) {
    return [h('h1', {}, name), h('p', { class: 'empty' }, shown.failure)];
  }
  if (!shown.life || !now) {
    return [h('h1', {}, name), h('p', { class: 'empty' }, 'Loading …')];
  }
  const { cpu, heap, inFlight } = texts(live.figures?.slots?.[name]);
  return [
    h('h1', {}, name, ' ', state(now.state)),
    h('div', { class: 'buttons' },
      now.service === 'seed' ? null : h('button', { type: 'button', onclick: () => restart(name) }, 'Restart'),
      now.service === 'seed' ? null : h('a', { class: 'button', href: `/ui/services/${now.service}` }, now.service),
      h('a', { class: 'button', href: `/ui/logs?slot=${name}` }, 'Logs'),
      h('a', { class: 'button', href: `/ui/events?slot=${name}` }, 'Events'),
      incident(name, null, 'Download the incident')),
    h('dl', { class: 'facts' },
      fact('Process', now.pid ? `pid ${now.pid}` : 'none'),
      fact('Generation', now.generation),
      fact('Since', ago(now.since)),
      fact('Ready after', now.ready_millis === undefined || now.ready_millis === null ? '–' : span(now.ready_millis)),
      fact('Restarts left', shown.life.slot.restarts_left),
      fact('CPU', cpu),
      fact('Heap', heap),
      fact('In flight', inFlight)),
    charts(`&slot=${encodeURIComponent(name)}`, ['requests', 'durations', 'cpu', 'memory', 'gc'], event => event.slot === name),
    h('h2', {}, 'Why'),
    h('pre', { class: 'why' }, shown.life.why.join('\n')),
    h('h2', {}, 'Lifeline'),
    h('ol', { class: 'lifeline' }, generations(shown.life.events).map(one => generation(name, one))),
    threads(name, Boolean(now.pid)),
    logLevel(name, Boolean(now.pid)),
    h('h2', {}, 'Files'),
    h('ul', { class: 'files' }, shown.files.map(file => h('li', { 'data-key': file.name },
      h('a', { href: `/slots/${encodeURIComponent(name)}/files/${encodeURIComponent(file.name)}`, download: file.name }, file.name),
      h('span', { class: 'muted' }, ` ${FILES[file.kind] ?? file.kind}, ${bytes(file.bytes)}`)))),
  ];
}

const FILES = { log: 'log', out: 'start failures and thread dumps', crash: 'crash of the JVM' };

/** A link to the logs, events and dumps of some minutes as one file. */
function incident(name, at, text) {
  const query = at ? `?at=${encodeURIComponent(at)}` : '';
  return h('a', { class: 'button', href: `/slots/${encodeURIComponent(name)}/incident${query}`, download: '' }, text);
}

function gone(name) {
  return [
    h('h1', {}, name),
    h('p', { class: 'empty' }, `The cluster has no slot ${name} now: its service has fewer slots, or the address is wrong. `,
      h('a', { href: '/ui/' }, 'The overview'), ' shows all slots. What is left of this one: ',
      h('a', { href: `/ui/events?slot=${encodeURIComponent(name)}` }, 'events'), ', ',
      h('a', { href: `/ui/logs?slot=${encodeURIComponent(name)}` }, 'logs'), '.'),
  ];
}

// Loads the life again when the slot has changed.
async function load(name) {
  const now = live.status?.slots.find(candidate => candidate.slot === name);
  const last = live.events.findLast(event => event.slot === name);
  const seen = `${now?.state} ${now?.generation} ${now?.reason} ${last?.at} ${live.connected}`;
  if ((live.status && !now) || (shown.name === name && shown.seen === seen)) {
    return;
  }
  shown = { name, seen, life: shown.name === name ? shown.life : null, files: shown.name === name ? shown.files : [], failure: null };
  try {
    const path = `/slots/${encodeURIComponent(name)}`;
    const life = await get(path);
    if (shown.name === name) {
      shown.life = life;
    }
    // A slot that was never launched has no files.
    const { files } = await get(`${path}/files`).catch(() => ({ files: [] }));
    if (shown.name === name) {
      shown.files = files;
    }
  } catch (failure) {
    if (shown.name === name && live.connected) {
      shown.failure = failure.message;
    }
  }
  changed();
}

/** The events of each process, the newest process first. */
function generations(events) {
  const all = [];
  for (const event of events) {
    if (event.generation === 0) {
      continue;
    }
    const known = all.find(one => one.number === event.generation && (!event.pid || !one.pid || one.pid === event.pid));
    if (known) {
      known.pid ??= event.pid;
      known.events.push(event);
    } else {
      all.unshift({ number: event.generation, pid: event.pid, events: [event] });
    }
  }
  return all;
}

function generation(name, { number, pid, events }) {
  const first = kind => events.find(event => event.kind === kind);
  const launched = first('launched') ?? first('adopted') ?? events[0];
  const ready = first('ready');
  const exit = first('exited');
  const life = exit ? Date.parse(exit.at) - Date.parse(launched.at) : null;
  return h('li', { 'data-key': `${number} ${pid}`, 'data-end': exit ? endKind(exit) : 'alive' },
    h('h3', {}, `Generation ${number}`, pid ? h('span', { class: 'muted' }, ` pid ${pid}`) : null,
      ' ', exit ? h('span', { class: 'end' }, endText(exit)) : null),
    h('p', { class: 'muted' },
      `launched ${time(launched.at)}`,
      ready ? `, ready after ${span(ready.ready_millis ?? Date.parse(ready.at) - Date.parse(launched.at))}` : ', never ready',
      exit ? `, ended ${time(exit.at)} after ${span(life)}` : ''),
    h('ul', { class: 'steps' }, events.filter(tells).map(event =>
      h('li', {}, h('time', { datetime: event.at }, time(event.at)), ' ', h('b', {}, event.kind), ' ', words(event)))),
    exit?.log?.length ? h('details', {}, h('summary', {}, 'Its last lines'), h('pre', {}, exit.log.join('\n'))) : null,
    exit ? h('p', {}, incident(name, exit.at, 'What happened around its end')) : null);
}

function tells(event) {
  return event.kind !== 'down';
}

function words(event) {
  const by = event.by ? ` (by ${event.by})` : '';
  const end = event.kind === 'exited' ? endText(event) + (event.reason ? `: ${event.reason}` : '') : event.reason ?? '';
  return end + by;
}

function endText(exit) {
  return exit.signal ?? (exit.exit_code === undefined || exit.exit_code === null ? 'end unseen' : `exit code ${exit.exit_code}`);
}

function endKind(exit) {
  return exit.by === 'operator' || exit.exit_code === 0 || exit.exit_code === 143 ? 'ordered' : 'died';
}

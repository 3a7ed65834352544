// Lets the process of a slot log at another level for ten minutes.

import { h } from './dom.js';
import { ask, notify } from './actions.js';
import { post } from './live.js';

const LEVELS = ['DEBUG', 'TRACE', 'INFO', 'WARN', 'ERROR'];
const SECONDS = 600;
let chosen = LEVELS[0];

export function logLevel(slot, hasProcess) {
  return [
    h('h2', { id: 'log-level' }, 'Log level'),
    h('div', { class: 'buttons' },
      h('select', { 'aria-labelledby': 'log-level', onchange: event => { chosen = event.target.value; } },
        LEVELS.map(level => h('option', { value: level, selected: level === chosen }, level))),
      h('button', { type: 'button', disabled: !hasProcess, onclick: () => confirm(slot, chosen) }, 'Log so for ten minutes'),
      h('code', { class: 'muted' }, `bin/troupe log-level ${slot} LEVEL`)),
  ];
}

function confirm(slot, level) {
  const path = `/slots/${encodeURIComponent(slot)}/log-level?level=${level}&seconds=${SECONDS}`;
  ask({
    title: `Log ${level} in ${slot}`,
    text: 'For ten minutes, all loggers that have no level of their own. Then, and in the next process of the slot, the level is that of the settings.',
    label: `Log ${level}`,
    samples: [
      ['The same in a terminal, also for one package or class:', `bin/troupe log-level ${slot} ${level} --for 10m`],
      ['The same for a program, with the token of run/control.json:', `curl -X POST -H "Authorization: Bearer $TOKEN" "${location.origin}${path}"`],
    ],
    perform: () => perform(slot, level, path),
  });
}

async function perform(slot, level, path) {
  const notice = notify(`Log ${level} in ${slot}`, 'asked');
  try {
    const { until } = await post(path);
    notice.end('done', `until ${new Date(until).toLocaleTimeString()}`);
  } catch (failure) {
    notice.end('failed', failure.message);
  }
}

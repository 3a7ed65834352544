// What several pages show.

import { h, lazy } from './dom.js';
import { bytes } from './format.js';
import { roll, scale } from './actions.js';

export function state(name) {
  return h('span', { class: 'state', 'data-state': name }, name);
}

/** A name and its value, in a list of facts. */
export function fact(label, value) {
  return h('div', {}, h('dt', {}, label), h('dd', {}, value));
}

/** A cell of a table; a narrow page shows the label before it. */
export function cell(label, ...content) {
  return h('td', { 'data-label': label, class: 'number' }, content);
}

export function reason(text) {
  return h('td', { 'data-label': 'Reason', class: 'reason' }, text ?? '');
}

/** A table; `kind` names one whose columns have fixed widths, so that its rows do not depend on each other. */
export function table(label, titles, rows, kind) {
  return h('table', { 'aria-label': label, class: kind },
    h('thead', {}, h('tr', {}, titles.map(title => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, rows));
}

/** A field with `options`, and `current` even if it is none of them; there may be very many. */
export function choice(name, label, options, current, onchange) {
  return lazy(name, [options.join(), current, onchange], () => h('label', {}, `${label} `, h('select', { name, onchange },
    h('option', { value: '', selected: current === '' }, 'all'),
    (current && !options.includes(current) ? [current, ...options] : options)
      .map(option => h('option', { value: option, selected: option === current }, option)))));
}

/** The texts of the figures of a slot, which may not be known yet. */
export function texts(figures) {
  return {
    cpu: figures?.cpu === undefined ? '–' : `${Math.round(figures.cpu * 100)} %`,
    heap: figures ? bytes(figures.heap_bytes) : '–',
    inFlight: figures ? figures.in_flight : '–',
  };
}

/**
 * The commands for a service that has `count` slots.
 * @param full whether the texts of the buttons say enough; short ones get labels with the name
 */
export function commands(name, count, full) {
  const isGateway = name === 'gateway';
  const [more, less] = full ? ['One more instance', 'One less'] : ['+1', '−1'];
  const label = text => (full ? null : text);
  return h('div', { class: 'buttons' },
    isGateway ? null : h('button', { type: 'button', 'aria-label': label(`One more instance of ${name}`), onclick: () => scale(name, count + 1) }, more),
    isGateway ? null : h('button', { type: 'button', 'aria-label': label(`One instance of ${name} less`), disabled: count === 0, onclick: () => scale(name, count - 1) }, less),
    h('button', { type: 'button', 'aria-label': label(`Replace all processes of ${name}`), disabled: count === 0 || (isGateway && count < 2), onclick: () => roll(name) }, 'Replace all'));
}

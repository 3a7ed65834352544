// Commands of an operator: confirmed, sent, and followed to their end.

import { element, h } from './dom.js';
import { live, onChange, post } from './live.js';

const followed = new Set();

/** Asks, with the command line and the request that do the same, and then does it. */
export function confirm({ title, text, path, command, label, dangerous }) {
  ask({
    title, text, label, dangerous,
    samples: [
      ['The same in a terminal:', command],
      ['The same for a program, with the token of run/control.json:', `curl -X POST -H "Authorization: Bearer $TOKEN" ${location.origin}${path}`],
    ],
    perform: () => perform(title, path),
  });
}

/** Asks, with `samples` (pairs of a text and a command), and then runs `perform`. */
export function ask({ title, text, samples, label, dangerous, perform: act }) {
  const dialog = element(h('dialog', { 'aria-labelledby': 'dialog-title' },
    h('h2', { id: 'dialog-title' }, title),
    h('p', {}, text),
    samples.map(([words, command]) => [h('p', { class: 'same' }, words), h('pre', {}, h('code', {}, command))]),
    h('div', { class: 'buttons' },
      // Enter alone must not do what hurts.
      h('button', { type: 'button', autofocus: dangerous, onclick: () => dialog.close() }, 'Cancel'),
      h('button', {
        type: 'button',
        class: dangerous ? 'danger' : 'primary',
        autofocus: !dangerous,
        onclick: () => {
          dialog.close();
          act();
        },
      }, label))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function perform(title, path) {
  const before = new Map((live.status?.slots ?? []).map(slot => [slot.slot, slot.generation]));
  const notice = notify(title, 'asked');
  try {
    const answer = await post(path);
    followed.add({ notice, title, rollout: answer.rollout, slots: answer.slots, before });
    follow();
  } catch (failure) {
    notice.end('failed', failure.message);
  }
}

onChange(follow);

function follow() {
  for (const action of followed) {
    const end = action.rollout ? rolloutEnd(action) : restartEnd(action);
    if (end) {
      action.notice.end(end.state, end.text);
      followed.delete(action);
    }
  }
}

function rolloutEnd({ rollout, notice }) {
  const now = (live.status?.rollouts ?? []).find(candidate => candidate.id === rollout);
  if (now?.state === 'rolling') {
    notice.say(now.text);
    return null;
  }
  return now ? { state: now.state, text: now.text } : null;
}

function restartEnd({ slots, before, notice }) {
  const now = (live.status?.slots ?? []).filter(slot => slots.includes(slot.slot));
  const failed = now.find(slot => slot.state === 'failed');
  if (failed) {
    return { state: 'failed', text: `${failed.slot}: ${failed.reason}` };
  }
  const done = now.filter(slot => slot.state === 'running' && slot.generation > (before.get(slot.slot) ?? 0));
  notice.say(`${done.length} of ${slots.length} ready`);
  return done.length === slots.length ? { state: 'done', text: `${slots.join(', ')} ready` } : null;
}

/** A message at the edge of the page. A failure stays until it is closed. */
export function notify(title, text) {
  const words = element(h('span', {}, text));
  const close = element(h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close this message', onclick: () => box.remove() }, '×'));
  const box = element(h('div', { class: 'notice', 'data-state': 'rolling' }, h('strong', {}, title), ' '));
  box.append(words, close);
  document.getElementById('notices').append(box);
  return {
    say: now => {
      words.textContent = now;
    },
    end: (state, now) => {
      words.textContent = now;
      box.dataset.state = state;
      if (state === 'done') {
        setTimeout(() => box.remove(), 8000);
      }
    },
  };
}

export function restart(slot) {
  confirm({
    title: `Restart ${slot}`,
    text: 'Its process finishes its requests and ends, and a new one is launched. Requests that come meanwhile go to other instances, or wait.',
    path: `/restart/${slot}`,
    command: `bin/troupe restart ${slot}`,
    label: 'Restart',
  });
}

export function roll(service) {
  confirm({
    title: `Replace all processes of ${service}`,
    text: 'One after the other, so that there are never fewer ready ones than now.',
    path: `/roll/${service}`,
    command: `bin/troupe restart --rolling ${service}`,
    label: 'Replace them',
  });
}

export function scale(service, instances) {
  confirm({
    title: `Scale ${service} to ${instances}`,
    text: instances === 0
      ? 'All its processes finish their requests and end. Requests to it wait, and then fail, until it is scaled up again.'
      : 'Processes that are too many finish their requests first. The number holds until the cluster is stopped.',
    path: `/scale/${service}/${instances}`,
    command: `bin/troupe scale ${service} ${instances}`,
    label: instances === 0 ? 'Stop it' : 'Scale',
    dangerous: instances === 0,
  });
}

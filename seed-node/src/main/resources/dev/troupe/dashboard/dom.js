// Describes elements, and changes a part of the page into what is described: only what differs from
// the description before it is touched, so that focus, selection and scroll position stay.

// A frame of the page has 16 ms. What is left then is made in the next rendering.
const MOST_MILLIS = 12;

// Names of elements in pictures begin with it.
const SVG = 'svg:';

/**
 * The description of an element. Attributes that begin with "on" are listeners; null and false
 * leave one out. Siblings that move have a `data-key`.
 */
export function h(name, attributes, ...children) {
  return { name, attributes: attributes ?? {}, key: attributes?.['data-key'] ?? null, children: flat(children), node: null };
}

/**
 * An element that `make` describes, again only when an input is another one. It may come later
 * than the rest of a rendering that takes long.
 */
export function lazy(key, inputs, make) {
  return { key, inputs, make, made: null, node: null };
}

const shown = new WeakMap();
let deadline = 0;
let worked = false;
let late = false;

/** Gives `target` the children in `content`; false if some of them are to come with another rendering. */
export function render(target, ...content) {
  deadline = performance.now() + MOST_MILLIS;
  worked = false;
  late = false;
  if (!shown.has(target)) {
    target.textContent = '';
  }
  shown.set(target, children(target, shown.get(target) ?? [], flat(content)));
  return !late;
}

// What is left out keeps its place among its siblings, as a text without characters.
function flat(content) {
  return content.flat(Infinity).map(child =>
    (child && typeof child === 'object' ? child : { text: String(child || child === 0 ? child : ''), key: null, node: null }));
}

// The first lazy element is always made, so that a rendering never ends with nothing done.
function isLate() {
  late ||= worked && performance.now() > deadline;
  worked = true;
  return late;
}

/** The element that is described, for use outside of renderings. */
export function element(one) {
  if (one.text !== undefined) {
    one.node = document.createTextNode(one.text);
  } else if (one.make) {
    one.made = one.make();
    one.node = element(one.made);
  } else {
    const node = one.name.startsWith(SVG) ? document.createElementNS('http://www.w3.org/2000/svg', one.name.slice(SVG.length)) : document.createElement(one.name);
    one.node = node;
    node.listeners = {};
    for (const [name, value] of Object.entries(one.attributes)) {
      set(node, name, value);
    }
    one.children = children(node, [], one.children);
  }
  return one.node;
}

/** Changes the children of `target` from `before` to `wanted`; what is there then. */
function children(target, before, wanted) {
  const keyed = new Map(before.filter(one => one.key !== null).map(one => [one.key, one]));
  const plain = before.filter(one => one.key === null);
  const kept = new Set();
  const after = [];
  let place = 0;
  for (const next of wanted) {
    const old = next.key === null ? plain[place++] : keyed.get(next.key);
    const same = old && matches(old, next) ? old : null;
    if (same) {
      kept.add(same);
      keyed.delete(next.key);
      become(same, next);
      same.node = next.node;
    } else if (next.make && isLate()) {
      continue;
    } else {
      element(next);
    }
    after.push(next);
  }
  for (const one of before) {
    if (!kept.has(one)) {
      one.node.remove();
    }
  }
  arrange(target, before.filter(one => kept.has(one)).map(one => one.node), after.map(one => one.node));
  return after;
}

// As few nodes as possible are moved, since one that is moved loses its focus.
function arrange(target, before, after) {
  if (before.length === after.length && before.every((node, i) => node === after[i])) {
    return;
  }
  const places = new Map(before.map((node, place) => [node, place]));
  const staying = new Set(inOrder(after.filter(node => places.has(node)), node => places.get(node)));
  let next = null;
  for (const node of after.reverse()) {
    if (!staying.has(node)) {
      target.insertBefore(node, next);
    }
    next = node;
  }
}

/** The longest part of `nodes` whose places grow. */
function inOrder(nodes, place) {
  const ends = [];
  const previous = new Map();
  for (const node of nodes) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (place(ends[middle]) < place(node)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    previous.set(node, ends[low - 1]);
    ends[low] = node;
  }
  const found = [];
  for (let node = ends.at(-1); node; node = previous.get(node)) {
    found.push(node);
  }
  return found;
}

function matches(before, next) {
  return before.name === next.name && (before.text === undefined) === (next.text === undefined) && !before.make === !next.make;
}

function become(before, next) {
  if (before === next) {
    return;
  }
  next.node = before.node;
  if (next.text !== undefined) {
    if (before.text !== next.text) {
      next.node.nodeValue = next.text;
    }
  } else if (next.make) {
    again(before, next);
  } else {
    for (const name of Object.keys(before.attributes)) {
      if (!(name in next.attributes)) {
        set(next.node, name, null);
      }
    }
    for (const [name, value] of Object.entries(next.attributes)) {
      if (before.attributes[name] !== value) {
        set(next.node, name, value);
      }
    }
    next.children = children(next.node, before.children, next.children);
  }
}

function again(before, next) {
  const same = before.inputs.length === next.inputs.length && before.inputs.every((input, i) => input === next.inputs[i]);
  if (same || isLate()) {
    next.inputs = before.inputs;
    next.made = before.made;
    return;
  }
  next.made = next.make();
  if (matches(before.made, next.made)) {
    become(before.made, next.made);
  } else {
    before.node.replaceWith(element(next.made));
    next.node = next.made.node;
  }
}

function set(node, name, value) {
  if (name.startsWith('on')) {
    listen(node, name.slice(2), value);
  } else if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, value === true ? '' : value);
  }
}

function listen(node, type, listener) {
  if (!(type in node.listeners)) {
    node.addEventListener(type, dispatch);
  }
  node.listeners[type] = listener;
}

// Each rendering replaces the listeners, and the browser needs not to know.
function dispatch(event) {
  event.currentTarget.listeners[event.type]?.(event);
}

// Makes elements, and changes a part of the page into another one without losing focus, selection
// or scroll position.

/** An element. Attributes that begin with "on" are listeners; null and false leave one out. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  element.listeners = {};
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith('on')) {
      element.listeners[key.slice(2)] = value;
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value);
    }
  }
  for (const type of Object.keys(element.listeners)) {
    element.addEventListener(type, dispatch);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

// The listeners of an element are replaced together with its attributes.
function dispatch(event) {
  event.currentTarget.listeners[event.type]?.(event);
}

/** Gives `target` the children in `content`. */
export function render(target, ...content) {
  const wanted = document.createElement('div');
  wanted.append(...content.flat(Infinity).filter(Boolean));
  children(target, wanted);
}

function children(target, wanted) {
  const keyed = new Map();
  for (const child of target.children) {
    const key = child.getAttribute('data-key');
    if (key) {
      keyed.set(key, child);
    }
  }
  let current = target.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = next.nodeType === Node.ELEMENT_NODE && next.getAttribute('data-key');
    const same = key ? keyed.get(key) : current && matches(current, next) ? current : null;
    if (!same) {
      target.insertBefore(next, current);
      continue;
    }
    if (same !== current) {
      target.insertBefore(same, current);
    } else {
      current = current.nextSibling;
    }
    become(same, next);
  }
  while (current) {
    const rest = current.nextSibling;
    current.remove();
    current = rest;
  }
}

function matches(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName &&
    (a.nodeType !== Node.ELEMENT_NODE || !a.hasAttribute('data-key'));
}

function become(target, wanted) {
  if (target.nodeType !== Node.ELEMENT_NODE) {
    if (target.nodeValue !== wanted.nodeValue) {
      target.nodeValue = wanted.nodeValue;
    }
    return;
  }
  for (const { name } of [...target.attributes]) {
    // Whether something is open is the reader's choice.
    if (!wanted.hasAttribute(name) && name !== 'open') {
      target.removeAttribute(name);
    }
  }
  for (const { name, value } of wanted.attributes) {
    if (target.getAttribute(name) !== value) {
      target.setAttribute(name, value);
    }
  }
  const listeners = wanted.listeners ?? {};
  for (const type of Object.keys(listeners)) {
    if (!target.listeners?.[type]) {
      target.addEventListener(type, dispatch);
    }
  }
  target.listeners = listeners;
  if (!target.hasAttribute('data-keep')) {
    children(target, wanted);
  }
}

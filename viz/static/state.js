"use strict";
// What the reader has chosen. It lives in the address's hash, so that a view can be sent to a colleague.

const STATE = { view: "events", focus: EXTRA.start, added: [], selected: "", off: new Set() };
const LISTENERS = [];
const HASH_DELAY = 150; // milliseconds
let hashTimer = 0;

function onChange(listener) {
  LISTENERS.push(listener);
}

/** Change the state, write the hash, tell everyone what changed. */
function change(values) {
  const before = { ...STATE };
  Object.assign(STATE, values);
  writeHash();
  for (const listener of LISTENERS) listener(before);
}

function select(key) {
  if (key && !BOXES.has(key)) return;
  change({ selected: key, added: key && !inScope(key) ? [...STATE.added, key] : STATE.added });
}

/** Draw the surroundings of an entity, or with "" everything. */
function lookAt(focus) {
  change({ focus, added: [], selected: focus || STATE.selected });
}

/** Draw all that is linked to a box, beside what is drawn already. */
function addNeighbours(key) {
  const missing = neighbours(key, STATE.view).filter((other) => !inScope(other));
  change({ selected: key, added: [...STATE.added, ...missing] });
}

function switchOff(filters, off) {
  const all = new Set(STATE.off);
  for (const filter of filters) off ? all.add(filter) : all.delete(filter);
  change({ off: all });
}

/** The hash of the state. */
function hashText() {
  const hash = new URLSearchParams();
  if (STATE.view !== "events") hash.set("view", STATE.view);
  if (STATE.focus !== EXTRA.start) hash.set("about", STATE.focus);
  if (STATE.selected) hash.set("sel", STATE.selected);
  for (const key of STATE.added) hash.append("add", key);
  for (const filter of [...STATE.off].sort()) hash.append("off", filter);
  return hash.toString();
}

/** Write the hash soon, once for all changes till then: browsers object to writing it often. */
function writeHash() {
  clearTimeout(hashTimer);
  hashTimer = setTimeout(() => {
    const text = hashText();
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  }, HASH_DELAY);
}

/** Read the hash; names that are not on this page are ignored. */
function readHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const known = (key) => BOXES.has(key);
  const about = hash.has("about") ? hash.get("about") : EXTRA.start;
  return {
    view: hash.get("view") === "direct" ? "direct" : "events",
    focus: about === "" || known(about) ? about : EXTRA.start,
    selected: known(hash.get("sel")) ? hash.get("sel") : "",
    added: hash.getAll("add").filter(known),
    off: new Set(hash.getAll("off")),
  };
}

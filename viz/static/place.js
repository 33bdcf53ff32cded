"use strict";
// Where boxes stand. Drawings come with their places; a box added later takes the nearest free place to its neighbour.

const RING = 120; // pixels from ring to ring around a box
const RINGS = 14;
const DIRECTIONS = 24;
const FREE = 14; // pixels kept free around a box

/** Places of all given keys. */
function places(keys) {
  const found = new Map();
  for (const key of keys) {
    const place = drawnPlace(key);
    if (place) found.set(key, place);
  }
  const waiting = [...keys].filter((key) => !found.has(key));
  while (waiting.length > 0) placeNext(waiting, found);
  return found;
}

/** The place a box has in the drawing made beforehand, if there is one. */
function drawnPlace(key) {
  if (STATE.view === "direct") return EXTRA.direct[STATE.focus]?.[key];
  if (STATE.focus) return EXTRA.drawings[STATE.focus]?.[key];
  return [BOXES.get(key).x, BOXES.get(key).y];
}

/** Place the first waiting box that has a placed neighbour, or else the first at all. */
function placeNext(waiting, found) {
  const anchorOf = (key) => neighbours(key, "events").concat(neighbours(key, "direct")).find((other) => found.has(other));
  const at = Math.max(0, waiting.findIndex(anchorOf));
  const [key] = waiting.splice(at, 1);
  const anchor = anchorOf(key);
  found.set(key, freePlace(key, anchor ? found.get(anchor) : [0, 0], found));
}

function freePlace(key, anchor, found) {
  const [outX, outY] = middle(found).map((value, axis) => anchor[axis] - value);
  const first = Math.atan2(outY, outX);
  for (let ring = found.size === 0 ? 0 : 1; ring < RINGS; ring += 1) {
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      const side = turn % 2 ? -Math.ceil(turn / 2) : turn / 2; // left and right of the way outwards, in turn
      const angle = first + (side * 2 * Math.PI) / DIRECTIONS;
      const place = [anchor[0] + 1.4 * RING * ring * Math.cos(angle), anchor[1] + RING * ring * Math.sin(angle)];
      if (isFree(key, place, found)) return place.map(Math.round);
    }
  }
  return [anchor[0], anchor[1] + RING * RINGS];
}

function isFree(key, place, found) {
  const [width, height] = BOXES.get(key).size;
  for (const [other, [x, y]] of found) {
    const [otherWidth, otherHeight] = BOXES.get(other).size;
    const near = Math.abs(x - place[0]) < (width + otherWidth) / 2 + FREE;
    if (near && Math.abs(y - place[1]) < (height + otherHeight) / 2 + FREE) return false;
  }
  return true;
}

function middle(found) {
  const all = [...found.values()];
  if (all.length === 0) return [0, 0];
  return [0, 1].map((axis) => all.reduce((sum, place) => sum + place[axis], 0) / all.length);
}

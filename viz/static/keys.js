"use strict";
// The keyboard: arrows walk from box to box along the links, the rest is in the help.

const HELP = document.getElementById("help");
const WALKS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const WIDEST_TURN = 0.3; // cosine: a neighbour counts as lying in a direction up to 72 degrees from it
const ZOOM = 1.25;

/** The neighbour that lies best in a direction: near, and little aside. */
function neighbourTowards(key, [right, down]) {
  const from = NETWORK.getPosition(key);
  let best = "";
  let least = Infinity;
  for (const other of neighbours(key, STATE.view)) {
    if (!shownKeys.has(other)) continue;
    const to = NETWORK.getPosition(other);
    const distance = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const cosine = ((to.x - from.x) * right + (to.y - from.y) * down) / distance;
    const cost = distance / Math.max(cosine, 0.01);
    if (cosine > WIDEST_TURN && cost < least) [best, least] = [other, cost];
  }
  return best;
}

function walk(direction) {
  if (!shownKeys.has(STATE.selected)) return select(shownKeys.has(STATE.focus) ? STATE.focus : firstShown());
  const next = neighbourTowards(STATE.selected, direction);
  if (next) select(next);
  else say("Nothing linked lies that way");
}

function firstShown() {
  return shownKeys.has(EXTRA.busiest) ? EXTRA.busiest : ([...shownKeys][0] ?? "");
}

function zoom(factor) {
  NETWORK.moveTo({ scale: NETWORK.getScale() * factor, animation: false });
}

const CANVAS_KEYS = {
  Enter: () => PANEL.focus(),
  " ": () => STATE.selected && addNeighbours(STATE.selected),
  "+": () => zoom(ZOOM),
  "-": () => zoom(1 / ZOOM),
  0: fit,
};

function onCanvasKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (Object.hasOwn(WALKS, event.key)) walk(WALKS[event.key]);
  else if (Object.hasOwn(CANVAS_KEYS, event.key)) CANVAS_KEYS[event.key]();
  else return;
  event.preventDefault();
}

function onPageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || HELP.open) return;
  const typing = event.target.closest?.("input:not([type=checkbox])");
  if (event.key === "Escape") {
    select("");
    if (PANEL.contains(document.activeElement)) CANVAS.focus();
  } else if (event.key === "/" && !typing) {
    event.preventDefault();
    SEARCH.focus();
    SEARCH.select();
  } else if (event.key === "?" && !typing) {
    HELP.showModal();
  }
}

function startKeys() {
  CANVAS.addEventListener("keydown", onCanvasKey);
  document.addEventListener("keydown", onPageKey);
  document.getElementById("help-button").addEventListener("click", () => HELP.showModal());
  document.getElementById("help-close").addEventListener("click", () => HELP.close());
}

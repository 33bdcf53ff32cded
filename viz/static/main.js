"use strict";
// Start: wire the parts together and bring the page to the state that its address asks for.

const NEWS = document.getElementById("news");
const SCOPE_BUTTON = document.getElementById("scope");
const VIEW_BUTTONS = [...document.querySelectorAll("[data-view]")];

/** Tell a screen reader. */
function say(text) {
  NEWS.textContent = text;
}

function updateButtons() {
  for (const button of VIEW_BUTTONS) button.setAttribute("aria-pressed", String(button.dataset.view === STATE.view));
  SCOPE_BUTTON.hidden = !EXTRA.start;
  const back = BOXES.get(EXTRA.start);
  SCOPE_BUTTON.textContent = STATE.focus ? `Show all (${BOXES.size})` : `Back to ${back ? back.name : "start"}`;
}

function announce(before) {
  if (STATE.selected === before.selected) return;
  const box = BOXES.get(STATE.selected);
  say(box ? [box.name, box.details, box.status ?? box.family].filter(Boolean).join(", ") : "Selection cleared");
}

function refresh(before) {
  draw();
  showEvidence();
  updateList();
  updateLegend();
  updateButtons();
  announce(before);
  if (STATE.focus !== before.focus || STATE.view !== before.view) fit();
  else if (shownKeys.has(STATE.selected)) bringIntoSight(STATE.selected);
}

function startButtons() {
  for (const button of VIEW_BUTTONS) button.addEventListener("click", () => change({ view: button.dataset.view }));
  SCOPE_BUTTON.addEventListener("click", () => change({ focus: STATE.focus ? "" : EXTRA.start, added: [] }));
  document.getElementById("fit").addEventListener("click", fit);
  document.getElementById("save").addEventListener("click", savePicture);
}

function start() {
  startCanvas();
  startEvidence();
  startLegend();
  startSearch();
  startKeys();
  startButtons();
  onChange(refresh);
  change(readHash());
  fit();
  window.addEventListener("hashchange", () => change(readHash()));
}

document.documentElement.classList.add("scripted");
start();

"use strict";
// Search: names, aliases, types and details; accents and case do not matter.

const SEARCH = document.getElementById("search");
const RESULTS = document.getElementById("results");
const MOST_RESULTS = 12;
const INDEX = DATA.nodes.map((box) => {
  const words = [box.name, ...(box.aliases ?? []), box.details ?? "", box.label, box.family];
  return { key: box.id, name: fold(box.name), words: fold(words.join(" ")) };
});
let found = [];
let picked = -1;

/** Keys of the boxes that hold all words, those whose name begins with the text first. */
function matches(text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits = INDEX.filter((row) => words.every((word) => row.words.includes(word)));
  const order = (row) => (row.name.startsWith(words[0]) ? 0 : 2) + (isEvent(row.key) ? 1 : 0);
  return hits.sort((one, other) => order(one) - order(other)).map((row) => row.key);
}

function showResults() {
  const all = matches(SEARCH.value);
  found = all.slice(0, MOST_RESULTS);
  picked = found.length > 0 ? 0 : -1;
  RESULTS.replaceChildren(...found.map(resultRow));
  if (SEARCH.value.trim() && found.length === 0) RESULTS.append(element("li", "Nothing found", "note"));
  openResults(SEARCH.value.trim() !== "");
  markPicked();
  if (SEARCH.value.trim()) say(`${all.length} found`);
}

function resultRow(key, at) {
  const box = BOXES.get(key);
  const row = element("li", box.name);
  row.id = `result-${at}`;
  row.role = "option";
  row.append(element("small", ` ${box.details || (isEvent(key) ? box.status : box.family)}`));
  row.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus until the click
  row.addEventListener("click", () => take(key));
  return row;
}

function openResults(open) {
  RESULTS.hidden = !open;
  SEARCH.setAttribute("aria-expanded", String(open));
}

function markPicked() {
  [...RESULTS.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === picked)));
  if (picked >= 0) SEARCH.setAttribute("aria-activedescendant", `result-${picked}`);
  else SEARCH.removeAttribute("aria-activedescendant");
}

function take(key) {
  openResults(false);
  select(key);
  CANVAS.focus();
}

const SEARCH_KEYS = {
  ArrowDown: () => (picked = Math.min(picked + 1, found.length - 1)),
  ArrowUp: () => (picked = Math.max(picked - 1, 0)),
  Enter: () => found[picked] && take(found[picked]),
  Escape: () => {
    SEARCH.value = "";
    openResults(false);
    CANVAS.focus();
  },
};

function startSearch() {
  SEARCH.addEventListener("input", showResults);
  SEARCH.addEventListener("blur", () => openResults(false));
  SEARCH.addEventListener("keydown", (event) => {
    const act = Object.hasOwn(SEARCH_KEYS, event.key) ? SEARCH_KEYS[event.key] : null;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    markPicked();
  });
}

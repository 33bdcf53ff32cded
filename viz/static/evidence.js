"use strict";
// The panel beside the drawing: what the selected event or entity is, and the sentences that say so.

const PANEL = document.getElementById("evidence");
const ENTRIES = new Map([...document.querySelectorAll("#list li")].map((item) => [item.dataset.key, item]));

/** Make an element with text; never from markup. */
function element(tag, text, classes) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (classes) made.className = classes;
  return made;
}

function goLink(key) {
  const link = element("a", BOXES.get(key).name);
  link.href = `#${new URLSearchParams({ sel: key })}`;
  link.dataset.go = key;
  return link;
}

function action(text, act) {
  const button = element("button", text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function showEvidence() {
  PANEL.replaceChildren(...(STATE.selected ? describe(STATE.selected) : [hint()]));
  PANEL.scrollTop = 0;
}

function hint() {
  return element("p", "Select a box to see what it stands for and the sentences that say so.", "note");
}

function describe(key) {
  const box = BOXES.get(key);
  const heading = element("h2", box.name, "name");
  PANEL.style.setProperty("--family", familyColour(box.sort, box.family));
  return [heading, ...(isEvent(key) ? describeEvent(key) : describeEntity(key, box)), actions(key)];
}

/** The list holds every event's evidence already: show a copy of it. */
function describeEvent(key) {
  return [...ENTRIES.get(key).querySelector(".entry").cloneNode(true).childNodes];
}

function describeEntity(key, box) {
  const chips = element("p", "", "chips");
  chips.append(element("span", box.family, "chip type"));
  const parts = [chips];
  if (box.aliases.length > 0) parts.push(element("p", `Also: ${box.aliases.join(", ")}`, "facts"));
  parts.push(...contextLines(key));
  const events = [...ENTRIES.keys()].filter((event) => eventsOf(key).includes(event));
  parts.push(element("h3", `Events (${events.length})`), linkList(events));
  return parts;
}

function contextLines(key) {
  const links = LINKS_OF.get(key).filter((link) => link.weight === "context" && link.from === key);
  return links.map((link) => {
    const line = element("p", `${link.label === "in" ? "In" : "Part of"} `);
    line.append(goLink(link.to));
    return line;
  });
}

function linkList(keys) {
  const list = element("ul");
  for (const key of keys) {
    const item = element("li");
    item.append(goLink(key));
    if (BOXES.get(key).details) item.append(element("small", ` ${BOXES.get(key).details}`));
    list.append(item);
  }
  return list;
}

function actions(key) {
  const row = element("p", "", "actions");
  const missing = neighbours(key, STATE.view).filter((other) => !inScope(other)).length;
  if (missing > 0) row.append(action(`Add ${missing} ${missing === 1 ? "neighbour" : "neighbours"}`, () => addNeighbours(key)));
  if (!isEvent(key) && STATE.focus !== key) row.append(action("Show surroundings", () => lookAt(key)));
  return row;
}

/** Mark the selected event in the list, and leave out what the legend switches off. */
function updateList() {
  let listed = 0;
  for (const [key, item] of ENTRIES) {
    item.hidden = !eventPasses(key);
    item.classList.toggle("chosen", key === STATE.selected);
    if (!item.hidden) listed += 1;
  }
  document.getElementById("listed").textContent = String(listed);
  const chosen = ENTRIES.get(STATE.selected);
  const list = document.getElementById("list");
  if (chosen && list.scrollHeight > list.clientHeight) chosen.scrollIntoView({ block: "nearest" });
}

function startEvidence() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link) return;
    event.preventDefault();
    select(link.dataset.go);
  });
  for (const [key, item] of ENTRIES) {
    item.querySelector("summary").addEventListener("click", (event) => {
      event.preventDefault();
      select(key);
    });
  }
}

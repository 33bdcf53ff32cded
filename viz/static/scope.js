"use strict";
// Which boxes are drawn: those of the chosen surroundings, less what the legend switches off.

function inScope(key) {
  return scope().has(key);
}

/** The keys the reader wants to see, before filters. */
function scope() {
  const base = STATE.focus ? surroundings(STATE.focus) : BOXES.keys();
  return new Set([...base, ...STATE.added]);
}

/** The drawing made beforehand, or for a less busy entity its events and all that takes part in them. */
function surroundings(key) {
  if (EXTRA.drawings[key]) return Object.keys(EXTRA.drawings[key]);
  const found = new Set([key]);
  const events = isEvent(key) ? [key] : eventsOf(key);
  for (const event of events) {
    found.add(event);
    for (const other of neighbours(event, "events")) found.add(other);
  }
  return [...found];
}

function eventPasses(key) {
  const box = BOXES.get(key);
  if (STATE.off.has(`type:${box.type}`) || STATE.off.has(`status:${box.status}`)) return false;
  return box.articles.length === 0 || box.articles.some((article) => !STATE.off.has(`article:${article}`));
}

function kindPasses(key) {
  return isEvent(key) || !STATE.off.has(`kind:${BOXES.get(key).family}`);
}

function linkPasses(link) {
  return link.events.length === 0 || link.events.some((key) => BOXES.has(key) && eventPasses(key));
}

/** The keys to draw now. An entity stands only where a link holds it, or because the reader asked for it. */
function visibleKeys() {
  const wanted = [...scope()].filter(kindPasses);
  const events = STATE.view === "events" ? wanted.filter((key) => isEvent(key) && eventPasses(key)) : [];
  const entities = wanted.filter((key) => !isEvent(key));
  const shown = new Set(events);
  for (const key of entities) if (isHeld(key, new Set([...events, ...entities]))) shown.add(key);
  for (const key of entities) if (key === STATE.focus || key === STATE.selected) shown.add(key);
  const context = entities.filter((key) => !shown.has(key) && hasContext(key, shown));
  return new Set([...shown, ...context]);
}

function isHeld(key, candidates) {
  return LINKS_OF.get(key).some(
    (link) =>
      link.weight !== "context" && linkInView(link, STATE.view) && linkPasses(link) && candidates.has(otherEnd(link, key)),
  );
}

function hasContext(key, shown) {
  return LINKS_OF.get(key).some((link) => link.weight === "context" && shown.has(otherEnd(link, key)));
}

function visibleLinks(shown) {
  return LINKS.filter(
    (link) => linkInView(link, STATE.view) && linkPasses(link) && shown.has(link.from) && shown.has(link.to),
  );
}

"use strict";
// What the page was made with: boxes and links by key. Everything in it comes from articles: show it by textContent only.

const DATA = JSON.parse(document.getElementById("data").textContent);
const EXTRA = DATA.extra;
const BOXES = new Map(DATA.nodes.map((box) => [box.id, box]));
const LINKS = DATA.links;
const LINKS_OF = indexLinks(LINKS);

function indexLinks(links) {
  const found = new Map(DATA.nodes.map((box) => [box.id, []]));
  for (const link of links) {
    found.get(link.from).push(link);
    found.get(link.to).push(link);
  }
  return found;
}

function isEvent(key) {
  return BOXES.get(key).sort === "event";
}

function otherEnd(link, key) {
  return link.from === key ? link.to : link.from;
}

/** Which of the two views a link belongs to; context links (a plant in a town) belong to both. */
function linkInView(link, view) {
  if (link.weight === "context") return true;
  return (link.weight === "direct") === (view === "direct");
}

function neighbours(key, view) {
  const found = LINKS_OF.get(key).filter((link) => linkInView(link, view)).map((link) => otherEnd(link, key));
  return [...new Set(found)];
}

/** The events an entity takes part in. */
function eventsOf(key) {
  return neighbours(key, "events").filter(isEvent);
}

/** Fold as words.fold does: no accents, no case. */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
}

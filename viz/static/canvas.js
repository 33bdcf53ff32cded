"use strict";
// The drawing: vis-network shows the boxes and links; strokes and marks are drawn over it.

const CANVAS = document.getElementById("canvas");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const READABLE = 0.8; // at this scale a font of 14 pixels is 11.2
const NEAREST = 1.15;
const DASHES = { solid: false, dashed: [7, 5], dotted: [2, 4], struck: [2, 4] };
const DIM = 0.16; // how much of its colour keeps what steps back
const DIM_TEXT = 0.45;
const ROUND = 12; // pixels, radius of the corners of an event
const BADGE = 8; // pixels, radius of the conflict mark

const NODE_SET = new vis.DataSet(DATA.nodes.map((box) => ({ ...baseNode(box), hidden: true })));
const EDGE_SET = new vis.DataSet(LINKS.map((link) => ({ id: link.id, from: link.from, to: link.to, hidden: true })));
const NETWORK = new vis.Network(CANVAS, { nodes: NODE_SET, edges: EDGE_SET }, JSON.parse(DATA.options));
let shownKeys = new Set();

function baseNode(box) {
  return { id: box.id, label: box.label, shape: box.shape, x: box.x, y: box.y };
}

function palette() {
  return EXTRA.palette[DARK.matches ? "dark" : "light"];
}

function familyColour(sort, family) {
  const colours = palette()[sort];
  return Object.hasOwn(colours, family) ? colours[family] : palette().other;
}

/** A colour mixed with the paper, so that what lies under a box stays hidden. */
function fade(colour, share) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const paper = parts(palette().page.paper);
  const mixed = parts(colour).map((part, at) => Math.round(part * share + paper[at] * (1 - share)));
  return `rgb(${mixed.join(",")})`;
}

function nodeColours(box) {
  const { paper, ink, faint } = palette().page;
  const own = familyColour(box.sort, box.family);
  if (box.sort === "entity") return { background: paper, border: own, text: ink };
  if (box.look === "solid") return { background: own, border: own, text: paper };
  if (box.look === "dashed") return { background: paper, border: own, text: own };
  return { background: paper, border: faint, text: faint };
}

/** What steps back: pale, and a filled box with its name in its own colour. */
function dimmed({ background, border, text }) {
  const filled = background === border;
  return { background: fade(background, DIM), border: fade(border, filled ? DIM : 2 * DIM), text: fade(filled ? border : text, DIM_TEXT) };
}

function nodeUpdate(key, place, dim) {
  const box = BOXES.get(key);
  const colours = dim ? dimmed(nodeColours(box)) : nodeColours(box);
  const chosen = key === STATE.selected;
  const round = box.sort === "event" ? ROUND : (palette().round[box.family] ?? 4);
  return {
    id: key,
    hidden: false,
    x: place[0],
    y: place[1],
    borderWidth: chosen ? 4 : 2,
    color: { background: colours.background, border: chosen ? palette().page.mark : colours.border },
    font: { size: box.font.size, color: colours.text },
    shapeProperties: { borderRadius: round, borderDashes: box.sort === "event" ? DASHES[box.look] : false },
  };
}

function linkUpdate(link, dim) {
  const { line, faint, paper } = palette().page;
  const strong = link.weight === "main" || link.weight === "direct";
  const colour = strong && link.look !== "dotted" && link.look !== "struck" ? line : faint;
  const share = dim ? DIM : strong ? 1 : 0.65;
  return {
    id: link.id,
    hidden: false,
    label: link.label || undefined,
    width: link.width,
    dashes: link.weight === "context" ? [3, 4] : DASHES[link.look],
    arrows: { to: { enabled: true, scaleFactor: strong ? 0.75 : 0.5 } },
    color: { color: fade(colour, share), inherit: false },
    font: { color: fade(faint, dim ? DIM_TEXT : 1), strokeWidth: 4, strokeColor: paper },
  };
}

/** With a selection, everything but the box and its neighbours steps back. */
function brightKeys(shown) {
  if (!STATE.selected || !shown.has(STATE.selected)) return shown;
  return new Set([STATE.selected, ...neighbours(STATE.selected, STATE.view)]);
}

function draw() {
  const shown = visibleKeys();
  const placed = places(shown);
  const bright = brightKeys(shown);
  const links = visibleLinks(shown);
  const lit = (link) => bright === shown || link.from === STATE.selected || link.to === STATE.selected;
  hideAllBut(NODE_SET, shown);
  hideAllBut(EDGE_SET, new Set(links.map((link) => link.id)));
  NODE_SET.update([...shown].map((key) => nodeUpdate(key, placed.get(key), !bright.has(key))));
  EDGE_SET.update(links.map((link) => linkUpdate(link, !lit(link))));
  document.getElementById("empty").hidden = shown.size > 0;
  shownKeys = shown;
}

function hideAllBut(items, keep) {
  const gone = items.get({ filter: (item) => !item.hidden && !keep.has(item.id) });
  items.update(gone.map((item) => ({ id: item.id, hidden: true })));
}

/** Show all that is drawn; where that would be too small to read, its middle at a readable size. */
function fit() {
  const keys = [...shownKeys];
  if (keys.length === 0) return;
  NETWORK.fit({ nodes: keys, animation: false, minZoomLevel: 0.05, maxZoomLevel: NEAREST });
  if (STATE.focus && NETWORK.getScale() < READABLE && keys.length <= 60) {
    const centre = shownKeys.has(STATE.focus) ? NETWORK.getPosition(STATE.focus) : NETWORK.getViewPosition();
    NETWORK.moveTo({ position: centre, scale: READABLE, animation: false });
  }
}

/** Move the drawing only if the box is out of sight. */
function bringIntoSight(key) {
  const point = NETWORK.canvasToDOM(NETWORK.getPosition(key));
  const margin = 40;
  const inside = point.x > margin && point.y > margin && point.x < CANVAS.clientWidth - margin && point.y < CANVAS.clientHeight - margin;
  if (!inside) NETWORK.moveTo({ position: NETWORK.getPosition(key), animation: false });
}

function drawMarks(context) {
  for (const key of shownKeys) {
    const box = BOXES.get(key);
    if (box.sort !== "event" || (box.look !== "struck" && !box.conflict)) continue;
    const edges = edgesOf(key);
    context.save();
    context.globalAlpha = brightKeys(shownKeys).has(key) ? 1 : 0.2;
    if (box.look === "struck") strike(context, edges, box);
    if (box.conflict) badge(context, edges);
    context.restore();
  }
}

/** The sides of an event's box; vis adds the radius of the corners to what it calls bounding box. */
function edgesOf(key) {
  const { left, top, right, bottom } = NETWORK.getBoundingBox(key);
  return { left: left + ROUND, top: top + ROUND, right: right - ROUND, bottom: bottom - ROUND };
}

function strike(context, edges, box) {
  const rows = box.label.split("\n");
  const middle = (edges.left + edges.right) / 2;
  const step = box.font.size; // vis sets lines this far apart
  const top = (edges.top + edges.bottom) / 2 - (step * rows.length) / 2;
  context.strokeStyle = palette().page.faint;
  context.lineWidth = 1.5;
  context.font = `${box.font.size}px Arial, Helvetica, sans-serif`;
  context.beginPath();
  rows.slice(0, box.title_lines).forEach((text, row) => {
    const half = context.measureText(text).width / 2 + 3;
    const y = top + step * (row + 0.5);
    context.moveTo(middle - half, y);
    context.lineTo(middle + half, y);
  });
  context.stroke();
}

function badge(context, edges) {
  const { ink, paper } = palette().page;
  context.beginPath();
  context.arc(edges.right - 2, edges.top + 2, BADGE, 0, 2 * Math.PI);
  context.fillStyle = ink;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = paper;
  context.stroke();
  context.fillStyle = paper;
  context.font = "bold 12px Arial, Helvetica, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText("!", edges.right - 2, edges.top + 2.5);
}

/** Offer the drawing as it stands as a picture. */
function savePicture() {
  const drawn = CANVAS.querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = drawn.width;
  copy.height = drawn.height;
  const context = copy.getContext("2d");
  context.fillStyle = palette().page.paper;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(drawn, 0, 0);
  const link = document.createElement("a");
  link.download = "events.png";
  link.href = copy.toDataURL("image/png");
  link.click();
}

function startCanvas() {
  CANVAS.querySelector(".vis-network").tabIndex = -1; // the panel around it takes the keys
  NETWORK.on("afterDrawing", drawMarks);
  NETWORK.on("click", (event) => {
    if (event.nodes.length > 0) select(event.nodes[0]);
    else if (event.edges.length > 0) selectLink(event.edges[0]);
    else select("");
  });
  NETWORK.on("doubleClick", (event) => {
    if (event.nodes.length > 0) addNeighbours(event.nodes[0]);
  });
  DARK.addEventListener("change", () => {
    draw();
    paintSwatches();
  });
}

/** A direct arrow opens the event behind it. */
function selectLink(id) {
  const link = LINKS.find((one) => one.id === id);
  if (link && link.events.length > 0) select(link.events[0]);
}

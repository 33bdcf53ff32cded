"use strict";
// The legend's boxes switch event types, statuses, kinds and articles off and on.

const FILTERS = [...document.querySelectorAll("[data-filter]")];
const GROUPS = [...document.querySelectorAll("[data-group]")];

function filterName(input) {
  return `${input.dataset.filter}:${input.dataset.value}`;
}

function typesOf(group) {
  return [...group.closest("details").querySelectorAll('[data-filter="type"]')];
}

function updateLegend() {
  for (const input of FILTERS) input.checked = !STATE.off.has(filterName(input));
  for (const group of GROUPS) {
    const on = typesOf(group).filter((input) => input.checked).length;
    group.checked = on > 0;
    group.indeterminate = on > 0 && on < typesOf(group).length;
  }
}

function paintSwatches() {
  for (const swatch of document.querySelectorAll("[data-swatch], .chip.type[data-family]")) {
    const sort = swatch.dataset.swatch || "event";
    swatch.style.setProperty("--family", familyColour(sort, swatch.dataset.family));
  }
  for (const sample of document.querySelectorAll(".sample")) {
    const box = DATA.nodes.find((one) => one.status === sample.dataset.status);
    sample.dataset.look = box ? box.look : "solid";
  }
}

function startLegend() {
  paintSwatches();
  for (const input of FILTERS) {
    input.addEventListener("change", () => switchOff([filterName(input)], !input.checked));
  }
  for (const group of GROUPS) {
    group.addEventListener("change", () => switchOff(typesOf(group).map(filterName), !group.checked));
  }
  for (const button of document.querySelectorAll("[data-all]")) {
    const inputs = FILTERS.filter((input) => input.dataset.filter === button.dataset.all);
    button.addEventListener("click", () => switchOff(inputs.map(filterName), !button.dataset.on));
  }
}

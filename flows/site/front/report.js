// The charts and filters of the report. Data comes from the page itself; nothing is fetched.
import * as Plot from "@observablehq/plot";

const KINDS = [
  ["government", "#2f6fb0"], ["military", "#6b5b95"], ["armed_group", "#8a3b6b"], ["police", "#1b7f8c"],
  ["health_authority", "#2e8540"], ["aid_group", "#b36b00"], ["company", "#5a6570"], ["media", "#7a5230"],
  ["other", "#4d7c0f"], ["the outlet itself", "#8b8b8b"],
];
const SELF = "the outlet itself";

function data(id) {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : null;
}

function shown(row) {
  const low = row.value_low, high = row.value_high;
  return low !== null && high !== null ? (low + high) / 2 : low !== null ? low : high;
}

function day(text) {
  return text ? new Date(text + "T00:00:00Z") : null;
}

function described(row) {
  const who = row.claimant || SELF;
  return `${row.text}\n${row.hedge ? `hedge: ${row.hedge}` : "no hedge"}\n${row.outlet}, on the word of ${who}\n${row.as_of ?? "no day"}`;
}

// The library's own style element would need a laxer policy of the page; its few rules are in style.css.
function plotted(options) {
  const chart = Plot.plot(options);
  for (const style of chart.querySelectorAll("style")) style.remove();
  for (const group of chart.querySelectorAll("g[aria-label]")) group.setAttribute("role", "group");
  return chart;
}

function common(width, height) {
  return { width, height, className: "plot", marginLeft: 64, marginBottom: 34, style: "overflow: visible" };
}

// One mark per outlet (its symbol), bounds as bars, open bounds as arrows, hollow for about, colour by the claimant's kind.
function seriesChart(rows, { width = 860, height = 380, small = false } = {}) {
  const points = rows.filter((row) => row.as_of && shown(row) !== null)
    .map((row) => ({ ...row, x: day(row.as_of), y: shown(row), kind: row.claimant_kind || SELF }));
  const span = Math.max(...points.map((row) => row.y), 1) * 0.09;
  const times = points.map((row) => row.x.getTime());
  const ticks = Math.max(...times) - Math.min(...times) <= 6 * 864e5 ? "day" : small ? 3 : undefined;
  const open = points.filter((row) => (row.value_low === null) !== (row.value_high === null));
  const bars = points.filter((row) => row.value_low !== null && row.value_high !== null && row.value_low !== row.value_high);
  const colour = { domain: KINDS.map(([name]) => name), range: KINDS.map(([, value]) => value) };
  const fill = (row) => (row.qualifier === "about" ? "var(--paper)" : colour.range[Math.max(0, colour.domain.indexOf(row.kind))]);
  const marks = [
    Plot.ruleY([0], { stroke: "var(--line)" }),
    Plot.ruleX(bars, { x: "x", y1: "value_low", y2: "value_high", stroke: "kind", strokeWidth: 2 }),
    Plot.arrow(open, {
      x1: "x", x2: "x", y1: "y", y2: (row) => (row.value_high === null ? row.y + span : Math.max(0, row.y - span)),
      stroke: "kind", strokeWidth: 1.6, headLength: 6,
    }),
    Plot.dot(points, {
      x: "x", y: "y", r: small ? 3 : 5.5, symbol: small ? "circle" : "outlet", stroke: "kind", fill, strokeWidth: 1.8,
      title: described, href: "href", ariaLabel: described,
    }),
  ];
  const chart = plotted({
    ...common(width, height),
    color: { ...colour, legend: false },
    symbol: { legend: false, domain: [...new Set(points.map((row) => row.outlet))] },
    x: { type: "utc", label: small ? null : "as of", ticks, inset: 12 },
    y: { label: small ? null : "reported value", grid: true, nice: true, zero: true, ticks: small ? 3 : undefined, tickFormat: (value) => value.toLocaleString("en") },
    marks,
  });
  chart.setAttribute("role", "group");
  return chart;
}

function legend(rows, place) {
  place.replaceChildren();
  const kinds = new Set(rows.map((row) => row.claimant_kind || SELF));
  const items = document.createElement("ul");
  items.className = "legend";
  for (const [name] of KINDS.filter(([name]) => kinds.has(name))) {
    const item = document.createElement("li");
    item.className = `kind kind-${name.replaceAll(" ", "-")}`;
    item.textContent = name.replaceAll("_", " ");
    items.append(item);
  }
  place.append(items);
  const outlets = [...new Set(rows.map((row) => row.outlet))], shapes = document.createElement("ul");
  shapes.className = "legend";
  for (const outlet of outlets) {
    const item = document.createElement("li");
    const mark = Plot.dot([outlet], { symbol: (name) => name, x: () => 0, y: () => 0, r: 5, stroke: "currentColor", fill: "currentColor" });
    const shape = plotted({ width: 18, height: 18, margin: 9, className: "plot", axis: null, symbol: { domain: outlets }, marks: [mark] });
    shape.setAttribute("aria-hidden", "true");
    item.append(shape, outlet);
    shapes.append(item);
  }
  place.append(shapes);
}

function cell(row, text, className) {
  const made = document.createElement("td");
  made.textContent = text ?? "";
  if (className) made.className = className;
  row.append(made);
  return made;
}

function table(rows, body) {
  body.replaceChildren();
  for (const one of rows) {
    const row = document.createElement("tr");
    cell(row, one.as_of);
    const link = document.createElement("a");
    link.href = one.href;
    link.textContent = one.text;
    cell(row, "", "figure").append(link);
    cell(row, one.hedge || "none");
    cell(row, one.claimant || SELF);
    cell(row, one.outlet);
    cell(row, one.sentence, "sentence");
    body.append(row);
  }
}

function series() {
  const rows = data("series-data");
  const measure = document.getElementById("measure"), place = document.getElementById("place"), outlet = document.getElementById("outlet");
  if (!rows || !measure) return;
  const wide = () => Math.min(860, document.querySelector("main").clientWidth - 8);
  const options = (select, values, all) => {
    const kept = select.value;
    select.replaceChildren(...(all ? [new Option(all, "")] : []), ...values.map((value) => new Option(value.replaceAll("_", " "), value)));
    if (values.includes(kept)) select.value = kept;
  };
  const places = () => [...new Set(rows.filter((row) => row.measure === measure.value).map((row) => row.place_name || "no place"))];
  const draw = () => {
    const chosen = rows.filter((row) => row.measure === measure.value && (row.place_name || "no place") === place.value
      && (!outlet.value || row.outlet === outlet.value));
    const chart = document.getElementById("series-chart");
    chart.replaceChildren(chosen.some((row) => row.as_of && shown(row) !== null) ? seriesChart(chosen, { width: wide() }) : "Nothing with a day and a value.");
    legend(chosen, document.getElementById("series-legend"));
    table(chosen, document.getElementById("series-rows"));
    document.getElementById("series-count").textContent = `${chosen.length} figures`;
    history.replaceState(null, "", `#${[measure.value, place.value, outlet.value].map(encodeURIComponent).join("/")}`);
  };
  const outlets = () => options(outlet, [...new Set(rows.map((row) => row.outlet))].sort(), "all outlets");
  options(measure, [...new Set(rows.map((row) => row.measure))]);
  outlets();
  const [wanted, where, who] = location.hash.slice(1).split("/").map(decodeURIComponent);
  if (wanted && rows.some((row) => row.measure === wanted)) measure.value = wanted;
  options(place, places());
  if (where && places().includes(where)) place.value = where;
  if (who) outlet.value = who;
  measure.addEventListener("change", () => { options(place, places()); draw(); });
  place.addEventListener("change", draw);
  outlet.addEventListener("change", draw);
  window.addEventListener("resize", draw);
  draw();
  for (const figure of document.querySelectorAll("[data-multiple]")) {
    const [what, there] = JSON.parse(figure.dataset.multiple);
    const few = rows.filter((row) => row.measure === what && row.place_name === there);
    figure.querySelector(".chart").append(seriesChart(few, { width: 260, height: 150, small: true }));
    figure.querySelector("a").addEventListener("click", () => {
      measure.value = what;
      options(place, places());
      place.value = there;
      outlet.value = "";
      draw();
    });
  }
}

// Bars of numbers by day or by name: data-bars names the block of rows, its attributes the columns.
function bars() {
  for (const holder of document.querySelectorAll("[data-bars]")) {
    const rows = data(holder.dataset.bars) || [];
    if (!rows.length) continue;
    const { x, y, by } = holder.dataset, shade = { fill: "var(--ink-2)", stroke: "var(--paper)" };
    const width = Math.min(860, holder.clientWidth || 860);
    const days = holder.dataset.days !== undefined;
    const given = rows.filter((row) => row[x] !== null).map((row) => ({ ...row, [x]: days ? day(row[x]) : row[x] }));
    if (!given.length) continue;
    const times = days ? given.map((row) => row[x].getTime()) : [];
    const length = (Math.max(...times) - Math.min(...times)) / 864e5;
    const interval = length > 1500 ? "month" : length > 200 ? "week" : "day";
    const title = (row) => `${row[x] instanceof Date ? row[x].toISOString().slice(0, 10) : row[x]}${by ? `, ${row[by]}` : ""}: ${row[y]}`;
    const marks = days
      ? [Plot.rectY(given, { x, y, interval, ...shade, title }), Plot.ruleY([0])]
      : [Plot.barX(given, { y: x, x: y, sort: { y: "-x" }, ...shade, title }), Plot.ruleX([0])];
    const axis = days
      ? { x: { type: "utc", label: null }, y: { label: `${holder.dataset.label} a ${interval}`, grid: true } }
      : { y: { label: null }, x: { label: holder.dataset.label, grid: true }, marginLeft: 150 };
    const height = days ? 220 : 40 + 22 * new Set(rows.map((row) => row[x])).size;
    holder.append(plotted({ ...common(width, height), ...axis, marks }));
  }
}

function filters() {
  for (const input of document.querySelectorAll("input[data-filter]")) {
    const rows = [...document.querySelectorAll(input.dataset.filter)];
    const count = document.getElementById(`${input.id}-count`);
    const apply = () => {
      const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const row of rows) {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        left += !row.hidden;
      }
      if (count) count.textContent = `${left} of ${rows.length}`;
    };
    input.addEventListener("input", apply);
    apply();
  }
}

// A mark's particulars are the row of the table that it links to; hovering, focusing or tapping shows them beside it.
function marks() {
  const card = document.getElementById("card");
  if (!card) return;
  const heads = [...document.querySelectorAll("table.facts th")].map((head) => head.textContent);
  const show = (mark) => {
    const row = document.getElementById(mark.getAttribute("href").slice(1));
    if (!row) return;
    const list = document.createElement("dl");
    for (const one of [...row.cells].slice(1)) {
      if (!one.textContent.trim()) continue;
      const name = document.createElement("dt"), value = document.createElement("dd");
      name.textContent = heads[one.cellIndex];
      value.textContent = one.textContent.trim();
      list.append(name, value);
    }
    card.replaceChildren(list);
    card.hidden = false;
    const at = mark.getBoundingClientRect(), wide = card.offsetWidth;
    card.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - wide - 8)) + window.scrollX}px`;
    card.style.top = `${at.bottom + 6 + window.scrollY}px`;
  };
  const hide = () => { card.hidden = true; };
  for (const mark of document.querySelectorAll("a.m")) {
    mark.addEventListener("mouseenter", () => show(mark));
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("mouseleave", hide);
    mark.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

// What is copied out of an article carries where it stands.
function provenance() {
  const body = document.querySelector("[data-cite]");
  if (!body) return;
  body.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    const text = selection.toString().trim();
    if (!text) return;
    const held = [...body.querySelectorAll(".s")].filter((one) => selection.containsNode(one, true)).map((one) => one.dataset.raw).filter(Boolean);
    const raw = held.length ? `; raw text ${held[0].split("–")[0]}–${held.at(-1).split("–")[1]}` : "";
    event.clipboardData.setData("text/plain", `“${text}” — ${body.dataset.cite}${raw}`);
    event.preventDefault();
  });
}

// Every sentence has an address of its own: its sign stands behind it.
function anchors() {
  for (const sentence of document.querySelectorAll(".s")) {
    const sign = document.createElement("a");
    sign.className = "anchor";
    sign.href = `#${sentence.id}`;
    sign.textContent = "¶";
    sign.setAttribute("aria-label", "link to this sentence");
    sentence.after(sign);
  }
}

function folds() {
  const all = document.getElementById("unfold");
  all?.addEventListener("click", () => {
    const folded = [...document.querySelectorAll("details.block")];
    const open = !folded.every((one) => one.open);
    for (const one of folded) one.open = open;
    all.setAttribute("aria-pressed", String(open));
  });
}

series();
bars();
filters();
marks();
provenance();
folds();
anchors();
document.documentElement.dataset.ready = "true";

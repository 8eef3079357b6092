// A report and its positions. What the report says is only ever set as text, never as markup.

const SIGNS = { support: "+", oppose: "−", neutral: "○" };
const HOLDER = ["institution", "named", "excluded", "quantifier"];

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = String(text);
  return element;
}

function button(label, name, press) {
  const element = make("button", "sp-button", label);
  element.type = "button";
  element.dataset.action = name;
  element.addEventListener("click", press);
  return element;
}

function holder(row) {
  if (row.institution) return row.institution;
  const size = row.quantifier && row.quantifier !== "named_only" ? row.quantifier.replaceAll("_", " ") : "";
  const sizes = size || !row.named ? ` (${row.size_lo}–${row.size_hi})` : "";
  return `${[row.named, size].filter(Boolean).join(" · ")}${sizes}${row.excluded ? `, not ${row.excluded}` : ""}`;
}

function select(words, value, empty) {
  const element = make("select");
  for (const word of empty ? ["", ...words] : words) {
    const option = make("option", "", word === "" ? "–" : word.replaceAll("_", " "));
    option.value = word;
    element.append(option);
  }
  if (value && !words.includes(value)) element.append(Object.assign(make("option", "", value), { value }));
  element.value = value ?? "";
  return element;
}

function field(label, element, name) {
  const wrap = make("label", "", label);
  element.name = name;
  wrap.append(element);
  return wrap;
}

function input(value, list) {
  const element = make("input");
  element.value = value ?? "";
  if (list) element.setAttribute("list", list);
  return element;
}

// Code points of a text: what `start` and `end` count.
function cut(points, rows) {
  const placed = rows.filter((row) => row.start !== null && row.end <= points.length && row.decision !== "rejected");
  const cuts = [...new Set([0, points.length, ...placed.flatMap((row) => [row.start, row.end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, at) => {
    const end = cuts[at + 1];
    const covering = placed.filter((row) => row.start <= start && row.end >= end);
    return { start, end, text: points.slice(start, end).join(""), covering };
  });
}

class Page {
  constructor(model, element) {
    this.model = model;
    this.root = make("section", "standpunt sp-review");
    this.number = 0;
    this.waiting = new Map();
    this.open = null;
    this.limit = 1;
    this.left = false;
    this.selection = null;
    element.append(this.root);
    this.build();
    model.on("change:rows", () => this.draw());
    model.on("change:said", () => this.hear(model.get("said")));
    this.draw();
  }

  build() {
    const head = make("header");
    head.append(make("h2", "", this.model.get("heading")));
    this.count = make("p", "sp-facts");
    const bar = make("div", "sp-bar-of-filters");
    const slider = Object.assign(make("input"), { type: "range", min: 0, max: 1, step: 0.05, value: 1 });
    slider.name = "confidence";
    this.shownLimit = make("output", "", "1.00");
    slider.addEventListener("input", () => {
      this.limit = Number(slider.value);
      this.shownLimit.textContent = this.limit.toFixed(2);
      this.draw();
    });
    const confidence = make("label", "", "confidence up to ");
    confidence.append(slider, this.shownLimit);
    const only = Object.assign(make("input"), { type: "checkbox", name: "left" });
    only.addEventListener("change", () => {
      this.left = only.checked;
      this.draw();
    });
    const left = make("label");
    left.append(only, " only what is left to check");
    this.adder = button("Add a position", "add", () => this.add());
    this.adder.title = "Select the words in the report that carry the position first";
    this.adder.addEventListener("mousedown", (event) => event.preventDefault());
    bar.append(confidence, left, this.adder);
    this.problem = make("p", "sp-problem");
    this.problem.setAttribute("role", "alert");
    head.append(this.count, bar, this.problem);
    const columns = make("div", "sp-columns");
    this.article = make("article");
    this.list = make("ol", "sp-positions");
    if (this.model.get("text")) columns.append(this.article);
    columns.append(this.list);
    this.issues = make("datalist");
    this.issues.id = `sp-issues-${Math.random().toString(36).slice(2)}`;
    this.root.append(head, columns, this.issues);
    this.points = Array.from(this.model.get("text"));
    document.addEventListener("selectionchange", (this.onSelect = () => this.select()));
  }

  shown(row) {
    return row.decision ? !this.left : row.confidence <= this.limit + 1e-9;
  }

  draw() {
    const rows = this.model.get("rows");
    const done = rows.filter((row) => row.decision).length;
    this.count.textContent = `${done} of ${rows.length} positions checked · kept in ${this.model.get("kept_in")}`;
    this.issues.replaceChildren(...[...new Set(rows.map((row) => row.issue))].map((issue) => Object.assign(make("option"), { value: issue })));
    this.drawText(rows.filter((row) => this.shown(row)));
    this.list.replaceChildren();
    if (this.open === "new") this.list.append(this.form(this.fresh, "new"));
    for (const row of rows.filter((row) => this.shown(row))) this.list.append(this.card(row));
  }

  drawText(rows) {
    const pieces = cut(this.points, rows).map((piece) => {
      const stances = new Set(piece.covering.map((row) => row.stance));
      const kind = stances.size > 1 ? "mixed" : [...stances][0];
      const element = make(kind ? "mark" : "span", kind ? `sp-${kind}` : "", piece.text);
      element.dataset.start = piece.start;
      if (kind) {
        element.title = piece.covering.map((row) => `${SIGNS[row.stance]} ${holder(row)}: ${row.issue}`).join("\n");
        element.addEventListener("click", () => this.show(piece.covering[0].statement));
      }
      return element;
    });
    this.article.replaceChildren(...pieces);
  }

  show(statement) {
    const card = [...this.list.children].find((item) => item.dataset.statement === statement);
    if (!card) return;
    card.scrollIntoView({ block: "nearest" });
    card.focus({ preventScroll: true });
  }

  card(row) {
    if (this.open === row.statement) return this.form(row, row.statement);
    const item = make("li", `sp-card sp-is-${row.decision ?? "open"}`);
    item.dataset.statement = row.statement;
    item.tabIndex = -1;
    const head = make("p", "sp-who");
    head.append(make("sup", `sp-tag-${row.stance}`, SIGNS[row.stance]), make("b", "", holder(row)), ` ${row.stance}`);
    item.append(head, make("p", "sp-issue", row.issue));
    if (row.quote) item.append(make("blockquote", "", row.quote));
    const by = row.decision ? `${row.decision} by ${row.by}, ${row.at}` : `confidence ${row.confidence.toFixed(2)}`;
    item.append(make("p", "sp-note", by));
    const tools = make("p", "sp-tools");
    if (!row.decision) tools.append(button("Accept", "accept", () => this.send("accept", row.statement)));
    if (row.decision !== "rejected") {
      tools.append(button("Correct", "correct", () => this.edit(row.statement)));
      tools.append(button("Reject", "reject", () => this.send("reject", row.statement)));
    }
    if (row.decision) tools.append(button("Take back", "clear", () => this.send("clear", row.statement)));
    item.append(tools);
    return item;
  }

  form(row, key) {
    const choices = this.model.get("choices");
    const item = make("li", "sp-card sp-is-editing");
    item.dataset.statement = key;
    const form = make("form");
    if (row.quote) form.append(make("blockquote", "", row.quote));
    form.append(
      field("stance", select(choices.stance, row.stance ?? "support"), "stance"),
      field("issue", input(row.issue, this.issues.id), "issue"),
      field("institution", select(choices.institution, row.institution, true), "institution"),
      field("states named", input(row.named), "named"),
      field("states excluded", input(row.excluded), "excluded"),
      field("size of the group", select(choices.quantifier, row.quantifier, true), "quantifier"),
    );
    const save = make("button", "sp-button", "Save");
    save.type = "submit";
    save.dataset.action = "save";
    form.append(save, button("Cancel", "cancel", () => this.edit(null)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim() || null]));
      this.save(row, key, values);
    });
    item.append(form);
    return item;
  }

  save(row, key, values) {
    const given = (name) => (row[name] === "" ? null : (row[name] ?? null));
    if (key === "new") {
      this.send("add", null, { ...values, quote: row.quote, start: row.start, end: row.end });
      return;
    }
    const changed = Object.entries(values).filter(([name, value]) => value !== given(name));
    const set = Object.fromEntries(changed);
    // A holder is one thing: whoever changes a part of it has looked at the whole.
    if (changed.some(([name]) => HOLDER.includes(name))) for (const name of HOLDER) set[name] = values[name];
    if (changed.length) this.send("correct", key, set);
    else this.send("accept", key);
  }

  edit(statement) {
    this.open = statement;
    this.say("");
    this.draw();
    this.list.querySelector("form select")?.focus();
  }

  select() {
    const selected = document.getSelection();
    if (!selected || selected.isCollapsed || !this.article.contains(selected.anchorNode)) return;
    const place = (node, offset) => {
      const piece = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset];
      if (!this.article.contains(piece) || piece?.dataset?.start === undefined) return null;
      const before = node.nodeType === Node.TEXT_NODE ? Array.from(node.data.slice(0, offset)).length : 0;
      return Number(piece.dataset.start) + before;
    };
    const range = selected.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    this.selection = start !== null && end !== null && start < end ? { start, end } : null;
  }

  add() {
    if (!this.selection) {
      this.say("Select the words in the report that carry the position first.");
      return;
    }
    let { start, end } = this.selection;
    while (start < end && /\s/.test(this.points[start])) start += 1;
    while (end > start && /\s/.test(this.points[end - 1])) end -= 1;
    this.fresh = { start, end, quote: this.points.slice(start, end).join("") };
    this.selection = null;
    this.edit("new");
  }

  send(act, statement, set) {
    this.number += 1;
    const number = this.number;
    this.say("");
    this.waiting.set(number, setTimeout(() => this.say("Not saved yet: the kernel does not answer. Run the cell again."), 10_000));
    this.model.send({ number, do: act, statement, set });
  }

  hear(said) {
    clearTimeout(this.waiting.get(said.number));
    if (!this.waiting.delete(said.number)) return;
    this.say(said.problem);
    if (!said.problem) {
      this.open = null;
      this.draw();
    }
  }

  say(problem) {
    this.problem.textContent = problem;
  }

  close() {
    document.removeEventListener("selectionchange", this.onSelect);
    this.waiting.forEach((timer) => clearTimeout(timer));
  }
}

function render({ model, el }) {
  const page = new Page(model, el);
  return () => page.close();
}

export default { render };

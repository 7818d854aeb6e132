"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const told = document.getElementById("told");
  const panel = document.getElementById("chosen");
  const say = (text) => { told.textContent = text; };
  let cameFrom = null;

  const reasonsOf = (state) => all(".reasons details").find((each) => each.dataset.state === state);

  // All text is set as text: names in a model can look like markup.
  const make = (name, within, text, attributes) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    if (within) within.append(made);
    return made;
  };
  const shape = (name, within, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    within.append(made);
    return made;
  };
  const many = (number) => number.toLocaleString("en");
  const listed = (items) => items.length > 1 ? items.slice(0, -1).join(", ") + " and " + items.at(-1) : items.join("");

  // What is known beyond the table: options and concepts of all states, moves of those told.
  const data = document.getElementById("standoff-states");
  const beyond = data && JSON.parse(data.textContent);
  const names = new Map(beyond ? beyond.names : []);
  const numbers = new Map([...names].map(([number, name]) => [name, number]));
  const labelOf = (number) => names.get(number) || "s" + (number + 1);
  const numberOf = (label) => numbers.has(label) ? numbers.get(label) : Number(label.slice(1)) - 1;
  const bits = beyond && beyond.bits ? atob(beyond.bits) : null;
  const bit = (place) => (bits.charCodeAt(place >> 3) >> (7 - (place & 7))) & 1;
  const bitsOf = (number, from, count) => {
    const start = number * (beyond.options.length + beyond.concepts.length) + from;
    return Array.from({ length: count }, (_, place) => bit(start + place));
  };
  const optionsOf = (number) => bitsOf(number, 0, beyond.options.length);
  const conceptsOf = (number) => bitsOf(number, beyond.options.length, beyond.concepts.length);
  const kindOf = (number) => {
    const held = conceptsOf(number);
    const weaker = new Set(beyond.implied.filter((_, place) => held[place]).flat());
    return beyond.concepts.filter((_, place) => held[place] && !weaker.has(place)).join(" ");
  };

  // The moves from a state, drawn as the pictures of the page are.
  const HEADS = ["M0 0-11 5V-5Z", "M0 0-11 5.5V-5.5Z", "M-10-6 0 0-10 6M-11 0H0", "M0 0-5.5 4.5-11 0-5.5-4.5Z", "M0 0A5.5 5.5 0 0 1-11 0 5.5 5.5 0 0 1 0 0Z"];
  const LOOKS = ["head", "head hollow", "head open", "head", "head hollow"];
  const changes = (from, to) => {
    const [before, after] = [optionsOf(from), optionsOf(to)];
    const which = (sign) => beyond.options.filter((_, place) => after[place] - before[place] === sign);
    return [["takes ", which(1)], ["drops ", which(-1)]].filter(([, some]) => some.length).map(([verb, some]) => verb + listed(some));
  };
  const movesOf = (state) => beyond ? beyond.moves.find((each) => labelOf(each.state) === state) : null;
  const inWords = (state, moves) => {
    const parts = moves.groups.map(([side, better, ...targets]) => {
      const [gains, others] = [targets.slice(0, better), targets.slice(better)].map((some) => some.map(labelOf));
      const told = gains.length ? ["improvements to " + listed(gains)] : ["no improvement"];
      if (others.length) told.push("other moves to " + listed(others));
      return beyond.sides[side] + ": " + told.join("; ");
    });
    return "From " + state + ". " + (parts.join(". ") || "Nobody can move") + ".";
  };
  const drawMoves = (state, moves, within) => {
    const svg = shape("svg", within, { class: "standoff-figure", role: "img" });
    shape("title", svg, {}, "Moves from " + state);
    shape("desc", svg, {}, inWords(state, moves));
    const paper = shape("rect", svg, { class: "paper" });
    const write = (text, kind, y, anchor) => shape("text", svg, { class: kind, y, "text-anchor": anchor }, text);
    const focus = write(state, "label", 0, "middle");
    const rows = [];
    let y = -6;
    moves.groups.forEach(([side, better, ...targets]) => {
      const heading = write(beyond.sides[side], "name", y += 24, "start");
      targets.forEach((target, place) => {
        y += place ? 34 : 26;
        const words = bits ? [...changes(moves.state, target), kindOf(target)].filter(Boolean).join("; ") : "";
        const texts = [write(labelOf(target), "label", y + 6, "middle"), write(words, "mark", y + 5, "start")];
        rows.push({ side, target, y, texts, heading: place ? null : heading, better: place < better });
      });
      y += 14;
    });
    const half = (text) => Math.max(text.getComputedTextLength() / 2 + 9, 22);
    const [own, other] = [half(focus), Math.max(...rows.map((row) => half(row.texts[0])))];
    const [x, middle] = [own + 150 + other, y / 2];
    const box = (number, at, height, width, before) => {
      const group = shape("g", svg, { class: bits && kindOf(number) ? "equilibrium" : "" });
      shape("rect", group, { class: "rim", x: at - width, y: height - 14, width: 2 * width, height: 28, rx: 10 });
      before.before(group);
    };
    focus.setAttribute("y", middle + 6);
    box(moves.state, 0, middle, own, focus);
    let right = x + other;
    rows.forEach((row, place) => {
      row.texts[0].setAttribute("x", x);
      row.texts[1].setAttribute("x", x + other + 8);
      if (row.heading) row.heading.setAttribute("x", x - other);
      box(row.target, x, row.y, other, row.texts[0]);
      right = Math.max(right, x + other + 8 + row.texts[1].getComputedTextLength());
      if (row.heading) right = Math.max(right, x - other + row.heading.getComputedTextLength());
      const group = shape("g", svg, { class: "arrow colour" + row.side % 6 + (row.better ? "" : " other"), "data-from": state, "data-to": labelOf(row.target) });
      shape("title", group, {}, beyond.sides[row.side] + ": " + state + " to " + labelOf(row.target) + (row.better ? "" : ", no improvement"));
      const [start, tip] = [middle + 22 * ((place + 1) / (rows.length + 1) - 0.5), x - other - 1];
      const end = tip - (row.better ? 11 : 8.8);
      shape("path", group, { class: "shaft dash" + row.side % 6, d: `M${own + 1} ${start}C${own + 90} ${start} ${tip - 90} ${row.y} ${end} ${row.y}` });
      shape("path", group, { class: LOOKS[row.side % 5], d: HEADS[row.side % 5], transform: `translate(${tip} ${row.y})${row.better ? "" : " scale(.8)"}` });
    });
    const [left, wide, high] = [-own - 12, right + own + 24, Math.max(y, middle + 26) + 12];
    const frame = { x: left, y: -6, width: wide, height: high };
    for (const [key, value] of Object.entries(frame)) paper.setAttribute(key, value);
    svg.setAttribute("viewBox", [left, -6, wide, high].join(" "));
    svg.setAttribute("width", wide);
    svg.setAttribute("height", high);
  };
  const showMoves = (state, within) => {
    const moves = movesOf(state);
    if (!moves) return;
    const figure = make("figure", within, "", { class: "drawing wide" });
    const frame = make("div", figure, "", { class: "scroll", role: "group", tabindex: "0", "aria-label": "Drawing: moves from " + state });
    const left = moves.left_out ? ` Not drawn: ${many(moves.left_out)} more.` : "";
    make("figcaption", figure, `Where each side can go from ${state}, in the order of its own ranking; a thin arrow is no improvement${bits ? ", a thick border an equilibrium" : ""}.${left}`);
    if (moves.groups.length) drawMoves(state, moves, frame);
    else frame.textContent = inWords(state, moves);
  };

  // What the page does not tell of a state is said where its reasons would stand.
  const NOT_TOLD = "Why each side stays or leaves is not on this page; the command explain tells it.";
  const showLittle = (state, within) => {
    make("p", within, NOT_TOLD, { class: "not-told" });
    if (!bits) return;
    const number = numberOf(state);
    const taken = beyond.options.filter((_, place) => optionsOf(number)[place]);
    if (beyond.options.length) make("p", within, "Options taken: " + (listed(taken) || "none") + ".");
    make("p", within, "Equilibrium under: " + (kindOf(number) || "none") + ".");
  };

  let current = null;
  const choose = (state, from) => {
    current = state;
    all("[data-state]").forEach((each) => {
      const chosen = each.dataset.state === state;
      each.classList.toggle("chosen", chosen);
      if (each.hasAttribute("aria-pressed")) each.setAttribute("aria-pressed", String(chosen));
    });
    all(".state-button").forEach((each) => each.setAttribute("aria-pressed", String(each.value === state)));
    all("svg.standoff-figure").forEach((svg) => {
      const arrows = all(".arrow", svg);
      const some = arrows.some((arrow) => arrow.dataset.from === state);
      svg.classList.toggle("choosing", some);
      arrows.forEach((arrow) => arrow.classList.toggle("dim", some && arrow.dataset.from !== state));
    });
    cameFrom = from || cameFrom;
    panel.hidden = false;
    panel.scrollTop = 0;
    document.getElementById("chosen-title").textContent = "Why: " + state;
    const within = document.getElementById("chosen-reasons");
    within.replaceChildren();
    const reasons = reasonsOf(state);
    const copy = reasons && reasons.querySelector("ul").cloneNode(true);
    if (copy) within.append(copy);
    else showLittle(state, within);
    showMoves(state, within);
    say(state + " selected. " + (copy ? copy.children.length + " reasons, one for each side: " + copy.textContent.trim() : NOT_TOLD));
    return copy ? "" : " " + NOT_TOLD;
  };

  const close = () => {
    current = null;
    panel.hidden = true;
    all(".chosen").forEach((each) => each.classList.remove("chosen"));
    all("[aria-pressed]").forEach((each) => each.setAttribute("aria-pressed", "false"));
    all("svg.choosing").forEach((svg) => {
      svg.classList.remove("choosing");
      all(".dim", svg).forEach((arrow) => arrow.classList.remove("dim"));
    });
    if (cameFrom && cameFrom.isConnected) cameFrom.focus();
    say("Nothing selected.");
  };
  document.getElementById("chosen-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });

  // Rows of the table of states.
  const buttonFor = (state, within) => {
    const button = make("button", within, "", { type: "button", class: "state-button", "aria-pressed": String(state === current) });
    button.value = state;
    button.addEventListener("click", () => choose(state, button));
    return button;
  };
  all("table.states tbody tr").forEach((row) => {
    const label = row.querySelector(".state-label");
    const button = buttonFor(row.dataset.state);
    label.replaceWith(button);
    button.append(label);
  });

  // A column of the option table takes clicks between its letters too.
  const areaOf = (state) => {
    const box = state.getBBox();
    const area = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const key of ["x", "y", "width", "height"]) area.setAttribute(key, box[key]);
    area.setAttribute("class", "area");
    return area;
  };

  // States in drawings: one stop of the Tab key a drawing, arrow keys inside.
  all("svg.standoff-figure").forEach((svg) => {
    const states = all(".state", svg);
    if (!states.length) return;
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", `${svg.querySelector("title").textContent}. Arrow keys go from state to state.`);
    const go = (index) => {
      const next = states[Math.min(Math.max(index, 0), states.length - 1)];
      states.forEach((each) => each.setAttribute("tabindex", each === next ? "0" : "-1"));
      next.focus();
    };
    states.forEach((state, index) => {
      state.classList.add("pick");
      if (!state.querySelector(".rim, .slope")) state.prepend(areaOf(state));
      state.setAttribute("role", "button");
      state.setAttribute("tabindex", index ? "-1" : "0");
      state.setAttribute("aria-pressed", "false");
      state.addEventListener("click", () => choose(state.dataset.state, state));
      state.addEventListener("keydown", (event) => {
        const steps = { ArrowRight: index + 1, ArrowDown: index + 1, ArrowLeft: index - 1, ArrowUp: index - 1, Home: 0, End: states.length - 1 };
        if (event.key === "Enter" || event.key === " ") choose(state.dataset.state, state);
        else if (event.key in steps) go(steps[event.key]);
        else return;
        event.preventDefault();
      });
    });
  });

  // Filters: of the rows of the table and, where the page knows all states, of the others too.
  const AT_ONCE = 50;
  const others = (table) => {
    const box = make("div", null, "", { class: "others", hidden: "" });
    const frame = make("div", box, "", { class: "scroll", role: "group", tabindex: "0", "aria-label": "Other states that fit" });
    const found = make("table", frame, "", { class: "found" });
    const caption = make("caption", found);
    const head = table.tHead.cloneNode(true);
    all(".side", head).forEach((each) => each.remove());
    found.append(head);
    const body = make("tbody", found);
    const more = make("button", box, "Show more", { type: "button", class: "more" });
    let fits = [];
    const next = () => {
      fits.slice(body.rows.length, body.rows.length + AT_ONCE).forEach((number) => {
        const row = make("tr", body, "", { "data-state": labelOf(number) });
        row.classList.toggle("chosen", labelOf(number) === current);
        make("bdi", buttonFor(labelOf(number), make("th", row, "", { scope: "row" })), labelOf(number), { class: "state-label" });
        optionsOf(number).forEach((taken) => make("td", row, taken ? "Y" : "N", taken ? { class: "taken" } : {}));
        make("td", row, kindOf(number) || "-");
      });
      const text = `Other states that fit: ${many(body.rows.length)} of ${many(fits.length)} listed`;
      caption.textContent = text;
      more.hidden = body.rows.length === fits.length;
      return text;
    };
    more.addEventListener("click", () => say(next() + "."));
    table.closest(".scroll").after(box);
    return (numbersThatFit) => {
      fits = numbersThatFit;
      body.replaceChildren();
      next();
      box.hidden = !fits.length;
    };
  };
  all("form.filter").forEach((form) => {
    const table = document.getElementById(form.dataset.for);
    const rows = all("tbody tr", table);
    const known = new Set(rows.map((row) => row.dataset.state));
    const list = bits ? others(table) : null;
    all("select[data-option]", form).forEach((select) => {
      for (const [value, text] of [["", "either"], ["1", "taken"], ["0", "not taken"]]) make("option", select, text, { value });
    });
    const apply = () => {
      const concept = form.elements.concept.value;
      const wanted = all("select[data-option]", form).filter((each) => each.value);
      let shown = 0;
      rows.forEach((row) => {
        const fits = (!concept || row.dataset.concepts.split(" ").includes(concept)) &&
          wanted.every((each) => row.dataset.options[Number(each.dataset.option)] === each.value);
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      let text = shown + " of " + rows.length + " states of the table shown.";
      if (list) {
        const place = form.elements.concept.selectedIndex - 1;
        const fits = (number) => {
          const taken = optionsOf(number);
          return (!concept || conceptsOf(number)[place]) && wanted.every((each) => taken[Number(each.dataset.option)] === Number(each.value));
        };
        const found = [];
        for (let number = 0; number < beyond.size; number += 1) if (!known.has(labelOf(number)) && fits(number)) found.push(number);
        const filtered = concept || wanted.length;
        list(filtered ? found : []);
        if (filtered) text = `${many(shown + found.length)} of ${many(beyond.size)} states: ${shown} in the table, ${many(found.length)} others below it.`;
      } else if (beyond) {
        text += ` Only these are searched here, not the other ${many(beyond.size - rows.length)} states.`;
      }
      form.querySelector(".shown").textContent = text;
      say(text);
    };
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
  });

  // Paths.
  all(".path").forEach((path) => {
    const steps = all("li", path);
    let now = -1;
    path.querySelector(".steps").hidden = false;
    all("button[data-step]", path).forEach((button) => button.addEventListener("click", () => {
      now = Math.min(Math.max(now + Number(button.dataset.step), 0), steps.length - 1);
      const lacking = choose(steps[now].dataset.to, button);
      const { from, to } = steps[now].dataset;
      all("svg.standoff-figure", path.parentElement).forEach((svg) => {
        svg.classList.add("choosing");
        all(".arrow", svg).forEach((arrow) => arrow.classList.toggle("dim", arrow.dataset.from !== from || arrow.dataset.to !== to));
      });
      steps.forEach((step, index) => {
        step.classList.toggle("chosen", index === now);
        if (index === now) step.setAttribute("aria-current", "step");
        else step.removeAttribute("aria-current");
      });
      say("Step " + (now + 1) + " of " + steps.length + ": " + steps[now].textContent.trim() + "." + lacking);
    }));
  });

  // Closed parts are printed too.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    opened.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
})();

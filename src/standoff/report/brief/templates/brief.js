"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const told = document.getElementById("told");
  const panel = document.getElementById("chosen");
  const say = (text) => { told.textContent = text; };
  let cameFrom = null;

  const reasonsOf = (state) => all(".reasons details").find((each) => each.dataset.state === state);

  const choose = (state, from) => {
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
    const reasons = reasonsOf(state);
    cameFrom = from || cameFrom;
    panel.hidden = !reasons;
    if (reasons) {
      document.getElementById("chosen-title").textContent = "Why: " + state;
      const copy = reasons.querySelector("ul").cloneNode(true);
      document.getElementById("chosen-reasons").replaceChildren(copy);
      say(state + " selected. " + copy.children.length + " reasons, one for each side: " + copy.textContent.trim());
    } else {
      say(state + " selected. Its reasons are not on this page.");
    }
  };

  const close = () => {
    panel.hidden = true;
    all(".chosen").forEach((each) => each.classList.remove("chosen"));
    all("[aria-pressed]").forEach((each) => each.setAttribute("aria-pressed", "false"));
    all("svg.choosing").forEach((svg) => {
      svg.classList.remove("choosing");
      all(".dim", svg).forEach((arrow) => arrow.classList.remove("dim"));
    });
    if (cameFrom) cameFrom.focus();
    say("Nothing selected.");
  };
  document.getElementById("chosen-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });

  // Rows of the table of states.
  all("table.states tbody tr").forEach((row) => {
    const label = row.querySelector(".state-label");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "state-button";
    button.value = row.dataset.state;
    button.setAttribute("aria-pressed", "false");
    label.replaceWith(button);
    button.append(label);
    button.addEventListener("click", () => choose(row.dataset.state, button));
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

  // Filters.
  all("form.filter").forEach((form) => {
    const rows = all("tbody tr", document.getElementById(form.dataset.for));
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
      const text = shown + " of " + rows.length + " states of the table shown.";
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
      choose(steps[now].dataset.to, button);
      steps.forEach((step, index) => {
        step.classList.toggle("chosen", index === now);
        if (index === now) step.setAttribute("aria-current", "step");
        else step.removeAttribute("aria-current");
      });
      say("Step " + (now + 1) + " of " + steps.length + ": " + steps[now].textContent.trim());
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

// The desk's script. Every page works without it; with it, lists renew themselves, a form is sent
// once, the day changes at midnight.
"use strict";

const ready = () => {
  for (const form of document.querySelectorAll("form[method=post]")) once(form);
  for (const field of document.querySelectorAll("[data-focus]")) field.focus();
  menus();
  calendars();
  conditions();
  answers();
  drafts();
  uploads();
  midnight();
  live();
};

// A second click sends nothing; a page that comes back from the history can be sent again.
const once = (form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    if (form.uploading) { // sent once its files are there
      form.waiting = event.submitter;
      return event.preventDefault();
    }
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button:not([name])")) button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  });
};

// A field that another one's value asks for is shown with it, and sent only then.
const conditions = () => {
  for (const part of document.querySelectorAll("[data-shown-by]")) {
    const values = part.dataset.shownFor.split(" ");
    const others = document.getElementsByName(part.dataset.shownBy);
    const look = () => {
      const chosen = [...others].filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked).map((one) => one.value);
      part.hidden = !chosen.some((value) => values.includes(value));
      for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = part.hidden;
    };
    for (const one of others) one.addEventListener("change", look);
    look();
  }
};

// What a part of a form comes to is asked for as soon as its fields are filled in.
const answers = () => {
  for (const place of document.querySelectorAll("[data-asks]")) {
    const form = place.closest("form");
    let asked = 0;
    form.addEventListener("change", async (event) => {
      if (!place.dataset.of.split(" ").includes(event.target.name)) return;
      const turn = ++asked;
      const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      const answer = await fetch(place.dataset.asks, { method: "POST", body }).catch(() => null);
      if (answer && answer.ok && turn === asked) place.innerHTML = await answer.text();
    });
  }
};

// What is filled in is kept on the server while nobody types.
const drafts = () => {
  for (const form of document.querySelectorAll("form[data-keeps]")) {
    let waiting = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        if (form.dataset.sent) return;
        const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
        body.set("_step", "keep");
        fetch(location.href, { method: "POST", body, redirect: "manual" }).catch(() => null);
      }, 2000);
    });
  }
};

// A day is chosen beside the working-day calendar: by mouse, or by arrows and Page Up and Down.
const calendars = () => {
  for (const button of document.querySelectorAll("[data-calendar]")) {
    const field = document.getElementById(button.dataset.calendar);
    const place = document.createElement("div");
    const open = () => button.getAttribute("aria-expanded") === "true";
    const shut = () => { place.remove(); button.setAttribute("aria-expanded", "false"); };
    const show = async (day, which) => {
      const answer = await fetch("/calendar/month?" + new URLSearchParams({ day })).catch(() => null);
      if (!answer || !answer.ok || new URL(answer.url).pathname !== "/calendar/month") return field.focus();
      place.innerHTML = await answer.text();
      button.after(place);
      button.setAttribute("aria-expanded", "true");
      const days = [...place.querySelectorAll("[data-pick]")];
      const at = which ?? ((one) => one.matches("[aria-pressed], .today *"));
      (days.find(at) ?? days[0]).focus();
    };
    const step = (day, days) => {
      const moved = new Date(day + "T00:00:00Z");
      moved.setUTCDate(moved.getUTCDate() + days);
      const wanted = moved.toISOString().slice(0, 10);
      const here = place.querySelector(`[data-pick="${wanted}"]`);
      here ? here.focus() : show(wanted, (one) => one.dataset.pick === wanted);
    };
    place.className = "choose-day";
    button.hidden = false;
    button.addEventListener("click", () => { open() ? shut() : show(field.value); });
    place.addEventListener("click", (event) => {
      const { pick, turn } = event.target.closest("button")?.dataset ?? {};
      if (turn) show(turn);
      if (!pick) return;
      field.value = pick;
      shut();
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
      field.focus();
    });
    place.addEventListener("keydown", (event) => {
      const day = event.target.dataset.pick;
      const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 }[event.key];
      if (event.key === "Escape") { shut(); button.focus(); }
      if (day && days) { event.preventDefault(); step(day, days); }
    });
    button.parentNode.addEventListener("focusout", (event) => {
      if (open() && event.relatedTarget && !button.parentNode.contains(event.relatedTarget)) shut();
    });
    document.addEventListener("click", (event) => { if (open() && event.isTrusted && !event.composedPath().includes(button.parentNode)) shut(); });
  }
};


// Files go ahead of their form, one after the other, each with how far it has come. What did not get
// there stays chosen and comes with the form.
const uploads = () => {
  for (const field of document.querySelectorAll("input[data-uploads]")) {
    field.addEventListener("change", async () => {
      const form = field.form, files = [...field.files], left = new DataTransfer();
      if (!files.length) return;
      let list = field.parentElement.querySelector("ul.files");
      if (!list) field.before(list = made("ul", { className: "files" }));
      if (!field.multiple) list.replaceChildren();
      for (const line of list.querySelectorAll(".problem")) line.remove();
      form.uploading = (form.uploading || 0) + 1;
      field.value = "";
      const lines = files.map((file) => {
        const progress = made("progress", { max: 1, value: 0, ariaLabel: file.name }), percent = made("span", { className: "number" });
        const line = made("li", { className: "coming" });
        line.append(made("span", { textContent: file.name }), progress, percent);
        list.append(line);
        return [file, line, (part) => { progress.value = part; percent.textContent = `${Math.floor(part * 100)} %`; }];
      });
      for (const [file, line, far] of lines) {
        const body = new FormData();
        body.append("_token", form.elements._token.value);
        body.append(field.name, file);
        const answer = await posted(field.dataset.uploads, body, far);
        if (answer === null) {
          left.items.add(file);
          line.replaceWith(made("li", { className: "problem", textContent: field.dataset.failed.replace("{name}", file.name) }));
        } else {
          line.outerHTML = answer;
        }
      }
      if (left.files.length) field.files = left.files;
      form.uploading -= 1;
      form.dispatchEvent(new Event("input"));
      if (!form.uploading && form.waiting) form.requestSubmit(form.waiting);
    });
  }
};

const made = (name, values) => Object.assign(document.createElement(name), values);

// The answer to a body that tells how much of it is on its way; null: there was none that serves.
const posted = (to, body, far) => new Promise((done) => {
  const request = new XMLHttpRequest();
  request.open("POST", to);
  request.upload.onprogress = (event) => { if (event.lengthComputable) far(event.loaded / event.total); };
  request.onload = () => done(request.status === 200 && new URL(request.responseURL).pathname === to ? request.responseText : null);
  request.onerror = () => done(null);
  request.send(body);
});

// A menu closes when one clicks or tabs elsewhere, and at Escape.
const menus = () => {
  for (const menu of document.querySelectorAll("details.me")) {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); } });
  }
};

// Days left change at midnight in the office's zone, also in a tab left open while its computer slept.
// Not under somebody's hands, and never by sending a form again: a page with a form that was touched, or
// that answers one, says so instead.
const midnight = () => {
  const page = document.documentElement;
  if (!page.dataset.midnight) return;
  const until = Date.now() + Number(page.dataset.midnight) * 1000 + 1500;
  document.addEventListener("input", (event) => { if (event.target.form?.method === "post") event.target.form.setAttribute("data-touched", ""); });
  const look = async () => {
    if (Date.now() < until) return;
    if (document.querySelector("[data-touched]")) document.getElementById("yesterday").hidden = false;
    else if (await fetch("/me", { headers: { "x-live": "1" } }).catch(() => null)) location.reload(); // not into nothing
  };
  setInterval(look, 60000);
  document.addEventListener("visibilitychange", look);
};

// What carries data-live renews itself: the server says that something changed, the page asks for
// itself again and takes over those parts, at most every two seconds, only while somebody sees it.
// One with data-every shows what the register hears nothing of, and asks every so many seconds, whatever
// changed; what carries data-stale says that nobody answered. A page without such parts is never asked for
// again, for some readings are written down: it only leaves once its session is over.
const live = () => {
  if (!document.getElementById("nav")) return;
  const here = location.pathname + location.search;
  let source, timer, last = 0;
  const leave = () => { if (!document.querySelector("form[data-touched]")) location.replace(here); };
  const every = document.querySelector("[data-every]")?.dataset.every;
  const changed = () => { if (!every && document.querySelector("[data-live]")) soon(); };
  const soon = () => { timer ??= setTimeout(renew, Math.max(0, last + 2000 - Date.now())); };
  const renew = async () => {
    timer = undefined;
    last = Date.now();
    const answer = await fetch(document.querySelector("[data-live]") ? here : "/me", { headers: { "x-live": "1" } }).catch(() => null);
    if (answer && answer.status === 403) { source?.close(); return leave(); } // theirs to see no longer
    for (const said of document.querySelectorAll("[data-stale]")) said.hidden = Boolean(answer && answer.ok);
    if (!answer || !answer.ok) return;
    if (new URL(answer.url).pathname === "/sign-in") return leave();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live][id]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh || fresh.outerHTML === old.outerHTML) continue;
      if (old.contains(document.activeElement)) { // not under somebody's hands
        old.addEventListener("focusout", soon, { once: true });
        continue;
      }
      old.replaceWith(document.adoptNode(fresh));
      for (const form of fresh.querySelectorAll("form[method=post]")) once(form);
    }
  };
  const listen = () => {
    source = new EventSource("/live");
    source.addEventListener("changed", changed);
    source.addEventListener("over", () => { source.close(); leave(); });
    source.onopen = () => { if (last) changed(); last ||= 1; }; // what was missed meanwhile
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) { soon(); setTimeout(look, 10000); }
    };
  };
  const look = () => {
    source?.close();
    if (!document.hidden) listen();
  };
  if (every) setInterval(() => { if (!document.hidden) soon(); }, every * 1000);
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  look();
};

document.readyState === "loading" ? addEventListener("DOMContentLoaded", ready) : ready();

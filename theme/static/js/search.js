// The search page, which lists all titles without this script: shows what a query finds. What finds it,
// find.js, and the index are loaded by the first query. All words are the page's own:
// theme/templates/search.html.

/** The address of an entry, as a file of the same site. */
const address = (url, root) => new URL(`.${url}`, new URL(root, location.href)).href;

const made = (name, look) =>
  Object.assign(document.createElement(name), look && { className: look });

const SHOWN = 20;

function start(count) {
  const part = (name) => document.getElementById(`search_${name}`);
  const [field, list, more, titles] = ["query", "results", "more", "titles"].map(part);
  const words = part("words").content;
  const word = (name, value) => words.querySelector(`[data-${name}="${value}"]`)?.cloneNode(true);
  const said = count.dataset;
  const { lang } = document.documentElement;
  const [index, finder] = [said.index, said.finder].map((url) => new URL(url, location.href).href);
  const name = document.title;
  const today = new Date().toLocaleDateString("sv", { timeZone: said.timeZone });
  let asked; // what finds, once it is loaded
  let waiting = []; // the files of the index that are not loaded yet
  let results = [];

  const load = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  /** What a query finds; what comes further on in the index is only asked if that is little. */
  const find = async (query) => {
    if (!asked) {
      const [{ searcher }, first] = await Promise.all([import(finder), load(index)]);
      asked = searcher(lang);
      asked.add(first);
      waiting = first.more;
    }
    let found = asked.ask(query);
    while (found.whole < SHOWN && waiting.length) {
      const more = await load(new URL(waiting[0], index)).catch(() => null);
      if (!more) break; // another publication has others: what is found is right all the same
      waiting = waiting.slice(1);
      asked.add(more);
      found = asked.ask(query);
    }
    return found.entries;
  };

  const telephone = ([shown, number, extensions]) => {
    const row = words.querySelector("[data-telephone]").cloneNode();
    const link = made("a");
    row.append(link);
    const [only, another] = extensions;
    link.href = `tel:${number}${only && !another ? `,${only}` : ""}`;
    const digits = made("bdi");  // whose + stands first in an Arabic page too
    digits.dir = "ltr";
    digits.textContent = shown;
    link.append(digits);
    const said = words.querySelector(another ? "[data-extensions]" : "[data-extension]").textContent;
    if (only) {
      (another ? row : link).append(`, ${said.replace("{number}", extensions.join(", "))}`);
    }
    return row;
  };

  const item = (entry) => {
    const link = made("a");
    link.href = address(entry.url, said.root);
    link.textContent = entry.title;
    const facts = made("p", "list__facts");
    facts.append(word("kind", entry.kind));
    const title = made("p", "list__title");
    title.append(link);
    if (entry.lang) {
      link.lang = link.hreflang = entry.lang;
      title.append(" ", word("lang", entry.lang));
    }
    const state = entry.until && entry.until < today ? "expired" : entry.state;
    if (state !== "current") facts.append(" · ", word("state", state));
    const row = made("li");
    row.append(title, facts, ...entry.telephones.map(telephone));
    if (entry.summary) {
      const summary = made("p");
      summary.textContent = entry.summary;
      if (entry.lang) summary.lang = entry.lang;
      row.append(summary);
    }
    return row;
  };

  const show = (from) => {
    list.append(...results.slice(from, from + SHOWN).map(item));
    more.hidden = results.length <= from + SHOWN;
  };

  const say = (form, query) => {
    const own = { query, count: results.length };
    count.textContent = form.replace(/\{(\w+)\}/g, (_, key) => own[key]);
  };

  const answer = async () => {
    const query = (new URLSearchParams(location.search).get("q") || "").trim();
    field.value = query;
    document.title = query ? `${query} – ${name}` : name;
    let form = "";
    results = [];
    if (query) {
      if (!asked) say(said.waiting, query);
      try {
        results = await find(query);
        form = results.length ? said.found : said.none;
      } catch {
        form = said.failed;
      }
    }
    list.replaceChildren();
    list.hidden = !results.length;
    titles.hidden = results.length > 0;
    show(0);
    say(form, query);
  };

  let last = Promise.resolve();
  const run = () => { last = last.then(answer); };

  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = field.value.trim();
    history.pushState(null, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
    run();
  });
  more.addEventListener("click", () => {
    const { length } = list.children;
    show(length);
    list.children[length].querySelector("a").focus();
  });
  addEventListener("popstate", run);
  run();
}

start(document.getElementById("search_count"));

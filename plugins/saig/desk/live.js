// Loads the page again when what stands at its address is another. Only a page that is looked at
// asks: browsers open few connections to one host.
const seen = document.querySelector("meta[name=saig-desk]").content;
let asking = null;

async function ask() {
    if (asking || document.hidden) return;
    asking = new AbortController();
    try {
        const query = new URLSearchParams({ address: location.pathname, seen });
        const answer = await fetch(`/_desk/wait?${query}`, { signal: asking.signal, cache: "no-store" });
        if (answer.ok && (await answer.json()).changed) return location.reload();
        asking = null;
        if (answer.ok) ask();
    } catch {
        asking = null;
        setTimeout(ask, 1000);
    }
}

document.addEventListener("visibilitychange", () => {
    if (document.hidden) asking?.abort();
    else ask();
});
ask();

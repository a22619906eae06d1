// A shortlist in the visitor's own browser: it needs no platform, so it works in a snapshot as well.
(() => {
  const key = "shortlist";
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) ?? []; } catch { return []; } };

  const show = () => {
    const list = read();
    for (const counter of document.querySelectorAll("[data-shortlist]")) {
      counter.hidden = list.length === 0;
      counter.querySelector("[data-shortlist-count]").textContent = list.length;
    }
    for (const button of document.querySelectorAll("[data-shortlist-toggle]")) {
      const listed = list.includes(button.dataset.shortlistToggle);
      button.setAttribute("aria-pressed", listed);
      button.textContent = listed ? "On your shortlist" : "Shortlist";
    }
  };

  document.addEventListener("click", event => {
    const slug = event.target.closest("[data-shortlist-toggle]")?.dataset.shortlistToggle;
    if (!slug) return;
    const list = read();
    localStorage.setItem(key, JSON.stringify(list.includes(slug) ? list.filter(other => other !== slug) : [...list, slug]));
    show();
  });

  show();
})();

// Small things that pages do better with scripts; every page works without them.
(() => {
  "use strict";

  const summary = document.getElementById("error-summary");
  if (summary) {
    summary.focus();
    // A click on a fault goes to its field, and the label stays in view.
    summary.addEventListener("click", event => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.closest("fieldset") || document.querySelector(`label[for="${CSS.escape(field.id)}"]`) || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }

  // A second click on the same button within a second is a slip.
  document.addEventListener("submit", event => {
    const button = event.submitter;
    if (!button || !button.hasAttribute("data-prevent-double-click")) return;
    if (button.dataset.sent && Date.now() - Number(button.dataset.sent) < 1000) event.preventDefault();
    else button.dataset.sent = String(Date.now());
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  const warning = document.getElementById("session-warning");
  if (warning) {
    const idle = Number(warning.dataset.idle) * 1000;
    let timers = [];
    const start = () => {
      timers.forEach(clearTimeout);
      warning.hidden = true;
      timers = [setTimeout(() => { warning.hidden = false; document.getElementById("session-stay").focus(); }, idle - 300000), setTimeout(() => location.reload(), idle + 5000)];
    };
    document.getElementById("session-stay").addEventListener("click", () => fetch("/session", { credentials: "same-origin", redirect: "manual" }).then(start));
    start();
  }
})();

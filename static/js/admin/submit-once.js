// A form that takes long to answer is submitted once: a second click would only be refused.

for (const form of document.querySelectorAll("form[data-submit-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.submitted) event.preventDefault();
    form.dataset.submitted = "yes";
  });
  // The browser may show the page again as it was left.
  window.addEventListener("pageshow", () => delete form.dataset.submitted);
}

// A note that the site has stored needs no warning when the page goes; what was typed since does.

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest("form[data-note]");
  if (!form || detail.isForeign || detail.xhr.status !== 200) return;
  const box = form.elements.text;
  box.defaultValue = detail.requestConfig.parameters.text.replaceAll("\r\n", "\n");
  delete box.dataset.onlyCopy;
  box.removeAttribute("aria-invalid");
});

// Back in without leaving the page: a guest by the pass that the page carries, anybody else by a
// sign-in dialog over it.

import { csrfToken } from "./page.js";

const HEADERS = () => ({ "X-CSRFToken": csrfToken(), "X-Page-Script": "1", "X-Requested-With": "XMLHttpRequest" });

// Ask once, which also renews a lost CSRF cookie. Resolves to true when the page is known again.
export async function comeBack({ clockUrl, guestPass, returnUrl }) {
  try {
    const known = await fetch(clockUrl, { headers: { "X-Page-Script": "1" } });
    if (known.ok) return true;
    if (known.status !== 401 || !guestPass) return false;
    const body = new URLSearchParams({ pass: guestPass });
    const reply = await fetch(returnUrl, { method: "POST", body, headers: HEADERS() });
    return reply.ok;
  } catch {
    return false;
  }
}

// Resolves to true after signing in, to false when put off.
export function offerSignIn() {
  const dialog = document.getElementById("sign-in");
  const form = dialog.querySelector("form");
  const error = form.querySelector("[role=alert]");
  if (dialog.open) return Promise.resolve(false);
  dialog.showModal();
  return new Promise((resolve) => {
    const done = new AbortController();
    const finish = (back) => {
      done.abort();
      dialog.close();
      resolve(back);
    };
    dialog.addEventListener("close", () => finish(false), { signal: done.signal });
    form.addEventListener(
      "submit",
      async (event) => {
        event.preventDefault();
        error.hidden = true;
        const reply = await send(form).catch(() => null);
        if (reply?.ok) return finish(true);
        error.textContent = reply
          ? "That e-mail and password do not fit. Please try again."
          : "The site can't be reached. Please try again.";
        error.hidden = false;
      },
      { signal: done.signal },
    );
  });
}

async function send(form) {
  const url = form.dataset.loginUrl;
  await fetch(url); // makes sure that there is a CSRF cookie
  const body = new URLSearchParams({ login: form.elements.login.value, password: form.elements.password.value });
  return fetch(url, { method: "POST", body, headers: { ...HEADERS(), Accept: "application/json" } });
}

// Whether this browser refuses the cookies of this site. Without them nobody can log in or send a form.

import { csrfToken } from "./csrf.js";

export const COOKIES_NEEDED =
  "Your browser blocks the cookies of this site. Allow them, then press the button again. What you wrote is still here.";

export function refusesCookies() {
  if (csrfToken()) return false;
  try {
    document.cookie = "probe=1; Path=/; SameSite=Lax";
    const isRefused = !document.cookie.includes("probe=1");
    document.cookie = "probe=; Path=/; Max-Age=0";
    return isRefused;
  } catch {
    return true; // a browser that lets no script near them
  }
}

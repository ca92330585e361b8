// Read when a request is sent, because logging in in another tab renews the cookie.
export function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";
}

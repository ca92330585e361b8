// Puts a copy of the template `id` below the question, and returns it.
export function showNotice(room, id) {
  const notice = document.getElementById(id).content.firstElementChild.cloneNode(true);
  room.querySelector("h1").after(notice);
  return notice;
}

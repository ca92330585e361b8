// The button that prints the result. What is closed is opened for the print by the style sheet.

document.getElementById("print")?.addEventListener("click", () => print());

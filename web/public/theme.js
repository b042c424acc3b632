// Sets the colour scheme before the first paint, so that a dark page never flashes white.
(function () {
  var stored = localStorage.getItem("mantine-color-scheme-value");
  var dark = stored === "dark" || (stored !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();

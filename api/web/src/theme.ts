// Runs before the first paint: marks that scripts run and applies the chosen theme.
const root = document.documentElement;
root.classList.add("has-script");
const chosen = localStorage.getItem("asckg-theme");
if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

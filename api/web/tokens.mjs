// Turns the token file into custom properties: one set for light, one for dark, a class per kind of thing.

function properties(pairs) {
  return pairs.map(([name, value]) => `  --${name}: ${value};`).join("\n");
}

function theme(tokens, mode) {
  const colours = Object.entries(tokens.colour[mode]);
  const families = Object.entries(tokens.family).map(([name, pair]) => [`f-${name}`, pair[mode]]);
  return properties([...colours, ...families, ["on-kind", mode === "light" ? "#ffffff" : "#0e141c"]]);
}

export function styleSheet(tokens) {
  const fixed = properties([
    ...Object.entries(tokens.font).map(([name, value]) => [`font-${name}`, value]),
    ...Object.entries(tokens.size).map(([name, value]) => [`size-${name}`, value]),
    ...Object.entries(tokens.space).map(([name, value]) => [`s${name}`, value]),
  ]);
  const kinds = Object.entries(tokens.kind).map(([name, kind]) => `.k-${name} { --kind: var(--f-${kind.family}); }`);
  return [
    `:root {\n  color-scheme: light;\n${fixed}\n${theme(tokens, "light")}\n}`,
    `@media screen and (prefers-color-scheme: dark) {\n:root:not([data-theme="light"]) {\n  color-scheme: dark;\n${theme(tokens, "dark")}\n}\n}`,
    `@media screen {\n:root[data-theme="dark"] {\n  color-scheme: dark;\n${theme(tokens, "dark")}\n}\n}`,
    ...kinds,
    "",
  ].join("\n");
}

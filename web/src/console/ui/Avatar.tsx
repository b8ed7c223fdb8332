/** The first letters of a name; the name itself stands beside it or in the label of what holds it. */
export function Avatar({ name, small = false }: { name: string; small?: boolean }) {
  const letters = name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? "")
    .join("");
  // Drawn by CSS: letters are no words that a label would have to repeat.
  return <span className={small ? "avatar small" : "avatar"} data-letters={letters} aria-hidden="true" />;
}

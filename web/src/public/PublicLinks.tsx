// The ways to what everybody may see: pages that the server draws (src/http/public).
import { useLanguage } from "../text/language";

const PAGES = {
  list: "/reportes",
  map: "/reportes/mapa",
  figures: "/reportes/cifras",
  data: "/datos",
} as const;

export function PublicLinks() {
  const { lang, texts } = useLanguage();
  const { links } = texts.home;
  const query = lang === "es" ? "" : `?lang=${lang}`;
  return (
    <nav className="public-links" aria-label={links.label}>
      <ul>
        {(Object.keys(PAGES) as (keyof typeof PAGES)[]).map((page) => (
          <li key={page}>
            <a href={`${PAGES[page]}${query}`}>{links[page]}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

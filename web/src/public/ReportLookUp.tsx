// "¿Cómo va mi reporte?": a form that the server answers with the page of the report.
import { useLanguage } from "../text/language";

export function ReportLookUp() {
  const { lang, texts } = useLanguage();
  const form = texts.home.form;
  return (
    <section className="look-up">
      <h2>{form.heading}</h2>
      <form action="/folio" method="get">
        {lang !== "es" && <input type="hidden" name="lang" value={lang} />}
        <label htmlFor="folio">{form.label}</label>
        <div className="look-up-row">
          <input
            id="folio"
            name="folio"
            className="field"
            placeholder={form.example}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            aria-describedby="folio-hint"
          />
          <button type="submit" className="primary">
            {form.submit}
          </button>
        </div>
        <p id="folio-hint" className="hint">
          {form.hint}
        </p>
      </form>
    </section>
  );
}

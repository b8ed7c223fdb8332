// "¿Cómo va mi reporte?": the public state of a report by its folio.
import { type FormEvent, useId, useRef, useState } from "react";
import { type LookUpFailure, lookUpReport, type PublicStatus } from "../api/client";
import { useLanguage } from "../text/language";

type Answer =
  | { kind: "none" | "empty" | "busy" }
  | { kind: "failed"; failure: LookUpFailure }
  | { kind: "found"; report: PublicStatus };

export function ReportLookUp() {
  const { lang, texts } = useLanguage();
  const form = texts.home.form;
  const [folio, setFolio] = useState("");
  const [answer, setAnswer] = useState<Answer>({ kind: "none" });
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const problem = problemOf(answer, texts.home);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = folio.trim();
    input.current?.focus();
    if (!wanted) return setAnswer({ kind: "empty" });
    setAnswer({ kind: "busy" });
    const found = await lookUpReport(wanted, lang);
    setAnswer("report" in found ? { kind: "found", ...found } : { kind: "failed", ...found });
  };

  return (
    <section className="look-up">
      <h2>{form.heading}</h2>
      <form onSubmit={submit} noValidate>
        <label htmlFor="folio">{form.label}</label>
        <div className="look-up-row">
          <input
            ref={input}
            id="folio"
            className="field"
            value={folio}
            onChange={(event) => setFolio(event.target.value)}
            placeholder={form.example}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            aria-describedby={hint}
            aria-invalid={problem !== null}
          />
          <button type="submit" className="primary" disabled={answer.kind === "busy"}>
            {answer.kind === "busy" ? form.busy : form.submit}
          </button>
        </div>
        <p id={hint} className="hint">
          {form.hint}
        </p>
      </form>
      <div aria-live="polite">
        {problem && <p className="problem">{problem}</p>}
        {answer.kind === "found" && <ReportCard report={answer.report} />}
      </div>
    </section>
  );
}

function problemOf(answer: Answer, home: ReturnType<typeof useLanguage>["texts"]["home"]): string | null {
  if (answer.kind === "empty") return home.form.empty;
  return answer.kind === "failed" ? home.failures[answer.failure] : null;
}

function ReportCard({ report }: { report: PublicStatus }) {
  const { result } = useLanguage().texts.home;
  return (
    <dl className="report">
      <div className="report-state">
        <dt>{result.state}</dt>
        <dd>{report.state_label}</dd>
      </div>
      <div>
        <dt>{result.folio}</dt>
        <dd className="folio">{report.folio}</dd>
      </div>
      <div>
        <dt>{result.kind}</dt>
        <dd>{report.category_name ?? result.private}</dd>
      </div>
      <div>
        <dt>{result.filedOn}</dt>
        <dd>{report.filed_on}</dd>
      </div>
    </dl>
  );
}

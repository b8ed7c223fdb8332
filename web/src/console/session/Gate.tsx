// Before the console: who are you? Then the console, with a dialog over it when the session ends.
import { useTranslation } from "react-i18next";
import { codeOf } from "../api/problem";
import { Shell } from "../shell/Shell";
import { CouldNotLoad } from "../ui/Problems";
import { Window } from "../ui/Window";
import { FactorWanted } from "./FactorWanted";
import { SignInForm } from "./SignInForm";
import { SignInPage } from "./SignInPage";
import { MeContext, useMeQuery, useSessionEnded } from "./session";

export function Gate() {
  const { data: me, error, isPending, refetch } = useMeQuery();
  if (me) {
    return (
      <MeContext value={me}>
        {me.second_factor_wanted ? <FactorWanted /> : <Shell />}
        <Ended email={me.email} />
      </MeContext>
    );
  }
  if (isPending) return <div className="splash" aria-busy="true" />;
  const code = codeOf(error);
  if (code === "signed_out" || code === "second_factor")
    return <SignInPage half={code === "second_factor"} />;
  return (
    <main className="door">
      <CouldNotLoad error={error} retry={() => void refetch()} />
    </main>
  );
}

/** The page stays under it as it was: open drafts and scroll are not lost. */
function Ended({ email }: { email: string }) {
  const { t } = useTranslation();
  const ended = useSessionEnded();
  return (
    <Window title={t("signIn.expiredTitle")} isOpen={ended} onClose={() => {}} dismissable={false}>
      <p>{t("signIn.expiredLead")}</p>
      <SignInForm email={email} />
    </Window>
  );
}

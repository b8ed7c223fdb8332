import { useTranslation } from "react-i18next";
import { Problems } from "../ui/Problems";
import { Door } from "./Door";
import { useRefusal } from "./provider";
import { SignInForm } from "./SignInForm";

/** `half`: the code of the second factor lacks. */
export function SignInPage({ half }: { half: boolean }) {
  const { t } = useTranslation();
  const refusal = useRefusal();
  return (
    <Door title={t("signIn.title")} lead={t("signIn.lead")}>
      <Problems error={refusal} />
      <SignInForm half={half} />
    </Door>
  );
}

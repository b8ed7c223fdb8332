import { useTranslation } from "react-i18next";
import { Door } from "./Door";
import { SignInForm } from "./SignInForm";

export function SignInPage() {
  const { t } = useTranslation();
  return (
    <Door title={t("signIn.title")} lead={t("signIn.lead")}>
      <SignInForm />
    </Door>
  );
}

// E-mail and password, then the code where the account has a second factor.
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { session } from "../api/accounts";
import { setToken } from "../api/client";
import type { SignIn } from "../api/types";
import { Button } from "../ui/Button";
import { Field, PasswordField } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { ProviderButton } from "./ProviderButton";
import { signedIn } from "./session";

interface FormProps {
  email?: string;
  /** Only the code lacks. */
  half?: boolean;
}

export function SignInForm({ email = "", half: begun = false }: FormProps) {
  const [half, setHalf] = useState(begun);
  useEffect(() => {
    if (!begun) return;
    session.half().then(
      (answer) => answer.state === "second_factor" && setToken(answer.csrf),
      () => setHalf(false),
    );
  }, [begun]);
  const opened = (answer: SignIn) => {
    if (answer.state === "signed_in") return signedIn(answer.me);
    setToken(answer.csrf);
    setHalf(true);
  };
  return half ? (
    <CodeStep onOpened={opened} onStartOver={() => setHalf(false)} />
  ) : (
    <PasswordStep email={email} onOpened={opened} />
  );
}

interface Step {
  onOpened: (answer: SignIn) => void;
}

function PasswordStep({ email: first, onOpened }: Step & { email: string }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(first);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onOpened(await session.signIn(email.trim(), password));
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Field
        label={t("signIn.email")}
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus={first === ""}
      />
      <PasswordField
        label={t("signIn.password")}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        autoFocus={first !== ""}
      />
      <Problems error={error} />
      <Button type="submit" className="primary" isPending={busy}>
        {busy ? t("signIn.busy") : t("signIn.submit")}
      </Button>
      <p className="hint">{t("signIn.forgot")}</p>
      <ProviderButton />
    </form>
  );
}

/** The second step, also after a new password was chosen. */
export function CodeStep({ onOpened, onStartOver }: Step & { onStartOver: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onOpened(await session.code(code.trim()));
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("signIn.codeLead")}</p>
      <Field
        label={t("signIn.code")}
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        isRequired
        autoFocus
        spellCheck="false"
      />
      <Problems error={error} />
      <Button type="submit" className="primary" isPending={busy}>
        {busy ? t("signIn.busy") : t("signIn.codeSubmit")}
      </Button>
      <Button className="quiet" onPress={onStartOver}>
        {t("signIn.startOver")}
      </Button>
    </form>
  );
}

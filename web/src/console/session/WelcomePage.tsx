// /console/welcome#token: the first password of a new account, or a new one of an old account.
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { invitation } from "../api/accounts";
import { setToken } from "../api/client";
import { KEYS } from "../api/keys";
import { codeOf } from "../api/problem";
import type { InvitationFor, SignIn } from "../api/types";
import { Button } from "../ui/Button";
import { Field, PasswordField } from "../ui/Field";
import { CouldNotLoad, Problems } from "../ui/Problems";
import { Skeleton } from "../ui/Skeleton";
import { Door } from "./Door";
import { ProviderButton } from "./ProviderButton";
import { CodeStep } from "./SignInForm";
import { signedIn } from "./session";

export const SHORTEST_PASSWORD = 12;

/** Out of the address bar and the history as soon as it is read: whoever has it has the account. */
function useToken(): string {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [token, setToken] = useState(hash.slice(1));
  useEffect(() => {
    if (hash === "") return;
    setToken(hash.slice(1));
    void navigate({ hash: "" }, { replace: true });
  }, [hash, navigate]);
  return token;
}

export function WelcomePage() {
  const { t } = useTranslation();
  const token = useToken();
  return token === "" ? (
    <Door title={t("invitation.incompleteTitle")} lead={t("invitation.incompleteLead")}>
      <Link to="/">{t("invitation.signIn")}</Link>
    </Door>
  ) : (
    <Welcome key={token} token={token} />
  );
}

function Welcome({ token }: { token: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: KEYS.invitation(token),
    queryFn: () => invitation.get(token),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data) return <Accept token={token} of={data} />;
  if (error && codeOf(error) === "gone") {
    return (
      <Door title={t("invitation.goneTitle")} lead={t("invitation.goneLead")}>
        <Link to="/">{t("invitation.signIn")}</Link>
      </Door>
    );
  }
  return (
    <Door title={t("invitation.title")}>
      {error ? (
        <CouldNotLoad error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton rows={3} kind="card" />
      )}
    </Door>
  );
}

function Accept({ token, of }: { token: string; of: InvitationFor }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState(of.name);
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const isNew = of.kind === "invitation";
  const short = password.length < SHORTEST_PASSWORD;
  const [half, setHalf] = useState(false);
  const opened = (how: SignIn) => {
    if (how.state === "second_factor") {
      setToken(how.csrf);
      return setHalf(true);
    }
    signedIn(how.me);
    void navigate("/", { replace: true });
  };
  const accept = useMutation({
    mutationFn: () => invitation.accept(token, isNew ? { password, name: name.trim() } : { password }),
    onSuccess: opened,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short) accept.mutate();
  };
  return (
    <Door
      title={isNew ? t("invitation.title") : t("invitation.passwordTitle")}
      lead={
        isNew ? t("invitation.lead", { town: of.town }) : t("invitation.passwordLead", { email: of.email })
      }
    >
      {half ? (
        <CodeStep onOpened={opened} onStartOver={() => void navigate("/", { replace: true })} />
      ) : (
        <form className="stack" onSubmit={submit}>
          <Field label={t("invitation.email")} value={of.email} isReadOnly autoComplete="username" />
          {isNew && (
            <Field
              label={t("invitation.name")}
              hint={t("invitation.nameHint")}
              value={name}
              onChange={setName}
              autoComplete="name"
              isRequired
            />
          )}
          <PasswordField
            label={t("invitation.password")}
            hint={t("invitation.passwordHint")}
            wrong={tried && short ? t("invitation.short") : null}
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
            isRequired
          />
          <Problems error={accept.error} />
          <Button type="submit" className="primary" isPending={accept.isPending}>
            {t("invitation.submit")}
          </Button>
          {isNew && <ProviderButton invitation={token} />}
        </form>
      )}
    </Door>
  );
}

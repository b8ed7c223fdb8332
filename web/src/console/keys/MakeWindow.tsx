import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { keys } from "../api/accounts";
import { KEYS } from "../api/keys";
import type { Permission } from "../api/types";
import { queries } from "../session/queries";
import { useMe } from "../session/session";
import { Button } from "../ui/Button";
import { ChooseSome } from "../ui/Choice";
import { ShownOnce } from "../ui/Copy";
import { Field } from "../ui/Field";
import { Problems } from "../ui/Problems";
import { scopeOptions } from "../ui/roles";
import { Window } from "../ui/Window";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

export function MakeWindow({ isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Window title={t("keys.makeTitle")} isOpen={isOpen} onClose={onClose}>
      <Inside onClose={onClose} />
    </Window>
  );
}

function Inside({ onClose }: Pick<Props, "onClose">) {
  const { t } = useTranslation();
  const { permissions } = useMe();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Permission[]>([]);
  const [tried, setTried] = useState(false);
  const make = useMutation({
    mutationFn: () => keys.make(name.trim(), scopes),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS.keys }),
  });
  if (make.data) return <Made secret={make.data.secret} onClose={onClose} />;
  // Nobody gives away more than they have.
  const options = scopeOptions(t).filter(({ value }) => permissions.includes(value));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (scopes.length > 0) make.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Field
        label={t("keys.name")}
        hint={t("keys.nameHint")}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
      />
      <ChooseSome<Permission>
        label={t("keys.scopes")}
        options={options}
        value={scopes}
        onChange={setScopes}
        wrong={tried && scopes.length === 0 ? t("keys.pickScope") : null}
      />
      <Problems error={make.error} />
      <div className="window-actions">
        <Button className="quiet" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" className="primary" isPending={make.isPending}>
          {t("keys.make")}
        </Button>
      </div>
    </form>
  );
}

function Made({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <p>
        <strong>{t("keys.madeTitle")}</strong>
      </p>
      <p>{t("keys.madeLead")}</p>
      <ShownOnce label={t("keys.secret")} text={secret} />
      <div className="window-actions">
        <Button className="primary" onPress={onClose}>
          {t("common.close")}
        </Button>
      </div>
    </div>
  );
}

import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { session } from "../api/accounts";
import { Button } from "../ui/Button";
import { Problems } from "../ui/Problems";
import { useProvider } from "./provider";

/** Below the password: the other door, where the town has one. `invitation`: the one that is accepted this way. */
export function ProviderButton({ invitation }: { invitation?: string }) {
  const { t } = useTranslation();
  const provider = useProvider();
  const go = useMutation({
    mutationFn: () => session.elsewhere(invitation),
    onSuccess: ({ url }) => location.assign(url),
  });
  if (provider === null) return null;
  return (
    <div className="stack other-door">
      <Problems error={go.error} />
      <Button className="quiet" onPress={() => go.mutate()} isPending={go.isPending}>
        {t("signIn.elsewhere", { provider })}
      </Button>
    </div>
  );
}

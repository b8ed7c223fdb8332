import { useQuery } from "@tanstack/react-query";
import { departments } from "../api/accounts";
import { KEYS } from "../api/keys";
import { spoken } from "../text/i18n";

/** The town's departments with their names in the chosen language; they change with the catalogue only. */
export function useDepartments() {
  const lang = spoken();
  const { data } = useQuery({
    queryKey: KEYS.departments(lang),
    queryFn: () => departments(lang),
    staleTime: 600_000,
  });
  const list = data?.departments ?? [];
  return {
    options: list.map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (id: string) => list.find((one) => one.id === id)?.name ?? id,
  };
}

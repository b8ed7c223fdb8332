import { useQuery } from "@tanstack/react-query";
import { board } from "../api/board";
import { KEYS } from "../api/keys";
import { spoken } from "../text/i18n";
import type { Option } from "../ui/Choice";

/** What filters and forms choose from; it changes with the catalogue only. */
export function useForm() {
  const lang = spoken();
  const { data } = useQuery({
    queryKey: KEYS.boardForm(lang),
    queryFn: () => board.form(lang),
    staleTime: 600_000,
  });
  const named = (list: readonly { id: string; name: string }[] | undefined): Option[] =>
    (list ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return {
    categories: named(data?.categories),
    colonias: named(data?.colonias),
    rejections: data?.rejections ?? [],
  };
}

// Signing in with the account of a state or a town: whether it is offered, and why it let nobody in.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { session } from "../api/accounts";
import { KEYS } from "../api/keys";
import { type Problem, problemOf } from "../api/problem";

/** What the button says; null where only passwords open the door, or nobody knows. */
export function useProvider(): string | null {
  const { data } = useQuery({
    queryKey: KEYS.provider,
    queryFn: session.provider,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.name ?? null;
}

/** Why the way back from there ended here: it stands in the address, and is taken out of it. */
export function useRefusal(): Problem | null {
  const [parameters, setParameters] = useSearchParams();
  const word = parameters.get("refused");
  const [refusal, setRefusal] = useState(word === null ? null : problemOf(word));
  useEffect(() => {
    if (word === null) return;
    setRefusal(problemOf(word));
    setParameters(
      (before) => {
        before.delete("refused");
        return before;
      },
      { replace: true },
    );
  }, [word, setParameters]);
  return refusal;
}

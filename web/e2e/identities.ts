// The identity service of a state: a real OpenID provider, where whoever types a name is that person.
import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import Provider from "oidc-provider";
import type { Page } from "playwright-core";
import { freePort } from "./server";

export const CLIENT = { id: "ventanilla", secret: "only-for-this-test" };

export interface Citizen {
  email: string;
  verified: boolean;
}

export interface Identities {
  issuer: string;
  /** By the name that is typed; a test may change them. */
  people: Record<string, Citizen>;
  /** Opens, for a server that comes back to this address. */
  open: (callback: string) => Promise<void>;
  close: () => Promise<void>;
}

export async function identities(people: Record<string, Citizen>): Promise<Identities> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  let listening: HttpServer | null = null;
  return {
    issuer,
    people,
    open: async (callback) => {
      listening = providerAt(issuer, callback, people).listen(port, "127.0.0.1");
      await once(listening, "listening");
    },
    close: async () => {
      listening?.closeAllConnections();
      listening?.close();
    },
  };
}

function providerAt(issuer: string, callback: string, people: Record<string, Citizen>): Provider {
  return new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [callback] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["only-for-this-test"] },
    findAccount: (_, sub) => {
      const { email, verified } = people[sub] ?? { email: `${sub}@nowhere.example`, verified: true };
      return { accountId: sub, claims: () => ({ sub, email, email_verified: verified }) };
    },
  });
}

/** What somebody types and agrees to there. */
export async function signInThere(page: Page, name: string): Promise<void> {
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

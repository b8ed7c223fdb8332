// The requests about accounts: the session, oneself, the staff, keys, the audit log.
import { answer, api } from "./client";
import type { Language, NewInvitation, Permission, StaffChange } from "./types";

const byId = (id: string) => ({ params: { path: { id } } });

export const session = {
  signIn: (email: string, password: string) =>
    answer(api.POST("/api/v1/session", { body: { email, password } })),
  /** How far somebody got who is asked for their code. */
  half: () => answer(api.GET("/api/v1/session")),
  provider: () => answer(api.GET("/api/v1/session/provider")),
  elsewhere: (invitation?: string) =>
    answer(api.POST("/api/v1/session/provider", { body: invitation ? { invitation } : {} })),
  code: (code: string) => answer(api.POST("/api/v1/session/second-factor", { body: { code } })),
  signOut: () => answer(api.DELETE("/api/v1/session")),
};

export const me = {
  get: () => answer(api.GET("/api/v1/me")),
  change: (change: { name?: string; language?: Language }) =>
    answer(api.PATCH("/api/v1/me", { body: change })),
  password: (current: string, next: string) =>
    answer(api.PUT("/api/v1/me/password", { body: { current, new: next } })),
  setUpSecondFactor: () => answer(api.POST("/api/v1/me/second-factor")),
  confirmSecondFactor: (code: string) =>
    answer(api.POST("/api/v1/me/second-factor/confirm", { body: { code } })),
  recoveryCodes: (password: string) => answer(api.POST("/api/v1/me/recovery-codes", { body: { password } })),
  removeSecondFactor: (password: string) =>
    answer(api.DELETE("/api/v1/me/second-factor", { body: { password } })),
  identity: () => answer(api.GET("/api/v1/me/identity")),
  link: (password: string) => answer(api.POST("/api/v1/me/identity", { body: { password } })),
  unlink: () => answer(api.DELETE("/api/v1/me/identity")),
  sessions: () => answer(api.GET("/api/v1/me/sessions")),
  endSession: (id: string) => answer(api.DELETE("/api/v1/me/sessions/{id}", byId(id))),
};

export const staff = {
  list: () => answer(api.GET("/api/v1/staff")),
  change: (id: string, change: StaffChange) =>
    answer(api.PATCH("/api/v1/staff/{id}", { ...byId(id), body: change })),
  endSessions: (id: string) => answer(api.DELETE("/api/v1/staff/{id}/sessions", byId(id))),
  resetSecondFactor: (id: string) => answer(api.DELETE("/api/v1/staff/{id}/second-factor", byId(id))),
  passwordLink: (id: string) => answer(api.POST("/api/v1/staff/{id}/password-link", byId(id))),
  invitations: () => answer(api.GET("/api/v1/staff/invitations")),
  invite: (invitation: NewInvitation) => answer(api.POST("/api/v1/staff/invitations", { body: invitation })),
  withdraw: (id: string) => answer(api.DELETE("/api/v1/staff/invitations/{id}", byId(id))),
};

export const invitation = {
  get: (token: string) => answer(api.GET("/api/v1/invitations/{token}", { params: { path: { token } } })),
  accept: (token: string, body: { password: string; name?: string }) =>
    answer(api.POST("/api/v1/invitations/{token}", { params: { path: { token } }, body })),
};

export const departments = (lang: string) =>
  answer(api.GET("/api/v1/departments", { params: { query: { lang } } }));

export interface AuditFilter {
  actor?: string;
  action?: string;
}

export const audit = (filter: AuditFilter, before: number | null) =>
  answer(
    api.GET("/api/v1/audit", {
      params: { query: { ...filter, limit: 100, ...(before === null ? {} : { before }) } },
    }),
  );

export const keys = {
  list: () => answer(api.GET("/api/v1/keys")),
  make: (name: string, scopes: Permission[]) => answer(api.POST("/api/v1/keys", { body: { name, scopes } })),
  revoke: (id: string) => answer(api.DELETE("/api/v1/keys/{id}", byId(id))),
};

//! Promises about people of the town: their accounts, sessions, links, keys, and the audit log.

use serde_json::json;
use uuid::Uuid;
use ventanilla::{
    keyring::Keyring,
    staff::{Abilities, Permission, Role},
    store::{
        self,
        api_keys::KeyRow,
        audit::{Act, AuditRow, Filter},
        identities::IdentityRow,
        invitations::{InvitationKind, InvitationRow},
        recovery_codes::HashedCode,
        sessions::{SessionRow, SessionState},
        staff::StaffRow,
    },
};

use ventanilla_values::Lang;

use super::shelf::{NOW, Shelf};

fn ana(shelf: &Shelf) -> StaffRow {
    StaffRow {
        id: shelf.ids.next(),
        email: "ana@example.mx".to_owned(),
        name: "Ana López".to_owned(),
        language: "es".to_owned(),
        password_hash: None,
        totp: None,
        totp_since: None,
        totp_step: 0,
        roles: vec![Role::Agent, Role::Admin],
        departments: vec!["water".to_owned()],
        abilities: Abilities {
            languages: vec![Lang::YUA],
            skills: vec!["predial".to_owned()],
            supervised: true,
        },
        active: true,
        created_at: NOW,
        last_seen_at: None,
    }
}

async fn hired(shelf: &Shelf) -> StaffRow {
    let row = ana(shelf);
    let unit = shelf.unit().await;
    store::staff::insert(&unit, &row).await.unwrap();
    unit.commit().await.unwrap();
    row
}

async fn now(shelf: &Shelf, id: Uuid) -> StaffRow {
    store::staff::by_id(shelf.store.read(), id).await.unwrap().unwrap()
}

// ---- staff

pub async fn two_people_do_not_share_an_email(shelf: Shelf) {
    hired(&shelf).await;
    let unit = shelf.unit().await;
    assert!(store::staff::insert(&unit, &ana(&shelf)).await.unwrap_err().is_duplicate());
}

pub async fn somebody_is_found_by_their_id(shelf: Shelf) {
    let row = hired(&shelf).await;
    assert_eq!(now(&shelf, row.id).await, row);
    assert_eq!(store::staff::by_id(shelf.store.read(), shelf.ids.next()).await.unwrap(), None);
}

pub async fn somebody_is_found_by_their_email(shelf: Shelf) {
    let row = hired(&shelf).await;
    let by = async |email| store::staff::by_email(shelf.store.read(), email).await.unwrap();
    assert_eq!(by("ana@example.mx").await, Some(row));
    assert_eq!(by("beto@example.mx").await, None);
}

pub async fn everybody_is_listed_by_name(shelf: Shelf) {
    hired(&shelf).await;
    let beto =
        StaffRow { email: "b@example.mx".to_owned(), name: "Abel".to_owned(), active: false, ..ana(&shelf) };
    let unit = shelf.unit().await;
    store::staff::insert(&unit, &beto).await.unwrap();
    let names: Vec<String> =
        store::staff::list(&*unit).await.unwrap().into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["Abel", "Ana López"]);
}

pub async fn what_an_admin_changes_is_written(shelf: Shelf) {
    let row = hired(&shelf).await;
    let changed = StaffRow {
        name: "Ana Pérez".to_owned(),
        language: "en".to_owned(),
        roles: vec![Role::Auditor],
        departments: Vec::new(),
        abilities: Abilities::default(),
        active: false,
        ..row
    };
    let unit = shelf.unit().await;
    store::staff::update(&unit, &changed).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(now(&shelf, changed.id).await, changed);
}

pub async fn a_password_is_replaced(shelf: Shelf) {
    let row = hired(&shelf).await;
    let unit = shelf.unit().await;
    store::staff::set_password(&unit, row.id, "$argon2id$…").await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(now(&shelf, row.id).await.password_hash.as_deref(), Some("$argon2id$…"));
}

pub async fn a_new_secret_waits_to_be_confirmed(shelf: Shelf) {
    let row = hired(&shelf).await;
    let sealed = Keyring::ephemeral(&shelf.ids).seal(b"secret", &shelf.ids).unwrap();
    let unit = shelf.unit().await;
    store::staff::confirm_totp(&unit, row.id, NOW).await.unwrap();
    assert!(store::staff::use_totp_step(&unit, row.id, 7).await.unwrap());
    store::staff::set_totp(&unit, row.id, Some(sealed.clone())).await.unwrap();
    let found = store::staff::by_id(&*unit, row.id).await.unwrap().unwrap();
    assert_eq!((found.totp, found.totp_since, found.totp_step), (Some(sealed), None, 0));
    store::staff::set_totp(&unit, row.id, None).await.unwrap();
    assert_eq!(store::staff::by_id(&*unit, row.id).await.unwrap().unwrap().totp, None);
}

pub async fn a_confirmed_secret_is_asked_for(shelf: Shelf) {
    let row = hired(&shelf).await;
    let unit = shelf.unit().await;
    store::staff::confirm_totp(&unit, row.id, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(now(&shelf, row.id).await.totp_since, Some(NOW));
}

pub async fn a_code_works_once(shelf: Shelf) {
    let row = hired(&shelf).await;
    let unit = shelf.unit().await;
    for (step, fresh) in [(7, true), (7, false), (6, false), (8, true)] {
        assert_eq!(store::staff::use_totp_step(&unit, row.id, step).await.unwrap(), fresh, "{step}");
    }
}

pub async fn who_did_something_was_seen(shelf: Shelf) {
    let row = hired(&shelf).await;
    let unit = shelf.unit().await;
    store::staff::seen(&unit, row.id, NOW + 1).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(now(&shelf, row.id).await.last_seen_at, Some(NOW + 1));
}

// ---- sessions

fn session(shelf: &Shelf, staff: Uuid) -> SessionRow {
    SessionRow {
        id: shelf.ids.next(),
        staff,
        csrf: "csrf".to_owned(),
        device: "Firefox, Linux".to_owned(),
        address: "192.0.2.1".to_owned(),
        state: SessionState::Open,
        vouched: true,
        created_at: NOW,
        last_seen_at: NOW,
        expires_at: NOW + 1000,
    }
}

async fn begun(shelf: &Shelf, row: SessionRow) -> SessionRow {
    let unit = shelf.unit().await;
    store::sessions::insert(&unit, &row, &format!("hash of {}", row.id)).await.unwrap();
    unit.commit().await.unwrap();
    row
}

async fn live(shelf: &Shelf, staff: Uuid) -> Vec<Uuid> {
    let rows = store::sessions::of_staff(shelf.store.read(), staff, NOW, NOW).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

pub async fn a_session_is_kept_under_its_hash(shelf: Shelf) {
    let staff = hired(&shelf).await.id;
    let half = begun(&shelf, SessionRow { state: SessionState::Half, ..session(&shelf, staff) }).await;
    let found = store::sessions::by_token(shelf.store.read(), &format!("hash of {}", half.id)).await.unwrap();
    assert_eq!(found, Some(half));
}

pub async fn a_token_that_nobody_has_finds_nothing(shelf: Shelf) {
    assert_eq!(store::sessions::by_token(shelf.store.read(), "hash").await.unwrap(), None);
}

pub async fn a_session_is_found_by_its_id(shelf: Shelf) {
    let row = session(&shelf, hired(&shelf).await.id);
    let row = begun(&shelf, row).await;
    assert_eq!(store::sessions::by_id(shelf.store.read(), row.id).await.unwrap(), Some(row));
}

pub async fn only_live_sessions_are_listed(shelf: Shelf) {
    let staff = hired(&shelf).await.id;
    let row = || session(&shelf, staff);
    let open = begun(&shelf, row()).await;
    let later = begun(&shelf, SessionRow { last_seen_at: NOW + 1, ..row() }).await;
    begun(&shelf, SessionRow { state: SessionState::Half, ..row() }).await;
    begun(&shelf, SessionRow { last_seen_at: NOW - 1, ..row() }).await;
    begun(&shelf, SessionRow { expires_at: NOW, ..row() }).await;
    assert_eq!(live(&shelf, staff).await, [later.id, open.id]);
}

pub async fn the_last_use_of_a_session_is_noted(shelf: Shelf) {
    let row = session(&shelf, hired(&shelf).await.id);
    let row = begun(&shelf, row).await;
    let unit = shelf.unit().await;
    store::sessions::seen(&unit, row.id, NOW + 5).await.unwrap();
    let found = store::sessions::by_id(&*unit, row.id).await.unwrap().unwrap();
    assert_eq!(found.last_seen_at, NOW + 5);
}

pub async fn nobody_ends_the_session_of_another(shelf: Shelf) {
    let staff = hired(&shelf).await.id;
    let row = begun(&shelf, session(&shelf, staff)).await;
    let unit = shelf.unit().await;
    assert!(!store::sessions::end(&unit, shelf.ids.next(), row.id).await.unwrap());
    assert!(store::sessions::end(&unit, staff, row.id).await.unwrap());
    assert!(!store::sessions::end(&unit, staff, row.id).await.unwrap());
}

pub async fn all_sessions_but_one_end(shelf: Shelf) {
    let staff = hired(&shelf).await.id;
    let kept = begun(&shelf, session(&shelf, staff)).await;
    begun(&shelf, session(&shelf, staff)).await;
    let unit = shelf.unit().await;
    assert_eq!(store::sessions::end_all(&unit, staff, Some(kept.id)).await.unwrap(), 1);
    unit.commit().await.unwrap();
    assert_eq!(live(&shelf, staff).await, [kept.id]);
    let unit = shelf.unit().await;
    assert_eq!(store::sessions::end_all(&unit, staff, None).await.unwrap(), 1);
}

pub async fn expired_sessions_are_forgotten(shelf: Shelf) {
    let row = session(&shelf, hired(&shelf).await.id);
    let row = begun(&shelf, row).await;
    let unit = shelf.unit().await;
    store::sessions::forget(&unit, row.expires_at - 1).await.unwrap();
    assert!(store::sessions::by_id(&*unit, row.id).await.unwrap().is_some());
    store::sessions::forget(&unit, row.expires_at).await.unwrap();
    assert_eq!(store::sessions::by_id(&*unit, row.id).await.unwrap(), None);
}

// ---- recovery codes

fn code(byte: u8) -> HashedCode {
    HashedCode { key_id: "key".to_owned(), hash: vec![byte; 32] }
}

pub async fn new_codes_take_the_place_of_old_ones(shelf: Shelf) {
    let staff = hired(&shelf).await.id;
    let unit = shelf.unit().await;
    store::recovery_codes::replace(&unit, staff, &[code(1), code(2)]).await.unwrap();
    store::recovery_codes::replace(&unit, staff, &[code(3)]).await.unwrap();
    assert_eq!(store::recovery_codes::left(&*unit, staff).await.unwrap(), [code(3)]);
}

pub async fn somebody_without_codes_has_none_left(shelf: Shelf) {
    let staff = hired(&shelf).await.id;
    assert_eq!(store::recovery_codes::left(shelf.store.read(), staff).await.unwrap(), []);
}

pub async fn a_recovery_code_works_once(shelf: Shelf) {
    let staff = hired(&shelf).await.id;
    let unit = shelf.unit().await;
    store::recovery_codes::replace(&unit, staff, &[code(1)]).await.unwrap();
    let used = async |whose| store::recovery_codes::use_up(&unit, whose, &code(1).hash).await.unwrap();
    assert!(!used(shelf.ids.next()).await, "it is somebody else's");
    assert!(used(staff).await);
    assert!(!used(staff).await);
}

// ---- invitations

fn invitation(shelf: &Shelf) -> InvitationRow {
    InvitationRow {
        id: shelf.ids.next(),
        kind: InvitationKind::Invitation,
        staff: None,
        email: "ana@example.mx".to_owned(),
        name: "Ana".to_owned(),
        language: "es".to_owned(),
        roles: vec![Role::Agent],
        departments: vec!["water".to_owned()],
        abilities: Abilities { skills: vec!["maya".to_owned()], ..Abilities::default() },
        invited_by: "cli:root".to_owned(),
        created_at: NOW,
        expires_at: NOW + 1000,
    }
}

async fn invited(shelf: &Shelf, row: InvitationRow, hash: &str) -> InvitationRow {
    let unit = shelf.unit().await;
    store::invitations::insert(&unit, &row, hash).await.unwrap();
    unit.commit().await.unwrap();
    row
}

async fn usable(shelf: &Shelf, hash: &str, at: i64) -> Option<InvitationRow> {
    store::invitations::by_token(shelf.store.read(), hash, at).await.unwrap()
}

pub async fn a_newer_link_voids_the_older(shelf: Shelf) {
    invited(&shelf, invitation(&shelf), "older").await;
    let newer = invited(&shelf, invitation(&shelf), "newer").await;
    assert_eq!(usable(&shelf, "older", NOW).await, None);
    assert_eq!(usable(&shelf, "newer", NOW).await, Some(newer));
}

pub async fn a_link_works_until_it_expires(shelf: Shelf) {
    let row = invited(&shelf, invitation(&shelf), "hash").await;
    assert!(usable(&shelf, "hash", row.expires_at - 1).await.is_some());
    assert_eq!(usable(&shelf, "hash", row.expires_at).await, None);
    assert_eq!(usable(&shelf, "another", NOW).await, None);
}

pub async fn only_links_for_newcomers_are_listed(shelf: Shelf) {
    let staff = hired(&shelf).await;
    let newcomer =
        invited(&shelf, InvitationRow { email: "b@example.mx".to_owned(), ..invitation(&shelf) }, "1").await;
    let (kind, id) = (InvitationKind::Password, Some(staff.id));
    invited(&shelf, InvitationRow { kind, staff: id, ..invitation(&shelf) }, "2").await;
    assert_eq!(usable(&shelf, "2", NOW).await.unwrap().staff, Some(staff.id));
    let open = async |at| store::invitations::open(shelf.store.read(), at).await.unwrap();
    assert_eq!(open(NOW).await, std::slice::from_ref(&newcomer));
    assert_eq!(open(newcomer.expires_at).await, []);
}

pub async fn a_link_is_closed_once(shelf: Shelf) {
    let row = invited(&shelf, invitation(&shelf), "hash").await;
    let unit = shelf.unit().await;
    assert!(store::invitations::close(&unit, row.id, NOW).await.unwrap());
    assert!(!store::invitations::close(&unit, row.id, NOW).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(usable(&shelf, "hash", NOW).await, None);
}

pub async fn the_links_of_who_leaves_are_void(shelf: Shelf) {
    let row = invited(&shelf, invitation(&shelf), "hash").await;
    let unit = shelf.unit().await;
    store::invitations::close_for(&unit, &row.email, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(usable(&shelf, "hash", NOW).await, None);
}

// ---- keys of other systems

async fn key(shelf: &Shelf, hash: &str, created_at: i64) -> KeyRow {
    let (id, scopes) = (shelf.ids.next(), vec![Permission::ReadStats]);
    let row =
        KeyRow { id, name: "Tablero".to_owned(), scopes, created_at, last_used_at: None, revoked_at: None };
    let unit = shelf.unit().await;
    store::api_keys::insert(&unit, &row, hash).await.unwrap();
    unit.commit().await.unwrap();
    row
}

async fn opens(shelf: &Shelf, hash: &str) -> Option<KeyRow> {
    store::api_keys::by_token(shelf.store.read(), hash).await.unwrap()
}

pub async fn a_key_is_kept_under_its_hash(shelf: Shelf) {
    let row = key(&shelf, "hash", NOW).await;
    assert_eq!(opens(&shelf, "hash").await, Some(row));
    assert_eq!(opens(&shelf, "another").await, None);
}

pub async fn a_revoked_key_opens_nothing(shelf: Shelf) {
    let row = key(&shelf, "hash", NOW).await;
    let unit = shelf.unit().await;
    store::api_keys::revoke(&unit, row.id, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(opens(&shelf, "hash").await, None);
}

pub async fn keys_are_listed_newest_first(shelf: Shelf) {
    let (older, newer) = (key(&shelf, "1", NOW).await, key(&shelf, "2", NOW + 1).await);
    assert_eq!(store::api_keys::list(shelf.store.read()).await.unwrap(), [newer, older]);
}

pub async fn the_last_use_of_a_key_is_noted(shelf: Shelf) {
    let row = key(&shelf, "hash", NOW).await;
    let unit = shelf.unit().await;
    store::api_keys::used(&unit, row.id, NOW + 2).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(opens(&shelf, "hash").await.unwrap().last_used_at, Some(NOW + 2));
}

pub async fn a_key_is_revoked_once(shelf: Shelf) {
    let row = key(&shelf, "hash", NOW).await;
    let unit = shelf.unit().await;
    assert!(store::api_keys::revoke(&unit, row.id, NOW).await.unwrap());
    assert!(!store::api_keys::revoke(&unit, row.id, NOW).await.unwrap());
    assert_eq!(store::api_keys::list(&*unit).await.unwrap()[0].revoked_at, Some(NOW));
}

// ---- audit log

async fn does(shelf: &Shelf, actor: &str, action: &str) -> AuditRow {
    let unit = shelf.unit().await;
    let act = Act { actor, action, subject: "staff:1", detail: &json!({ "n": 1 }) };
    let row = store::audit::append(&unit, &act, NOW).await.unwrap();
    unit.commit().await.unwrap();
    row
}

pub async fn each_entry_follows_the_one_before(shelf: Shelf) {
    let (first, second) = (does(&shelf, "staff:1", "a.b").await, does(&shelf, "staff:2", "a.c").await);
    assert_eq!((first.seq, first.prev), (1, store::audit::beginning()));
    assert_eq!((second.seq, &second.prev), (2, &first.hash));
    assert_eq!(second.hash, second.reckoned());
}

pub async fn an_empty_log_has_no_last_entry(shelf: Shelf) {
    assert_eq!(store::audit::last(shelf.store.read()).await.unwrap(), None);
    let row = does(&shelf, "staff:1", "a.b").await;
    assert_eq!(store::audit::last(shelf.store.read()).await.unwrap(), Some(row));
}

pub async fn a_check_walks_the_log_from_its_start(shelf: Shelf) {
    let rows = [does(&shelf, "staff:1", "a").await, does(&shelf, "staff:1", "b").await];
    let after = async |seq, limit| store::audit::after(shelf.store.read(), seq, limit).await.unwrap();
    assert_eq!(after(0, 10).await, rows);
    assert_eq!(after(0, 1).await, rows[..1]);
    assert_eq!(after(1, 10).await, rows[1..]);
}

pub async fn a_page_of_the_log_is_filtered(shelf: Shelf) {
    for (actor, action) in
        [("staff:1", "session.open"), ("staff:2", "session.close"), ("staff:1", "sessions")]
    {
        does(&shelf, actor, action).await;
    }
    let page = async |before, actor, action, limit| {
        let filter = Filter { before, actor, action, limit };
        let rows = store::audit::page(shelf.store.read(), &filter).await.unwrap();
        rows.into_iter().map(|row| row.seq).collect::<Vec<_>>()
    };
    assert_eq!(page(i64::MAX, "", "", 10).await, [3, 2, 1]);
    assert_eq!(page(3, "", "", 1).await, [2]);
    assert_eq!(page(i64::MAX, "staff:1", "", 10).await, [3, 1]);
    assert_eq!(page(i64::MAX, "", "session", 10).await, [2, 1]);
    assert_eq!(page(i64::MAX, "", "session.open", 10).await, [1]);
}

// ---- identities

fn known(staff: Uuid, subject: &str) -> IdentityRow {
    IdentityRow { issuer: "https://id.example.mx".into(), subject: subject.into(), staff, created_at: NOW }
}

pub async fn an_identity_opens_one_account_and_an_account_has_one_of_a_provider(shelf: Shelf) {
    let row = linked(&shelf).await;
    for again in [row.clone(), IdentityRow { subject: "MX-2".into(), ..row }] {
        let unit = shelf.unit().await;
        assert!(store::identities::insert(&unit, &again).await.unwrap_err().is_duplicate());
    }
}

async fn linked(shelf: &Shelf) -> IdentityRow {
    let row = known(hired(shelf).await.id, "MX-1");
    let unit = shelf.unit().await;
    store::identities::insert(&unit, &row).await.unwrap();
    unit.commit().await.unwrap();
    row
}

pub async fn an_identity_is_found_by_issuer_and_subject(shelf: Shelf) {
    let row = linked(&shelf).await;
    let of = async |issuer: &str, subject: &str| {
        store::identities::by_subject(shelf.store.read(), issuer, subject).await.unwrap()
    };
    assert_eq!(of(&row.issuer, "MX-1").await, Some(row.clone()));
    assert_eq!(of(&row.issuer, "MX-2").await, None);
    assert_eq!(of("https://otro.example.mx", "MX-1").await, None);
}

pub async fn an_identity_is_found_by_its_account(shelf: Shelf) {
    let row = linked(&shelf).await;
    let of = async |issuer: &str| {
        store::identities::of_staff(shelf.store.read(), row.staff, issuer).await.unwrap()
    };
    assert_eq!(of(&row.issuer).await, Some(row.clone()));
    assert_eq!(of("https://otro.example.mx").await, None);
}

pub async fn an_identity_is_taken_away_once(shelf: Shelf) {
    let (row, unit) = (linked(&shelf).await, shelf.unit().await);
    assert!(store::identities::remove(&unit, row.staff, &row.issuer).await.unwrap());
    assert!(!store::identities::remove(&unit, row.staff, &row.issuer).await.unwrap());
}

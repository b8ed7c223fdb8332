//! Promises of work on reports: the board, photos of the work, incidents.

use std::collections::HashSet;

use uuid::Uuid;
use ventanilla::store::{
    self,
    board::{Behind, Bounds, Filter, Pressing, Queue, Scope, Sort},
    report_evidence::Evidence,
    report_followers::Follower,
    report_photos::ReportPhoto,
    reports::ReportRow,
    staff::StaffRow,
};
use ventanilla_adapters::Channel;

use super::{
    counters::change,
    shelf::{NOW, Shelf, blank_report},
};

const ROSA: Uuid = Uuid::from_u128(0x0a);

fn report(shelf: &Shelf, folio: &str) -> ReportRow {
    ReportRow {
        id: shelf.ids.next(),
        folio: folio.to_owned(),
        state: "received".to_owned(),
        ..blank_report()
    }
}

async fn written(shelf: &Shelf, rows: Vec<ReportRow>) {
    change(shelf, async |unit| {
        for row in rows {
            store::reports::file(unit, row).await.unwrap();
        }
    })
    .await;
}

async fn hired(shelf: &Shelf) {
    let row = StaffRow {
        id: ROSA,
        email: "rosa@puertoceiba.example".to_owned(),
        name: "Rosa".to_owned(),
        language: "es".to_owned(),
        password_hash: None,
        totp: None,
        totp_since: None,
        totp_step: 0,
        roles: Vec::new(),
        departments: Vec::new(),
        abilities: ventanilla::staff::Abilities::default(),
        active: true,
        created_at: NOW,
        last_seen_at: None,
    };
    change(shelf, async |unit| store::staff::insert(unit, &row).await.unwrap()).await;
}

async fn page(shelf: &Shelf, scope: &Scope, filter: &Filter) -> Vec<String> {
    let rows = store::board::page(shelf.store.read(), scope, filter, (None, 99), NOW).await.unwrap();
    rows.into_iter().map(|row| row.folio).collect()
}

/// One for each tab, in the order in which they are due.
fn board(shelf: &Shelf) -> Vec<ReportRow> {
    let of = |department: &str| Some(department.to_owned());
    vec![
        ReportRow {
            department: of("water"),
            respond_risk: Some(NOW - 20),
            respond_due: Some(NOW - 10),
            resolve_due: Some(NOW + 900),
            ..report(shelf, "late")
        },
        ReportRow {
            department: of("water"),
            responded_at: Some(NOW),
            respond_due: Some(NOW - 10),
            resolve_risk: Some(NOW - 5),
            resolve_due: Some(NOW + 10),
            assignee: Some(ROSA),
            ..report(shelf, "at risk")
        },
        ReportRow { state: "triage".to_owned(), resolve_due: Some(NOW + 20), ..report(shelf, "triage") },
        ReportRow {
            state: "reopened".to_owned(),
            reopened: 2,
            resolve_due: Some(NOW + 30),
            lat: Some(18.9),
            lon: Some(-91.1),
            description: Some("Agua por 100% de la calle".to_owned()),
            ..report(shelf, "reopened")
        },
        ReportRow {
            state: "waiting_citizen".to_owned(),
            paused_at: Some(NOW),
            resolve_due: Some(NOW - 50),
            ..report(shelf, "waiting")
        },
        ReportRow {
            state: "resolved_claimed".to_owned(),
            resolve_due: Some(NOW - 50),
            ..report(shelf, "confirming")
        },
        ReportRow { private: true, department: of("comptroller"), ..report(shelf, "private") },
        ReportRow { state: "closed_rejected".to_owned(), closed_at: Some(NOW), ..report(shelf, "closed") },
    ]
}

pub async fn each_tab_has_its_reports_in_the_order_in_which_they_are_due(shelf: Shelf) {
    hired(&shelf).await;
    written(&shelf, board(&shelf)).await;
    let all = Scope { staff: ROSA, ..Scope::default() };
    let tab = async |queue| page(&shelf, &all, &Filter { queue, ..Filter::default() }).await;
    let open = ["late", "at risk", "triage", "reopened", "waiting", "confirming"];
    assert_eq!(tab(Queue::Open).await, open);
    assert_eq!(tab(Queue::Triage).await, ["triage"]);
    assert_eq!(tab(Queue::Mine).await, ["at risk"]);
    assert_eq!(tab(Queue::Due).await, ["late", "at risk"]);
    assert_eq!(tab(Queue::Confirming).await, ["confirming"]);
    assert_eq!(tab(Queue::Reopened).await, ["reopened"]);
    assert_eq!(tab(Queue::Escalated).await, ["reopened"]);
    assert_eq!(tab(Queue::Waiting).await, ["waiting"]);
    assert_eq!(tab(Queue::Moderation).await, ["reopened"]);
    assert_eq!(tab(Queue::Closed).await, ["closed"]);
    assert_eq!(tab(Queue::All).await.len(), 7);
    assert_eq!(tab(Queue::Department).await, Vec::<String>::new());
    let own =
        Filter { queue: Queue::Department, own_departments: vec!["water".to_owned()], ..Filter::default() };
    assert_eq!(page(&shelf, &all, &own).await, ["late", "at risk"]);
    let pressing =
        async |pressing| page(&shelf, &all, &Filter { pressing: Some(pressing), ..Filter::default() }).await;
    assert_eq!(pressing(Pressing::Late).await, ["late"]);
    assert_eq!(pressing(Pressing::AtRisk).await, ["at risk"]);
    let text =
        async |text: &str| page(&shelf, &all, &Filter { text: text.to_owned(), ..Filter::default() }).await;
    assert_eq!(text("POR 100%").await, ["reopened"]);
    assert_eq!(text("_").await, Vec::<String>::new(), "no sign stands for another");
    let within = Some(Bounds { south: 18.0, west: -92.0, north: 19.0, east: -91.0 });
    assert_eq!(page(&shelf, &all, &Filter { within, ..Filter::default() }).await, ["reopened"]);
    paged(&shelf, &all, Sort::Due, &open).await;
    paged(&shelf, &all, Sort::Newest, &open).await;
}

/// Page by page everything is there once.
async fn paged(shelf: &Shelf, scope: &Scope, sort: Sort, all: &[&str]) {
    let filter = Filter { sort, ..Filter::default() };
    let (mut behind, mut seen) = (None, Vec::new());
    loop {
        let rows = store::board::page(shelf.store.read(), scope, &filter, (behind, 2), NOW).await.unwrap();
        let Some(last) = rows.last() else { break };
        behind = Some(Behind::of(last, sort));
        seen.extend(rows.into_iter().map(|row| row.folio));
    }
    assert_eq!(seen.len(), all.len(), "{sort:?}");
    assert_eq!(seen.iter().map(String::as_str).collect::<HashSet<_>>(), all.iter().copied().collect());
}

pub async fn a_report_is_seen_by_whom_it_concerns(shelf: Shelf) {
    hired(&shelf).await;
    let rows = board(&shelf);
    let id = |folio: &str| rows.iter().find(|row| row.folio == folio).unwrap().id;
    let (late, mine, private, triage) = (id("late"), id("at risk"), id("private"), id("triage"));
    written(&shelf, rows).await;
    let sees =
        async |scope: &Scope, id| store::board::seen(shelf.store.read(), scope, id).await.unwrap().is_some();
    let of = |departments: &[&str]| Scope {
        staff: ROSA,
        departments: Some(departments.iter().map(|id| (*id).to_owned()).collect()),
        ..Scope::default()
    };
    let (water, none) = (of(&["water"]), of(&[]));
    assert!(sees(&water, late).await && !sees(&water, triage).await);
    assert!(sees(&none, mine).await && !sees(&none, late).await, "what they attend themselves");
    let comptroller = Scope { private_departments: vec!["comptroller".to_owned()], ..of(&["comptroller"]) };
    assert!(sees(&comptroller, private).await && !sees(&of(&["comptroller"]), private).await);
    let by_category = Scope { private_categories: vec!["pothole".to_owned()], ..none };
    assert!(sees(&by_category, private).await && !sees(&Scope::default(), private).await);
    assert!(!sees(&Scope::default(), Uuid::nil()).await);
}

pub async fn what_is_open_is_counted_by_tab(shelf: Shelf) {
    hired(&shelf).await;
    written(&shelf, board(&shelf)).await;
    let scope = Scope { staff: ROSA, ..Scope::default() };
    let own = ["water".to_owned()];
    let counts = store::board::counts(shelf.store.read(), &scope, &own, NOW).await.unwrap();
    assert_eq!((counts.open, counts.triage, counts.mine, counts.department), (6, 1, 1, 2));
    assert_eq!((counts.due, counts.confirming, counts.reopened, counts.escalated), (2, 1, 1, 1));
    assert_eq!((counts.waiting, counts.moderation), (1, 1));
    let nothing = Scope { departments: Some(Vec::new()), ..Scope::default() };
    let counts = store::board::counts(shelf.store.read(), &nothing, &[], NOW).await.unwrap();
    assert_eq!((counts.open, counts.department, counts.moderation), (0, 0, 0));
}

// ---- photos of the work

fn photo(media: u128, added_at: i64) -> Evidence {
    Evidence {
        media: Uuid::from_u128(media),
        report: Uuid::from_u128(1),
        staff: ROSA,
        small: Uuid::from_u128(media + 100),
        bytes: 7,
        added_at,
        used_at: None,
    }
}

async fn brought(shelf: &Shelf) {
    hired(shelf).await;
    change(shelf, async |unit| {
        for one in [photo(8, NOW + 1), photo(9, NOW)] {
            store::report_evidence::insert(unit, &one).await.unwrap();
        }
    })
    .await;
}

pub async fn a_photo_of_the_work_waits_until_a_move_shows_it(shelf: Shelf) {
    brought(&shelf).await;
    let on = shelf.store.read();
    let unused = async || store::report_evidence::unused(on, Uuid::from_u128(1), ROSA).await.unwrap();
    assert_eq!(unused().await, [photo(9, NOW), photo(8, NOW + 1)]);
    let used = async || {
        let media = Uuid::from_u128(9);
        change(&shelf, async |unit| store::report_evidence::mark_used(unit, media, NOW + 5).await.unwrap())
            .await
    };
    assert!(used().await);
    assert!(!used().await, "once");
    assert_eq!(unused().await, [photo(8, NOW + 1)]);
    let shown = store::report_evidence::by_media(on, Uuid::from_u128(9)).await.unwrap();
    assert_eq!(shown, Some(Evidence { used_at: Some(NOW + 5), ..photo(9, NOW) }));
    assert_eq!(store::report_evidence::by_media(on, Uuid::nil()).await.unwrap(), None);
}

pub async fn a_photo_that_no_move_shows_is_forgotten(shelf: Shelf) {
    brought(&shelf).await;
    let (eight, nine) = (Uuid::from_u128(8), Uuid::from_u128(9));
    change(&shelf, async |unit| {
        assert!(!store::report_evidence::remove(unit, eight, Uuid::nil()).await.unwrap(), "not theirs");
        assert!(store::report_evidence::remove(unit, eight, ROSA).await.unwrap());
        assert_eq!(store::report_evidence::forget_unused(unit, NOW).await.unwrap(), Vec::<Uuid>::new());
        let gone = store::report_evidence::forget_unused(unit, NOW + 1).await.unwrap();
        assert_eq!(gone, [nine, Uuid::from_u128(109)]);
    })
    .await;
}

pub async fn others_see_a_photo_when_somebody_said_so(shelf: Shelf) {
    let (report, media) = (Uuid::from_u128(1), Uuid::from_u128(9));
    let photo = ReportPhoto {
        media,
        report,
        kind: "citizen".to_owned(),
        moderation: "waiting".to_owned(),
        added_at: NOW,
    };
    change(&shelf, async |unit| {
        store::report_photos::add(unit, &photo).await.unwrap();
        assert!(store::report_photos::moderate(unit, report, media, "shown").await.unwrap());
        assert!(!store::report_photos::moderate(unit, Uuid::nil(), media, "hidden").await.unwrap());
    })
    .await;
    let photos = store::report_photos::of_report(shelf.store.read(), report).await.unwrap();
    assert_eq!(photos, [ReportPhoto { moderation: "shown".to_owned(), ..photo }]);
}

// ---- merging

pub async fn who_followed_through_another_follows_no_more(shelf: Shelf) {
    let (rosa, ana) = (shelf.person("+520000000002").await, shelf.person("+520000000003").await);
    let (report, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let follower = |person, through| Follower { report, person, channel: Channel::Sms, through, since: NOW };
    let count = async || store::report_followers::count(shelf.store.read(), report).await.unwrap();
    change(&shelf, async |unit| {
        store::report_followers::add(unit, &follower(rosa, None)).await.unwrap();
        store::report_followers::add(unit, &follower(ana, Some(other))).await.unwrap();
    })
    .await;
    assert_eq!(count().await, 2);
    let gone = change(&shelf, async |unit| {
        store::report_followers::remove_through(unit, report, other).await.unwrap()
    })
    .await;
    assert_eq!((gone, count().await), (1, 1));
}

pub async fn what_was_added_to_a_report_is_found(shelf: Shelf) {
    let lead = report(&shelf, "lead");
    let added =
        |folio: &str, at| ReportRow { parent_id: Some(lead.id), filed_at: at, ..report(&shelf, folio) };
    let rows = vec![added("second", NOW + 1), added("first", NOW), report(&shelf, "alone")];
    written(&shelf, rows).await;
    let found = store::reports::added_to(shelf.store.read(), lead.id).await.unwrap();
    assert_eq!(found.into_iter().map(|row| row.folio).collect::<Vec<_>>(), ["first", "second"]);
}

pub async fn the_newest_word_about_an_incident_counts(shelf: Shelf) {
    hired(&shelf).await;
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    change(&shelf, async |unit| {
        for (report, decision, at) in
            [(one, "dismissed", NOW), (two, "dismissed", NOW), (two, "accepted", NOW + 1)]
        {
            store::report_incidents::decide(unit, report, decision, ROSA, at).await.unwrap();
        }
    })
    .await;
    let dismissed =
        async |since| store::report_incidents::dismissed(shelf.store.read(), since).await.unwrap();
    assert_eq!(dismissed(NOW).await, HashSet::from([one]));
    assert_eq!(dismissed(NOW + 1).await, HashSet::new());
}

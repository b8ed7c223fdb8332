//! Promises of reports in talks: what photos look like, and who follows what.

use uuid::Uuid;
use ventanilla::store::{
    self, report_followers::Follower, report_notices::Notice, report_photos::ReportPhoto,
};
use ventanilla_adapters::Channel;

use super::{
    counters::change,
    shelf::{NOW, Shelf},
};

const PHOTO: Uuid = Uuid::from_u128(1);

pub async fn what_a_photo_looks_like_is_kept_once(shelf: Shelf) {
    let all = u64::MAX - 5;
    change(&shelf, async |unit| {
        store::likenesses::put(unit, PHOTO, all).await.unwrap();
        store::likenesses::put(unit, PHOTO, 7).await.unwrap();
    })
    .await;
    assert_eq!(store::likenesses::of_photo(shelf.store.read(), PHOTO).await.unwrap(), Some(all));
    assert_eq!(store::likenesses::of_photo(shelf.store.read(), Uuid::nil()).await.unwrap(), None);
}

pub async fn the_photos_of_citizens_are_compared(shelf: Shelf) {
    let report = Uuid::from_u128(9);
    let photo = |media: u128, kind: &str, added_at| ReportPhoto {
        media: Uuid::from_u128(media),
        report,
        kind: kind.to_owned(),
        moderation: "waiting".to_owned(),
        added_at,
    };
    change(&shelf, async |unit| {
        for (media, kind, at) in [(1, "citizen", 2), (2, "citizen", 1), (3, "evidence", 3), (4, "citizen", 4)]
        {
            store::report_photos::add(unit, &photo(media, kind, at)).await.unwrap();
        }
        for media in 1..=3 {
            store::likenesses::put(unit, Uuid::from_u128(media), u64::try_from(media).unwrap())
                .await
                .unwrap();
        }
    })
    .await;
    assert_eq!(store::likenesses::of_report(shelf.store.read(), report).await.unwrap(), [2, 1]);
}

fn follower(report: Uuid, person: Uuid, since: i64) -> Follower {
    Follower { report, person, channel: Channel::Sms, through: None, since }
}

pub async fn what_a_person_follows_is_found(shelf: Shelf) {
    let (rosa, ana) = (shelf.person("+520000000002").await, shelf.person("+520000000003").await);
    let old = shelf.report(rosa, 1, "PC-0000-0001").await.unwrap();
    let new = shelf.report(rosa, 2, "PC-0000-0002").await.unwrap();
    change(&shelf, async |unit| {
        for one in [follower(old.id, ana, 1), follower(new.id, ana, 2), follower(new.id, rosa, 1)] {
            store::report_followers::add(unit, &one).await.unwrap();
        }
    })
    .await;
    let found = async |person, limit| {
        let rows = store::reports::followed_by(shelf.store.read(), person, limit).await.unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found(ana, 9).await, [new.id, old.id]);
    assert_eq!(found(ana, 1).await, [new.id]);
    assert_eq!(found(rosa, 9).await, [new.id]);
}

pub async fn who_leaves_a_report_follows_it_no_more(shelf: Shelf) {
    let rosa = shelf.person("+520000000002").await;
    let report = Uuid::from_u128(9);
    change(&shelf, async |unit| {
        store::report_followers::add(unit, &follower(report, rosa, 1)).await.unwrap();
        assert!(store::report_followers::remove(unit, report, rosa).await.unwrap());
        assert!(!store::report_followers::remove(unit, report, rosa).await.unwrap());
    })
    .await;
    assert_eq!(store::report_followers::of_report(shelf.store.read(), report).await.unwrap(), []);
}

pub async fn what_one_follows_the_other_follows(shelf: Shelf) {
    let (from, into) = (shelf.person("+520000000002").await, shelf.person("+520000000003").await);
    let (both, one) = (Uuid::from_u128(8), Uuid::from_u128(9));
    let notice = |report, person| Notice { report, person, since_seq: 2, due_at: NOW };
    change(&shelf, async |unit| {
        for (report, person) in [(both, from), (both, into), (one, from)] {
            store::report_followers::add(unit, &follower(report, person, 1)).await.unwrap();
            store::report_notices::put(unit, &notice(report, person)).await.unwrap();
        }
        store::report_followers::merge(unit, from, into).await.unwrap();
    })
    .await;
    for report in [both, one] {
        let left = store::report_followers::of_report(shelf.store.read(), report).await.unwrap();
        assert_eq!(left, [follower(report, into, 1)]);
    }
    let due = store::report_notices::due(shelf.store.read(), NOW, 9).await.unwrap();
    assert_eq!(due.len(), 2);
    assert!(due.iter().all(|notice| notice.person == into));
}

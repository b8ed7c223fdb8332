//! Promises of what agents do from a chat: files, chats that are lent, blocks, and what the bot is to learn.

use uuid::Uuid;
use ventanilla::store::{
    self,
    blocks::Block,
    lent::Lent,
    media::MediaFile,
    training::{Example, Kind, State},
    uploads::Upload,
};
use ventanilla_adapters::Channel;
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::{
    counters::change,
    shelf::{NOW, Shelf},
};

const ROSA: Uuid = Uuid::from_u128(1);

// ---- uploads

async fn uploaded(shelf: &Shelf, now: i64) -> Upload {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let (media, mime) = (shelf.ids.next(), "image/png".to_owned());
    let file = MediaFile { id: media, person, mime, bytes: 3, sha256: "x".to_owned() };
    let upload = Upload { media, handover: entry.id, staff: ROSA, name: "plano.png".to_owned() };
    change(shelf, async |unit| {
        store::media::insert(unit, &file, now).await.unwrap();
        store::uploads::insert(unit, &upload, now).await.unwrap();
    })
    .await;
    upload
}

pub async fn an_upload_is_sent_once_and_again_when_taken_back(shelf: Shelf) {
    let upload = uploaded(&shelf, NOW).await;
    let unsent = async || store::uploads::unsent(shelf.store.read(), upload.media).await.unwrap();
    assert_eq!(unsent().await.as_ref(), Some(&upload));
    let reply = shelf.reply(shelf.person("+520000000001").await, 1, Channel::Whatsapp).await;
    let send = async || {
        change(&shelf, async |unit| store::uploads::send(unit, upload.media, reply).await.unwrap()).await
    };
    assert!(send().await);
    assert!(!send().await, "a reply takes it along already");
    assert_eq!(unsent().await, None);
    change(&shelf, async |unit| store::uploads::give_back(unit, reply).await.unwrap()).await;
    assert_eq!(unsent().await, Some(upload.clone()));
    assert!(send().await);
}

pub async fn what_nobody_sent_is_forgotten(shelf: Shelf) {
    let (old, sent) = (uploaded(&shelf, NOW).await, uploaded(&shelf, NOW).await);
    let new = uploaded(&shelf, NOW + 100).await;
    let reply = shelf.reply(shelf.person("+520000000001").await, 1, Channel::Whatsapp).await;
    let forgotten = change(&shelf, async |unit| {
        store::uploads::send(unit, sent.media, reply).await.unwrap();
        store::uploads::forget_unsent(unit, NOW + 50).await.unwrap()
    })
    .await;
    assert_eq!(forgotten, [old.media]);
    let known = async |id| store::media::by_id(shelf.store.read(), id).await.unwrap().is_some();
    assert_eq!(
        (known(old.media).await, known(sent.media).await, known(new.media).await),
        (false, true, true)
    );
}

// ---- lent chats

pub async fn a_lent_chat_keeps_the_talk_that_stood_open_first(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let handover = shelf.queue(person, 1, "normal", NOW).await.id;
    let lent = |flow: &str, lang: Lang| Lent {
        person,
        handover,
        flow: flow.to_owned(),
        session: Session::new(lang),
        release: Some("r".to_owned()),
    };
    let now = async || store::lent::of_person(shelf.store.read(), person).await.unwrap();
    assert_eq!(now().await, None);
    change(&shelf, async |unit| {
        store::lent::lend(unit, &lent("status", Lang::EN), NOW).await.unwrap();
        store::lent::lend(unit, &lent("menu", Lang::ES), NOW + 1).await.unwrap();
    })
    .await;
    assert_eq!(now().await, Some(lent("menu", Lang::EN)), "the newer flow, and the first talk");
    change(&shelf, async |unit| store::lent::end(unit, person).await.unwrap()).await;
    assert_eq!(now().await, None);
}

// ---- blocks

async fn blocked(shelf: &Shelf, phone: &str, until: Option<i64>) -> Block {
    let person = shelf.person(phone).await;
    let handover = shelf.queue(person, 1, "normal", NOW).await.id;
    let id = shelf.ids.next();
    let (said_by, reason) = ("Rosa".to_owned(), "insultos".to_owned());
    let block = Block { id, person, handover, staff: Some(ROSA), said_by, reason, at: NOW, until };
    change(shelf, async |unit| store::blocks::put(unit, &block).await.unwrap()).await;
    block
}

pub async fn a_block_stands_until_its_day(shelf: Shelf) {
    let block = blocked(&shelf, "+520000000001", Some(NOW + 10)).await;
    let good = blocked(&shelf, "+520000000002", None).await;
    let at = async |person, now| store::blocks::standing(shelf.store.read(), person, now).await.unwrap();
    assert_eq!(at(block.person, NOW + 9).await.as_ref(), Some(&block));
    assert_eq!(at(block.person, NOW + 10).await, None, "its time is over");
    assert_eq!(at(good.person, NOW + 1_000_000).await.as_ref(), Some(&good), "for good");
    let listed = async |now| -> Vec<(Uuid, Option<String>)> {
        let all = store::blocks::list(shelf.store.read(), now).await.unwrap();
        all.into_iter().map(|(block, name)| (block.id, name)).collect()
    };
    assert_eq!(listed(NOW + 10).await, [(good.id, Some("Lupe".to_owned()))]);
    assert_eq!(listed(NOW).await.len(), 2);
}

pub async fn a_block_is_lifted_once(shelf: Shelf) {
    let block = blocked(&shelf, "+520000000001", None).await;
    let lift = async || {
        change(&shelf, async |unit| store::blocks::lift(unit, block.id, "staff:x", NOW).await.unwrap()).await
    };
    assert_eq!(lift().await, Some(block.clone()));
    assert_eq!(lift().await, None);
    assert_eq!(store::blocks::standing(shelf.store.read(), block.person, NOW).await.unwrap(), None);
}

// ---- training

async fn taught(shelf: &Shelf, line: u128, intent: Option<&str>, at: i64) -> Example {
    let example = Example {
        id: shelf.ids.next(),
        person: shelf.person("+520000000001").await,
        line: Uuid::from_u128(line),
        kind: if intent.is_some() { Kind::Means } else { Kind::WrongAnswer },
        text: format!("frase {line}"),
        language: "es".to_owned(),
        intent: intent.map(str::to_owned),
        note: intent.is_none().then(|| "no era eso".to_owned()),
        state: State::New,
        staff: Some(ROSA),
        said_by: "Rosa".to_owned(),
        at,
        reviewed_by: None,
        reviewed_at: None,
    };
    change(shelf, async |unit| store::training::put(unit, &example).await.unwrap()).await;
    example
}

async fn lines(shelf: &Shelf, state: State) -> Vec<u128> {
    let page = store::training::page(shelf.store.read(), state, 10, 0).await.unwrap();
    page.iter().map(|one| one.line.as_u128()).collect()
}

pub async fn the_newest_word_about_a_message_counts(shelf: Shelf) {
    let first = taught(&shelf, 1, Some("report.tree"), NOW).await;
    let found = store::training::by_id(shelf.store.read(), first.id).await.unwrap();
    assert_eq!(found.as_ref(), Some(&first));
    let review = async |id, state, intent| {
        change(&shelf, async |unit| {
            store::training::review(unit, id, state, intent, "Ana", NOW + 5).await.unwrap();
        })
        .await;
    };
    review(first.id, State::Rejected, Some("report.tree")).await;
    taught(&shelf, 1, Some("report.park"), NOW + 10).await;
    let again = store::training::by_id(shelf.store.read(), first.id).await.unwrap().unwrap();
    assert_eq!(
        (again.intent.as_deref(), again.state, again.reviewed_by),
        (Some("report.park"), State::New, None)
    );
}

pub async fn examples_are_listed_by_what_became_of_them(shelf: Shelf) {
    let tree = taught(&shelf, 1, Some("report.tree"), NOW).await;
    let wrong = taught(&shelf, 2, None, NOW + 1).await;
    taught(&shelf, 3, Some("report.park"), NOW + 2).await;
    assert_eq!(lines(&shelf, State::New).await, [3, 2, 1], "the newest first");
    let second = store::training::page(shelf.store.read(), State::New, 1, 1).await.unwrap();
    assert_eq!(second[0].line.as_u128(), 2);
    change(&shelf, async |unit| {
        let accept = async |id, intent| {
            store::training::review(unit, id, State::Accepted, intent, "Ana", NOW + 5).await.unwrap();
        };
        accept(tree.id, Some("report.sidewalk")).await;
        accept(wrong.id, None).await;
    })
    .await;
    assert_eq!(
        (lines(&shelf, State::New).await, lines(&shelf, State::Accepted).await),
        (vec![3], vec![2, 1])
    );
    let accepted = store::training::accepted(shelf.store.read()).await.unwrap();
    let learnt: Vec<_> = accepted.iter().map(|one| (one.intent.as_deref(), one.text.as_str())).collect();
    assert_eq!(learnt, [(Some("report.sidewalk"), "frase 1")], "a wrong answer is no phrase");
    assert_eq!(accepted[0].reviewed_by.as_deref(), Some("Ana"));
}

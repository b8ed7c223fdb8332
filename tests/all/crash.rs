//! Crash-proof: nothing that was accepted is lost, and nothing happens twice. The real server is killed with SIGKILL
//! again and again while messages pour in, is started again on the same data, and then the phones of the people and
//! the database must tell the same story. The one thing that a crash may do to people is to repeat a reply that was
//! on its way at that very moment.

mod crowd;
mod evidence;
mod ledger;
mod town;

use ventanilla::simulator::Fault;

use self::{
    crowd::{Crowd, Manner},
    evidence::Evidence,
    town::Town,
};

/// More than there are people, each of whom gets one reply at a time: when so many replies came after a fault was
/// armed, the fault has struck.
const MANY: usize = 50;
/// Sends that hang until the server dies, where a kill wants some.
const HANGING: u32 = 3;

const PEOPLE: [(Manner, usize); 3] = [(Manner::Bursts, 22), (Manner::Waits, 12), (Manner::Reports, 6)];

/// When the server dies, counted from a start.
#[derive(Debug, Clone, Copy)]
enum Kill {
    /// So many messages of people were answered with 200.
    Taken(usize),
    /// So many replies were taken by the provider; the server may not know of the last ones.
    Heard(usize),
    /// The same, when some sends got no answer and the rest will get no status.
    Unsure(usize),
}

const KILLS: [Kill; 8] = [
    Kill::Taken(1),
    Kill::Heard(15),
    Kill::Unsure(MANY),
    Kill::Taken(35),
    Kill::Heard(1),
    Kill::Unsure(MANY + 5),
    Kill::Taken(60),
    Kill::Unsure(MANY + 10),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_again_and_again_loses_nothing_and_does_nothing_twice() {
    let mut town = Town::found().await;
    let mut crowd = Crowd::new(&town.simulator, &PEOPLE);
    town.start().await;
    crowd.open().await;
    let mut kills = Vec::new();
    for kill in KILLS {
        // So no reply is on its way at two kills: after the second nobody would know, and it would be given up.
        town.sure_of(&kills).await;
        crowd.catch_up();
        let (taken, heard) = (crowd.taken, crowd.heard);
        town.simulator.arm(Fault::DuplicateWebhook, 20);
        if let Kill::Unsure(_) = kill {
            town.simulator.arm(Fault::Hang, HANGING);
            town.simulator.arm(Fault::StatusMissing, u32::MAX);
        }
        crowd.pour(3);
        match kill {
            Kill::Taken(n) => crowd.until("messages are taken", |crowd| crowd.taken >= taken + n).await,
            Kill::Heard(n) | Kill::Unsure(n) => {
                crowd.until("replies are heard", |crowd| crowd.heard >= heard + n).await;
            }
        }
        let on_their_way = town.kill().await;
        if let Kill::Unsure(_) = kill {
            assert!(
                on_their_way.len() >= HANGING as usize,
                "{kill:?}: a reply without an answer is not 'sending'"
            );
        }
        kills.push(on_their_way);
        town.simulator.disarm();
        // People do not know that nobody is there.
        crowd.pour(1);
        town.start().await;
    }
    town.settled(|| crowd.catch_up()).await;
    let evidence = Evidence::gather(&town, &crowd, &kills).await;
    evidence.every_message_was_kept_once();
    evidence.every_message_had_one_turn_in_order();
    evidence.every_turn_has_its_one_answer();
    evidence.phones_show_the_answers_in_order();
    evidence.only_what_was_on_its_way_is_doubtful();
    evidence.every_report_was_filed_once_under_the_folio_that_was_said();
    println!("{evidence}");
    town.forget();
}

/// `Tu folio es *PC-4827-1361*.` -> `PC-4827-1361`
fn folio_in(text: &str) -> Option<String> {
    Some(text.strip_prefix("Tu folio es *")?.split('*').next()?.to_owned())
}

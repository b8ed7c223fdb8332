//! Who gets the chats that nobody attends, where the town lets the server decide.
//!
//! A colleague gets chats while their desk is open and they say that they take some, up to a number; whoever has the
//! fewest gets the next, among those who answer in the chat's language and know what it asks for (`fitting.rs`). When
//! their desk stays closed while a citizen waits, the chat goes back to its queue. While nobody is there the queue is
//! kept, and drained when the first comes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use tracing::{info, warn};
use uuid::Uuid;
use ventanilla_adapters::Channel;

use super::{
    AgentError, By, claim,
    fitting::{Able, Wish},
    hold,
    packet::LATELY,
};
use crate::{
    app::App,
    bus::DeskNews,
    config::{Assign, Desk},
    staff::{Member, Permission},
    store::{
        self,
        desk::{Queue, QueueRow, Viewer},
        handovers::HandoverRow,
        staff::StaffRow,
    },
};

/// Chats that are dealt out in one round.
const ROUND: i64 = 500;

/// A colleague who takes chats now.
#[derive(Debug, Clone)]
struct Free {
    able: Able,
    /// Open chats of theirs.
    chats: i64,
    /// Of these, by channel.
    on: BTreeMap<Channel, i64>,
    /// When they last got one, counted: the longer ago, the sooner they are next.
    turn: i64,
}

/// Puts back what was left, and deals out the queue.
pub(super) async fn go_round(app: &Arc<App>) {
    if let Err(err) = put_back_the_left(app).await {
        warn!("chats that were left could not be put back: {err}");
    }
    deal(app).await;
}

/// Deals out the queue once, where the town lets the server decide.
pub(super) async fn deal(app: &Arc<App>) {
    if app.config.desk.assign == Assign::Nobody {
        return;
    }
    if let Err(err) = deal_out(app).await {
        warn!("the queue could not be dealt out: {err}");
    }
}

async fn deal_out(app: &Arc<App>) -> Result<(), AgentError> {
    let open = store::handovers::list_open(app.store.read()).await?;
    let held: Vec<HandoverRow> = open.into_iter().filter(|entry| entry.agent.is_some()).collect();
    let mut waiting =
        store::desk::page(app.store.read(), &Viewer::SERVER, Queue::Unanswered, ROUND, 0).await?;
    let now = app.clock.now();
    waiting.retain(|row| is_wanted(&row.entry, now));
    if waiting.is_empty() {
        return Ok(());
    }
    let able = everybody(app).await?;
    let loads = store::desk::loads_by_channel(app.store.read()).await?;
    let free = free(app, &able, &held, &loads);
    let knows = store::desk::attended_since(app.store.read(), now - LATELY).await?.into_iter().collect();
    let waiting = waiting.into_iter().map(|row| (wish(app, &row), row.entry)).collect();
    let Desk { assign: how, capacity, capacity_per_channel, .. } = &app.config.desk;
    let dealing =
        Dealing { how: *how, capacity: *capacity, per_channel: capacity_per_channel.clone(), knows };
    for (entry, member) in dealing.choose(waiting, free, &able) {
        let id = entry.id;
        match claim(app, entry, &By::from(&member), None).await {
            Ok(_) => {
                info!(handover.id = %id, staff.id = %member.id, "conversation {id} is dealt to a colleague")
            }
            // Somebody was faster.
            Err(AgentError::Stale | AgentError::Taken(_) | AgentError::Closed) => {}
            Err(err) => return Err(err),
        }
    }
    Ok(())
}

/// Who waits for a call only is nobody's until then.
fn is_wanted(entry: &HandoverRow, now: i64) -> bool {
    entry.waiting_since.is_some() || entry.call_at.is_none_or(|at| at <= now)
}

/// Everybody who attends chats, here or not.
async fn everybody(app: &App) -> Result<Vec<Able>, AgentError> {
    let town = &app.contents.active.catalogue.town().languages;
    let staff = store::staff::list(app.store.read()).await?;
    let attends = |row: &&StaffRow| row.active && Member::of(row).may(Permission::AttendChats);
    Ok(staff.iter().filter(attends).map(|row| Able::of(row, town)).collect())
}

fn free(app: &App, able: &[Able], held: &[HandoverRow], loads: &[(Uuid, Channel, i64)]) -> Vec<Free> {
    let here = |one: &&Able| app.desk.is_here(one.member.id) && !app.desk.is_away(one.member.id);
    able.iter()
        .filter(here)
        .map(|able| {
            let own = || held.iter().filter(|entry| entry.staff_id == Some(able.member.id));
            let (chats, turn) = (own().count(), own().map(|entry| entry.last_at).max().unwrap_or(0));
            let on = loads.iter().filter(|(staff, ..)| *staff == able.member.id);
            let on = on.map(|(_, channel, chats)| (*channel, *chats)).collect();
            Free { chats: i64::try_from(chats).unwrap_or(i64::MAX), on, turn, able: able.clone() }
        })
        .collect()
}

/// What a chat asks of who gets it; `patient` while it may wait for them.
fn wish(app: &App, row: &QueueRow) -> Wish {
    let QueueRow { entry, lang, channel, .. } = row;
    let waits = app.clock.now() - entry.waiting_since.unwrap_or(entry.opened_at);
    let patient = entry.priority != "crisis" && waits < app.config.desk.fitting();
    Wish { lang: *lang, skill: entry.skill.clone(), channel: *channel, patient }
}

struct Dealing {
    how: Assign,
    capacity: i64,
    /// Fewer of some channels.
    per_channel: BTreeMap<Channel, i64>,
    /// By person: the colleague who attended them lately.
    knows: HashMap<Uuid, Uuid>,
}

impl Dealing {
    /// Who gets which: the chats in their order, as long as somebody has room.
    fn choose(
        &self,
        waiting: Vec<(Wish, HandoverRow)>,
        mut free: Vec<Free>,
        everybody: &[Able],
    ) -> Vec<(HandoverRow, Member)> {
        let mut next = free.iter().map(|one| one.turn).max().unwrap_or(0);
        let mut chosen = Vec::new();
        for (wish, entry) in waiting {
            let Some(at) = self.next(&wish, &entry, &free, everybody) else { continue };
            let one = &mut free[at];
            next += 1;
            one.chats += 1;
            if let Some(channel) = wish.channel {
                *one.on.entry(channel).or_default() += 1;
            }
            one.turn = next;
            chosen.push((entry, one.able.member.clone()));
        }
        chosen
    }

    /// Who of those who are free gets this one: who attended them lately, where that one suits and has room.
    fn next(&self, wish: &Wish, entry: &HandoverRow, free: &[Free], everybody: &[Able]) -> Option<usize> {
        let team = |able: &&Able| fits(&able.member, entry);
        let asked = wish.as_somebody_has(&everybody.iter().filter(team).collect::<Vec<_>>());
        let room = |one: &Free| self.has_room(one, wish.channel) && fits(&one.able.member, entry);
        let best = |suits: &dyn Fn(&Able) -> bool| {
            let fitting = free.iter().enumerate().filter(|(_, one)| room(one) && suits(&one.able));
            let known = self.knows.get(&entry.person_id);
            let rank = |one: &Free| (Some(&one.able.member.id) != known, rank(one, self.how));
            fitting.min_by_key(|(_, one)| rank(one)).map(|(at, _)| at)
        };
        let suited = best(&|able| asked.is_met_by(able));
        suited.or_else(|| if wish.patient { None } else { best(&|_| true) })
    }

    /// Whether somebody may be dealt one more chat of this channel.
    fn has_room(&self, one: &Free, channel: Option<Channel>) -> bool {
        let full = |channel: Channel| {
            let most = self.per_channel.get(&channel);
            most.is_some_and(|most| one.on.get(&channel).is_some_and(|chats| chats >= most) || *most == 0)
        };
        one.chats < self.capacity && !channel.is_some_and(full)
    }
}

fn rank(one: &Free, how: Assign) -> (i64, i64, Uuid) {
    match how {
        Assign::RoundRobin => (one.turn, one.chats, one.able.member.id),
        Assign::LeastBusy | Assign::Nobody => (one.chats, one.turn, one.able.member.id),
    }
}

fn fits(member: &Member, entry: &HandoverRow) -> bool {
    if entry.sensitive && !member.may(Permission::PrivateReports) {
        return false;
    }
    match &entry.department {
        Some(department) => member.departments.contains(department),
        None => member.sees_all_teams(),
    }
}

/// Chats whose citizen waits while nobody has the desk open who attends them: also not on another node, where every
/// request of theirs is noted with their account.
async fn put_back_the_left(app: &App) -> Result<(), AgentError> {
    let Some(patience) = app.config.desk.left() else { return Ok(()) };
    let now = app.clock.now();
    let left = |entry: &HandoverRow| {
        entry.waiting_since.or(entry.call_at).is_some_and(|since| now - since >= patience)
    };
    let open = store::handovers::list_open(app.store.read()).await?;
    for entry in open.into_iter().filter(left) {
        let Some(holder) = entry.staff_id.filter(|holder| !app.desk.is_here(*holder)) else { continue };
        let seen = store::staff::by_id(app.store.read(), holder).await?.and_then(|row| row.last_seen_at);
        if seen.is_none_or(|seen| now - seen >= patience) {
            let (id, person) = (entry.id, entry.person_id);
            let unit = app.store.unit().await?;
            hold::back_in_its_queue(app, &unit, entry).await?;
            unit.commit().await?;
            info!(handover.id = %id, "conversation {id} was left: it waits for another colleague");
            app.bus.announce_desk(DeskNews::Person(person));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::Role;
    use ventanilla_values::Lang;

    fn able(n: u128, departments: &[&str], role: Role) -> Able {
        let departments = departments.iter().map(|&one| one.to_owned()).collect();
        let member = Member { id: Uuid::from_u128(n), name: format!("N{n}"), roles: vec![role], departments };
        Able { member, languages: vec![Lang::ES, Lang::EN], skills: Vec::new() }
    }

    fn colleague(n: u128, chats: i64, turn: i64, departments: &[&str], role: Role) -> Free {
        Free { able: able(n, departments, role), chats, on: BTreeMap::new(), turn }
    }

    fn waiting(n: u128, department: Option<&str>) -> HandoverRow {
        let row = HandoverRow::new(Uuid::from_u128(n), Uuid::from_u128(100 + n), (1, 0), "asked".into(), 0);
        HandoverRow { department: department.map(str::to_owned), ..row }
    }

    fn dealt(waiting: Vec<HandoverRow>, free: Vec<Free>, how: Assign) -> Vec<(u128, u128)> {
        let nothing = || Wish { lang: Some(Lang::ES), skill: None, channel: None, patient: true };
        dealt_wishing(waiting.into_iter().map(|entry| (nothing(), entry)).collect(), free, &[], how)
    }

    /// `absent`: colleagues whose desk is not open.
    fn dealt_wishing(
        waiting: Vec<(Wish, HandoverRow)>,
        free: Vec<Free>,
        absent: &[Able],
        how: Assign,
    ) -> Vec<(u128, u128)> {
        let everybody: Vec<Able> = free.iter().map(|one| &one.able).chain(absent).cloned().collect();
        let per_channel = BTreeMap::from([(Channel::Voice, 1), (Channel::Sms, 0)]);
        let dealing = Dealing { how, capacity: 3, per_channel, knows: HashMap::new() };
        let chosen = dealing.choose(waiting, free, &everybody);
        chosen.into_iter().map(|(entry, member)| (entry.id.as_u128(), member.id.as_u128())).collect()
    }

    /// Who gets one chat that asks for this: the busy one without abilities is 1, the idle one too is 2.
    fn goes_to(wish: Wish, abilities: &[(u128, &[Lang], &[&str])], absent: &[Able]) -> Option<u128> {
        let free = abilities.iter().map(|(n, languages, skills)| {
            let skills = skills.iter().map(|&one| one.to_owned()).collect();
            let able = Able { languages: languages.to_vec(), skills, ..able(*n, &[], Role::Agent) };
            // The fitter somebody is, the more they have to do already.
            Free { able, chats: i64::try_from(*n).unwrap(), on: BTreeMap::new(), turn: 0 }
        });
        let dealt = dealt_wishing(vec![(wish, waiting(11, None))], free.collect(), absent, Assign::LeastBusy);
        dealt.first().map(|(_, member)| *member)
    }

    const TOWN: &[Lang] = &[Lang::ES, Lang::EN];

    #[test]
    fn a_chat_goes_to_who_speaks_its_language() {
        let maya = |patient| Wish { lang: Some(Lang::YUA), skill: None, channel: None, patient };
        let team: &[(u128, &[Lang], &[&str])] = &[(1, TOWN, &[]), (2, &[Lang::ES, Lang::YUA], &[])];
        assert_eq!(goes_to(maya(true), team, &[]), Some(2), "although the other is less busy");
        assert_eq!(goes_to(maya(true), &team[..1], &[]), Some(1), "nobody of the town does: anybody");
        let at_home = Able { languages: vec![Lang::YUA], ..able(9, &[], Role::Agent) };
        assert_eq!(goes_to(maya(true), &team[..1], std::slice::from_ref(&at_home)), None, "it waits");
        assert_eq!(goes_to(maya(false), &team[..1], &[at_home]), Some(1), "not for ever");
    }

    #[test]
    fn a_chat_goes_to_who_knows_what_it_asks_for() {
        let tax = |patient| Wish {
            lang: Some(Lang::ES),
            skill: Some("Predial".to_owned()),
            channel: None,
            patient,
        };
        let team: &[(u128, &[Lang], &[&str])] = &[(1, TOWN, &["agua"]), (2, TOWN, &["agua", "predial"])];
        assert_eq!(goes_to(tax(true), team, &[]), Some(2), "capitals and accents do not matter");
        assert_eq!(goes_to(tax(true), &team[..1], &[]), Some(1), "nobody of the town does: anybody");
        let at_home = Able { skills: vec!["predial".to_owned()], ..able(9, &[], Role::Agent) };
        assert_eq!(goes_to(tax(true), &team[..1], std::slice::from_ref(&at_home)), None, "it waits");
        assert_eq!(goes_to(tax(false), &team[..1], &[at_home]), Some(1), "not for ever");
        let other_team = Able { skills: vec!["predial".to_owned()], ..able(9, &["water"], Role::Department) };
        assert_eq!(goes_to(tax(true), &team[..1], &[other_team]), Some(1), "it never gets there");
    }

    #[test]
    fn whoever_has_the_fewest_gets_the_next_and_nobody_more_than_fit() {
        let free = vec![colleague(1, 2, 0, &[], Role::Agent), colleague(2, 0, 9, &[], Role::Agent)];
        let queue = (11..=15).map(|n| waiting(n, None)).collect();
        assert_eq!(dealt(queue, free, Assign::LeastBusy), [(11, 2), (12, 2), (13, 1), (14, 2)]);
    }

    #[test]
    fn who_comes_back_goes_to_who_knows_them_as_long_as_they_have_room() {
        let free = vec![colleague(1, 2, 0, &[], Role::Agent), colleague(2, 0, 9, &[], Role::Agent)];
        let wish = || Wish { lang: Some(Lang::ES), skill: None, channel: None, patient: true };
        let queue = [11, 12, 13].map(|n| (wish(), waiting(n, None))).into();
        let knows = [111, 112].map(|person| (Uuid::from_u128(person), Uuid::from_u128(1))).into();
        let everybody: Vec<Able> = free.iter().map(|one| one.able.clone()).collect();
        let (how, per_channel) = (Assign::LeastBusy, BTreeMap::new());
        let dealing = Dealing { how, capacity: 3, per_channel, knows };
        let chosen = dealing.choose(queue, free, &everybody);
        let who: Vec<_> = chosen.iter().map(|(_, member)| member.id.as_u128()).collect();
        assert_eq!(who, [1, 2, 2]);
    }

    #[test]
    fn in_turns_whoever_waited_longest_gets_the_next() {
        let free = vec![colleague(1, 2, 5, &[], Role::Agent), colleague(2, 0, 9, &[], Role::Agent)];
        let queue = vec![waiting(11, None), waiting(12, None)];
        assert_eq!(dealt(queue, free, Assign::RoundRobin), [(11, 1), (12, 2)]);
    }

    #[test]
    fn a_department_gets_its_own_and_nothing_else() {
        let free =
            || vec![colleague(1, 0, 0, &["water"], Role::Department), colleague(2, 0, 0, &[], Role::Agent)];
        let queue = vec![waiting(11, Some("water")), waiting(12, None), waiting(13, Some("parks"))];
        assert_eq!(dealt(queue, free(), Assign::LeastBusy), [(11, 1), (12, 2)], "nobody is of the parks");
    }

    #[test]
    fn nobody_gets_more_of_a_channel_than_the_town_says() {
        let free = || vec![colleague(1, 0, 0, &[], Role::Agent)];
        let on = |channel| Wish { lang: Some(Lang::ES), skill: None, channel: Some(channel), patient: true };
        let queue = |channels: &[Channel]| {
            let numbered = (11..).zip(channels);
            numbered.map(|(n, channel)| (on(*channel), waiting(n, None))).collect::<Vec<_>>()
        };
        let dealt = |channels| dealt_wishing(queue(channels), free(), &[], Assign::LeastBusy);
        let calls = [Channel::Voice, Channel::Voice, Channel::Webchat];
        assert_eq!(dealt(&calls), [(11, 1), (13, 1)], "one call at a time, and a chat beside it");
        assert_eq!(dealt(&[Channel::Sms]), [], "text messages are dealt to nobody");
    }
}

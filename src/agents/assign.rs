//! Who gets the chats that nobody attends, where the town lets the server decide.
//!
//! A colleague gets chats while their desk is open and they say that they take some, up to a number; whoever has the
//! fewest gets the next. When their desk stays closed while a citizen waits, the chat goes back to its queue. While
//! nobody is there the queue is kept, and drained when the first comes.

use std::sync::Arc;

use tracing::{info, warn};
use uuid::Uuid;

use super::{AgentError, By, claim, hold};
use crate::{
    app::App,
    bus::DeskNews,
    config::Assign,
    staff::{Member, Permission},
    store::{self, handovers::HandoverRow},
};

/// A colleague who takes chats now.
#[derive(Debug, Clone)]
struct Free {
    member: Member,
    /// Open chats of theirs.
    chats: i64,
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
    let (held, waiting): (Vec<_>, Vec<_>) = open.into_iter().partition(|entry| entry.agent.is_some());
    if waiting.is_empty() {
        return Ok(());
    }
    let free = colleagues(app, &held).await?;
    for (entry, member) in choose(waiting, free, app.config.desk.assign, app.config.desk.capacity) {
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

async fn colleagues(app: &App, held: &[HandoverRow]) -> Result<Vec<Free>, AgentError> {
    let staff = store::staff::list(app.store.read()).await?;
    let members = staff.iter().filter(|row| row.active).map(Member::of);
    Ok(members
        .filter(|member| member.may(Permission::AttendChats))
        .filter(|member| app.desk.is_here(member.id) && !app.desk.is_away(member.id))
        .map(|member| {
            let own = || held.iter().filter(|entry| entry.staff_id == Some(member.id));
            let (chats, turn) = (own().count(), own().map(|entry| entry.last_at).max().unwrap_or(0));
            Free { chats: i64::try_from(chats).unwrap_or(i64::MAX), turn, member }
        })
        .collect())
}

/// Who gets which: the chats in their order, as long as somebody has room.
fn choose(
    waiting: Vec<HandoverRow>,
    mut free: Vec<Free>,
    how: Assign,
    capacity: i64,
) -> Vec<(HandoverRow, Member)> {
    let mut next = free.iter().map(|one| one.turn).max().unwrap_or(0);
    let mut chosen = Vec::new();
    for entry in waiting {
        let fitting = free.iter_mut().filter(|one| one.chats < capacity && fits(&one.member, &entry));
        let Some(one) = fitting.min_by_key(|one| rank(one, how)) else { continue };
        next += 1;
        one.chats += 1;
        one.turn = next;
        chosen.push((entry, one.member.clone()));
    }
    chosen
}

fn rank(one: &Free, how: Assign) -> (i64, i64, Uuid) {
    match how {
        Assign::RoundRobin => (one.turn, one.chats, one.member.id),
        Assign::LeastBusy | Assign::Nobody => (one.chats, one.turn, one.member.id),
    }
}

fn fits(member: &Member, entry: &HandoverRow) -> bool {
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
    let left = |entry: &HandoverRow| entry.waiting_since.is_some_and(|since| now - since >= patience);
    let open = store::handovers::list_open(app.store.read()).await?;
    for entry in open.into_iter().filter(left) {
        let Some(holder) = entry.staff_id.filter(|holder| !app.desk.is_here(*holder)) else { continue };
        let seen = store::staff::by_id(app.store.read(), holder).await?.and_then(|row| row.last_seen_at);
        if seen.is_none_or(|seen| now - seen >= patience) {
            let (id, person) = (entry.id, entry.person_id);
            let unit = app.store.unit().await?;
            hold::back_in_its_queue(&unit, entry).await?;
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

    fn colleague(n: u128, chats: i64, turn: i64, departments: &[&str], role: Role) -> Free {
        let departments = departments.iter().map(|&one| one.to_owned()).collect();
        let member = Member { id: Uuid::from_u128(n), name: format!("N{n}"), roles: vec![role], departments };
        Free { member, chats, turn }
    }

    fn waiting(n: u128, department: Option<&str>) -> HandoverRow {
        let row = HandoverRow::new(Uuid::from_u128(n), Uuid::from_u128(100 + n), (1, 0), "asked".into(), 0);
        HandoverRow { department: department.map(str::to_owned), ..row }
    }

    fn dealt(waiting: Vec<HandoverRow>, free: Vec<Free>, how: Assign) -> Vec<(u128, u128)> {
        let chosen = choose(waiting, free, how, 3);
        chosen.into_iter().map(|(entry, member)| (entry.id.as_u128(), member.id.as_u128())).collect()
    }

    #[test]
    fn whoever_has_the_fewest_gets_the_next_and_nobody_more_than_fit() {
        let free = vec![colleague(1, 2, 0, &[], Role::Agent), colleague(2, 0, 9, &[], Role::Agent)];
        let queue = (11..=15).map(|n| waiting(n, None)).collect();
        assert_eq!(dealt(queue, free, Assign::LeastBusy), [(11, 2), (12, 2), (13, 1), (14, 2)]);
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
}
